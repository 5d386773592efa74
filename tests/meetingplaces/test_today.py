"""Where to go now, on the front page."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from meetingplaces.models import Session, SessionChange
from tests.factories import (
    AgeGroupFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db

HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def kahvila():
    """A family café on Wednesdays from 9.30 to 11.30; tests happen on a Wednesday at ten."""
    centre = FamilyCentreFactory(slug="kunta")
    row = MeetingPlaceFactory(centre=centre, name_fi="Perhekahvila", from_month=12)
    SessionFactory(meeting_place=row, season=SeasonFactory(centre=centre))
    return row


def told(client, path="/kunta/"):
    """The heading and the rows of what is open."""
    tree = html.fromstring(client.get(path).content.decode())
    heading = tree.xpath("//h2[@id='open-day']")
    if not heading:
        return None
    rows = heading[0].getparent().find_class("row")
    return [" ".join(each.text_content().split()) for each in (heading[0], *rows)]


def test_what_is_open_now_is_told(client, kahvila):
    heading, row = told(client)
    assert heading == "Tänään avoinna olevat kohtaamispaikat"
    assert row.startswith("9.30–11.30 Perhekahvila")


def test_what_is_over_today_is_not(client, kahvila, time_machine):
    time_machine.move_to(datetime(2026, 11, 18, 11, 30, tzinfo=HELSINKI))
    assert told(client)[0] == "Seuraavat kohtaamispaikat: ke 25.11."


def test_tomorrow_is_called_tomorrow(client, kahvila, time_machine):
    time_machine.move_to(datetime(2026, 11, 17, 20, tzinfo=HELSINKI))
    assert told(client)[0] == "Huomenna avoinna olevat kohtaamispaikat"


def test_what_is_off_on_that_day_is_told_with_its_reason(client, kahvila):
    other = SessionFactory(
        meeting_place=kahvila, season=kahvila.sessions.get().season, starts=time(13), ends=time(14)
    )
    SessionChangeFactory(session=other, reason_fi="Ohjaaja on sairas")
    section = html.fromstring(client.get("/kunta/").content.decode()).xpath(
        "//section[.//h2[@id='open-day']]"
    )
    told = " ".join(section[0].text_content().split())
    assert "Peruttu: Ohjaaja on sairas – Perhekahvila 13–14" in told


def test_nobody_is_sent_to_what_is_cancelled(client, kahvila):
    SessionChangeFactory(session=kahvila.sessions.get())
    assert told(client)[0] == "Seuraavat kohtaamispaikat: ke 25.11."


def test_what_was_moved_to_today_is_told(client, kahvila):
    SessionChangeFactory(
        session=kahvila.sessions.get(),
        day=date(2026, 11, 25),
        kind=SessionChange.Kind.MOVED,
        to_day=date(2026, 11, 18),
        starts=time(15),
    )
    assert [row[:10] for row in told(client)[1:]] == ["9.30–11.30", "15–17 Perh"]


def test_nobody_is_sent_to_the_door_of_a_closed_group(client, kahvila):
    kahvila.sessions.update(kind=Session.Kind.CLOSED, how_to_join_fi="Kysy neuvolasta.")
    assert told(client) is None


def test_who_must_register_is_told_so(client, kahvila):
    kahvila.sessions.update(needs_registration=True)
    assert told(client)[1].endswith("Ilmoittaudu ensin.")


class TestOfAnAge:
    """What is open, on the page of an age group."""

    @pytest.fixture
    def babies(self, kahvila):
        return AgeGroupFactory(centre=kahvila.centre, slug="vauvat", from_month=0, to_month=12)

    @pytest.fixture
    def toddlers(self, kahvila):
        return AgeGroupFactory(centre=kahvila.centre, slug="taaperot", from_month=12, to_month=36)

    def test_only_what_suits_the_age_is_told(self, client, kahvila, babies, toddlers):
        assert told(client, "/kunta/ikaryhmat/vauvat/") is None
        assert told(client, "/kunta/ikaryhmat/taaperot/")[1].startswith("9.30–11.30 Perhekahvila")

    def test_a_session_for_other_ages_than_its_place_counts_by_its_own(self, client, kahvila, babies):
        kahvila.sessions.update(from_month=0, to_month=12)
        assert told(client, "/kunta/ikaryhmat/vauvat/")[1].startswith("9.30–11.30 Perhekahvila")

    def test_it_leads_to_the_week_of_that_age(self, client, toddlers):
        answer = client.get("/kunta/ikaryhmat/taaperot/").content.decode()
        assert '"/kunta/kohtaamispaikat/?group=taaperot#today"' in answer

    def test_its_page_costs_ten_queries_whatever_the_number_of_sessions(
        self, client, kahvila, toddlers, django_assert_max_num_queries
    ):
        client.get("/kunta/ikaryhmat/taaperot/")
        with django_assert_max_num_queries(10) as few:
            client.get("/kunta/ikaryhmat/taaperot/")
        for _ in range(5):
            SessionChangeFactory(session=SessionFactory(meeting_place__centre=kahvila.centre))
        with django_assert_max_num_queries(10) as many:
            client.get("/kunta/ikaryhmat/taaperot/")
        assert len(few) == len(many)


def test_when_nothing_is_near_nothing_is_said(client, kahvila):
    kahvila.sessions.update(weekday=None, rule="once", day=date(2026, 12, 3))
    assert told(client) is None
