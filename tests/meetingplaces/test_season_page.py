"""The fixed week of a season, as families hang it on the fridge's door."""

from datetime import date, time

import pytest
from lxml import html

from centres.publishing import Status
from meetingplaces.models import Session, WeekRule
from perhekeskus.addresses import address_in
from services.models import Weekday
from tests.factories import (
    ClosureFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    PlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
)
from tests.meetingplaces.test_week import many_sessions, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return FamilyCentreFactory(slug="kunta")


@pytest.fixture
def spring(centre):
    return SeasonFactory(
        centre=centre,
        slug="kevat",
        name_fi="kevät 2027",
        first_day=date(2027, 1, 4),
        last_day=date(2027, 5, 28),
    )


@pytest.fixture
def kahvila(centre, spring):
    """A family café on Wednesdays."""
    place = PlaceFactory(name_fi="Seurakuntatalo", district="Ounasrinne")
    row = MeetingPlaceFactory(centre=centre, slug="kahvila", name_fi="Perhekahvila", place=place)
    SessionFactory(meeting_place=row, season=spring)
    return row


@pytest.fixture
def address(spring):
    return address_in("fi", "meetingplaces:season", "kunta", "kevat")


@pytest.fixture
def look(client, address):
    """The page, parsed."""

    def fetch():
        response = client.get(address)
        assert response.status_code == 200
        return html.fromstring(response.content.decode())

    return fetch


def days(tree):
    """What stands under each weekday."""
    return {
        text(day.find(".//h3")): [text(slot) for slot in day.find_class("slot")]
        for day in tree.find_class("day")
    }


def listed(tree, name):
    """The lines of the list `name`, below the week."""
    return [text(each) for each in tree.xpath(f"//section[@aria-labelledby='{name}']//li")]


def test_it_is_a_week_of_weekdays_without_dates(look, kahvila):
    tree = look()
    assert text(tree.find(".//h2")) == "Kevät 2027 4.1.–28.5.2027"
    shown = days(tree)
    assert list(shown) == [
        "Maanantai",
        "Tiistai",
        "Keskiviikko",
        "Torstai",
        "Perjantai",
        "Lauantai",
        "Sunnuntai",
    ]
    (slot,) = shown["Keskiviikko"]
    assert slot.startswith("9.30–11.30 Perhekahvila Seurakuntatalo, Ounasrinne")
    assert tree.find(".//time") is None


@pytest.mark.parametrize(
    ("rule", "said"),
    [(WeekRule.EVEN, "Parilliset viikot"), (WeekRule.FIRST, "Kuukauden ensimmäinen"), (WeekRule.EVERY, None)],
)
def test_which_weeks_are_said_where_it_is_not_every_one(look, kahvila, rule, said):
    kahvila.sessions.update(rule=rule)
    assert [text(each) for each in look().find_class("slot__news")] == ([said] if said else [])


def test_what_begins_late_or_ends_early_says_so(look, kahvila):
    kahvila.sessions.update(valid_from=date(2027, 2, 3), valid_until=date(2027, 3, 31))
    assert text(look().find_class("slot__news")[0]) == "3.2.–31.3."


def test_what_is_over_is_left_out(look, kahvila, spring, time_machine):
    SessionFactory(
        meeting_place=kahvila, season=spring, weekday=Weekday.MONDAY, valid_until=date(2027, 1, 31)
    )
    time_machine.move_to("2027-02-01T10:00+02:00")
    assert days(look())["Maanantai"] == []


def test_the_lines_of_a_day_stand_in_the_order_of_time(look, kahvila, spring):
    for starts, title in ((time(13), "Iltapäivä"), (time(8), "Aamu")):
        SessionFactory(
            meeting_place=kahvila,
            season=spring,
            starts=starts,
            ends=time(15),
            title_fi=title,
            rule=WeekRule.EVEN,
        )
    names = [text(each) for each in look().find_class("slot__name")]
    assert names == ["Aamu", "Perhekahvila", "Iltapäivä"]


def test_a_single_date_stands_below_the_week_with_its_date(look, kahvila, spring):
    SessionFactory(
        meeting_place=kahvila,
        season=spring,
        rule=WeekRule.ONCE,
        weekday=None,
        day=date(2027, 2, 12),
        kind=Session.Kind.THEME,
        title_fi="Ystävänpäivän kahvit",
    )
    tree = look()
    assert days(tree)["Perjantai"] == []
    assert listed(tree, "single")[0].startswith("pe 12.2., 9.30–11.30 Ystävänpäivän kahvit, Seurakuntatalo")


