"""Weeks as Finns number them (ISO 8601): from Monday, the first one holding 4 January."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

# Addresses hold weeks, and anybody can type one: every week that can be made has only days for
# which the holidays are known, so that no page fails at the edge of the calendar.
FIRST_YEAR, LAST_YEAR = 2000, 2099

_WRITTEN = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, order=True)
class Week:
    """A week of an ISO year, 2000-2099, numbered 1-52 or 1-53; weeks sort in time.

    A year or number that there is not is a ValueError.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"week years go from {FIRST_YEAR} to {LAST_YEAR}, not {self.year}")
        date.fromisocalendar(self.year, self.number, 1)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)


def week_of(day: date) -> Week:
    """The week that holds `day`; its year may differ from the day's own. ValueError out of range."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def parse(text: str) -> Week:
    """A week written as "2026-W47", in exactly that form; anything else is a ValueError."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise ValueError(f"{text!r} is not a week such as 2026-W47")
    return Week(int(written[1]), int(written[2]))


def days(week: Week) -> list[date]:
    """The seven dates of the week, Monday first."""
    return [week.monday + timedelta(days=offset) for offset in range(7)]


def next_week(week: Week) -> Week | None:
    """The week after, across years; None after the last week there is (2099-W53)."""
    return _week_or_none(week.monday + timedelta(days=7))


def previous_week(week: Week) -> Week | None:
    """The week before, across years; None before the first week there is (2000-W01)."""
    return _week_or_none(week.monday - timedelta(days=7))


def _week_or_none(monday: date) -> Week | None:
    year, number, _ = monday.isocalendar()
    return Week(year, number) if FIRST_YEAR <= year <= LAST_YEAR else None
