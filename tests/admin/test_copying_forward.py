"""Copying a season forward at the desk: what the page suggests, refuses and asks, and what it leaves in the history."""

from datetime import date, time
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from centres.models import FamilyCentre
from meetingplaces.models import MeetingPlace, Season, Session
from tests.admin.forms import address, beside, errors, filled, save
from tests.factories import MeetingPlaceFactory, SeasonFactory, SessionFactory, UserFactory


@pytest.fixture
def place(posio: FamilyCentre) -> MeetingPlace:
    return MeetingPlaceFactory(centre=posio, name_fi="Perheiden Pirtti")


@pytest.fixture
def season(posio: FamilyCentre) -> Season:
    """The autumn of 2026, from a Monday to a Friday."""
    return SeasonFactory(centre=posio, slug="syksy-2026", name_fi="Syksy 2026", name_sv="Hösten 2026")


@pytest.fixture
def wednesday(place: MeetingPlace, season: Season) -> Session:
    return SessionFactory(meeting_place=place, season=season)


def page_of(season: Season) -> str:
    return f"/en{address('forward', season, season.pk)}"


def ticks(response: Any) -> list[tuple[str, bool]]:
    """The sessions to tick, and whether they are."""
    page = html.fromstring(response.content.decode())
    return [
        (box.xpath("string(label)").strip(), bool(box.xpath("input/@checked")))
        for box in page.xpath("//*[@class='season__tick']")
    ]


class TestPage:
    def test_it_suggests_the_same_weekdays_a_year_on(self, coordinator: Client, season: Season):
        values = filled(coordinator.get(page_of(season)))

        assert [values[name] for name in ("name_fi", "name_sv", "slug", "first_day", "last_day")] == [
            ["Syksy 2027"],
            ["Hösten 2027"],
            ["syksy-2027"],
            ["09.08.2027"],
            ["17.12.2027"],
        ]

    def test_a_slug_without_a_year_gets_one(self, coordinator: Client, season: Season):
        season.slug, season.name_fi = "syksy", "Syyskausi"
        season.save()

        assert filled(coordinator.get(page_of(season)))["slug"] == ["syyskausi-2027"]

    def test_what_is_over_is_listed_and_not_ticked_with_the_reason(
        self, coordinator: Client, place: MeetingPlace, season: Season, wednesday: Session
    ):
        SessionFactory(meeting_place=place, season=season, weekday=0, valid_until=date(2026, 11, 9))
        SessionFactory(meeting_place=place, season=season, weekday=1, valid_until=date(2026, 11, 24))
        SessionFactory(
            meeting_place=place,
            season=season,
            rule="once",
            weekday=None,
            day=date(2026, 11, 19),
            title_fi="Juhla",
        )

        assert ticks(coordinator.get(page_of(season))) == [
            ("Perheiden Pirtti: Monday 09:30–11:30 (ended on 9.11.2026)", False),
            ("Perheiden Pirtti: Tuesday 09:30–11:30", True),
            ("Perheiden Pirtti: Wednesday 09:30–11:30", True),
            ("Perheiden Pirtti: 19.11.2026 09:30–11:30, Juhla (a single date)", False),
        ]

    def test_it_is_reached_from_the_season_and_from_the_list(self, coordinator: Client, season: Season):
        form = coordinator.get(address("change", season, season.pk)).content.decode()
        action = {"action": "copy_forward", "_selected_action": [season.pk]}

        assert address("forward", season, season.pk) in form
        assert coordinator.post(address("changelist", season), action)["Location"] == address(
            "forward", season, season.pk
        )

    def test_from_the_list_one_is_copied_at_a_time(self, coordinator: Client, season: Season):
        two = [season.pk, SeasonFactory(centre=season.centre).pk]
        answer = coordinator.post(
            f"/en{address('changelist', season)}", {"action": "copy_forward", "_selected_action": two}
        )

        assert [str(each) for each in get_messages(answer.wsgi_request)] == ["Choose one season to copy."]

    def test_it_asks_as_much_for_many_sessions_as_for_one(
        self, coordinator: Client, season: Season, wednesday: Session
    ):
        def queries() -> int:
            coordinator.get(page_of(season))
            with CaptureQueriesContext(connection) as asked:
                coordinator.get(page_of(season))
            return len(asked)

        one = queries()
        for _number in range(6):
            SessionFactory(season=season, meeting_place=MeetingPlaceFactory(centre=season.centre))

        assert queries() == one <= 12


