"""Calendar feeds (RFC 5545): sessions as phones and their calendars subscribe to them.

What survives every reader tried is in a few rules, besides those of `calendars.feeds`: EXDATE for what a holiday
closes, an event of its own for each changed date, and dates one by one where weeks are even or odd. `BYWEEKNO` is
misread by a common reader, and `INTERVAL=2` is wrong across the new year of a year with 53 weeks.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Event, vRecur

from calendars import occurrences as calendar
from calendars.feeds import blank, local_time
from calendars.occurrences import MOST_DAYS, Occurrence, ways
from calendars.rules import Monthly, Weekly, Weeks
from calendars.wall_time import instant
from centres.printable import in_one_line, printable
from meetingplaces.changes import SINCE
from meetingplaces.expansion import closures_of, held_between, on_calendar
from meetingplaces.models import AROUND_SEASON
from services.models import Service

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def feed_of(centre, meeting_places, today, narrow=list, **values):
    """A feed of `meeting_places`, rows of `centre`, as it is on the date `today`; `values` are those of `feed`.

    It has each session of which `narrow` lets through any way in which it is held, with all its dates; those of
    seasons that are over for a month, and of what is a year ahead, it has not.
    """
    first_day = today - SINCE
    found = on_calendar(held_between(meeting_places, first_day, first_day + timedelta(days=MOST_DAYS - 1)))
    sessions = list({each.session.key: each.session for each in narrow(ways(found))}.values())
    closures = []
    if sessions:
        closures = closures_of(
            centre, min(each.first_day for each in sessions), max(each.last_day for each in sessions)
        )
    return feed(sessions, closures, **values)


def feed(
    sessions: Iterable[calendar.Session], closures: Any, *, name: str, language: str, address: Any
) -> bytes:
    """A feed called `name` of `sessions` and `closures`, as `expansion` gives them, with texts in `language`.

    `address` takes a meeting place and gives the whole address of its page.
    """
    document = blank(name=printable(name), product="kohtaamispaikat")
    addresses: dict[Any, str] = {}
    closed: dict[Any, set[str]] = {}
    for session, dates in _by_session(sessions, closures, language):
        row: Any = session.key
        place = row.meeting_place
        if place.pk not in addresses:
            addresses[place.pk] = address(place)
        for event in _events(session, dates, addresses[place.pk]):
            document.add_component(event)
        for closure in {each.closure.key for each in dates if each.closure}:
            closed.setdefault(closure, set()).add(place.name)
    for closure in sorted(closed, key=attrgetter("first_day", "last_day", "pk")):
        document.add_component(_closed(closure, sorted(closed[closure])))
    return document.to_ical()


def _by_session(sessions, closures, language):
    """Each session with all of its dates, in the order of time: a season fits into one expansion."""
    by_season: dict[Any, list[Any]] = {}
    for session in sessions:
        by_season.setdefault(session.key.season.first_day, []).append(session)
    for begins, some in by_season.items():
        first_day = begins - AROUND_SEASON
        last_day = first_day + timedelta(days=MOST_DAYS - 1)
        dates = {session.key: [] for session in some}
        for each in calendar.occurrences(some, closures, first_day, last_day, language):
            dates[each.session.key].append(each)
        yield from ((session, dates[session.key]) for session in some)


def _events(session, dates, url):
    """The series of a session, if it is held at all, and an event for each date that is not as usual."""
    held = [each for each in dates if not (each.is_left or each.closure or each.holiday)]
    # The day that the rule or an extra date gives names an occurrence: a moved one is still known by it.
    days = sorted({each.original_day for each in held})
    if days:
        yield _series(session, days, url)
    for each in held:
        if each.change is not None:
            yield _single(each, url)


def _series(session, days, url):
    usual = Occurrence(session, days[0], days[0], session.starts, session.ends, session.place)
    event = _event(usual, url)
    # Extra dates may lie behind the last one that the rule gives: it must not go on until then.
    of_rule = set(session.days(days[0], days[-1]))
    last = max((day for day in days if day in of_rule), default=days[0])
    by_rule = _by_rule(session, days[0], last)
    # Where dates are given one by one the first is among them: ical.js passes over it else.
    given = set(days) if len(days) == 1 else set()
    if by_rule is not None:
        event.add("rrule", by_rule)
        given = {day for day in of_rule if day <= last}
    for name, some in (("exdate", given - set(days)), ("rdate", set(days) - given)):
        if some:
            event.add(name, [local_time(day, session.starts) for day in sorted(some)])
    return event


def _by_rule(session, first, last):
    """The RRULE of a session whose dates calendars can count themselves; None where they are given one by one."""
    rule, until = session.rule, instant(last, session.starts)
    if first == last or not session.gives(first):
        return None
    if isinstance(rule, Weekly) and rule.weeks is Weeks.EVERY:
        return vRecur(freq="WEEKLY", byday=WEEKDAYS[rule.weekday], until=until)
    if isinstance(rule, Monthly):
        return vRecur(freq="MONTHLY", byday=f"{rule.nth}{WEEKDAYS[rule.weekday]}", until=until)
    return None


def _single(occurrence, url):
    """One date that is cancelled, held otherwise, extra, or has a note."""
    event = _event(occurrence, url)
    event.add("recurrence-id", local_time(occurrence.original_day, occurrence.session.starts))
    return event


def _event(occurrence, url):
    row, place = occurrence.session.key, occurrence.place
    event = Event()
    event.add("uid", f"{row.uid}@perhekeskus")
    event.add("dtstamp", row.updated_at)
    event.add("last-modified", row.updated_at)
    event.add("sequence", row.sequence)
    event.add("dtstart", local_time(occurrence.day, occurrence.starts))
    event.add("dtend", local_time(occurrence.day, occurrence.ends))
    # Some calendars list what is cancelled as if it were not: the name must say it.
    event.add("summary", printable(row.known_as if occurrence.is_on else _("CANCELLED: %s") % row.known_as))
    event.add("status", "CONFIRMED" if occurrence.is_on else "CANCELLED")
    # Where a family may go keeps nobody from anything else.
    event.add("transp", "TRANSPARENT")
    # Straight from the choices: `get_…_display` makes a dictionary of them each time, which was a tenth of a feed.
    event.add("categories", [str(row.Kind(row.kind).label)])
    event.add("description", printable("\n".join(filter(None, _words(occurrence)))))
    event.add("url", url)
    if place is not None:
        event.add("location", printable(in_one_line(place)))
        if place.latitude is not None:
            event.add("geo", (place.latitude, place.longitude))
    return event


def _words(occurrence):
    """What the description tells, the most important first; any of it may be empty."""
    row = occurrence.session.key
    meeting_place = row.meeting_place
    if occurrence.change:
        yield from (occurrence.change.key.reason, occurrence.change.key.note)
    yield from (row.visitor, row.note, row.how_to_join, meeting_place.summary, row.ages)
    yield meeting_place.cost or capfirst(str(Service.Charge(meeting_place.charge).label))
    yield ", ".join(each.name for each in (meeting_place.organiser, row.co_host) if each)


def _closed(row, names):
    """A closure as whole days, on which those who have it in their calendar are free."""
    event = Event()
    event.add("uid", f"closure-{row.pk}@{row.centre.slug}.perhekeskus")
    event.add("dtstamp", row.updated_at)
    event.add("last-modified", row.updated_at)
    event.add("dtstart", row.first_day)
    # The day after, as in RFC 5545, 3.6.1; after the last there is none.
    event.add("dtend", min(row.last_day, date.max - timedelta(days=1)) + timedelta(days=1))
    # A school holiday closes some and not others.
    event.add("summary", printable(row.reason if row.school_holiday else _("Closed: %s") % row.reason))
    event.add("description", printable(_("These are closed: %s") % ", ".join(names)))
    event.add("transp", "TRANSPARENT")
    return event
