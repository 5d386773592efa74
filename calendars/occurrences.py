"""Sessions that recur: rules, changes, closures and public holidays in; dated occurrences out, for a bounded window.

The one expansion there is: pages, feeds, the desk and tests all ask it. All times are wall time in Finland; an
occurrence gives its instants, so that no change of the clocks moves a session.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from typing import Any

from calendars.finnish_holidays import holiday_name
from calendars.rules import Monthly, Once, Weekly
from calendars.wall_time import instant

MOST_DAYS = 400  # the longest window: a year and the weeks around it


class Kind(Enum):
    """What a change does to one date of a session."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    EXTRA = "extra"
    NOTED = "noted"


@dataclass(frozen=True)
class Change:
    """What is different on `day`, a date of the session; for an extra one, a date that is added.

    `to_day`, `starts`, `ends` and `place` say where a moved one went, and what differs on an extra one; None: as
    usual. A cancelled one keeps where it was moved to, and an extra one that is called off has its own day as `to_day`.
    `key` is whatever the caller knows the change by: it holds the texts. ValueError for times that end before they
    start, and for a move that moves nothing.
    """

    day: date
    kind: Kind
    key: Hashable = None
    to_day: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: Hashable = None

    def __post_init__(self) -> None:
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValueError(f"ends at {self.ends}, not after {self.starts}")
        if self.kind is Kind.MOVED and self.place is None and not (self.to_day or self.starts or self.ends):
            raise ValueError("a move says the new date, time or place")
        if self.kind not in (Kind.MOVED, Kind.CANCELLED) and self.to_day:
            raise ValueError("only a move leads to another date")

    @property
    def dated(self) -> date:
        """The date on which it is held after the change."""
        return self.to_day or self.day

    @property
    def is_extra(self) -> bool:
        """Whether its date is an added one, called off or not."""
        return self.kind is Kind.EXTRA or (self.kind is Kind.CANCELLED and self.to_day == self.day)


@dataclass(frozen=True)
class Session:
    """A rule and what holds on each of its dates, from `first_day` to `last_day`, both inclusive.

    `key` is whatever the caller knows the session by; `meeting_place` is what a closure may be of; `place` is where it
    is held. A session that `follows_schools` is off while schools are on holiday. ValueError if it ends before it
    starts, by the clock, the calendar or a change, and for two changes of one date.
    """

    key: Hashable
    rule: Weekly | Monthly | Once
    starts: time
    ends: time
    first_day: date
    last_day: date
    meeting_place: Hashable = None
    place: Hashable = None
    follows_schools: bool = True
    on_public_holidays: bool = False
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if self.starts.tzinfo is not None or self.ends.tzinfo is not None:
            raise ValueError("sessions are kept in wall time: give times without a zone")
        if self.ends <= self.starts:
            raise ValueError(f"ends at {self.ends}, not after {self.starts}: a session is within one day")
        if self.last_day < self.first_day:
            raise ValueError(f"ends on {self.last_day}, before {self.first_day}")
        if len({change.day for change in self.changes}) < len(self.changes):
            raise ValueError("a date is changed once")
        for change in self.changes:
            if change.ends and change.ends <= (change.starts or self.starts):
                raise ValueError(f"on {change.day} it ends at {change.ends}, before it starts")

    def days(self, first_day: date, last_day: date) -> Iterator[date]:
        """The dates that the rule gives in the window, in order, whatever is changed or closed on them."""
        first_day, last_day = max(first_day, self.first_day), min(last_day, self.last_day)
        return self.rule.days(first_day, last_day) if first_day <= last_day else iter(())

    def gives(self, day: date) -> bool:
        """Whether `day` is a date of the rule."""
        return any(self.days(day, day))


