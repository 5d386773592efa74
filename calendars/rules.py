"""The rules by which sessions recur: which dates a rule gives in a bounded window, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from dateutil.rrule import MONTHLY, rrule, weekday

DAYS_OF_WEEK = 7
LAST_OF_MONTH = -1


class Weeks(Enum):
    """In which weeks a session is held, by the number of the ISO week, as Finns say it.

    Not "every second week": 2026 has 53 weeks, and after an odd one comes the odd week 1.
    """

    EVERY = "every"
    EVEN = "even"
    ODD = "odd"

    def hold(self, day: date) -> bool:
        return self is Weeks.EVERY or (day.isocalendar().week % 2 == 0) == (self is Weeks.EVEN)


@dataclass(frozen=True)
class Weekly:
    """Every `weekday` (0 Monday - 6 Sunday) of every week, or of the even or the odd ones."""

    weekday: int
    weeks: Weeks = Weeks.EVERY

    def __post_init__(self) -> None:
        _refuse_bad_weekday(self.weekday)

    def days(self, first_day: date, last_day: date) -> Iterator[date]:
        first = (self.weekday - first_day.weekday()) % DAYS_OF_WEEK
        numbers = range(first, (last_day - first_day).days + 1, DAYS_OF_WEEK)
        found = (first_day + timedelta(days=number) for number in numbers)
        return (day for day in found if self.weeks.hold(day))


@dataclass(frozen=True)
class Monthly:
    """The `nth` `weekday` of each month: 1-4, or -1 for the last one."""

    weekday: int
    nth: int

    def __post_init__(self) -> None:
        _refuse_bad_weekday(self.weekday)
        if self.nth not in (1, 2, 3, 4, LAST_OF_MONTH):
            raise ValueError(f"of a month's weekdays there are 1-4 and the last (-1), not {self.nth}")

    def days(self, first_day: date, last_day: date) -> Iterator[date]:
        nth = weekday(self.weekday, self.nth)
        rule = rrule(MONTHLY, byweekday=nth, dtstart=_midnight(first_day), until=_midnight(last_day))
        return (moment.date() for moment in rule)


@dataclass(frozen=True)
class Once:
    """One date."""

    day: date

    def days(self, first_day: date, last_day: date) -> Iterator[date]:
        return iter([self.day] if first_day <= self.day <= last_day else [])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _refuse_bad_weekday(number: int) -> None:
    if number not in range(7):
        raise ValueError(f"weekdays are 0 (Monday) to 6 (Sunday), not {number}")