class TestWhatIsClosed:
    def test_a_public_holiday_that_closes_something_is_named(self, look, kahvila):
        # Of the spring's holidays only Epiphany is a Wednesday.
        (line,) = listed(look(), "closed")
        assert line.startswith("ke 6.1. Loppiainen:")

    def test_a_holiday_on_which_everything_is_held_is_not(self, look, kahvila):
        kahvila.sessions.update(on_public_holidays=True)
        assert listed(look(), "closed") == []

    def test_a_school_holiday_names_what_it_closes_and_not_what_is_held(self, look, kahvila, centre, spring):
        kahvila.sessions.update(on_public_holidays=True)
        kerho = MeetingPlaceFactory(centre=centre, name_fi="Kerho")
        SessionFactory(
            meeting_place=kerho,
            season=spring,
            follows_schools=False,
            weekday=Weekday.MONDAY,
            on_public_holidays=True,
        )
        ClosureFactory(
            centre=centre,
            school_holiday=True,
            first_day=date(2027, 3, 8),
            last_day=date(2027, 3, 14),
            reason_fi="Hiihtoloma",
        )
        (line,) = listed(look(), "closed")
        assert line.startswith("8.3.–14.3.2027 Hiihtoloma:")
        assert "Perhekahvila" in line
        assert "Kerho" not in line

    def test_where_little_is_open_that_is_named_instead(self, look, kahvila, centre, spring):
        kahvila.sessions.update(on_public_holidays=True)
        for _ in range(2):
            SessionFactory(
                meeting_place=MeetingPlaceFactory(centre=centre, name_fi=f"Kerho {_}"), season=spring
            )
        (line,) = listed(look(), "closed")
        assert "Perhekahvila" in line
        assert "Kerho" not in line

    def test_a_closure_that_closes_nothing_or_is_over_is_left_out(self, look, kahvila, centre, time_machine):
        ClosureFactory(centre=centre, first_day=date(2027, 2, 5), last_day=date(2027, 2, 5))
        ClosureFactory(centre=centre, first_day=date(2027, 1, 13), last_day=date(2027, 1, 13))
        time_machine.move_to("2027-01-20T10:00+02:00")
        assert listed(look(), "closed") == []

    def test_a_date_that_is_called_off_is_the_weeks_to_tell(self, look, kahvila):
        SessionChangeFactory(
            session=kahvila.sessions.get(), day=date(2027, 2, 3), reason_fi="Ohjaaja on sairas"
        )
        assert "sairas" not in text(look())


class TestWhichSeasons:
    def test_a_season_that_is_coming_has_a_page_and_one_that_is_over_has_none(
        self, client, kahvila, address, time_machine
    ):
        assert client.get(address).status_code == 200
        time_machine.move_to("2027-05-28T20:00+03:00")
        assert client.get(address).status_code == 200
        time_machine.move_to("2027-05-29T10:00+03:00")
        response = client.get(address)
        assert response.status_code == 404
        assert 'href="/kunta/"' in response.content.decode()

    def test_one_in_which_readers_may_see_nothing_has_none(self, client, kahvila, address):
        kahvila.status = Status.DRAFT
        kahvila.save()
        assert client.get(address).status_code == 404

    def test_one_of_another_centre_has_none_here(self, client, kahvila):
        FamilyCentreFactory(slug="muu")
        assert client.get(address_in("fi", "meetingplaces:season", "muu", "kevat")).status_code == 404

    def test_the_week_leads_to_it_and_it_leads_back(self, client, kahvila, address, look):
        week = html.fromstring(client.get("/kunta/kohtaamispaikat/").content.decode())
        assert [text(link) for link in week.xpath(f"//a[@href='{address}']")] == ["Kevät 2027"]
        assert look().xpath("//main//a[@href='/kunta/kohtaamispaikat/#today']")

    def test_search_engines_find_it(self, client, kahvila, address):
        assert f"{address}</loc>" in client.get("/kunta/sitemap.xml").content.decode()
        head = client.get(address).content.decode()
        assert f'rel="canonical" href="http://testserver{address}"' in head


def test_it_costs_ten_queries_whatever_the_number_of_sessions(
    client, centre, spring, kahvila, address, django_assert_max_num_queries
):
    many_sessions(centre, spring, 3)
    client.get(address)
    with django_assert_max_num_queries(10) as few:
        client.get(address)
    many_sessions(centre, spring, 12)
    with django_assert_max_num_queries(10) as many:
        client.get(address)
    assert len(few) == len(many)
