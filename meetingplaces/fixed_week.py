"""A season's fixed week, as its page shows it: what is on by weekday, single dates, and what is closed when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from calendars import occurrences as calendar
from meetingplaces.expansion import closures_of, on_calendar
from meetingplaces.models import Closure, Session
from meetingplaces.paper import closeness
from services.models import Weekday


@dataclass(frozen=True)
class Line:
    """A session of the timetable. `begins` and `ends`: dates only where they are not the season's and matter still."""

    session: Session
    place: Any
    begins: date | None
    ends: date | None


@dataclass(frozen=True)
class ClosedDays:
    """From when to when a `closure`, or a public `holiday` by its name, closes what is said in `closed`.

    `open` is what is held in spite of it; both hold each name once, by its first session. `everything` is closed where
    nothing at all is held.
    """

    first_day: date
    last_day: date
    closure: Closure | None
    holiday: str
    closed: list[Session]
    open: list[Session]
    everything: bool

    @property
    def is_shorter_by_open(self):
        """Whether naming what is open says it in fewer words."""
        return 0 < len(self.open) < len(self.closed)


@dataclass(frozen=True)
class FixedWeek:
    """What of a season is still to come: `days` are pairs of a weekday (0 Monday - 6 Sunday) and its lines."""

    days: list[tuple[int, list[Line]]]
    single: list[Line]
    closed: list[ClosedDays]

    @property
    def closeness(self):
        """How close it is set on paper."""
        below = len(self.single) + len(self.closed)
        return closeness([lines for _number, lines in self.days], lines_below=1 + below // 4)


def fixed_week(season, meeting_places, today, language):
    """The `FixedWeek` of `season`, of which `meeting_places` are shown, to a reader of `today`.

    Four queries, whatever the number of sessions.
    """
    rows = Session.objects.filter(season=season, meeting_place__in=meeting_places).prefetch_related(
        "languages"
    )
    sessions = [each for each in on_calendar(rows) if each.last_day >= today]
    sessions.sort(key=lambda each: (each.starts, each.ends, each.key.meeting_place.order, each.key.pk))
    dated = sorted((each for each in sessions if each.key.day), key=lambda each: each.key.day)
    return FixedWeek(
        days=[
            (number, [_line(each, season, today) for each in sessions if each.key.weekday == number])
            for number in Weekday.values
        ],
        single=[_line(each, season, today) for each in dated if each.key.day >= today],
        closed=_closed_days(sessions, season, today, language),
    )


def _line(each, season, today):
    begins = each.first_day if each.first_day > max(season.first_day, today) else None
    ends = each.last_day if each.last_day < season.last_day else None
    return Line(each.key, each.place, begins, ends)


def _closed_days(sessions, season, today, language):
    """The `ClosedDays` from `today` on, in the order of time."""
    first_day, last_day = max(season.first_day, today), season.last_day
    closures = closures_of(season.centre, first_day, last_day)
    dates = calendar.occurrences(sessions, closures, first_day, last_day, language)
    by_cause: dict[Any, list[calendar.Occurrence]] = {}
    for each in dates:
        if each.closure or each.holiday:
            by_cause.setdefault(each.closure or each.day, []).append(each)
    found = [_of_one_cause(closed, dates) for closed in by_cause.values()]
    return sorted(found, key=lambda each: (each.first_day, each.last_day))


def _of_one_cause(closed, dates):
    """The `ClosedDays` of what one closure, or a public holiday, has `closed`; `dates` are all of the season's."""
    closure, day = closed[0].closure, closed[0].day
    first_day, last_day = (closure.first_day, closure.last_day) if closure else (day, day)
    held = [each for each in dates if each.is_on and first_day <= each.day <= last_day]
    names_closed, names_held = _by_name(closed), _by_name(held)
    return ClosedDays(
        first_day=first_day,
        last_day=last_day,
        closure=closure.key if closure else None,
        holiday=closed[0].holiday,
        closed=list(names_closed.values()),
        # What is held on one of the days and not on another is no place to rely on.
        open=[row for name, row in names_held.items() if name not in names_closed],
        everything=not held,
    )


def _by_name(dates):
    rows: dict[str, Session] = {}
    for each in dates:
        row: Any = each.session.key
        rows.setdefault(row.known_as, row)
    return rows
