"""The form of a session: what it is, its times, and what is said after it was saved."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from lxml import html

from centres.models import FamilyCentre
from meetingplaces.models import Season, Session
from tests.admin.forms import address, beside, filled, save
from tests.admin.test_coming_dates import said
from tests.factories import (
    ClosureFactory,
    MeetingPlaceFactory,
    PlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
)

INDEPENDENCE_DAY = date(2026, 12, 6)


@pytest.fixture
def season(posio: FamilyCentre) -> Season:
    return SeasonFactory(centre=posio)


@pytest.fixture
def kahvila(posio: FamilyCentre, season: Season) -> Session:
    """A family café on Wednesdays from 9.30 to 11.30."""
    return SessionFactory(
        meeting_place=MeetingPlaceFactory(centre=posio, name_fi="Perhekahvila", place=PlaceFactory()),
        season=season,
    )


def on(day: date, session: Session, **values: Any) -> Session:
    """A theme day in the meeting place of `session`."""
    once = {"rule": "once", "weekday": None, "day": day, "kind": "theme"}
    return SessionFactory(meeting_place=session.meeting_place, season=session.season, **once | values)


def saved(client: Client, session: Session, **changes: str) -> Any:
    return save(client, f"/en{address('change', session, session.pk)}", **changes)


def warnings(answer: Any) -> list[str]:
    """What is said beside that it was saved, and where families see it."""
    return said(answer)[2:]


def change_row(number: int, **values: str) -> dict[str, str]:
    return {f"changes-{number}-{name}": value for name, value in values.items()}


class TestForm:
    def test_what_a_session_is_stands_beside_when_it_is(self, coordinator: Client, kahvila: Session):
        page = html.fromstring(coordinator.get(address("add", Session)).content.decode())

        names = page.xpath("//div[@id='content-main']//form//*[self::input or self::select]/@name")
        assert names.index("season") < names.index("kind") < names.index("rule") < names.index("title_fi")
        assert not page.xpath("//*[contains(@class, 'collapse')]")

    @pytest.mark.parametrize("typed", ["14", "14.00", "14:00", "1400", "klo 14", "Klo 14.00", "kello 14"])
    def test_a_time_is_taken_as_it_is_written(self, coordinator: Client, kahvila: Session, typed: str):
        assert saved(coordinator, kahvila, starts=typed, ends="15").status_code == 302
        kahvila.refresh_from_db()
        assert kahvila.starts == time(14)

    @pytest.mark.parametrize("typed", ["930", "9.30", "0930"])
    def test_figures_alone_end_with_the_minutes(self, coordinator: Client, kahvila: Session, typed: str):
        saved(coordinator, kahvila, starts=typed, ends="1030")
        kahvila.refresh_from_db()
        assert (kahvila.starts, kahvila.ends) == (time(9, 30), time(10, 30))

    @pytest.mark.parametrize("typed", ["25", "1470", "aamulla", "14000"])
    def test_what_is_no_time_is_refused(self, coordinator: Client, kahvila: Session, typed: str):
        assert beside(saved(coordinator, kahvila, starts=typed), "starts") == [
            "Write the time like this: 9.00."
        ]


class TestChangesOfDates:
    def test_a_date_twice_is_refused_beside_the_second(self, coordinator: Client, kahvila: Session):
        sent = {"kind": "cancelled", "day": "25.11.2026", "reason_fi": "Remontti"}

        answer = saved(
            coordinator,
            kahvila,
            **{"changes-TOTAL_FORMS": "2"} | change_row(0, **sent) | change_row(1, **sent),
        )

        already = ["This date of the session has a change already."]
        assert [beside(answer, f"changes-{number}-day") for number in (0, 1)] == [[], already]
        assert not kahvila.changes.exists()

    @pytest.mark.parametrize("kind", [{"kind": "cancelled"}, {"kind": "moved", "starts": "13"}])
    def test_families_are_told_why(self, coordinator: Client, kahvila: Session, kind: dict[str, str]):
        sent = change_row(0, day="25.11.2026", **kind)

        answer = saved(coordinator, kahvila, **{"changes-TOTAL_FORMS": "1"} | sent)

        assert beside(answer, "changes-0-reason_fi") == [
            "Tell families why, for example: the instructor is ill."
        ]


class TestCrossedOut:
    """A date that families see crossed out at once, which nobody would notice at the desk."""

    def test_a_theme_day_on_a_public_holiday(self, coordinator: Client, kahvila: Session):
        (told,) = warnings(saved(coordinator, on(INDEPENDENCE_DAY, kahvila), starts="10"))

        assert told == (
            "Sun 6 Dec is Independence Day: families see that this is not held. If it is, choose “held on public "
            "holidays”."
        )

    @pytest.mark.parametrize(
        ("is_school_holiday", "what_to_do"),
        [
            (True, "If it is, take the tick away from “off on school holidays”."),
            (False, "Choose another date, or change the closure."),
        ],
    )
    def test_a_theme_day_in_a_closure(
        self, coordinator: Client, kahvila: Session, is_school_holiday: bool, what_to_do: str
    ):
        day = date(2026, 12, 1)
        ClosureFactory(
            centre=kahvila.season.centre,
            first_day=day,
            last_day=day,
            reason_fi="Remontti",
            school_holiday=is_school_holiday,
        )

        (told,) = warnings(saved(coordinator, on(day, kahvila)))

        assert told == f"Tue 1 Dec is closed (Remontti): families see that this is not held. {what_to_do}"

    def test_one_that_is_held_all_the_same_is_no_news(self, coordinator: Client, kahvila: Session):
        day = on(INDEPENDENCE_DAY, kahvila, on_public_holidays=True)

        assert warnings(saved(coordinator, day)) == []

    def test_one_that_somebody_has_called_off_is_no_news(self, coordinator: Client, kahvila: Session):
        day = on(INDEPENDENCE_DAY, kahvila)
        SessionChangeFactory(session=day, day=day.day)

        assert warnings(saved(coordinator, day)) == []

    def test_one_entered_in_the_form_of_a_season(self, coordinator: Client, kahvila: Session, season: Season):
        sent = {"rule": "once", "weekday": "", "day": "6.12.2026", "starts": "10", "ends": "11"}
        row = {"meeting_place": str(kahvila.meeting_place_id)} | sent

        answer = save(
            coordinator,
            f"/en{address('change', season, season.pk)}",
            **{f"sessions-1-{name}": value for name, value in row.items()},
        )

        assert any("Independence Day" in words for words in said(answer))


class TestClashes:
    @pytest.fixture
    def club(self, kahvila: Session) -> Session:
        """A club that has the hall after the café."""
        club = MeetingPlaceFactory(
            centre=kahvila.season.centre, name_fi="Kerho", place=kahvila.meeting_place.place
        )
        return SessionFactory(
            meeting_place=club,
            season=kahvila.season,
            starts=time(11, 30),
            ends=time(13),
            kind="closed",
            how_to_join_fi="Soita.",
        )

    def test_what_is_in_the_place_on_the_next_date_is_told(
        self, coordinator: Client, kahvila: Session, club: Session
    ):
        assert warnings(saved(coordinator, kahvila, ends="12")) == [
            "In the same place at the same time on Wed 18 Nov: Kerho 11:30–13:00."
        ]

    def test_two_that_follow_each_other_do_not_meet(
        self, coordinator: Client, kahvila: Session, club: Session
    ):
        assert warnings(saved(coordinator, kahvila)) == []

    def test_a_date_that_is_moved_on_to_another(self, coordinator: Client, kahvila: Session, club: Session):
        sent = change_row(0, kind="moved", day="25.11.2026", starts="12", reason_fi="Remontti")

        answer = saved(coordinator, kahvila, **{"changes-TOTAL_FORMS": "1"} | sent)

        assert warnings(answer) == ["In the same place at the same time on Wed 25 Nov: Kerho 11:30–13:00."]


class TestDeleted:
    def test_the_history_of_its_meeting_place_brings_it_back(self, coordinator: Client, kahvila: Session):
        saved(coordinator, kahvila)
        path = f"/en{address('delete', kahvila, kahvila.pk)}"
        history = f"/en{address('history', kahvila.meeting_place, kahvila.meeting_place_id)}"

        page = html.fromstring(coordinator.get(path).content.decode())
        assert history in page.xpath("//div[@id='content']//p/a/@href")
        answer = coordinator.post(path, {"post": "yes"})
        assert "If that was a mistake, nothing is lost. Bring it back from the history" in said(answer)

        told = html.fromstring(coordinator.get(history).content.decode())
        (way_back, *_older) = told.xpath("//a[contains(@class, 'history__back')]/@href")
        coordinator.post(way_back, filled(coordinator.get(way_back)))
        assert Session.objects.get().starts == time(9, 30)
