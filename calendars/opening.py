"""Opening hours: weekly hours, special days and public holidays in; days, weeks and "open now" out.

All times are wall time in Finland. A closing time of 00:00 is midnight at the end of the same day, so
that 00:00-00:00 is a whole day; hours that run past midnight are two spans, 20:00-00:00 and 00:00-02:00.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from calendars.finnish_holidays import holiday_name
from calendars.wall_time import HELSINKI, in_helsinki, instant

MIDNIGHT = time(0, 0)
WINDOW_DAYS = 120  # how far ahead status_at looks: longer than any summer break of a service point


@dataclass(frozen=True)
class Interval:
    """Open from `opens` up to, not including, `closes` on one day; `closes` 00:00 is its end.

    Times without a zone, `closes` after `opens`; else ValueError.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens.tzinfo is not None or self.closes.tzinfo is not None:
            raise ValueError("opening hours are wall time: give times without a zone")
        if self.end <= (False, self.opens):
            raise ValueError(f"closes at {self.closes}, not after {self.opens}: past midnight is two spans")

    @property
    def end(self) -> tuple[bool, time]:
        """The closing time in a form that sorts: midnight comes last. Compare with (False, time)."""
        return (self.closes == MIDNIGHT, self.closes)

    @property
    def whole_day(self) -> bool:
        return self.opens == self.closes == MIDNIGHT


WHOLE_DAY = Interval(MIDNIGHT, MIDNIGHT)


