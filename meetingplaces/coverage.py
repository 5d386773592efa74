"""What a season's timetable covers: weekdays × parts of the day × ages, where nothing is open, and what collides.

Pure: the dates that a timetable gives in (`expansion.as_planned`), data out. How often something is open is counted in
the dates that a weekday has in the season, so that weekly, even, odd and monthly rules, and those that hold for a part
of the season, are all told alike.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from calendars.occurrences import Occurrence
from calendars.rules import Weeks
from centres.ages import YEAR, overlap
from meetingplaces.models import Session
from services.models import Service

# A closed group is for those who are in it.
OPEN_KINDS = (Session.Kind.OPEN, Session.Kind.PEER, Session.Kind.THEME)
WORKDAYS = range(5)
UNDER_SCHOOL_AGE = (0, 7 * YEAR)
AN_HOUR = 60


class Part(Enum):
    """A part of the day, from which of its minutes until which."""

    MORNING = (0, 12 * 60)
    AFTERNOON = (12 * 60, 17 * 60)
    EVENING = (17 * 60, 24 * 60)


class How(Enum):
    """On which dates of its weekday something is open."""

    EVERY = "every"
    EVEN = "even"
    ODD = "odd"
    SOME = "some"
    NEVER = "never"


@dataclass(frozen=True)
class Often:
    """`how` often, in figures: on `count` of the `of` dates that the weekday has in the season."""

    how: How
    count: int
    of: int


@dataclass(frozen=True)
class Line:
    """A session that is open, where, and on which dates, all of one weekday."""

    session: Session
    place: Hashable
    days: frozenset[date]

    @property
    def weekday(self):
        return min(self.days).weekday()


@dataclass(frozen=True)
class Cell:
    """What is open on a weekday, in a part of the day, for some ages; its sessions in the order of time."""

    often: Often
    sessions: list[Session]


@dataclass(frozen=True)
class PartOfDay:
    """A part of a weekday: a cell for each of the ages."""

    part: Part
    cells: list[Cell]


@dataclass(frozen=True)
class Weekday:
    """A weekday (0 Monday): its parts, and how `often` something open and free is on it for those under school age."""

    number: int
    parts: list[PartOfDay]
    often: Often


@dataclass(frozen=True)
class Clash:
    """Two open sessions at the same time, and how often: at the `same_place`, or elsewhere and for the same ages."""

    one: Session
    other: Session
    same_place: bool
    first_day: date
    often: Often


@dataclass(frozen=True)
class Coverage:
    weekdays: list[Weekday]
    clashes: list[Clash]

    @property
    def lacking(self):
        """The workdays that have nothing open and free for children under school age, or not each time."""
        return [day for day in self.weekdays if day.number in WORKDAYS and day.often.how is not How.EVERY]

    @property
    def same_place(self):
        return [clash for clash in self.clashes if clash.same_place]

    @property
    def elsewhere(self):
        return [clash for clash in self.clashes if not clash.same_place]


def coverage(planned: Iterable[Occurrence], first_day: date, last_day: date, ages) -> Coverage:
    """The `Coverage` of the `planned` dates of a season from `first_day` to `last_day`, both included.

    `ages` are pairs of months as `centres.ages.overlap` takes them. A weekend day is there if something is open on it.
    """
    lines, dates = open_lines(planned), dates_by_weekday(first_day, last_day)
    of_weekday = {number: [line for line in lines if line.weekday == number] for number in dates}
    weekdays = [
        _weekday(number, of_weekday[number], dates[number], ages)
        for number in dates
        if of_weekday[number] or (number in WORKDAYS and dates[number])
    ]
    found = [clash for number in dates for clash in clashes(of_weekday[number], dates[number])]
    return Coverage(weekdays, found)


def open_lines(planned):
    """The `Line`s of what any family may come to, in the order of time; what they do not see on a day is not open."""
    days, first = defaultdict(set), {}
    for each in planned:
        session = each.session.key
        if session.kind in OPEN_KINDS and session.meeting_place.is_public(each.day):
            days[session].add(each.day)
            first.setdefault(session, each)
    lines = [Line(session, first[session].place, frozenset(days[session])) for session in days]
    return sorted(lines, key=lambda line: (line.session.starts, line.session.ends))


def keeps_the_promise(session):
    """Whether it is free, and for children under school age."""
    return session.meeting_place.charge == Service.Charge.FREE and session.suits(*UNDER_SCHOOL_AGE)


def parts_of_day(starts, ends):
    """The parts of the day in which it is open: those that hold an hour of it, and the one that holds most."""
    first, last = (at.hour * 60 + at.minute for at in (starts, ends))
    minutes = {part: min(last, part.value[1]) - max(first, part.value[0]) for part in Part}
    enough = min(AN_HOUR, max(minutes.values()))
    return [part for part in Part if minutes[part] >= enough]


def dates_by_weekday(first_day, last_day):
    """The dates from `first_day` to `last_day` by their weekday, 0 to 6."""
    dates = [first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1)]
    return {number: [day for day in dates if day.weekday() == number] for number in range(7)}


def how_often(days: Iterable[date], dates: Iterable[date]) -> Often:
    """How often `days` are, of the `dates` that one weekday has."""
    held, all_ = set(days), set(dates)
    even = {day for day in all_ if Weeks.EVEN.hold(day)}
    ways = [(set(), How.NEVER), (all_, How.EVERY), (even, How.EVEN), (all_ - even, How.ODD)]
    how = next((how for on_days, how in ways if held == on_days), How.SOME)
    return Often(how, len(held), len(all_))


def clashes(lines: list[Line], dates: Iterable[date]) -> list[Clash]:
    """What collides among the `lines` of one weekday, in the order of time."""
    found = []
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            if other.session.starts >= one.session.ends:
                break
            days = one.days & other.days
            same_place = is_same_place(one, other)
            if days and (same_place or overlap(one.session.own_ages, other.session.own_ages)):
                often = how_often(days, dates)
                found.append(Clash(one.session, other.session, same_place, min(days), often))
    return found


def is_same_place(one, other):
    """Whether two are at the same place; where none is given, a meeting place is one by itself."""
    if one.place is None and other.place is None:
        return one.session.meeting_place == other.session.meeting_place
    return one.place == other.place


def _weekday(number, lines, dates, ages):
    parts = [PartOfDay(part, [_cell(part, lines, dates, some) for some in ages]) for part in Part]
    kept = [line for line in lines if keeps_the_promise(line.session)]
    return Weekday(number, parts, _often(kept, dates))


def _cell(part, lines, dates, ages):
    inside = [
        line
        for line in lines
        if part in parts_of_day(line.session.starts, line.session.ends) and line.session.suits(*ages)
    ]
    return Cell(_often(inside, dates), [line.session for line in inside])


def _often(lines, dates):
    return how_often((day for line in lines for day in line.days), dates)
