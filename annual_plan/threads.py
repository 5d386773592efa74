"""The thread of a row: what it came from and what it went on as, over all years. Pure.

A thread is the row's ancestors and descendants, not all that hangs together: where a row was split, each part's page
tells of the whole before it and of what became of that part. What else an ancestor went on as (the other parts of a
split), and what else flowed into a descendant (what it was joined with), is named at that step, and not followed.

Rows are keys here. What the reader does not see is in no link that comes in, so a thread ends there.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple


class Link(NamedTuple):
    """A continuation: from the row `source` to the row `target`, and which `kind` it is."""

    source: int
    target: int
    kind: str


@dataclass(frozen=True)
class Thread:
    """The row `key`, those `before` and `after` it, and the neighbours `beside` these, each key in one of them."""

    key: int
    before: frozenset[int]
    after: frozenset[int]
    beside: frozenset[int]

    @property
    def line(self):
        """The keys of the thread itself, without those beside it."""
        return self.before | {self.key} | self.after

    @property
    def keys(self):
        """Every key that the thread speaks of."""
        return self.line | self.beside


@dataclass(frozen=True)
class Step:
    """A row in its thread: the links it `came` by, and the keys of what else it went on as, or came from besides.

    `goes_on`: whether the thread shows where it went on, in the line or beside it.
    """

    key: int
    is_this: bool
    came: list[Link]
    also_as: list[int]
    also_from: list[int]
    goes_on: bool


def thread_of(key, links):
    """The `Thread` of the row `key` among `links`; it ends on circles, too, which no plan should hold."""
    links = list(links)
    sources, targets = _ends(links)
    before = _reached(key, sources)
    after = _reached(key, targets) - before
    line = before | {key} | after
    neighbours = {end for one in before for end in targets[one]} | {
        end for one in after for end in sources[one]
    }
    return Thread(key, frozenset(before), frozenset(after), frozenset(neighbours - line))


def steps(thread, links, places):
    """The `Step`s of `thread`, in the order of `places` ((year, number) by key). A key without a place has no step."""
    links = [link for link in links if link.source in places and link.target in places]
    came, went = defaultdict(list), defaultdict(list)
    for link in sorted(links, key=lambda link: (places[link.source], places[link.target])):
        came[link.target].append(link)
        went[link.source].append(link.target)
    line = thread.line
    return [
        Step(
            key,
            is_this=key == thread.key,
            came=[link for link in came[key] if link.source in line],
            also_as=[end for end in went[key] if end not in line],
            also_from=[link.source for link in came[key] if link.source not in line],
            goes_on=bool(went[key]),
        )
        for key in sorted(line & places.keys(), key=places.__getitem__)
    ]


def _ends(links):
    """For each key the keys it came from, and those it went on as."""
    sources, targets = defaultdict(set), defaultdict(set)
    for link in links:
        sources[link.target].add(link.source)
        targets[link.source].add(link.target)
    return sources, targets


def _reached(key, ends):
    """The keys that lead on from `key` by `ends`, any number of steps away, without itself."""
    seen, waiting = {key}, [key]
    while waiting:
        new = ends[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen - {key}
