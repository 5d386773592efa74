"""The desk's page on what a season covers."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from centres.models import FamilyCentre
from meetingplaces.models import MeetingPlace, Season
from tests.admin.forms import address
from tests.factories import (
    AgeGroupFactory,
    MeetingPlaceFactory,
    PlaceFactory,
    SeasonFactory,
    SessionFactory,
    UserFactory,
)

TABLE = "//table[@class='season__table']"


@pytest.fixture
def season(posio: FamilyCentre) -> Season:
    return SeasonFactory(centre=posio, name_fi="Syksy 2026")


@pytest.fixture
def place(posio: FamilyCentre) -> MeetingPlace:
    return MeetingPlaceFactory(centre=posio, name_fi="Perheiden Pirtti")


def page_of(season: Season) -> str:
    return f"/en{address('coverage', season, season.pk)}"


def read(client: Client, season: Season) -> Any:
    answer = client.get(page_of(season))
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def words(page: Any, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.xpath(path)]


def cell(page: Any, weekday: str, part: str, ages: str) -> str:
    path = (
        f"//tbody[tr/th[@scope='rowgroup' and .='{weekday}']]/tr[th[@scope='row' and .='{part}']]"
        f"/td[@data-heading='{ages}']"
    )
    (said,) = words(page, path)
    return said


class TestPage:
    def test_a_cell_leads_to_its_sessions_and_says_what_narrows_them(
        self, coordinator: Client, place: MeetingPlace, season: Season
    ):
        session = SessionFactory(meeting_place=place, season=season, rule="even", from_month=0, to_month=12)
        page = read(coordinator, season)

        assert cell(page, "Wednesday", "Morning", "0–11 months") == (
            "09:30–11:30 Perheiden Pirtti 0–11 months, even weeks Only in even weeks"
        )
        assert cell(page, "Wednesday", "Morning", "3–6 years") == "Nothing"
        assert cell(page, "Monday", "Evening", "0–11 months") == "Nothing"
        assert page.xpath(f"{TABLE}//td//a/@href") == [f"/en{address('change', session, session.pk)}"]

    def test_the_ages_are_the_centres_own_groups_of_children(
        self, coordinator: Client, posio: FamilyCentre, season: Season
    ):
        AgeGroupFactory(centre=posio, name_fi="Vauvat", from_month=-9, to_month=12, order=1)
        AgeGroupFactory(centre=posio, name_fi="1–6-vuotiaat", from_month=12, to_month=84, order=2)
        AgeGroupFactory(centre=posio, name_fi="Nuoret", from_month=13 * 12, to_month=18 * 12, order=3)

        assert words(read(coordinator, season), f"{TABLE}//thead//th") == [
            "Weekday",
            "Part of the day",
            "Vauvat",
            "1–6-vuotiaat",
        ]

    def test_every_head_of_the_table_says_what_it_heads(self, coordinator: Client, season: Season):
        page = read(coordinator, season)

        assert words(page, f"{TABLE}//thead//th[@scope='col']")[:2] == [
            "Weekday",
            "Part of the day",
        ]
        assert words(page, "//th[@scope='rowgroup'][@rowspan=3]") == [
            *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
        ]
        assert words(page, f"{TABLE}/tbody[1]//th[@scope='row']") == [
            "Morning",
            "Afternoon",
            "Evening",
        ]
        (label,) = page.xpath(f"{TABLE}/@aria-labelledby")
        assert words(page, f"//*[@id='{label}']") == ["Weekday by weekday"]

    def test_days_without_anything_for_small_children_are_named(
        self, coordinator: Client, place: MeetingPlace, season: Season
    ):
        for weekday in range(4):
            rule = "even" if weekday == 1 else "every"
            SessionFactory(meeting_place=place, season=season, weekday=weekday, rule=rule)
        page = read(coordinator, season)

        assert words(page, "//*[contains(@class, 'season__word--lacking')]//li") == [
            "Tuesday: only in even weeks",
            "Friday: nothing",
        ]

    def test_a_kept_promise_is_said(self, coordinator: Client, place: MeetingPlace, season: Season):
        for weekday in range(5):
            SessionFactory(meeting_place=place, season=season, weekday=weekday)

        assert words(read(coordinator, season), "//*[@class='season__word']") == [
            "Every weekday has something open and free for children under school age."
        ]

    def test_a_room_taken_twice_is_told_apart_from_a_choice(
        self, coordinator: Client, posio: FamilyCentre, season: Season
    ):
        house = PlaceFactory(name_fi="Monitoimitalo")
        cafe, club = (
            MeetingPlaceFactory(centre=posio, name_fi=name, place=house) for name in ("Kahvila", "Kerho")
        )
        yard = MeetingPlaceFactory(centre=posio, name_fi="Piha")
        SessionFactory(meeting_place=cafe, season=season)
        SessionFactory(meeting_place=club, season=season, starts=time(11), ends=time(12), rule="odd")
        SessionFactory(meeting_place=yard, season=season, starts=time(9), ends=time(10), rule="first")
        page = read(coordinator, season)

        assert words(page, "//*[contains(@class, 'season__word--clash')]//li") == [
            "Wednesday: 09:30–11:30 Kahvila and 11:00–12:00 Kerho, Monitoimitalo, only in odd weeks"
        ]
        assert words(page, "//*[@class='season__elsewhere']/li") == [
            "Wednesday: 09:00–10:00 Piha and 09:30–11:30 Kahvila, not every week (4 of 19)"
        ]

    def test_what_happens_once_is_told_by_its_date(
        self, coordinator: Client, posio: FamilyCentre, place: MeetingPlace, season: Season
    ):
        SessionFactory(meeting_place=place, season=season)
        SessionFactory(
            meeting_place=MeetingPlaceFactory(centre=posio, place=place.place, name_fi="Juhla"),
            season=season,
            rule="once",
            weekday=None,
            day=date(2026, 11, 18),
        )
        (said,) = words(read(coordinator, season), "//*[contains(@class, 'season__word--clash')]//li")

        assert said.endswith(f"{place.place}, 18 November 2026")

    def test_what_families_do_not_see_is_named_and_not_counted(
        self, coordinator: Client, posio: FamilyCentre, season: Season
    ):
        draft = MeetingPlaceFactory(centre=posio, name_fi="Luonnos", status="draft")
        SessionFactory(meeting_place=draft, season=season)
        page = read(coordinator, season)

        assert cell(page, "Wednesday", "Morning", "0–11 months") == "Nothing"
        assert "Not counted, for families do not see them: Luonnos" in words(page, "//p")

    def test_of_a_hundred_choices_the_first_are_told_and_the_others_counted(
        self, coordinator: Client, posio: FamilyCentre, season: Season
    ):
        for number in range(8):  # 28 pairs
            SessionFactory(
                meeting_place=MeetingPlaceFactory(centre=posio, slug=f"piha-{number}"), season=season
            )
        page = read(coordinator, season)

        assert len(page.xpath("//*[@class='season__elsewhere']/li")) == 20
        assert "And 8 others." in words(page, "//p")

    def test_it_asks_as_much_for_many_sessions_as_for_one(
        self, coordinator: Client, posio: FamilyCentre, place: MeetingPlace, season: Season
    ):
        SessionFactory(meeting_place=place, season=season)

        def queries() -> int:
            coordinator.get(page_of(season))
            with CaptureQueriesContext(connection) as asked:
                coordinator.get(page_of(season))
            return len(asked)

        one = queries()
        for number in range(6):
            SessionFactory(
                meeting_place=MeetingPlaceFactory(centre=posio),
                season=season,
                weekday=number,
                place=PlaceFactory(),
            )

        assert queries() == one <= 12


class TestWays:
    def test_the_front_page_leads_to_the_season_that_is_on(
        self, coordinator: Client, posio: FamilyCentre, season: Season
    ):
        SeasonFactory(centre=posio, first_day=date(2026, 1, 5), last_day=date(2026, 5, 29))
        SeasonFactory(centre=posio, first_day=date(2027, 1, 4), last_day=date(2027, 5, 28))
        now = address("coverage_now", Season)

        assert now in coordinator.get("/hallinta/").content.decode()
        assert coordinator.get(now)["Location"] == address("coverage", season, season.pk)

    def test_after_the_last_season_it_leads_there(self, coordinator: Client, posio: FamilyCentre):
        past = SeasonFactory(centre=posio, first_day=date(2026, 1, 5), last_day=date(2026, 5, 29))

        assert coordinator.get(address("coverage_now", Season))["Location"] == address(
            "coverage", past, past.pk
        )

    def test_whoever_keeps_several_centres_or_no_season_chooses_from_the_list(
        self, coordinator: Client, desk: Client, season: Season
    ):
        SeasonFactory()
        assert desk.get(address("coverage_now", Season))["Location"] == address("changelist", Season)
        season.delete()
        assert coordinator.get(address("coverage_now", Season))["Location"] == address("changelist", Season)

    def test_the_list_and_the_form_lead_there_and_it_to_the_other_seasons(
        self, coordinator: Client, posio: FamilyCentre, season: Season
    ):
        other = SeasonFactory(centre=posio)
        path = address("coverage", season, season.pk)

        for page in (
            address("changelist", season),
            address("change", season, season.pk),
            address("coverage", other, other.pk),
        ):
            assert f'href="{path}"' in coordinator.get(page).content.decode()


class TestScope:
    def test_a_season_of_another_centre_is_not_there(self, coordinator: Client):
        assert coordinator.get(page_of(SeasonFactory())).status_code == 302

    def test_what_is_no_key_leads_back(self, coordinator: Client, season: Season):
        path = address("coverage", season, season.pk).replace(f"/{season.pk}/", "/x/")
        assert coordinator.get(path).status_code == 302

    def test_whoever_keeps_nothing_sees_none(self, client: Client, season: Season):
        client.force_login(UserFactory(is_staff=True))
        paths = (page_of(season), address("coverage_now", Season))
        assert [client.get(path).status_code for path in paths] == [302, 403]

    def test_anonymous_readers_are_asked_to_sign_in(self, client: Client, season: Season):
        assert "/login/" in client.get(page_of(season))["Location"]
