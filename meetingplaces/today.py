"""Where to go now: what is still open today, else the next day that has something."""

from dataclasses import dataclass
from datetime import date, timedelta

from calendars.occurrences import Occurrence
from meetingplaces.expansion import occurrences
from meetingplaces.models import MeetingPlace, Session

# A family that looks for today's place is not helped by one in a month.
DAYS_AHEAD = 14
MOST_SHOWN = 4


@dataclass(frozen=True)
class OpenDay:
    """The first ones that are open on `day`, which is today, tomorrow or later; `more` when there are others.

    `off` are the first of those that would be open on that day, and are not.
    """

    day: date
    is_today: bool
    is_tomorrow: bool
    occurrences: list[Occurrence]
    off: list[Occurrence]
    more: bool


def open_day(centre, now, language, months=(None, None)):
    """The `OpenDay` of `centre` at `now` (aware, in Finnish time); None if nothing is near.

    `months` are the ages that somebody looks for, from which to which; a closed group is open to nobody who comes.
    Three queries, whatever the number of sessions.
    """
    today = now.date()
    meeting_places = MeetingPlace.objects.public(today).in_centre(centre).values("pk")
    coming = [
        each
        for each in occurrences(
            centre, meeting_places, today, today + timedelta(days=DAYS_AHEAD - 1), language
        )
        if each.end > now and _is_open_to(each.session.key, months)
    ]
    day = next((each.day for each in coming if each.is_on), None)
    if day is None:
        return None
    of_day = [each for each in coming if each.day == day and each.is_on]
    return OpenDay(
        day=day,
        is_today=day == today,
        is_tomorrow=day == today + timedelta(days=1),
        occurrences=of_day[:MOST_SHOWN],
        off=[each for each in coming if each.day == day and not each.is_on][:MOST_SHOWN],
        more=len(of_day) > MOST_SHOWN,
    )


def _is_open_to(session, months):
    return session.kind != Session.Kind.CLOSED and session.suits(*months)