class TestCopying:
    def test_the_ticked_sessions_come_along_and_the_new_seasons_form_opens(
        self, coordinator: Client, place: MeetingPlace, season: Season, wednesday: Session
    ):
        ended = SessionFactory(meeting_place=place, season=season, weekday=0, valid_until=date(2026, 11, 9))

        answer = save(coordinator, page_of(season), name_sv="Hösten")

        made = Season.objects.get(slug="syksy-2027")
        assert answer["Location"] == f"/en{address('change', made, made.pk)}"
        assert (made.name_fi, made.name_sv, made.first_day, made.last_day) == (
            "Syksy 2027",
            "Hösten",
            date(2027, 8, 9),
            date(2027, 12, 17),
        )
        assert [(each.weekday, each.starts) for each in made.sessions.all()] == [(2, time(9, 30))]
        assert [str(each) for each in get_messages(answer.wsgi_request)] == [
            "The season was copied with 1 session. Look through the note and the timetable."
        ]
        assert ended.season.sessions.count() == 2

    def test_the_history_tells_it_of_the_season_and_of_its_meeting_places(
        self, coordinator: Client, place: MeetingPlace, season: Season, wednesday: Session
    ):
        save(coordinator, page_of(season))
        made = Season.objects.get(slug="syksy-2027")
        told = [
            coordinator.get(f"/en{address('history', row, row.pk)}").content.decode() for row in (made, place)
        ]

        assert "Made as a copy" in told[0]
        assert "Session" in told[1]
        assert "Changed elsewhere" not in told[1]

    def test_a_single_date_that_is_ticked_moves_with_the_season(
        self, coordinator: Client, place: MeetingPlace, season: Season
    ):
        day = SessionFactory(
            meeting_place=place, season=season, rule="once", weekday=None, day=date(2026, 11, 19)
        )
        save(coordinator, page_of(season), sessions=[day.pk])

        assert Session.objects.exclude(pk=day.pk).get().day == date(2027, 11, 18)

    def test_a_season_without_sessions_is_copied_too(self, coordinator: Client, season: Season):
        save(coordinator, page_of(season))

        assert Season.objects.get(slug="syksy-2027").sessions.count() == 0


class TestBadInput:
    def test_run_twice_it_says_that_it_has_been_copied(
        self, coordinator: Client, season: Season, wednesday: Session
    ):
        save(coordinator, page_of(season))
        answer = save(coordinator, page_of(season))

        assert answer.status_code == 400
        assert beside(answer, "slug") == [
            "“Syksy 2027” has this name in its address. Has the season been copied already?"
        ]
        assert Season.objects.count() == 2
        assert Session.objects.count() == 2

    def test_nothing_typed_is_lost(self, coordinator: Client, season: Season, wednesday: Session):
        typed = {"name_fi": "Kevät", "slug": season.slug, "first_day": "11.1.2027", "last_day": "28.5.2027"}

        answer = save(coordinator, page_of(season), **typed, sessions=[])

        values = filled(answer)
        assert {name: values[name] for name in typed} == {name: [text] for name, text in typed.items()}
        assert ticks(answer) == [("Perheiden Pirtti: Wednesday 09:30–11:30", False)]

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"last_day": "1.8.2027"}, ["The season cannot end before it begins."]),
            ({"last_day": "31.12.2028"}, ["A season lasts a year at most."]),
            ({"first_day": "elokuu"}, ["Write the date with its year, for example 1.6.2027."]),
            (
                {"first_day": "1.1.9998", "last_day": "31.5.9998"},
                ["Write the date with its year, for example 1.6.2027."] * 2,
            ),
            (
                {"sessions": ["999999"]},
                ["A session that you ticked is no longer in the season. Look at the list once more."],
            ),
            (
                {"sessions": ["x"]},
                ["A session that you ticked is no longer in the season. Look at the list once more."],
            ),
        ],
    )
    def test_it_is_told_plainly(
        self,
        coordinator: Client,
        season: Season,
        wednesday: Session,
        changes: dict[str, Any],
        said: list[str],
    ):
        answer = save(coordinator, page_of(season), **changes)

        assert (answer.status_code, errors(answer)) == (400, said)
        assert Season.objects.count() == 1

    def test_a_season_must_have_a_finnish_name(self, coordinator: Client, season: Season):
        answer = save(coordinator, page_of(season), name_fi="")

        assert (answer.status_code, len(beside(answer, "name_fi"))) == (400, 1)

    def test_a_single_date_that_would_fall_outside_is_told(
        self, coordinator: Client, place: MeetingPlace, season: Season
    ):
        day = SessionFactory(
            meeting_place=place, season=season, rule="once", weekday=None, day=date(2026, 12, 16)
        )
        answer = save(coordinator, page_of(season), sessions=[day.pk], last_day="1.10.2027")

        (said,) = errors(answer)
        assert said == (
            "“Perheiden Pirtti: 16.12.2026 09:30–11:30” would be on 15.12.2027, outside the season. Leave it out, "
            "and add it by its date."
        )

    def test_days_of_another_season_are_asked_about_once(
        self, coordinator: Client, season: Season, wednesday: Session
    ):
        spring = {
            "first_day": "1.12.2026",
            "last_day": "28.5.2027",
            "slug": "kevat-2027",
            "name_fi": "Kevät 2027",
        }
        asked = save(coordinator, page_of(season), **spring)

        (said,) = errors(asked)
        assert said == (
            "Some of these days are in another season too: Syksy 2026. Families would see the sessions of both."
        )
        assert Season.objects.count() == 1
        sent = filled(asked) | {"all_the_same": "on"}
        coordinator.post(
            page_of(season), urlencode(sent, doseq=True), content_type="application/x-www-form-urlencoded"
        )
        assert Season.objects.get(slug="kevat-2027").sessions.count() == 1

    def test_what_took_the_slug_between_the_look_and_the_write_loses_nothing(
        self, coordinator: Client, season: Season, wednesday: Session
    ):
        def come_first(instance: Season, **kwargs: Any) -> None:
            Season.objects.bulk_create([Season(**{**days, "centre": season.centre, "slug": instance.slug})])

        days = {"first_day": date(2020, 8, 3), "last_day": date(2020, 8, 4), "name_fi": "Toinen"}
        pre_save.connect(come_first, sender=Season)
        try:
            answer = save(coordinator, page_of(season))
        finally:
            pre_save.disconnect(come_first, sender=Season)

        assert (answer.status_code, len(beside(answer, "slug"))) == (400, 1)
        assert (Season.objects.count(), Session.objects.count()) == (1, 1)

    def test_the_seasons_own_form_takes_no_days_without_weeks_either(
        self, coordinator: Client, season: Season
    ):
        answer = save(
            coordinator,
            f"/en{address('change', season, season.pk)}",
            first_day="1.6.9999",
            last_day="31.12.9999",
        )

        assert errors(answer) == ["Write the date with its year, for example 1.6.2027."] * 2


