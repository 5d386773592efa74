"""What carrying over makes of wishes: rows to make in a later plan, and rows that go on in what stands there. Pure.

A wish is one row that goes on under one title in one period. A row with several wishes is split; wishes of several
rows for the same title and period are joined in one row, and so is a wish for a row that the later plan has already.
What has gone on in that plan before is passed over: run twice, nothing changes.
"""

import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wish:
    """The row with the key `source` is to go on as `title` in the `quarter` (1 to 4; None = all year round)."""

    source: Hashable
    title: str
    quarter: int | None = None

    @property
    def place(self):
        return place_of(self.title, self.quarter)


def in_one_line(text):
    """`text` with one space between its words, each letter with its mark in one sign as Finnish keyboards type it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def place_of(title, quarter):
    """What tells one row of a plan from another: the same words in another quarter are another row."""
    return in_one_line(title).casefold(), quarter


@dataclass(frozen=True)
class Made:
    """A row to make: called `title`, in the `quarter`, going on from the rows with the keys `sources`."""

    title: str
    quarter: int | None
    sources: tuple[Any, ...]


@dataclass(frozen=True)
class Carried:
    """What is to be done: rows to make, in order; and pairs of a source and a row of the later plan it goes on as."""

    made: list[Made]
    joined: list[tuple[Any, Any]]


def carry(wishes: Iterable[Wish], standing: dict[tuple[str, int | None], Any], gone_on: Iterable[Hashable]):
    """What `wishes` come to in a plan, as `Carried`.

    `standing` are the keys of the rows that the plan has, by their `place_of`; `gone_on` are the sources
    that go on in it already. A wish without words is none.
    """
    gone, places = set(gone_on), {}
    for wish in wishes:
        if wish.source in gone or not wish.title.split():
            continue
        _title, sources = places.setdefault(wish.place, (in_one_line(wish.title), []))
        if wish.source not in sources:
            sources.append(wish.source)
    joined = [
        (source, standing[place])
        for place, (_title, sources) in places.items()
        if place in standing
        for source in sources
    ]
    made = [
        Made(title, place[1], tuple(sources))
        for place, (title, sources) in places.items()
        if place not in standing
    ]
    # All year round last, as nobody waits for it; within a quarter as they were wished for.
    return Carried(sorted(made, key=lambda row: (row.quarter is None, row.quarter or 0)), joined)


def how_it_goes_on(*, is_achieved, parts):
    """How a row goes on in a later plan, in which it has so many `parts`: a word of `Continuation.Kind`.

    In several parts it is split, whatever became of it; in one, what is achieved is repeated, and anything else
    carried over.
    """
    if parts > 1:
        return "split"
    return "repeated" if is_achieved else "carried"