@dataclass(frozen=True)
class Closure:
    """Dates, both inclusive, on which sessions are off: those of one `meeting_place`, or all (None).

    A school holiday closes only what follows the schools. `key` is whatever the caller knows the closure by: it holds
    the reason. ValueError if it ends before it begins.
    """

    first_day: date
    last_day: date
    key: Hashable = None
    school_holiday: bool = False
    meeting_place: Hashable = None

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(f"ends on {self.last_day}, before {self.first_day}")

    @property
    def length(self) -> timedelta:
        return self.last_day - self.first_day


class Status(Enum):
    """What became of a date: held as usual, called off, held otherwise, or held on another date (`gone`)."""

    HELD = "held"
    CANCELLED = "cancelled"
    MOVED = "moved"
    EXTRA = "extra"
    GONE = "gone"


@dataclass(frozen=True)
class Occurrence:
    """One date of a session, as a reader must know it.

    `original_day` is the date that the rule gave, which names the occurrence for good: a moved one keeps it. One that
    went to another date stands on both: as GONE on the old, where `other_day` is the new, and as MOVED on the new. If
    it is called off then it is CANCELLED on both.
    What decided it is `change`, `closure` or `holiday`, the name of a public holiday.
    """

    session: Session
    original_day: date
    day: date
    starts: time
    ends: time
    place: Hashable
    status: Status = Status.HELD
    change: Change | None = None
    closure: Closure | None = None
    holiday: str = ""
    other_day: date | None = None

    @property
    def start(self) -> datetime:
        return instant(self.day, self.starts)

    @property
    def end(self) -> datetime:
        return instant(self.day, self.ends)

    @property
    def is_on(self) -> bool:
        """Whether somebody who comes finds the door open."""
        return self.status not in (Status.CANCELLED, Status.GONE)

    @property
    def is_left(self) -> bool:
        """Whether it stands here only to tell that it went to another date, where it stands too."""
        return self.other_day is not None and self.day == self.original_day

    @property
    def is_extra(self) -> bool:
        """Whether a change added the date, called off or not."""
        return self.change is not None and self.change.is_extra


def occurrences(
    sessions: Iterable[Session],
    closures: Iterable[Closure],
    first_day: date,
    last_day: date,
    language: str = "fi",
) -> list[Occurrence]:
    """Every date of `sessions` from `first_day` to `last_day`, both inclusive, in the order of time.

    What is off is among them, with its reason. For each date one thing decides: a change of it; else a closure (of
    several the shortest); else a public holiday, whose name is given in `language`; else the rule. More than 400 days
    at once are a ValueError, so that no address can ask for a century.
    """
    if (last_day - first_day).days >= MOST_DAYS:
        raise ValueError(f"{first_day} to {last_day} is longer than {MOST_DAYS} days")
    closures_of = _by_whom_they_close(closures)
    found = [
        occurrence
        for session in sessions
        for occurrence in _of_one(session, closures_of(session), first_day, last_day, language)
    ]
    return sorted(found, key=lambda occurrence: (occurrence.day, occurrence.starts, occurrence.ends))


def next_dates(
    sessions: Iterable[Session], closures: Iterable[Closure], today: date, count: int, language: str = "fi"
) -> list[Occurrence]:
    """The next `count` occurrences that are on, from `today`; fewer if there are not so many within 400 days."""
    sessions, closures = list(sessions), list(closures)
    coming: list[Occurrence] = []
    # Most have enough within weeks; only what is rare or far away costs the whole year
    for days_ahead in (28, MOST_DAYS):
        last_day = today + timedelta(days=days_ahead - 1)
        coming = [each for each in occurrences(sessions, closures, today, last_day, language) if each.is_on]
        if len(coming) >= count:
            break
    return coming[:count]


def ways(sessions: Iterable[Session]) -> list[Occurrence]:
    """How `sessions` are held: the first date of each as if nothing were different, and each date that a change makes.

    Those that are called off since are among them.
    """
    found: list[Occurrence] = []
    for session in sessions:
        first_day = next(session.days(session.first_day, session.last_day), None)
        found += [_plain(session, first_day)] if first_day else []
        found += [changed(session, change) for change in session.changes if _has_a_date(session, change)]
    return found


