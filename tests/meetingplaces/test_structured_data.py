"""What machines read of sessions: an event for each date, a series for each meeting place, in schema.org's words."""

import json
from datetime import date, time

import pytest
from lxml import html

from meetingplaces.models import Session, SessionChange, WeekRule
from services.models import Service, Weekday
from tests.factories import (
    ClosureFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    OrganisationFactory,
    PlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
    SpokenLanguageFactory,
)
from tests.harness.schema_org import faults

pytestmark = pytest.mark.django_db

WEEK = "/kunta/kohtaamispaikat/"
PLACE = "/kunta/kohtaamispaikat/kahvila/"
URL = f"http://testserver{PLACE}"
KIND = SessionChange.Kind


@pytest.fixture
def centre():
    return FamilyCentreFactory(slug="kunta")


@pytest.fixture
def session(centre):
    """A family café on Wednesdays."""
    place = PlaceFactory(
        name_fi="Seurakuntatalo",
        street_address="Rauhankatu 70",
        postcode="96100",
        town="Rovaniemi",
        latitude="66.503000",
        longitude="25.729000",
    )
    meeting_place = MeetingPlaceFactory(
        centre=centre,
        slug="kahvila",
        name_fi="Perhekahvila",
        summary_fi="Kahvia ja seuraa.",
        place=place,
        organiser=OrganisationFactory(name_fi="MLL", kind="association"),
        from_month=0,
        to_month=84,
    )
    return SessionFactory(meeting_place=meeting_place, season=SeasonFactory(centre=centre))


def told(client, path):
    """The structured data of a page, which keeps to the vocabulary; None where the page has none."""
    tree = html.fromstring(client.get(path).content.decode())
    found = [json.loads(each.text) for each in tree.xpath("//script[@type='application/ld+json']")]
    assert [list(faults(each)) for each in found] == [[]] * len(found)
    return found[0] if found else None


def events(client, path=WEEK):
    return told(client, path)["itemListElement"]


def week(number, year=2026):
    return f"{WEEK}viikko/{year}-W{number:02}/"


def test_each_date_of_the_week_is_an_event(client, session):
    session.languages.set([SpokenLanguageFactory(slug="fi"), SpokenLanguageFactory(slug="en")])
    Session.objects.update(capacity=15, visitor_fi="Terveydenhoitaja paikalla.")
    assert events(client) == [
        {
            "@type": "Event",
            "@id": f"{URL}#{session.uid}-2026-11-18",
            "url": URL,
            "superEvent": {"@type": "EventSeries", "@id": f"{URL}#series"},
            "name": "Perhekahvila",
            "description": "Terveydenhoitaja paikalla.",
            "startDate": "2026-11-18T09:30:00+02:00",
            "endDate": "2026-11-18T11:30:00+02:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {
                "@type": "Place",
                "name": "Seurakuntatalo",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Rauhankatu 70",
                    "postalCode": "96100",
                    "addressLocality": "Rovaniemi",
                    "addressCountry": "FI",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": 66.503, "longitude": 25.729},
            },
            "organizer": [{"@type": "Organization", "name": "MLL"}],
            "inLanguage": ["en", "fi"],
            "typicalAgeRange": "0-6",
            "maximumAttendeeCapacity": 15,
            "isAccessibleForFree": True,
        }
    ]


def test_in_summer_the_clock_is_an_hour_further_from_the_world_s(client, session):
    (event,) = events(client, week(36))
    assert event["startDate"] == "2026-09-02T09:30:00+03:00"


def status(event):
    return event["eventStatus"].removeprefix("https://schema.org/")


def test_what_is_cancelled_is_told_with_its_reason(client, session):
    SessionChangeFactory(session=session, reason_fi="Ohjaaja on sairas.")
    (event,) = events(client)
    assert (status(event), event["description"]) == ("EventCancelled", "Ohjaaja on sairas.")


