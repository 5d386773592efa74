"""The form of a season: its days, and the sessions in them."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from lxml import html

from centres.models import FamilyCentre
from meetingplaces.models import MeetingPlace, Season, Session
from tests.admin.forms import address, beside, filled, save
from tests.admin.test_finding import cost
from tests.factories import MeetingPlaceFactory, SeasonFactory, SessionChangeFactory, SessionFactory
from tests.harness.meanwhile import while_another


@pytest.fixture
def place(posio: FamilyCentre) -> MeetingPlace:
    return MeetingPlaceFactory(centre=posio, name_fi="Pirtti")


@pytest.fixture
def season(posio: FamilyCentre) -> Season:
    """From 10 August to 18 December."""
    return SeasonFactory(centre=posio)


@pytest.mark.parametrize(
    ("session", "change", "told"),
    [
        (
            {"valid_from": date(2026, 11, 2)},
            {"last_day": "1.11.2026"},
            "Pirtti alkaa 2.11.2026: muuta ensin sitä kertaa.",
        ),
        (
            {"valid_until": date(2026, 9, 1)},
            {"first_day": "2.9.2026"},
            "Pirtti päättyy 1.9.2026: muuta ensin sitä kertaa.",
        ),
    ],
)
def test_a_season_that_is_shortened_leaves_no_session_behind(
    coordinator: Client,
    place: MeetingPlace,
    season: Season,
    session: dict[str, date],
    change: dict[str, str],
    told: str,
):
    SessionFactory(meeting_place=place, season=season, **session)
    answer: Any = save(coordinator, address("change", Season, season.pk), **change)
    assert beside(answer, *change) == [told]


@pytest.mark.parametrize(
    ("change", "days", "told"),
    [
        (
            {"day": date(2026, 12, 9), "kind": "moved", "starts": time(13)},
            {"last_day": "8.12.2026"},
            "9.12.2026",
        ),
        (
            {"day": date(2026, 10, 7), "kind": "moved", "to_day": date(2026, 12, 24)},
            {"last_day": "8.12.2026"},
            "24.12.2026",
        ),
        ({"day": date(2026, 12, 24), "kind": "extra"}, {"last_day": "8.12.2026"}, "24.12.2026"),
        ({"day": date(2026, 8, 7), "kind": "extra"}, {"first_day": "23.8.2026"}, "7.8.2026"),
    ],
    ids=["moved in time", "moved to another day", "extra", "extra before it begins"],
)
def test_a_season_that_is_shortened_leaves_no_moved_or_extra_date_behind(
    coordinator: Client,
    place: MeetingPlace,
    season: Season,
    change: dict[str, Any],
    days: dict[str, str],
    told: str,
):
    SessionChangeFactory(session=SessionFactory(meeting_place=place, season=season), **change)
    answer: Any = save(coordinator, f"/en{address('change', Season, season.pk)}", **days)
    assert answer.status_code == 400
    assert beside(answer, *days) == [
        f"These dates would be outside the season: Pirtti {told}. Change them first."
    ]


def test_a_season_that_is_shortened_leaves_no_single_date_behind(
    coordinator: Client, place: MeetingPlace, season: Season
):
    for day in (date(2026, 12, 9), date(2026, 12, 12)):
        SessionFactory(meeting_place=place, season=season, rule="once", weekday=None, day=day)
    answer: Any = save(coordinator, f"/en{address('change', Season, season.pk)}", last_day="8.12.2026")
    assert beside(answer, "last_day") == [
        "These dates would be outside the season: Pirtti 9.12.2026, Pirtti 12.12.2026. Change them first."
    ]


def test_a_cancelled_date_and_an_extra_one_near_the_season_stand_in_no_ones_way(
    coordinator: Client, place: MeetingPlace, season: Season
):
    session = SessionFactory(meeting_place=place, season=season)
    SessionChangeFactory(session=session, day=date(2026, 12, 9))
    SessionChangeFactory(session=session, day=date(2026, 12, 18), kind="extra")
    assert save(coordinator, address("change", Season, season.pk), last_day="8.12.2026").status_code == 302


def test_a_season_is_shortened_to_the_day_on_which_its_last_session_begins(
    coordinator: Client, place: MeetingPlace, season: Season
):
    SessionFactory(meeting_place=place, season=season, valid_from=date(2026, 11, 2))
    answer = save(coordinator, address("change", Season, season.pk), last_day="2.11.2026")
    assert answer.status_code == 302


def test_a_season_of_another_millennium_is_refused_in_words(coordinator: Client, season: Season):
    answer = save(coordinator, address("change", Season, season.pk), last_day="1.1.9999")
    assert answer.status_code == 400
    assert beside(answer, "last_day") != []


def test_a_line_whose_days_change_leaves_no_cancelled_date_behind(
    coordinator: Client, place: MeetingPlace, season: Season
):
    SessionChangeFactory(session=SessionFactory(meeting_place=place, season=season))
    answer: Any = save(coordinator, address("change", Season, season.pk), **{"sessions-0-weekday": "3"})
    assert answer.status_code == 400
    (told,) = beside(answer, "sessions-0-weekday")
    assert "18.11.2026" in told


def test_a_form_of_many_lines_costs_what_one_does(coordinator: Client, place: MeetingPlace, season: Season):
    path = address("change", Season, season.pk)
    SessionChangeFactory(session=SessionFactory(meeting_place=place, season=season))
    one = cost(coordinator, path)
    for hour in range(12, 20):
        SessionFactory(meeting_place=place, season=season, starts=time(hour), ends=time(hour + 1))
    assert cost(coordinator, path) == one <= 30


def timetable_of(season: Season, places: int) -> list[MeetingPlace]:
    """Fills `season` with a line for each weekday at many meeting places."""
    made: list[MeetingPlace] = [
        MeetingPlaceFactory(centre=season.centre, name_fi=f"Paikka {number}") for number in range(places)
    ]
    Session.objects.bulk_create(
        Session(meeting_place=place, season=season, weekday=weekday, starts=time(9), ends=time(20))
        for place in made
        for weekday in range(5)
    )
    return made


def lines_shown(answer: Any) -> int:
    return int(filled(answer)["sessions-INITIAL_FORMS"][0])


class TestLongTimetable:
    @pytest.fixture(params=[24, 200])
    def places(self, season: Season, request: Any) -> list[MeetingPlace]:
        """Five lines at each: 120 of them, or a thousand."""
        return timetable_of(season, request.param)

    @pytest.fixture
    def path(self, season: Season, places: list[MeetingPlace]) -> str:
        return f"/en{address('change', season, season.pk)}"

    def test_its_form_shows_no_line_before_a_meeting_place_is_chosen(
        self, coordinator: Client, path: str, places: list[MeetingPlace]
    ):
        answer = coordinator.get(path)

        ways = html.fromstring(answer.content.decode()).xpath("//details[@class='lines-of']//a/@href")
        assert lines_shown(answer) == 0
        assert sorted(ways) == sorted(f"?meeting_place={place.pk}#sessions-group" for place in places)
        assert cost(coordinator, path) <= 30

    def test_its_own_fields_are_saved_and_no_line_is_lost(
        self, coordinator: Client, path: str, season: Season
    ):
        number = season.sessions.count()

        answer = save(coordinator, path, note_fi="Esimerkkiaikoja")

        season.refresh_from_db()
        assert (answer.status_code, season.note_fi) == (302, "Esimerkkiaikoja")
        assert season.sessions.count() == number

    def test_the_lines_of_one_meeting_place_are_changed_and_all_others_stay(
        self, coordinator: Client, path: str, season: Season, places: list[MeetingPlace]
    ):
        chosen = f"{path}?meeting_place={places[7].pk}"
        before = dict(season.sessions.exclude(meeting_place=places[7]).values_list("pk", "ends"))

        answer = save(
            coordinator, chosen, **{"sessions-0-ends": "21", "sessions-1-DELETE": "on", "_continue": "1"}
        )

        assert (answer.status_code, answer["Location"]) == (302, chosen)
        assert lines_shown(coordinator.get(chosen)) == 4
        assert max(places[7].sessions.values_list("ends", flat=True)) == time(21)
        assert dict(season.sessions.exclude(meeting_place=places[7]).values_list("pk", "ends")) == before


def test_a_form_that_was_opened_while_the_timetable_was_short_is_saved_with_its_lines(
    coordinator: Client, place: MeetingPlace, season: Season
):
    SessionFactory(meeting_place=place, season=season)
    path = address("change", season, season.pk)
    values = filled(coordinator.get(path)) | {"sessions-0-ends": ["12.00"]}
    timetable_of(season, 13)

    assert coordinator.post(path, values).status_code == 302
    assert place.sessions.get().ends == time(12)
    assert season.sessions.count() == 66


@pytest.mark.parametrize("typed", ["abc", "0", "9" * 30, "²"])
def test_a_meeting_place_that_is_typed_breaks_nothing(
    coordinator: Client, place: MeetingPlace, season: Season, typed: str
):
    SessionFactory(meeting_place=place, season=season)

    answer = coordinator.get(address("change", season, season.pk), {"meeting_place": typed})

    assert answer.status_code == 200


def row(number: int, place: MeetingPlace, **values: str) -> dict[str, str]:
    """The fields of a row of the timetable: on Mondays at nine, unless `values` say otherwise."""
    said = {"rule": "every", "weekday": "0", "day": "", "starts": "9", "ends": "11"} | values
    return {f"sessions-{number}-{name}": value for name, value in said.items()} | {
        f"sessions-{number}-meeting_place": str(place.pk)
    }


def rows(*sent: dict[str, str]) -> dict[str, str]:
    """Several new rows, as the script of the form adds them."""
    return {name: value for each in sent for name, value in each.items()} | {
        "sessions-TOTAL_FORMS": str(len(sent))
    }


ALREADY = "Tämä kokoontuminen on jo tällä kaudella."


@pytest.mark.parametrize(
    "same",
    [{}, {"rule": "once", "weekday": "", "day": "20.11.2026"}],
    ids=["every week", "on one date"],
)
def test_a_session_that_is_entered_twice_is_refused_beside_the_second_row(
    coordinator: Client, place: MeetingPlace, season: Season, same: dict[str, str]
):
    sent = rows(row(0, place, **same), row(1, place, **same), row(2, place, starts="10"))

    answer = save(coordinator, address("change", Season, season.pk), **sent)

    assert answer.status_code == 400
    assert [beside(answer, f"sessions-{number}-starts") for number in range(3)] == [[], [ALREADY], []]
    assert not season.sessions.exists()


def test_a_row_like_one_that_is_there_is_refused_beside_it(
    coordinator: Client, place: MeetingPlace, season: Season
):
    SessionFactory(meeting_place=place, season=season, weekday=0, starts=time(9), ends=time(10))

    answer = save(coordinator, address("change", Season, season.pk), **row(1, place))

    assert answer.status_code == 400
    assert beside(answer, "sessions-1-starts") == [ALREADY]


def test_a_season_is_not_added_with_a_session_twice(
    coordinator: Client, posio: FamilyCentre, place: MeetingPlace
):
    answer = save(
        coordinator,
        address("add", Season),
        name_fi="Kevät 2027",
        slug="kevat-2027",
        first_day="11.1.2027",
        last_day="28.5.2027",
        **rows(row(0, place), row(1, place)),
    )

    assert (answer.status_code, beside(answer, "sessions-1-starts")) == (400, [ALREADY])


def test_every_week_and_even_weeks_would_stand_on_the_same_days(
    coordinator: Client, place: MeetingPlace, season: Season
):
    answer = save(
        coordinator,
        address("change", Season, season.pk),
        **rows(row(0, place, rule="even"), row(1, place)),
    )

    assert (answer.status_code, beside(answer, "sessions-1-starts")) == (400, [ALREADY])


def test_a_session_whose_place_changes_within_the_season_stands_twice(
    coordinator: Client, place: MeetingPlace, season: Season
):
    SessionFactory(meeting_place=place, season=season, valid_until=date(2026, 10, 15))
    SessionFactory(meeting_place=place, season=season, valid_from=date(2026, 10, 16))

    answer = save(coordinator, address("change", Season, season.pk), note_fi="Lokakuussa muutetaan.")

    assert answer.status_code == 302


def test_rows_that_differ_in_their_week_or_time_stand_beside_each_other(
    coordinator: Client, place: MeetingPlace, season: Season
):
    sent = rows(row(0, place, rule="even"), row(1, place, rule="odd"), row(2, place, starts="10"))

    answer = save(coordinator, address("change", Season, season.pk), **sent)

    assert (answer.status_code, season.sessions.count()) == (302, 3)


@pytest.mark.django_db(transaction=True)
def test_a_session_that_two_enter_at_the_same_moment_is_entered_once(
    desk: Client, place: MeetingPlace, season: Season
):
    def enter() -> object:
        values = row(0, place) | {"season": str(season.pk)}
        return save(
            desk,
            address("add", Session),
            **{name.removeprefix("sessions-0-"): values[name] for name in values},
        )

    answer: Any = while_another(
        lambda: SessionFactory(meeting_place=place, season=season, weekday=0, starts=time(9)), enter
    )

    assert (answer.status_code, beside(answer, "starts")) == (400, [ALREADY])
    assert season.sessions.count() == 1