@dataclass(frozen=True)
class Span:
    """Weekly hours: every `weekday` (0 Monday - 6 Sunday), in a season or for good.

    `valid_from` and `valid_until` are both inclusive; None is without end. A weekday takes several
    spans. ValueError for a bad weekday, a season that ends before it begins, and as for Interval.
    """

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise ValueError(f"weekdays are 0 (Monday) to 6 (Sunday), not {self.weekday}")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f"valid until {self.valid_until}, before {self.valid_from}")
        Interval(self.opens, self.closes)

    def covers(self, day: date) -> bool:
        return (
            self.weekday == day.weekday()
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True)
class SpecialDay:
    """Dates on which the usual hours do not hold: `first_day` to `last_day`, both inclusive.

    On each of them, weekends and public holidays too, the place is open in `intervals` and at no other
    time; without intervals it is closed. A season with hours of its own is Spans, not a SpecialDay.
    `reason` is the editor's text for the reader; `reason_lang` its language when it is another than the
    page's, else "". ValueError if it ends before it begins.
    """

    first_day: date
    last_day: date
    intervals: tuple[Interval, ...] = ()
    reason: str = ""
    reason_lang: str = ""

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(f"ends on {self.last_day}, before {self.first_day}")

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Schedule:
    """All there is to know about when one service point is open.

    `always_open` takes the place of the spans: every hour of every day, holidays too; special days
    still close it. A public holiday closes any other place unless `open_on_holidays` or a special
    day says otherwise. `by_appointment` changes no hours, it is told to the reader. `language` is the
    reader's, for the names of holidays (finnish_holidays.language_of_names).
    """

    spans: tuple[Span, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    always_open: bool = False
    by_appointment: bool = False
    open_on_holidays: bool = False
    language: str = "fi"


@dataclass(frozen=True)
class DayHours:
    """One date: `intervals` in order, apart from each other, none when closed.

    `reason` says why the hours are not the usual ones ("" when they are, or when no reason was given);
    `holiday` is true when it is the name of a public holiday that closes the place. `reason_lang` as in
    SpecialDay.
    """

    day: date
    intervals: tuple[Interval, ...]
    reason: str = ""
    holiday: bool = False
    reason_lang: str = ""


@dataclass(frozen=True)
class DayGroup:
    """Consecutive days of one week (0 Monday - 6 Sunday, inclusive) with the same hours and reason."""

    first_weekday: int
    last_weekday: int
    intervals: tuple[Interval, ...]
    reason: str = ""
    holiday: bool = False
    reason_lang: str = ""


@dataclass(frozen=True)
class Status:
    """How things stand at one moment. Datetimes are aware, in Finnish time.

    `until`: when a place that is open closes; None when it is closed, or when no closing is in sight
    within WINDOW_DAYS. `next_opening`: when it opens next, after `until` if it is open now; None when
    no opening is in sight. `closes_within_a_day`: open, and `until` is at most 24 hours away, so that its
    time alone says which one is meant. `today`: the hours of this date.
    """

    open_now: bool
    until: datetime | None
    closes_within_a_day: bool
    next_opening: datetime | None
    today: DayHours
    always_open: bool
    by_appointment: bool

    @property
    def reason(self) -> str:
        """Why today's hours are not the usual ones: a special day's reason, a holiday's name, or ""."""
        return self.today.reason

    @property
    def reason_lang(self) -> str:
        """The language of the reason when it is another than the page's, else ""."""
        return self.today.reason_lang


def hours_on(schedule: Schedule, day: date) -> DayHours:
    """The hours of one date; the years are those of finnish_holidays (1900-2100, else ValueError).

    A special day wins over everything: of several the shortest, then the one that begins later, then
    a closed one, so that nobody is sent to a shut door, then the one listed first. A holiday is a
    reason only where it takes away hours: a place that is never open on Saturdays is not closed
    because of Midsummer Day.
    """
    special = _special_day(schedule, day)
    if special is not None:
        return DayHours(day, _merged(special.intervals), special.reason, reason_lang=special.reason_lang)
    usual = _usual_hours(schedule, day)
    if usual and not schedule.always_open and not schedule.open_on_holidays:
        name = holiday_name(day, schedule.language)
        if name:
            return DayHours(day, (), name, holiday=True)
    return DayHours(day, usual)


def week_hours(schedule: Schedule, day: date) -> list[DayHours]:
    """The hours of the seven dates, Monday first, of the week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return [hours_on(schedule, monday + timedelta(days=offset)) for offset in range(7)]


def grouped_week(schedule: Schedule, day: date) -> list[DayGroup]:
    """The week that holds `day`, equal consecutive days folded into one, Monday first, no day left out.

    Special days and holidays of that week are in it. For the usual week of the season ask with
    `replace(schedule, special_days=(), open_on_holidays=True)`.
    """
    week = week_hours(schedule, day)
    folded = groupby(
        week, key=lambda hours: (hours.intervals, hours.reason, hours.holiday, hours.reason_lang)
    )
    groups = []
    for told, equal_days in folded:
        weekdays = [hours.day.weekday() for hours in equal_days]
        groups.append(DayGroup(weekdays[0], weekdays[-1], *told))
    return groups


def status_at(schedule: Schedule, moment: datetime) -> Status:
    """Whether it is open at `moment`, until when, and when next.

    `moment` is aware, in any zone; a naive one is a ValueError. Hours that adjoin are one opening, within
    a day and over midnight: 8-12 and 12-16 is open until 16.
    """
    local = in_helsinki(moment)
    now = local.astimezone(UTC)
    current = upcoming = None
    for opening in _openings(schedule, local.date()):
        if opening.opens > now:
            upcoming = opening
            break
        if opening.closes is None or opening.closes > now:
            current = opening
    return Status(
        open_now=current is not None,
        until=current.closes.astimezone(HELSINKI) if current and current.closes else None,
        closes_within_a_day=bool(current and current.closes and current.closes - now <= timedelta(days=1)),
        next_opening=upcoming.opens.astimezone(HELSINKI) if upcoming else None,
        today=hours_on(schedule, local.date()),
        always_open=schedule.always_open,
        by_appointment=schedule.by_appointment,
    )


def _special_day(schedule: Schedule, day: date) -> SpecialDay | None:
    covering = (special for special in schedule.special_days if special.covers(day))
    return max(
        covering,
        key=lambda special: (special.first_day - special.last_day, special.first_day, not special.intervals),
        default=None,
    )


def _usual_hours(schedule: Schedule, day: date) -> tuple[Interval, ...]:
    if schedule.always_open:
        return (WHOLE_DAY,)
    return _merged(Interval(span.opens, span.closes) for span in schedule.spans if span.covers(day))


def _merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """In order, with those that overlap or adjoin made one."""
    merged: list[Interval] = []
    for interval in sorted(intervals, key=lambda interval: interval.opens):
        if merged and (False, interval.opens) <= merged[-1].end:
            last = merged.pop()
            merged.append(Interval(last.opens, max(last, interval, key=lambda one: one.end).closes))
        else:
            merged.append(interval)
    return tuple(merged)


@dataclass(frozen=True)
class _Opening:
    """From one instant to another, both in UTC; `closes` is None when the window ends first."""

    opens: datetime
    closes: datetime | None


def _openings(schedule: Schedule, first_day: date) -> Iterator[_Opening]:
    """The openings from the start of `first_day` to the end of the window, adjoining ones made one."""
    days = _days_in_sight(schedule, first_day)
    window_ends = instant(first_day + timedelta(days=days), MIDNIGHT)
    running: tuple[datetime, datetime] | None = None
    for opens, closes in _instants(schedule, first_day, days):
        if running is None:
            running = (opens, closes)
        elif opens == running[1]:
            running = (running[0], closes)
        else:
            yield _Opening(*running)
            running = (opens, closes)
    if running is not None:
        opens, closes = running
        yield _Opening(opens, None if closes == window_ends else closes)


def _days_in_sight(schedule: Schedule, first_day: date) -> int:
    """How many days to look at, `first_day` included: what is always open changes until its last special day."""
    if not schedule.always_open:
        return WINDOW_DAYS + 1
    last_day = max((special.last_day for special in schedule.special_days), default=first_day)
    return min(max((last_day - first_day).days, 0) + 2, WINDOW_DAYS + 1)


def _instants(schedule: Schedule, first_day: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    for offset in range(days):
        day = first_day + timedelta(days=offset)
        for interval in hours_on(schedule, day).intervals:
            closing_day = day + timedelta(days=1) if interval.closes == MIDNIGHT else day
            opens, closes = instant(day, interval.opens), instant(closing_day, interval.closes)
            # Hours that lie within the hour skipped in spring never come.
            if opens < closes:
                yield opens, closes