def test_what_is_closed_is_cancelled_too(client, session):
    ClosureFactory(centre=session.meeting_place.centre)
    SessionFactory(
        meeting_place=session.meeting_place,
        season=session.season,
        weekday=None,
        rule="once",
        day="2026-12-06",
    )
    (event,) = events(client, week(43))
    assert (status(event), event["description"]) == ("EventCancelled", "Syysloma")
    _wednesday, independence_day = events(client, week(49))
    assert (status(independence_day), independence_day["description"]) == (
        "EventCancelled",
        "Itsenäisyyspäivä",
    )


def test_a_date_that_went_to_another_week_is_the_same_event_in_both(client, session):
    SessionChangeFactory(session=session, kind=KIND.MOVED, to_day=date(2026, 11, 24), starts=time(13))
    before, after = events(client), events(client, week(48))
    assert before[0] == after[0]
    assert (status(before[0]), before[0]["startDate"], before[0]["endDate"]) == (
        "EventRescheduled",
        "2026-11-24T13:00:00+02:00",
        "2026-11-24T15:00:00+02:00",
    )
    assert before[0]["previousStartDate"] == "2026-11-18T09:30:00+02:00"


def test_a_date_that_went_to_another_day_of_the_week_is_one_event(client, session):
    SessionChangeFactory(session=session, kind=KIND.MOVED, to_day=date(2026, 11, 20))
    (event,) = events(client)
    assert event["startDate"] == "2026-11-20T09:30:00+02:00"


def test_another_room_is_no_other_time(client, session):
    SessionChangeFactory(session=session, kind=KIND.MOVED, place=PlaceFactory(name_fi="Kirjasto"))
    (event,) = events(client)
    assert (status(event), event["location"]["name"]) == ("EventScheduled", "Kirjasto")
    assert "previousStartDate" not in event


def test_an_extra_date_is_held_and_was_never_another(client, session):
    SessionChangeFactory(session=session, kind=KIND.EXTRA, day=date(2026, 11, 21), starts=time(12))
    _usual, extra = events(client)
    assert (status(extra), extra["startDate"]) == ("EventScheduled", "2026-11-21T12:00:00+02:00")
    assert "previousStartDate" not in extra


def test_a_moved_date_that_is_cancelled_is_one_event_where_it_was_to_be(client, session):
    SessionChangeFactory(session=session, to_day=date(2026, 11, 20), starts=time(13))
    (event,) = events(client)
    assert (status(event), event["startDate"]) == ("EventCancelled", "2026-11-20T13:00:00+02:00")


def test_an_extra_date_that_is_cancelled_is_an_event_and_none_of_the_schedule(client, session):
    SessionChangeFactory(session=session, day=date(2026, 11, 21), to_day=date(2026, 11, 21))
    _usual, extra = events(client)
    assert (status(extra), extra["startDate"]) == ("EventCancelled", "2026-11-21T09:30:00+02:00")
    (schedule,) = told(client, PLACE)["eventSchedule"]
    assert "exceptDate" not in schedule


def test_a_closed_group_is_free_to_nobody_but_its_own(client, session):
    Session.objects.update(kind=Session.Kind.CLOSED, how_to_join_fi="Kysy neuvolasta.")
    (event,) = events(client)
    assert event["audience"] == {"@type": "Audience", "audienceType": "suljettu ryhmä"}
    assert event["description"] == "Kysy neuvolasta."
    assert "isAccessibleForFree" not in event
    assert "isAccessibleForFree" not in told(client, PLACE)


@pytest.mark.parametrize(("charge", "free"), [("free", True), ("charged", False), ("varies", None)])
def test_what_it_costs_is_told_as_far_as_it_is_known(client, session, charge, free):
    session.meeting_place.charge = Service.Charge(charge)
    session.meeting_place.save()
    assert [each.get("isAccessibleForFree") for each in (events(client)[0], told(client, PLACE))] == [
        free
    ] * 2


@pytest.mark.parametrize(
    ("from_month", "to_month", "ages"),
    [
        (0, 12, "0-0"),
        (-9, 24, "0-1"),
        (-9, 0, "0-0"),
        (156, None, "13-"),
        (None, 36, "0-2"),
        (None, None, None),
    ],
)
def test_ages_are_whole_years(client, session, from_month, to_month, ages):
    meeting_place = session.meeting_place
    meeting_place.from_month, meeting_place.to_month = from_month, to_month
    meeting_place.save()
    assert [each.get("typicalAgeRange") for each in (events(client)[0], told(client, PLACE))] == [ages] * 2


