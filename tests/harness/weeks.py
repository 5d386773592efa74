"""Many meeting places with many sessions in many seasons: what a week costs is measured by them."""

from datetime import date, time, timedelta

from calendars.iso_weeks import Week
from meetingplaces.feeds import feed_of
from meetingplaces.models import MeetingPlace, Season, Session, SessionChange
from meetingplaces.week import week_page
from tests.factories import OrganisationFactory, PlaceFactory

WEEK, MONDAY = Week(2026, 47), date(2026, 11, 16)
RULES_OF_A_PLACE = 5


def week_of(centre):
    """The page of a week of `centre`, every row fetched anew."""
    return week_page(centre, rows_of(centre), WEEK, MONDAY, "fi", list)


def calendar_of(centre):
    """Its calendar feed on the first day of that week."""
    address = "https://example.fi/{0.slug}/".format
    return feed_of(centre, rows_of(centre), MONDAY, name="Kalenteri", language="fi", address=address)


def rows_of(centre):
    return list(MeetingPlace.objects.in_centre(centre).select_related("organiser", "place"))


def places(centre, number):
    organiser, place = OrganisationFactory(), PlaceFactory()
    made = MeetingPlace.objects.count()
    rows = [
        MeetingPlace(
            centre=centre,
            slug=f"paikka-{n}",
            name_fi=f"Paikka {n}",
            summary_fi="Avoin.",
            organiser=organiser,
            place=place,
            status="published",
        )
        for n in range(made, made + number)
    ]
    return MeetingPlace.objects.bulk_create(rows)


def season_of(meeting_places, first_day):
    """A season of 18 weeks with five sessions of each place, each with one change."""
    centre = meeting_places[0].centre
    season = Season.objects.create(
        centre=centre,
        slug=f"kausi-{first_day}",
        name_fi="Kausi",
        first_day=first_day,
        last_day=first_day + timedelta(weeks=18),
    )
    sessions = Session.objects.bulk_create(
        Session(meeting_place=row, season=season, weekday=weekday, starts=time(9), ends=time(11))
        for row in meeting_places
        for weekday in range(RULES_OF_A_PLACE)
    )
    SessionChange.objects.bulk_create(
        SessionChange(session=each, day=first_day + timedelta(weeks=1, days=each.weekday))
        for each in sessions
    )