def nearest_days(session: Session, day: date) -> list[date]:
    """The dates of the rule nearest to `day`: the last before it and the first after it, as far as there are any."""
    reach = timedelta(days=MOST_DAYS)
    # Anybody can type a date at the edge of the calendar, which no session is near to.
    day = min(max(day, date.min + reach), date.max - reach)
    before = list(session.days(day - reach, day - timedelta(days=1)))
    after = next(session.days(day + timedelta(days=1), day + reach), None)
    return [*before[-1:], *([after] if after else [])]


def changed(session: Session, change: Change) -> Occurrence:
    """The occurrence as a move, an extra date or a cancellation has it. A new start alone keeps the usual length."""
    starts = change.starts or session.starts
    return Occurrence(
        session,
        original_day=change.day,
        day=change.dated,
        starts=starts,
        ends=change.ends or _as_long(session, starts),
        place=session.place if change.place is None else change.place,
        status=Status(change.kind.value),
        change=change,
        other_day=change.day if change.dated != change.day else None,
    )


def _of_one(
    session: Session, closures: list[Closure], first_day: date, last_day: date, language: str
) -> Iterator[Occurrence]:
    changes = {change.day: change for change in session.changes}
    for day in session.days(first_day, last_day):
        change = changes.get(day)
        if change is None or change.kind is Kind.NOTED:
            yield _unchanged(session, closures, day, language, change)
        elif change.dated != day:
            status = Status.GONE if change.kind is Kind.MOVED else Status.CANCELLED
            yield _plain(session, day, status=status, change=change, other_day=change.to_day)
    for change in session.changes:
        if first_day <= change.dated <= last_day and _has_a_date(session, change):
            yield changed(session, change)


def _has_a_date(session: Session, change: Change) -> bool:
    """Whether it adds a date, or decides one of the rule; what the rule has come to give no more is not changed."""
    return change.is_extra or (change.kind is not Kind.NOTED and session.gives(change.day))


def _plain(session: Session, day: date, **values: Any) -> Occurrence:
    return Occurrence(session, day, day, session.starts, session.ends, session.place, **values)


def _unchanged(
    session: Session, closures: list[Closure], day: date, language: str, change: Change | None
) -> Occurrence:
    """A date of the rule as closures and public holidays leave it; a `change` only notes something."""
    for closure in closures:
        if closure.first_day <= day <= closure.last_day:
            return _plain(session, day, status=Status.CANCELLED, change=change, closure=closure)
    if not session.on_public_holidays and (holiday := holiday_name(day, language)):
        return _plain(session, day, status=Status.CANCELLED, change=change, holiday=holiday)
    return _plain(session, day, change=change)


def _by_whom_they_close(closures: Iterable[Closure]) -> Callable[[Session], list[Closure]]:
    """What takes a session and gives the `closures` that close it, the shortest first; of two as short its own.

    A session looks through these alone: those of all other meeting places are many.
    """
    by_place: dict[Hashable, list[Closure]] = {}
    for closure in sorted(closures, key=lambda each: each.length):
        by_place.setdefault(closure.meeting_place, []).append(closure)

    @cache
    def found(meeting_place: Hashable, *, follows_schools: bool) -> list[Closure]:
        of_all, own = by_place.get(None, []), by_place.get(meeting_place, [])
        every = of_all if meeting_place is None else sorted([*own, *of_all], key=lambda each: each.length)
        return [each for each in every if follows_schools or not each.school_holiday]

    return lambda session: found(session.meeting_place, follows_schools=session.follows_schools)


def _as_long(session: Session, starts: time) -> time:
    """When it ends if it starts then: after its usual length, at the latest in the last minute of the day."""
    minutes = _minutes(starts) + _minutes(session.ends) - _minutes(session.starts)
    return time(*divmod(min(minutes, _minutes(time.max)), 60))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