class TestScope:
    def test_a_season_of_another_centre_is_not_there(self, coordinator: Client):
        other = SeasonFactory()
        path = page_of(other)

        assert [coordinator.get(path).status_code, coordinator.post(path, {}).status_code] == [302, 302]
        assert Season.objects.count() == 1

    def test_another_centres_sessions_cannot_be_ticked(self, coordinator: Client, season: Season):
        other = SessionFactory()
        answer = save(coordinator, page_of(season), sessions=[other.pk])

        assert answer.status_code == 400
        assert Season.objects.filter(centre=season.centre).count() == 1

    def test_what_is_no_key_leads_back(self, coordinator: Client, season: Season):
        path = address("forward", season, season.pk).replace(f"/{season.pk}/", "/x/")
        assert coordinator.get(path).status_code == 302

    def test_whoever_keeps_nothing_may_not(self, client: Client, season: Season):
        client.force_login(UserFactory(is_staff=True))
        assert client.get(page_of(season)).status_code == 302

    def test_anonymous_readers_are_asked_to_sign_in(self, client: Client, season: Season):
        assert "/login/" in client.get(page_of(season))["Location"]


class TestWhichSeason:
    """Each year has an autumn, and each centre: a choice tells which."""

    @pytest.fixture
    def autumns(self, posio: FamilyCentre) -> list[Season]:
        return [
            SeasonFactory(name_fi="Syyskausi", centre=posio),
            SeasonFactory(name_fi="Syyskausi", centre__municipality_fi="Ranua"),
        ]

    def found(self, client: Client) -> list[str]:
        query = {
            "app_label": "meetingplaces",
            "model_name": "session",
            "field_name": "season",
            "term": "Syys",
        }
        answer = client.get("/en/hallinta/autocomplete/", query)
        return sorted(each["text"] for each in answer.json()["results"])

    def test_by_its_year_where_its_name_does_not_say_it(self):
        days = {"first_day": date(2026, 12, 1), "last_day": date(2027, 5, 28)}
        assert str(Season(name_fi="Talvikausi", **days)) == "Talvikausi 2026"
        assert str(Season(name_fi="Talvi 2026", **days)) == "Talvi 2026"
        assert str(Season(name_fi="Kevät 2027", **days)) == "Kevät 2027"

    def test_by_its_centre_where_one_keeps_several(self, coordinator: Client, desk: Client, autumns: Any):
        assert self.found(desk) == ["Syyskausi 2026 (Posio)", "Syyskausi 2026 (Ranua)"]
        assert self.found(coordinator) == ["Syyskausi 2026"]

    def test_the_list_of_sessions_is_narrowed_by_ones_own_seasons(
        self, coordinator: Client, desk: Client, autumns: Any
    ):
        for season in autumns:
            SessionFactory(season=season, meeting_place=MeetingPlaceFactory(centre=season.centre))

        def offered(client: Client) -> list[str]:
            page = html.fromstring(client.get(f"/en{address('changelist', Session)}").content.decode())
            links = page.xpath("//details[@data-filter-title='season']//a")
            return [link.text_content().strip() for link in links]

        assert offered(coordinator) == []  # one season is no choice
        assert sorted(offered(desk)[1:]) == ["Syyskausi 2026 (Posio)", "Syyskausi 2026 (Ranua)"]
