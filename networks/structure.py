"""Who steers whom: a forest from rows. Pure, and safe from circles, which no constraint can forbid."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """Where a row stands: under `above` (None at the top), `depth` steps from the top."""

    key: int
    above: int | None
    depth: int


def structure(shown, parents):
    """The `Standing`s of those of `shown` that steer or are steered, each above the ones it steers.

    `shown` are keys in the order in which siblings stand; `parents` gives the key of whoever steers a key, for those
    that are not shown, too: a row stands under its nearest ancestor that is shown.
    """
    shown = list(dict.fromkeys(shown))
    above = _without_circles(shown, _nearest(shown, parents))
    below = {}
    for key in shown:
        below.setdefault(above[key], []).append(key)
    standings = []
    waiting = [(key, 0) for key in reversed(below.get(None, [])) if key in below]
    while waiting:
        key, depth = waiting.pop()
        standings.append(Standing(key, above[key], depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(key, []))]
    return standings


def _nearest(shown, parents):
    """For each of `shown` its nearest ancestor that is shown, or None."""
    known = set(shown)
    return {key: _nearest_of(key, parents, known) for key in shown}


def _nearest_of(key, parents, known):
    seen, above = {key}, parents.get(key)
    while above is not None and above not in known:
        if above in seen:
            return None
        seen.add(above)
        above = parents.get(above)
    return None if above == key else above


def _without_circles(shown, above):
    """`above`, in which the first of each circle stands at the top."""
    above, ends = dict(above), set()
    for key in shown:
        way, one = {key: None}, above[key]
        while one is not None and one not in way and one not in ends:
            way[one] = None
            one = above[one]
        if one == key:
            above[key] = None
        elif one in way:  # it leads into a circle: the first of that one is found in its turn
            continue
        ends |= way.keys()
    return above