def test_a_week_without_sessions_says_nothing(client, session):
    assert told(client, week(1, 2027)) is None


def test_a_meeting_place_is_a_series_with_its_schedule_and_its_next_dates(client, session):
    meeting_place = session.meeting_place
    meeting_place.co_organisers.set([OrganisationFactory(name_fi="Seurakunta", kind="parish")])
    SessionChangeFactory(session=session, day=date(2026, 12, 16), reason_fi="Joulujuhla")
    data = told(client, PLACE)
    assert (data["@type"], data["@id"], data["name"]) == ("EventSeries", f"{URL}#series", "Perhekahvila")
    assert data["description"] == "Kahvia ja seuraa."
    assert [each["name"] for each in data["organizer"]] == ["MLL", "Seurakunta"]
    assert data["location"]["name"] == "Seurakuntatalo"
    assert data["eventSchedule"] == [
        {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "byDay": "https://schema.org/Wednesday",
            "startDate": "2026-11-18",
            "endDate": "2026-12-16",
            "startTime": "09:30",
            "endTime": "11:30",
            "scheduleTimezone": "Europe/Helsinki",
            "exceptDate": ["2026-12-16"],
        }
    ]
    assert [(each["startDate"][:10], status(each)) for each in data["subEvent"]] == [
        ("2026-11-18", "EventScheduled"),
        ("2026-11-25", "EventScheduled"),
        ("2026-12-02", "EventScheduled"),
        ("2026-12-09", "EventScheduled"),
        ("2026-12-16", "EventCancelled"),
    ]


def test_a_weekday_of_the_month_is_counted_from_the_first(client, session):
    Session.objects.update(rule=WeekRule.SECOND, weekday=Weekday.THURSDAY)
    (schedule,) = told(client, PLACE)["eventSchedule"]
    assert (schedule["repeatFrequency"], schedule["byDay"], schedule["byMonthWeek"]) == (
        "P1M",
        "https://schema.org/Thursday",
        2,
    )


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (WeekRule.EVEN, ["2026-11-25", "2026-12-09", "2026-12-23", "2027-01-13", "2027-01-27"]),
        (WeekRule.ODD, ["2026-11-18", "2026-12-02", "2026-12-16", "2026-12-30", "2027-01-20"]),
        (WeekRule.LAST, ["2026-11-25", "2026-12-30", "2027-01-27"]),
    ],
)
def test_what_no_schedule_can_say_is_told_date_by_date(client, session, rule, days):
    """Across the new year, with its week 53: an even week does not come every second one. 6 January is Epiphany."""
    session.season.last_day = date(2027, 1, 31)
    session.season.save()
    Session.objects.update(rule=rule)
    data = told(client, PLACE)
    assert "eventSchedule" not in data
    assert [each["startDate"][:10] for each in data["subEvent"]] == days


@pytest.mark.parametrize("path", [WEEK, PLACE])
def test_data_costs_no_query_for_each_session(client, session, path, django_assert_max_num_queries):
    client.get(path)
    with django_assert_max_num_queries(10) as few:
        client.get(path)
    for weekday in Weekday.values[:5]:
        row = SessionFactory(
            meeting_place=session.meeting_place,
            season=session.season,
            weekday=weekday,
            starts=time(14),
            ends=time(15),
        )
        row.languages.set([SpokenLanguageFactory()])
        SessionChangeFactory(session=row, day=date(2026, 11, 16 + weekday), place=PlaceFactory())
    with django_assert_max_num_queries(10) as many:
        client.get(path)
    assert len(many) == len(few)


def test_nothing_in_the_data_ends_its_element(client, session):
    Session.objects.update(note_fi="</script><script>alert(1)</script> & \x0b")
    (event,) = events(client)
    assert event["description"] == "</script><script>alert(1)</script> & \x0b"
