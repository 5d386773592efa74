"""Exceptions to opening hours as people write them, one a line: "24.12.2026 suljettu: Jouluaatto", "2.1. 10–14".

A year left out is the next one to come. What is written back has its year, and is understood again.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date

from calendars.hours_text import (
    CLOSED,
    CLOSED_WORDS,
    DASH,
    TIME,
    NotUnderstoodError,
    Trouble,
    format_intervals,
    read_interval,
    refuse_overlaps,
)
from calendars.opening import Interval, SpecialDay

_DATE = r"(\d{1,2})\.(?:\s?(\d{1,2})(?:\.\s?(\d{4})(?!\d)|\.|(?![\d.])))?"
_DATES = re.compile(rf"{_DATE}(?:\s*{DASH}\s*{_DATE})?")
_BETWEEN = r"(?:[\s,]|\b(?:ja|och|and|sekä|samt|klo|kl|at|auki|avoinna|öppet|open)\b\.?)*"
_INTERVAL = re.compile(rf"{_BETWEEN}({TIME})\s*{DASH}\s*({TIME})")
_CLOSED = re.compile(rf"[\s,]*({'|'.join(sorted(CLOSED_WORDS))})\b", re.IGNORECASE)
# A leap day is at most eight years away.
_YEARS = 9


def parse_days(text: str, today: date) -> tuple[SpecialDay, ...]:
    """The special days that `text` tells, in its order; `today` fills in years.

    NotUnderstoodError names the first bit in the way.
    """
    return tuple(_special_day(line.strip(), today) for line in text.splitlines() if line.strip())


def _special_day(line: str, today: date) -> SpecialDay:
    dates = _DATES.match(line)
    if dates is None:
        raise NotUnderstoodError(line)
    first_day, last_day = _first_and_last(dates, today)
    rest = line[dates.end() :]
    intervals, rest = _hours(rest, line)
    return SpecialDay(first_day, last_day, intervals, _reason(rest))


def _first_and_last(dates: re.Match[str], today: date) -> tuple[date, date]:
    """The two dates, where a part left out of one follows from the other: "24.–26.12.2026", "24.12.–1.1."."""
    day, month, year, last_day, last_month, last_year = dates.groups()
    bit = dates.group()
    if not (month or last_month):
        raise NotUnderstoodError(bit)
    if last_day is None:
        last_day, last_month, last_year = day, month, year
    last_month = last_month or month
    if last_year:
        last = _date(last_year, last_month, last_day, bit)
    elif year:
        last = _next(last_month, last_day, _date(year, month or last_month, day, bit), bit)
    else:
        last = _next(last_month, last_day, today, bit)
    first = _date(year, month, day, bit) if year else _latest(month or last_month, day, last, bit)
    if first > last:
        raise NotUnderstoodError(bit, Trouble.BACKWARDS)
    return first, last


def _date(year: str | int, month: str, day: str, bit: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise NotUnderstoodError(bit, Trouble.NO_SUCH_DAY) from error


def _next(month: str, day: str, earliest: date, bit: str) -> date:
    """The first such date from `earliest` on."""
    years = range(earliest.year, earliest.year + _YEARS)
    return _first_fit(years, month, day, bit, lambda found: found >= earliest)


def _latest(month: str, day: str, last: date, bit: str) -> date:
    """The last such date up to `last`."""
    years = range(last.year, last.year - _YEARS, -1)
    return _first_fit(years, month, day, bit, lambda found: found <= last)


def _first_fit(years: Iterable[int], month: str, day: str, bit: str, fits: Callable[[date], bool]) -> date:
    """The date in the first of `years` that has it and where it `fits`."""
    for year in years:
        with suppress(NotUnderstoodError):
            found = _date(year, month, day, bit)
            if fits(found):
                return found
    raise NotUnderstoodError(bit, Trouble.NO_SUCH_DAY)


def _hours(rest: str, line: str) -> tuple[tuple[Interval, ...], str]:
    """The hours that `rest` begins with, none for closed, and what follows them."""
    if closed := _CLOSED.match(rest):
        return (), rest[closed.end() :]
    intervals = []
    while told := _INTERVAL.match(rest):
        opens, closes = told.groups()
        intervals.append(read_interval(opens, closes, told.group().strip()))
        rest = rest[told.end() :]
    if not intervals:
        raise NotUnderstoodError(line, Trouble.NO_HOURS)
    refuse_overlaps(intervals, line)
    return tuple(sorted(intervals, key=lambda one: one.opens)), rest


def _reason(rest: str) -> str:
    """What follows the hours: after a colon anything, without one words."""
    rest = rest.strip()
    if rest.startswith(":"):
        return rest[1:].strip()
    reason = rest.strip(",.;()–- ")
    if reason and not reason[0].isalpha():
        raise NotUnderstoodError(rest)
    return reason


def format_days(days: Iterable[SpecialDay], language: str = "fi") -> str:
    """`days` as `parse_days` understands them, one a line."""
    return "\n".join(_line(each, language) for each in days)


def _line(day: SpecialDay, language: str) -> str:
    hours = format_intervals(day.intervals, language) if day.intervals else CLOSED[language]
    told = f"{format_dates(day.first_day, day.last_day)} {hours}"
    return f"{told}: {day.reason}" if day.reason else told


def format_dates(first: date, last: date) -> str:
    """ "24.12.2026", "24.–26.12.2026", "30.11.–2.12.2026", "24.12.2026–1.1.2027"."""
    end = f"{last.day}.{last.month}.{last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day}.{first.month}.{first.year}–{end}"
    return f"{first.day}.–{end}" if first.month == last.month else f"{first.day}.{first.month}.–{end}"
