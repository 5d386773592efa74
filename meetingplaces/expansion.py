"""From rows to dated occurrences: what pages, feeds and the desk ask `calendars.occurrences`, in three queries."""

from dataclasses import replace

from django.db.models import Prefetch

from calendars import occurrences as calendar
from meetingplaces.models import AROUND_SEASON, Closure, Season, Session, SessionChange


def held_between(meeting_places, first_day, last_day):
    """The sessions of `meeting_places` that may have, or by a change get, a date from `first_day` to `last_day`.

    By their season alone, and the days around it: what a week costs must not grow with what was ever changed.
    """
    seasons = Season.objects.touching(first_day - AROUND_SEASON, last_day + AROUND_SEASON)
    return Session.objects.filter(
        season__in=seasons.order_by().values("pk"), meeting_place__in=meeting_places
    )


def on_calendar(sessions):
    """`sessions` as the calendar has them, with what stands around them."""
    rows = sessions.select_related(
        "season",
        "place",
        "co_host",
        "meeting_place__place",
        "meeting_place__organiser",
        "meeting_place__centre",
    ).prefetch_related(Prefetch("changes", SessionChange.objects.select_related("place")))
    return [
        row.on_calendar(change.on_calendar() for change in row.changes.all()) for row in rows if row.has_days
    ]


def closures_of(centre, first_day, last_day):
    """The closures of `centre` that touch the dates, as the calendar has them."""
    return [
        row.on_calendar()
        for row in Closure.objects.filter(centre=centre)
        .select_related("centre")
        .touching(first_day, last_day)
    ]


def occurrences(centre, meeting_places, first_day, last_day, language, also=()):
    """Every `Occurrence` of `meeting_places`, rows of `centre`, from `first_day` to `last_day`, in the order of time.

    The key of an occurrence's session is its `Session`, that of a change its `SessionChange`, of a closure its
    `Closure`; its place is a `Place`. `also` are relations of the sessions to fetch.
    """
    sessions = held_between(meeting_places, first_day, last_day).prefetch_related(*also)
    return calendar.occurrences(
        on_calendar(sessions),
        closures_of(centre, first_day, last_day),
        first_day,
        last_day,
        language,
    )


def as_planned(season):
    """Every `Occurrence` of `season` as its rules give it: nothing changed, closed or off on a holiday.

    Two queries. The keys are as those of `occurrences`.
    """
    rules = on_calendar(Session.objects.filter(season=season))
    undisturbed = [replace(each, changes=(), on_public_holidays=True) for each in rules]
    return calendar.occurrences(undisturbed, [], season.first_day, season.last_day)
