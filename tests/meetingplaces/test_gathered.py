"""Groups and meeting places in compilations, beside services."""

from datetime import date

import pytest
from lxml import html

from centres.models import Theme
from meetingplaces.models import Session, WeekRule
from services.models import Weekday
from tests.factories import (
    FamilyCentreFactory,
    MeetingPlaceFactory,
    OfferingFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
    ThemeFactory,
    TopicFactory,
    WayFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return FamilyCentreFactory(slug="kunta")


@pytest.fixture
def peer_support():
    return TopicFactory(slug="vertaistuki")


@pytest.fixture
def compilation(centre, peer_support):
    return ThemeFactory(
        centre=centre, slug="vertaisryhmat", kind=Theme.Kind.COLLECTION, topics=[peer_support]
    )


@pytest.fixture
def season(centre):
    return SeasonFactory(centre=centre, last_day=date(2027, 5, 28))


@pytest.fixture
def group(centre, season, peer_support):
    """A group on Wednesdays, which is about peer support by itself; tests happen on a Wednesday."""
    row = MeetingPlaceFactory(centre=centre, name_fi="Isäryhmä", topics=[peer_support])
    SessionFactory(meeting_place=row, season=season, kind=Session.Kind.PEER)
    return row


def gathered(client, path="/kunta/koonnit/vertaisryhmat/"):
    answer = client.get(path)
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    return [" ".join(" ".join(each.itertext()).split()) for each in tree.xpath("//*[@id='meetings']//li")]


def test_a_group_stands_in_its_compilation_with_its_next_date(client, compilation, group):
    (row,) = gathered(client)
    assert row.startswith("Isäryhmä Vertaisryhmä. Seuraavan kerran: ke 18.11. 9.30–11.30")


def test_a_meeting_place_is_found_by_its_service_too(client, centre, season, compilation, peer_support):
    offering = OfferingFactory(centre=centre)
    offering.service.topics.add(peer_support)
    SessionFactory(meeting_place=MeetingPlaceFactory(centre=centre, offering=offering), season=season)
    assert len(gathered(client)) == 1


def test_one_that_is_about_something_else_is_not_there(client, compilation, season, centre):
    SessionFactory(meeting_place=MeetingPlaceFactory(centre=centre), season=season)
    assert gathered(client) == []


def test_drafts_and_other_centres_are_not_there(client, compilation, group, peer_support):
    SessionFactory(meeting_place=MeetingPlaceFactory(topics=[peer_support]))
    group.status = "draft"
    group.save()
    assert gathered(client) == []


def test_a_cancelled_date_is_passed_over(client, compilation, group):
    SessionChangeFactory(session=group.sessions.get())
    assert "ke 25.11." in gathered(client)[0]


def test_what_is_held_on_two_days_of_the_week_or_in_two_seasons_stands_once(
    client, compilation, group, season
):
    kind = Session.Kind.PEER
    SessionFactory(meeting_place=group, season=season, weekday=Weekday.THURSDAY, kind=kind)
    later = SeasonFactory(centre=group.centre, first_day=date(2027, 1, 4), last_day=date(2027, 5, 28))
    SessionFactory(meeting_place=group, season=later, kind=kind)
    (row,) = gathered(client)
    assert "ke 18.11." in row


def test_groups_and_theme_days_come_before_what_is_open_to_all(client, compilation, group, season):
    SessionFactory(meeting_place=group, season=season, weekday=Weekday.THURSDAY, title_fi="Avoin ilta")
    SessionFactory(
        meeting_place=group,
        season=season,
        kind=Session.Kind.THEME,
        title_fi="Isäinpäivä",
        rule=WeekRule.ONCE,
        weekday=None,
        day=date(2026, 12, 2),
    )
    SessionFactory(
        meeting_place=group,
        season=season,
        kind=Session.Kind.CLOSED,
        how_to_join_fi="Kysy neuvolasta.",
        title_fi="Syksyn ryhmä",
        weekday=Weekday.FRIDAY,
    )
    assert [row.split(" ")[0] for row in gathered(client)] == ["Isäryhmä", "Syksyn", "Isäinpäivä", "Avoin"]


def test_a_window_on_a_way_finds_meeting_places_by_their_service_alone(client, centre, season, group):
    at_home = WayFactory(slug="kotona")
    ThemeFactory(centre=centre, slug="kotiin", kind=Theme.Kind.COLLECTION, ways=[at_home])
    offering = OfferingFactory(centre=centre)
    offering.service.ways.add(at_home)
    SessionFactory(
        meeting_place=MeetingPlaceFactory(centre=centre, name_fi="Kotikerho", offering=offering),
        season=season,
    )
    assert [row.split(" ")[0] for row in gathered(client, "/kunta/koonnit/kotiin/")] == ["Kotikerho"]


def test_a_theme_gathers_services_alone(client, centre, group, peer_support):
    ThemeFactory(centre=centre, slug="yksin", kind=Theme.Kind.THEME, topics=[peer_support])
    assert gathered(client, "/kunta/teemat/yksin/") == []


def test_it_costs_ten_queries_whatever_the_number_of_sessions(
    client, compilation, group, season, django_assert_max_num_queries
):
    gathered(client)
    with django_assert_max_num_queries(10) as few:
        gathered(client)
    for weekday in range(5):
        SessionChangeFactory(
            session=SessionFactory(
                meeting_place=group, season=season, weekday=weekday, starts="13:00", ends="14:00"
            ),
            day=date(2026, 11, 16 + weekday),
        )
    with django_assert_max_num_queries(10) as many:
        gathered(client)
    assert len(few) == len(many)
