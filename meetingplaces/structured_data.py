"""schema.org JSON-LD of sessions: an `Event` for each date, an `EventSeries` for each meeting place (STANDARDS 4)."""

from typing import Any

from calendars.occurrences import Status, changed
from calendars.rules import LAST_OF_MONTH, Monthly, Weekly, Weeks
from calendars.wall_time import in_helsinki, instant
from centres.ages import YEAR
from meetingplaces.models import Session
from services.models import Service
from services.structured_data import CONTEXT, WEEKDAYS, located, organisation_data, without_empty

_FREE = {Service.Charge.FREE: True, Service.Charge.CHARGED: False}


def week_data(found, address):
    """The occurrences of a week as a list of `Event`s; None where there are none.

    `address` takes a meeting place and gives the whole address of its page.
    """
    events = _events(found, address)
    return {"@context": CONTEXT, "@type": "ItemList", "itemListElement": events} if events else None


def series_data(row, organisers, dates, next_dates, address):
    """A meeting place as an `EventSeries`; `dates` are its occurrences from today on, for a year.

    Its events are the `next_dates`, every date that is changed by hand, and the dates of what no schedule can say.
    """
    schedules = {each: _schedule(each, dates) for each in dict.fromkeys(each.session for each in dates)}
    told = [
        *next_dates,
        *(each for each in dates if each.change or (each.is_on and not schedules[each.session])),
    ]
    return without_empty(
        {
            "@context": CONTEXT,
            "@type": "EventSeries",
            **_series(row, address),
            "url": address(row),
            "name": row.name,
            "description": row.summary,
            "organizer": [organisation_data(each) for each in organisers],
            "location": row.place and located(row.place),
            "typicalAgeRange": _ages(row.from_month, row.to_month),
            "isAccessibleForFree": None if _all_closed(schedules) else _FREE.get(row.charge),
            "eventSchedule": list(filter(None, schedules.values())),
            "subEvent": _events(sorted(told, key=lambda each: each.start), address),
        }
    )


def _all_closed(sessions):
    return bool(sessions) and all(each.key.kind == Session.Kind.CLOSED for each in sessions)


def _events(found, address):
    """`found` as `Event`s. A date that went elsewhere stands on both days, and is one event."""
    events = {}
    for each in found:
        held = changed(each.session, each.change) if each.is_left else each
        event = _event(held, address)
        events[event["@id"]] = event
    return list(events.values())


def _event(occurrence, address):
    row = occurrence.session.key
    meeting_place, url = row.meeting_place, address(row.meeting_place)
    usual = instant(occurrence.original_day, occurrence.session.starts)
    # An extra date was never another one, and one that only has another room was not put off.
    moved = occurrence.status is Status.MOVED and occurrence.start != usual
    status = "EventRescheduled" if moved else "EventScheduled" if occurrence.is_on else "EventCancelled"
    return without_empty(
        {
            "@type": "Event",
            "@id": f"{url}#{row.uid}-{occurrence.original_day}",
            "url": url,
            "superEvent": {"@type": "EventSeries", **_series(meeting_place, address)},
            "name": row.known_as,
            "description": "\n".join(filter(None, _words(occurrence))),
            "startDate": _local(occurrence.start),
            "endDate": _local(occurrence.end),
            "previousStartDate": _local(usual) if moved else None,
            "eventStatus": f"{CONTEXT}/{status}",
            "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
            "location": occurrence.place and located(occurrence.place),
            "organizer": [organisation_data(each) for each in (meeting_place.organiser, row.co_host) if each],
            "inLanguage": [each.slug for each in row.languages.all()],
            "typicalAgeRange": _ages(*row.own_ages),
            "maximumAttendeeCapacity": row.capacity,
            **_for_whom(row),
        }
    )


def _for_whom(row):
    """Who is let in: a closed group is for its own members, whatever it costs, and so is free to nobody else."""
    if row.kind == Session.Kind.CLOSED:
        return {"audience": {"@type": "Audience", "audienceType": str(row.get_kind_display())}}
    return {"isAccessibleForFree": _FREE.get(row.meeting_place.charge)}


def _words(occurrence):
    """What is special on this date, then how it always is; any of it may be empty."""
    row = occurrence.session.key
    yield occurrence.holiday
    for told in (occurrence.change, occurrence.closure):
        if told:
            yield told.key.reason
    if occurrence.change:
        yield occurrence.change.key.note
    yield from (row.visitor, row.note, row.how_to_join)


def _series(meeting_place, address):
    return {"@id": f"{address(meeting_place)}#series"}


def _schedule(session, dates):
    """A rule as a `Schedule`, from the first of `dates` on; None for what none can say.

    Even and odd weeks are not every second one, and of the weeks of a month schema.org counts only from the first.
    """
    rule = session.rule
    if isinstance(rule, Weekly) and rule.weeks is Weeks.EVERY:
        when: dict[str, Any] = {"repeatFrequency": "P1W"}
    elif isinstance(rule, Monthly) and rule.nth != LAST_OF_MONTH:
        when = {"repeatFrequency": "P1M", "byMonthWeek": rule.nth}
    else:
        return None
    by_rule = [
        each
        for each in dates
        if each.session is session and each.day == each.original_day and not each.is_extra
    ]
    if not any(each.status is Status.HELD for each in by_rule):
        return None
    return without_empty(
        {
            "@type": "Schedule",
            **when,
            "byDay": f"{CONTEXT}/{WEEKDAYS[rule.weekday]}",
            "startDate": by_rule[0].day.isoformat(),
            "endDate": by_rule[-1].day.isoformat(),
            "startTime": f"{session.starts:%H:%M}",
            "endTime": f"{session.ends:%H:%M}",
            "scheduleTimezone": "Europe/Helsinki",
            "exceptDate": [each.day.isoformat() for each in by_rule if each.status is not Status.HELD],
        }
    )


def _ages(from_month, to_month):
    """Ages in whole years, the last one included: "0-6", "13-"; empty for any age."""
    if (from_month, to_month) == (None, None):
        return ""
    last = "" if to_month is None else max(to_month - 1, 0) // YEAR
    return f"{max(from_month or 0, 0) // YEAR}-{last}"


def _local(moment):
    return in_helsinki(moment).isoformat()
