"""The year as a ring: where the marks of its rows stand, its months and today's hand. Pure.

January begins at 12 o'clock, and the year runs clockwise, a month in each twelfth. Around the year's number is the hub,
for what is done all year round; around the hub are three circles, and around these the rim with the months' names. A
row with a month stands in its month, in the outermost circle that has room; a row with a quarter alone stands in a
circle of its own, anywhere in its quarter.

Plans crowd at the ends of quarters. A month that has more rows than room borrows from its neighbours in the quarter:
then the rows of the quarter share all of its places, in the order of their months, each month around its middle as near
as there is room. So every row is a link as long as its quarter has a place for it; the list says the month in words.

Units are tenths of a CSS pixel where the ring is as wide as it is on the narrowest phone (320 px), so that every place
is a whole number: a finger's 24 px (WCAG 2.5.8) are 240 of them.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, radians, sin
from typing import Any, NamedTuple, Protocol

# The middle of the drawing is 0, 0.
EDGE = 1560
# From here to there go the quarters; the rim with the names of months lies outside.
HUB, RIM, OUTERMOST = 666, 1410, 1556
# The feet of the names: on the lower half they stand on their heads, so that they need not.
NAME_ABOVE, NAME_BELOW = 1446, 1520
FULL, QUARTER, MONTH = 360, 90, 30


class Row(Protocol):
    """What the ring needs to know of a row of a plan, which `PlanItem` says; both None: all year round."""

    quarter: int | None
    month: int | None


class Circle(NamedTuple):
    """A circle that marks stand on: how many have room on it, in the part of the year that is asked for."""

    radius: int
    room: int


class Layout(NamedTuple):
    """The circles for a part of the year, those that are filled first before the others, and how far from the middle
    of a mark nothing else stands: with what rounding takes, twice that fits between two of them.
    """

    of_the_hub: tuple[Circle, ...]
    of_a_quarter: tuple[Circle, ...]
    of_a_month: tuple[Circle, ...]
    reach: int


# A mark as it is drawn (`annual_plan.shapes`), and larger by LARGER where there are few of them.
TARGET, LARGER = 122, 1.3
ROOMY = Layout(
    of_the_hub=(Circle(500, 9),),
    of_a_quarter=(Circle(1230, 6), Circle(870, 4)),
    of_a_month=(Circle(1230, 2), Circle(870, 1)),
    reach=round(LARGER * TARGET),
)
# Those with a month are nearest to its name; those of a quarter keep to the middle while they are few.
DENSE = Layout(
    of_the_hub=(Circle(540, 13), Circle(293, 7)),
    of_a_quarter=(Circle(1037, 6), Circle(1284, 8), Circle(790, 5)),
    of_a_month=(Circle(1284, 2), Circle(1037, 2), Circle(790, 1)),
    reach=TARGET,
)


@dataclass(frozen=True)
class Mark:
    """A row, and where its mark has its middle."""

    row: Any
    x: int
    y: int


@dataclass(frozen=True)
class More:
    """One mark for the rows of a quarter (None: of all year round) that find no room."""

    quarter: int | None
    rows: list[Any]
    x: int
    y: int

    @property
    def number(self):
        return len(self.rows)


@dataclass(frozen=True)
class Name:
    """The name of a month, 1 to 12: where the middle of its foot is, and how many degrees it is turned clockwise."""

    month: int
    x: int
    y: int
    turn: int
    is_now: bool


@dataclass(frozen=True)
class Clock:
    """The ring of one year. `sector` and `hand` are paths of SVG, empty where today is in another year.

    `is_full` says that the hub is, and leaves its middle to a small number of the year only; `is_crowded` that some
    month borrows room from its neighbours.
    """

    layout: Layout
    marks: list[Mark]
    more: list[More]
    names: list[Name]
    lines: str
    sector: str
    hand: str
    is_full: bool
    is_crowded: bool

    @property
    def is_roomy(self):
        """Whether marks are drawn larger."""
        return self.layout is ROOMY


def clock(rows: Sequence[Row], year, today):
    """The `Clock` of `rows`, which stand in their order, for the `year`, on the date `today`."""
    layout = ROOMY
    marks, more, _crowded = _laid(rows, layout, borrow=False)
    crowded: set[int] = set()
    if more:
        layout = DENSE
        marks, more, crowded = _laid(rows, layout, borrow=True)
    now = today.month if today.year == year else None
    return Clock(
        layout=layout,
        marks=marks,
        more=more,
        names=[_name(month, now) for month in range(1, 13)],
        lines=_lines(),
        sector=_sector((now - 1) // 3 * QUARTER, QUARTER) if now else "",
        hand=_ray(_angle_of(today), HUB, OUTERMOST) if now else "",
        is_crowded=any(row.month and row.quarter in crowded for row in rows),
        is_full=sum(row.quarter is None for row in rows) > DENSE.of_the_hub[0].room,
    )


def _laid(rows, layout, *, borrow):
    """The marks of those of `rows` that have room, those that stand for the others, and the quarters that are crowded.

    `borrow`: months that have too little room may borrow from their neighbours.
    """
    marks: list[Mark] = []
    more: list[More] = []
    crowded: set[int] = set()
    for quarter in (None, 1, 2, 3, 4):
        of_it = [row for row in rows if row.quarter == quarter]
        hub = _spread(of_it, layout.of_the_hub, 0, FULL)
        placed = list(_in_a_quarter(of_it, quarter, layout) if quarter else hub)
        if quarter and borrow and len(placed) < len(of_it):
            crowded.add(quarter)
            placed = list(_close_together(of_it, quarter, layout))
        if len(placed) < len(of_it):
            # The last one makes room for a mark of all those that have none.
            last = placed.pop()
            shown = [mark.row for mark in placed]
            more.append(More(quarter, [row for row in of_it if row not in shown], last.x, last.y))
        marks += placed
    return marks, more, crowded


def _in_a_quarter(rows, quarter, layout) -> Iterator[Mark]:
    """The marks of those of `rows` that have room in the `quarter`."""
    months = range(3 * quarter - 2, 3 * quarter + 1)
    dated = {month: [row for row in rows if row.month == month] for month in months}
    undated = [row for row in rows if row.month is None]
    taken = layout.of_a_month[: _enough(max(map(len, dated.values())), layout.of_a_month)]
    radii = [circle.radius for circle in taken]
    free = [circle for circle in layout.of_a_quarter if circle.radius not in radii]
    # Where these do not have room enough, what is left between those of months is better than no place at all.
    left = undated[sum(circle.room for circle in free) :]
    for month, some in dated.items():
        gaps = max(0, sum(circle.room for circle in taken) - len(some))
        yield from _spread([*some, *left[:gaps]], taken, (month - 1) * MONTH, MONTH)
        left = left[gaps:]
    yield from _spread(undated, free, (quarter - 1) * QUARTER, QUARTER)


def _close_together(rows, quarter, layout) -> Iterator[Mark]:
    """As `_in_a_quarter`, where a month has more rows than room: on all places of the `quarter`, clockwise."""
    circles = layout.of_a_quarter
    room = sum(circle.room for circle in circles)
    spots = _spots(room, circles, (quarter - 1) * QUARTER, QUARTER)
    rows = rows[:room]
    months = [[row for row in rows if row.month == 3 * quarter - 2 + place] for place in range(3)]
    taken: dict[int, Row] = {}
    for start, some in zip(_starts([len(some) for some in months], room), months, strict=True):
        taken |= dict(enumerate(some, start))
    # Those of the quarter alone stand anywhere: evenly on what is left.
    free = [spot for spot in range(room) if spot not in taken]
    undated = [row for row in rows if row.month is None]
    taken |= {free[(2 * at + 1) * len(free) // (2 * len(undated))]: row for at, row in enumerate(undated)}
    for spot, row in sorted(taken.items()):
        angle, radius = spots[spot]
        yield Mark(row, *_point(angle, -radius))


def _starts(numbers, room):
    """Of as many places in a row as `room` says, the first of each month of a quarter, which have `numbers` of rows:
    each month around the middle of its third, pushed aside by those before it and then by the end.
    """
    starts, end = [], 0
    for place, number in enumerate(numbers):
        middle = (2 * place + 1) * room
        starts.append(max(end, (middle - 3 * number + 3) // 6))
        end = starts[-1] + number
    end = room
    for place in (2, 1, 0):
        starts[place] = end = min(starts[place], end - numbers[place])
    return starts


def _enough(number, circles):
    """How many of `circles` it takes for `number` rows; all where there are more rows than room."""
    rooms = accumulate((circle.room for circle in circles), initial=0)
    return next((few for few, room in enumerate(rooms) if room >= number), len(circles))


def _spread(rows, circles: Sequence[Circle], start, sweep) -> Iterator[Mark]:
    """Those of `rows` that have room, clockwise within `sweep` degrees from `start` on: evenly on as few of `circles`
    as suffice, and on each of these as many as its size says.
    """
    spots = _spots(len(rows), circles[: _enough(len(rows), circles)], start, sweep)
    for row, (angle, radius) in zip(rows, spots, strict=False):
        yield Mark(row, *_point(angle, -radius))


def _spots(number, circles, start, sweep):
    """The places of `number` marks on `circles`, or of as many as have room, clockwise: pairs of the angle and of the
    radius, which is negative, so that the outer of two goes first.
    """
    ends = list(accumulate((circle.room for circle in circles), initial=0))
    number = min(number, ends[-1])
    spots = []
    for circle, (first, last) in zip(circles, pairwise(ends), strict=True):
        some = -(-number * last // ends[-1]) + (-number * first // ends[-1])
        spots += [(start + sweep * (2 * at + 1) / (2 * some), -circle.radius) for at in range(some)]
    return sorted(spots)


def _point(angle, radius):
    """Where the hand of a clock ends that stands at `angle` degrees, clockwise from 12."""
    return round(radius * sin(radians(angle))), round(-radius * cos(radians(angle)))


def _angle_of(day):
    """Where the hand stands at noon of `day`, in the twelfth of its month."""
    return MONTH * (day.month - 1 + (day.day - 0.5) / monthrange(day.year, day.month)[1])


def _name(month, now):
    angle = MONTH * month - MONTH // 2
    is_below = QUARTER < angle < 3 * QUARTER
    x, y = _point(angle, NAME_BELOW if is_below else NAME_ABOVE)
    is_now = now is not None and (now - 1) // 3 == (month - 1) // 3
    return Name(month, x, y, (angle + 180) % FULL if is_below else angle, is_now)


def _ray(angle, start, end):
    (x, y), (to_x, to_y) = _point(angle, start), _point(angle, end)
    return f"M{x} {y}L{to_x} {to_y}"


def _lines():
    """Between the quarters from the hub outwards, between the months across the rim."""
    angles = range(0, FULL, MONTH)
    return "".join(_ray(angle, RIM if angle % QUARTER else HUB, OUTERMOST) for angle in angles)


def _sector(start, sweep):
    """The ground of a part of the year, from the hub to the outermost edge."""
    (x1, y1), (x2, y2) = _point(start, OUTERMOST), _point(start + sweep, OUTERMOST)
    (x3, y3), (x4, y4) = _point(start + sweep, HUB), _point(start, HUB)
    out, back = f"A{OUTERMOST} {OUTERMOST} 0 0 1 {x2} {y2}", f"A{HUB} {HUB} 0 0 0 {x4} {y4}"
    return f"M{x1} {y1}{out}L{x3} {y3}{back}z"
