"""Numbers that no two rows of one holder share, when rows go back: many at once, or one whose own is another's now."""

from dataclasses import dataclass, replace
from itertools import count

from centres.history.registry import recorded
from centres.history.snapshots import Stored


@dataclass(frozen=True)
class OtherNumber:
    """The row `then` cannot have its number of then: it has `number` instead, which `is_kept` where it has it now."""

    then: Stored
    number: int
    is_kept: bool


def settle(now, goal):
    """Gives each row of `goal` (a Snapshot) whose number is another row's the one it has `now`, or else the next one.

    What stays as it is keeps its number. `goal` is changed; gives the `OtherNumber` of each. Done twice, nothing more
    happens.
    """
    found = []
    for model, holder, name in _numbered(goal):
        going = [key for key, row in goal.items() if key.model is model and now.get(key) != row]
        gone = [key for key in now if key.model is model and key not in goal]
        taken = _taken(model, holder, name, [goal[key] for key in going], but=[*going, *gone])
        late = []
        for key in going:
            place = _place(goal[key], holder, name)
            if place in taken:
                late.append(key)
            taken.add(place)
        for key in late:
            found.append(_other(now.get(key), goal[key], taken, holder, name))
            goal[key] = replace(goal[key], fields=goal[key].fields | {name: found[-1].number})
    return found


def make_room(now, goal):
    """Moves the rows that change numbers between `now` and `goal` out of each other's way: the first of two steps."""
    for model, holder, name in _numbered(goal):
        moving = [
            key
            for key, row in goal.items()
            if key.model is model and key in now and now[key].fields[name] != row.fields[name]
        ]
        rows = [goal[key] for key in moving]
        taken = {number for _holder, number in _taken(model, holder, name, rows)}
        taken |= {row.fields[name] for row in rows}
        free = (number for number in count(1) if number not in taken)
        for key in moving:
            model._default_manager.filter(pk=key.pk).update(**{name: next(free)})


def _numbered(goal):
    """The models of `goal` whose rows are numbered, each with the fields of its holder and of its number."""
    models = dict.fromkeys(key.model for key in goal)
    return [(model, *numbered) for model in models if (numbered := recorded(model).numbered)]


def _taken(model, holder, name, rows, *, but=()):
    """The places that the holders of `rows` have in the database, without those of the keys `but`."""
    holders = {row.fields[holder] for row in rows}
    there = model._default_manager.filter(**{f"{holder}__in": holders}).exclude(
        pk__in=[key.pk for key in but]
    )
    return set(there.order_by("pk").values_list(holder, name)) if holders else set()


def _place(row, holder, name):
    return row.fields[holder], row.fields[name]


def _other(present, then, taken, holder, name):
    """The `OtherNumber` of the row `then`, which is `present` or None; its place is added to those `taken`."""
    above = then.fields[holder]
    has_place = present is not None and present.fields[holder] == above
    is_kept = has_place and _place(present, holder, name) not in taken
    number = present.fields[name] if is_kept else max(number for of, number in taken if of == above) + 1
    taken.add((above, number))
    return OtherNumber(then, number, is_kept)
