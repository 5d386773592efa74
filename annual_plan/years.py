"""Years side by side: how many rows each plan held and what became of them, and the bars that show it. Pure."""

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from annual_plan.fates import Fate, fate_of
from annual_plan.outcomes import NOT_EVALUATED, Outcome

# The parts of a bar, in its order: every row of a plan is in one of them.
PARTS = ("achieved", "carried", "dropped", "undecided", "without")
_PART_OF = {Fate.ACHIEVED: "achieved", Fate.CONTINUED: "carried", Fate.DROPPED: "dropped"}
_UNFINISHED = {Outcome.PARTLY: "partly", Outcome.NOT_ACHIEVED: "not_achieved"}

# A part of a bar that is narrower than this, in percent of the whole width, has no room for its number.
ROOM_FOR_A_NUMBER = 7


class Group(NamedTuple):
    """`rows` of the plan `of` (a year, or whatever the counts are made for) of which the same is known."""

    of: object
    outcome: str
    has_reason: bool
    goes_on: bool
    is_over: bool
    rows: int


@dataclass
class Counts:
    """How many rows of a plan, all `planned` ones first.

    By what became of them, which adds up to `planned`: `achieved`; `carried` on to a later plan though not achieved;
    `dropped`, an unfinished one with a reason among them; `undecided`, unfinished and neither carried on nor dropped;
    and `without` an outcome. Besides, `partly` and `not_achieved` tell how the unfinished ones went, and `repeated` how
    many were achieved and go on; `unsaid` are all that nobody has evaluated, those among them that are carried on, too.

    Open promises are those that are undecided and the `untold`, of those without an outcome: their year is over.
    """

    planned: int = 0
    achieved: int = 0
    carried: int = 0
    dropped: int = 0
    undecided: int = 0
    without: int = 0
    partly: int = 0
    not_achieved: int = 0
    repeated: int = 0
    unsaid: int = 0
    untold: int = 0

    def __add__(self, other):
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


class Piece(NamedTuple):
    """A part of a bar: where it begins and ends and how wide it is, in percent, and where its number stands."""

    part: str
    rows: int
    x: str
    end: str
    width: str
    middle: str
    has_room: bool


def counted(groups):
    """The `Counts` of each plan that `groups` tell of."""
    counts = defaultdict(Counts)
    for group in groups:
        one = counts[group.of]
        for name in _counted_as(group):
            setattr(one, name, getattr(one, name) + group.rows)
    return dict(counts)


def _counted_as(group):
    """The names of those of `Counts` that the rows of `group` belong to."""
    fate = fate_of(
        outcome=group.outcome,
        has_reason=group.has_reason,
        goes_on=group.goes_on,
        is_over=group.is_over,
    )
    unfinished = _UNFINISHED.get(group.outcome)
    yield "planned"
    yield _PART_OF.get(fate) or ("undecided" if unfinished else "without")
    if unfinished:
        yield unfinished
    if fate is Fate.ACHIEVED and group.goes_on:
        yield "repeated"
    if group.outcome in NOT_EVALUATED:
        yield "unsaid"
    if fate is Fate.OPEN and not unfinished:
        yield "untold"


@dataclass(frozen=True)
class Year:
    """A plan as it stands beside others: its counts, and its bar in `pieces`."""

    plan: Any
    counts: Counts
    pieces: list[Piece]


def side_by_side(plans, counts):
    """The `Year`s of `plans`, pairs of a key and a plan, in their order; `counts` by key, none where it has no row.

    All bars are drawn to one scale: where a row is as wide in one plan as in another, years and centres compare.
    """
    plans = list(plans)
    most = max([counts[key].planned for key, _plan in plans if key in counts], default=1)
    none = Counts()
    return [Year(plan, counts.get(key, none), pieces(counts.get(key, none), most)) for key, plan in plans]


def pieces(counts, most):
    """The bar of `counts` as `Piece`s from left to right, where `most` rows are as wide as the picture.

    Numbers are text with a point, whatever the reader's language: they stand in SVG.
    """
    found, before = [], 0
    for part in PARTS:
        rows = getattr(counts, part)
        if rows:
            x, width = 100 * before / most, 100 * rows / most
            found.append(
                Piece(
                    part,
                    rows,
                    x=_percent(x),
                    end=_percent(x + width),
                    width=_percent(width),
                    middle=_percent(x + width / 2),
                    has_room=width >= ROOM_FOR_A_NUMBER,
                )
            )
            before += rows
    return found


def _percent(share):
    return f"{share:.2f}%"
