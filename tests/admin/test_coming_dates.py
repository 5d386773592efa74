"""The coming dates at the desk: one of them is cancelled, moved, noted, and as usual again."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from icalendar import Calendar
from lxml import html

from centres.languages import FINNISH
from centres.models import FamilyCentre, Membership, Place
from centres.reasons import in_language
from meetingplaces.admin.date_forms import CancelForm
from meetingplaces.models import Session
from meetingplaces.reasons import READY
from tests.admin.forms import address, changed_by, errors, filled
from tests.admin.test_finding import cost
from tests.factories import (
    PASSWORD,
    AreaFactory,
    ClosureFactory,
    ComingFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    MembershipFactory,
    PlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
    UserFactory,
)

COMING = "/en/hallinta/meetingplaces/session/coming/"
TODAY, NEXT_WEEK = date(2026, 11, 18), date(2026, 11, 25)
ILL = in_language(READY[0], FINNISH)


@pytest.fixture
def posio(db: None) -> FamilyCentre:
    return FamilyCentreFactory(slug="posio", municipality_fi="Posio", languages=["fi", "fi-simple", "sv"])


@pytest.fixture
def kahvila(posio: FamilyCentre) -> Session:
    """A family café on Wednesdays from 9.30 to 11.30; tests happen on a Wednesday at ten."""
    place = MeetingPlaceFactory(centre=posio, name_fi="Perhekahvila", slug="kahvila")
    return SessionFactory(meeting_place=place, season=SeasonFactory(centre=posio))


def page_of(way: str, session: Session, day: date = TODAY) -> str:
    return f"/en{address(way, session, session.pk, day.isoformat())}"


def tree(answer: Any) -> Any:
    return html.fromstring(answer.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def shown(client: Client, path: str = COMING) -> dict[str, list[str]]:
    """What each day of the page tells: time, name and place, news; without what can be done."""
    days = tree(client.get(path)).find_class("dates__day")
    return {words(day.find(".//h2")): [words(each[0]) for each in day.find_class("date")] for day in days}


def acts(client: Client, path: str = COMING) -> list[list[str]]:
    """What can be done to each date, as the page calls it."""
    rows = tree(client.get(path)).find_class("date")
    return [[words(act).partition(":")[0] for act in row.find_class("act")] for row in rows]


def send(client: Client, way: str, session: Session, day: date = TODAY, **values: str) -> Any:
    """Opens the page of a date and sends its form as it stands, with `values`."""
    path = page_of(way, session, day)
    return client.post(path, {"seen": seen(client, path)} | values)


def seen(client: Client, path: str) -> str:
    (value, *_same) = tree(client.get(path)).xpath("//input[@name='seen']/@value") or [""]
    return value


def undo(client: Client, session: Session, day: date = TODAY) -> Any:
    """Presses the button beside a date."""
    (form,) = tree(client.get(COMING)).xpath(f"//form[@id='undo-{session.pk}-{day}']")
    return client.post(form.get("action"), dict(form.form_values()))


def said(answer: Any) -> list[str]:
    """The messages that the next page shows."""
    return [words(html.fromstring(str(each))) for each in get_messages(answer.wsgi_request)]


class TestPage:
    def test_it_shows_today_and_two_weeks_on_by_day(self, coordinator: Client, kahvila: Session):
        assert shown(coordinator) == {
            "Today, Wednesday 18 Nov": [f"09:30–11:30 Perhekahvila {kahvila.meeting_place.place.name}"],
            "Wednesday 25 Nov": [f"09:30–11:30 Perhekahvila {kahvila.meeting_place.place.name}"],
            "Wednesday 2 Dec": [f"09:30–11:30 Perhekahvila {kahvila.meeting_place.place.name}"],
        }

    def test_later_weeks_are_a_link_away_and_the_way_back_too(self, coordinator: Client, kahvila: Session):
        def links(path: str) -> list[str]:
            return tree(coordinator.get(path)).xpath("//nav[@class='dates__more']/a/@href")

        assert links(COMING) == ["?from=2026-12-03"]
        assert list(shown(coordinator, f"{COMING}?from=2026-12-03")) == [
            "Wednesday 9 Dec",
            "Wednesday 16 Dec",
        ]
        assert links(f"{COMING}?from=2026-12-03") == ["?from=2026-11-18", "?from=2026-12-18"]

    @pytest.mark.parametrize("day", ["eilen", "2026-11-17", "9999-12-31", "0000-01-01"])
    def test_a_day_that_no_link_asks_for_is_today(self, coordinator: Client, kahvila: Session, day: str):
        assert next(iter(shown(coordinator, f"{COMING}?from={day}"))) == "Today, Wednesday 18 Nov"

    def test_when_nothing_is_on_it_says_so(self, coordinator: Client):
        page = tree(coordinator.get(COMING))

        assert words(page.find_class("dates__none")[0]) == (
            "No meeting place is open from 18 Nov to 2 Dec. To the seasons"
        )

    def test_what_is_different_already_is_told(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila, reason_fi="Ohjaaja on sairas")
        ClosureFactory(
            centre=kahvila.season.centre, first_day=NEXT_WEEK, last_day=NEXT_WEEK, reason_fi="Remontti"
        )
        place = kahvila.meeting_place.place.name

        today, next_week, _later = shown(coordinator).values()

        assert today == [f"09:30–11:30 Perhekahvila {place} Cancelled: Ohjaaja on sairas"]
        assert next_week == [f"09:30–11:30 Perhekahvila {place} Closed: Remontti"]

    def test_it_tells_how_many_families_might_come(self, coordinator: Client, kahvila: Session):
        ComingFactory(session=kahvila, day=NEXT_WEEK, families=3)

        counts = [words(each) for each in tree(coordinator.get(COMING)).find_class("date__families")]

        assert counts == ["3 families might come"]

    def test_each_date_offers_what_can_be_done_to_it(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila)
        SessionChangeFactory(
            session=kahvila, day=NEXT_WEEK, kind="moved", to_day=date(2026, 11, 26), reason_fi="Remontti"
        )
        SessionChangeFactory(session=kahvila, day=date(2026, 11, 27), kind="extra")

        assert acts(coordinator) == [
            ["Move", "Undo"],  # cancelled
            ["Undo"],  # moved away
            ["Cancel", "Move", "Undo", "Add a note"],  # moved here
            ["Cancel", "Remove", "Add a note"],  # extra
            ["Cancel", "Move", "Add a note"],  # as usual
        ]

    def test_what_families_do_not_see_is_not_there(self, coordinator: Client, kahvila: Session):
        kahvila.meeting_place.status = "draft"
        kahvila.meeting_place.save()

        assert shown(coordinator) == {}

    def test_it_costs_the_same_with_many_sessions(self, coordinator: Client, kahvila: Session):
        one = cost(coordinator, COMING)
        for hour in range(12, 20):
            session = SessionFactory(
                meeting_place=MeetingPlaceFactory(centre=kahvila.season.centre),
                season=kahvila.season,
                starts=time(hour),
                ends=time(hour + 1),
            )
            SessionChangeFactory(session=session, place=PlaceFactory())
            ComingFactory(session=session)

        assert cost(coordinator, COMING) == one <= 15


class TestCancel:
    def test_a_tap_on_a_reason_is_all(self, coordinator: Client, kahvila: Session):
        (button, *_others) = tree(coordinator.get(page_of("cancel", kahvila))).xpath(
            "//button[@name='reason_fi']"
        )

        answer = send(coordinator, "cancel", kahvila, reason_fi=button.get("value"))

        change = kahvila.changes.get()
        assert (answer.status_code, change.kind, change.day, change.reason_fi) == (
            302,
            "cancelled",
            TODAY,
            ILL,
        )

    def test_a_ready_reason_is_there_in_every_language_of_the_centre(
        self, coordinator: Client, kahvila: Session
    ):
        send(coordinator, "cancel", kahvila, reason_fi=ILL)

        change = kahvila.changes.get()
        assert {
            code: getattr(change, f"reason_{code}") or "" for code in ("fi_simple", "sv", "en", "se")
        } == {
            "fi_simple": in_language(READY[0], "fi-simple"),
            "sv": in_language(READY[0], "sv"),
            "en": "",  # the centre does not publish in it
            "se": "",
        }

    def test_a_reason_of_ones_own_is_in_finnish(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila, reason_fi="Vanha", reason_sv="Gammal")

        send(coordinator, "cancel", kahvila, reason_fi="Putki on rikki")

        change = kahvila.changes.get()
        assert (change.reason_fi, change.reason_sv) == ("Putki on rikki", "")

    def test_without_a_reason_nothing_is_cancelled(self, coordinator: Client, kahvila: Session):
        answer = send(coordinator, "cancel", kahvila, reason_fi="")

        assert (answer.status_code, errors(answer)) == (400, ["Write the reason: families read it."])
        assert not kahvila.changes.exists()

    def test_it_says_what_was_done_and_where_families_see_it(self, coordinator: Client, kahvila: Session):
        answer = send(coordinator, "cancel", kahvila, reason_fi="Putki on rikki")

        (told,) = said(answer)
        assert told == (
            "Perhekahvila, Wed 18 Nov 09:30–11:30: Cancelled: Putki on rikki. Families see it at once. "
            "Look at the page Undo: Perhekahvila, Wed 18 Nov"
        )
        page = coordinator.get(answer["Location"])
        (look,) = tree(page).xpath("//ul[@class='messagelist']//a/@href")
        (form_of_undo,) = tree(page).xpath("//ul[@class='messagelist']//button/@form")
        assert look == "/en/posio/meeting-places/week/2026-W47/#day-3"
        assert len(tree(page).xpath(f"//form[@id='{form_of_undo}']")) == 1

    def test_what_was_done_is_the_first_thing_that_is_read(self, coordinator: Client, kahvila: Session):
        answer = send(coordinator, "cancel", kahvila, reason_fi="Putki on rikki")

        page = tree(coordinator.get(answer["Location"]))
        told = "Perhekahvila, Wed 18 Nov 09:30–11:30: Cancelled: Putki on rikki."
        assert page.findtext(".//title").startswith(told)
        assert words(page.xpath("//*[@role='status']")[0]).startswith(told)
        (button,) = page.xpath(f"//form[@id='undo-{kahvila.pk}-{TODAY}']/button")
        assert words(page.get_element_by_id(button.get("aria-describedby"))) == "Today, Wednesday 18 Nov"

    def test_the_page_says_which_date_it_is_about(self, coordinator: Client, kahvila: Session):
        page = tree(coordinator.get(page_of("cancel", kahvila)))
        wrong = tree(send(coordinator, "cancel", kahvila, reason_fi=""))

        which = "Cancel a date: Perhekahvila, Wed 18 Nov"
        assert words(page.find(".//h1")) == which
        assert page.findtext(".//title").startswith(which)
        assert wrong.findtext(".//title").startswith(f"Error: {which}")
        assert words(page.xpath("//button[@name='reason_fi']")[0]) == "Cancel: The instructor is ill"

    def test_a_note_on_the_date_stays(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila, kind="noted", note_fi="Terveydenhoitaja käy")

        send(coordinator, "cancel", kahvila, reason_fi=ILL)

        change = kahvila.changes.get()
        assert (change.kind, change.note_fi) == ("cancelled", "Terveydenhoitaja käy")

    def test_a_moved_date_can_be_cancelled_after_all(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila, kind="moved", to_day=NEXT_WEEK, starts=time(14))

        send(coordinator, "cancel", kahvila, reason_fi=ILL)

        change = kahvila.changes.get()
        assert (change.kind, change.to_day, change.starts) == ("cancelled", NEXT_WEEK, time(14))
        today, next_week, _later = shown(coordinator).values()
        assert f"Cancelled: {ILL}" in today[0]
        assert f"Cancelled: {ILL}" in next_week[1]

    def test_an_extra_date_can_be_cancelled_with_a_reason(self, coordinator: Client, kahvila: Session):
        day = date(2026, 11, 27)
        SessionChangeFactory(session=kahvila, day=day, kind="extra", starts=time(14))

        answer = send(coordinator, "cancel", kahvila, day, reason_fi=ILL)

        assert said(answer)[0].startswith(f"Perhekahvila, Fri 27 Nov 14:00–16:00: Cancelled: {ILL}.")
        assert acts(coordinator)[2] == ["Undo"]

    def test_it_is_written_into_the_history(self, coordinator: Client, kahvila: Session):
        send(coordinator, "cancel", kahvila, reason_fi=ILL)

        by = changed_by(kahvila.meeting_place)
        assert [user and user.is_staff for user in by] == [True, None]


class TestMove:
    def test_to_another_day_time_and_place(self, coordinator: Client, kahvila: Session):
        hall = PlaceFactory(name_fi="Sali")

        answer = send(
            coordinator,
            "move",
            kahvila,
            to_day="2026-11-19",
            starts="13",
            ends="",
            place=str(hall.pk),
            reason_fi="Remontti",
        )

        change = kahvila.changes.get()
        assert (change.kind, change.to_day, change.starts, change.ends, change.place, change.reason_fi) == (
            *("moved", date(2026, 11, 19), time(13), None, hall, "Remontti"),
        )
        assert said(answer)[0].startswith(
            "Perhekahvila, Wed 18 Nov 09:30–11:30: Moved to Thu 19 Nov: Remontti."
        )

    def test_nobody_is_sent_elsewhere_without_a_reason(self, coordinator: Client, kahvila: Session):
        answer = send(coordinator, "move", kahvila, to_day="2026-11-19")

        assert (answer.status_code, errors(answer)) == (
            400,
            ["Tell families why, for example: the instructor is ill."],
        )
        assert not kahvila.changes.exists()

    def test_a_ready_reason_moves_it_with_one_tap(self, coordinator: Client, kahvila: Session):
        path = page_of("move", kahvila)
        (form,) = tree(coordinator.get(path)).find_class("one-date__form")
        usual, *buttons = form.xpath(".//button")
        pressed = buttons[0].get("value")

        # A browser sends the empty box too, before the button that was pressed.
        fields = {"seen": "", "to_day": "2026-11-19", "starts": "", "ends": "", "place": ""}
        coordinator.post(path, fields | {"reason_fi": ["", pressed]})

        assert usual.get("name") is None  # what Enter presses
        assert [each.get("name") for each in buttons] == ["reason_fi"] * len(READY)
        assert kahvila.changes.get().reason_fi == ILL

    def test_what_is_as_usual_is_not_said(self, coordinator: Client, kahvila: Session):
        usual = kahvila.meeting_place.place
        send(
            coordinator,
            "move",
            kahvila,
            to_day=TODAY.isoformat(),
            starts="9.30",
            ends="12",
            place=str(usual.pk),
            reason_fi=ILL,
        )

        change = kahvila.changes.get()
        assert (change.to_day, change.starts, change.ends, change.place) == (None, None, time(12), None)

    def test_a_move_that_moves_nothing_is_refused(self, coordinator: Client, kahvila: Session):
        answer = send(coordinator, "move", kahvila, to_day=TODAY.isoformat(), reason_fi=ILL)

        assert answer.status_code == 400
        assert words(tree(answer).find_class("one-date__wrong")[0]) == "Give the new date, time or place."
        assert not kahvila.changes.exists()

    def test_it_cannot_end_before_it_starts(self, coordinator: Client, kahvila: Session):
        answer = send(coordinator, "move", kahvila, ends="9", reason_fi=ILL)

        assert (answer.status_code, errors(answer)) == (400, ["It cannot end before it starts."])

    def test_only_places_that_the_centre_may_use_are_offered(
        self, coordinator: Client, kahvila: Session, posio: FamilyCentre
    ):
        shared, own = PlaceFactory(), PlaceFactory(home=posio)
        others = PlaceFactory(home=FamilyCentreFactory())

        path = page_of("move", kahvila)
        offered = set(tree(coordinator.get(path)).xpath("//select[@name='place']/option/@value"))

        assert {str(shared.pk), str(own.pk)} <= offered
        assert str(others.pk) not in offered

    def test_where_there_is_no_place_to_choose_one_can_be_added(self, coordinator: Client, kahvila: Session):
        def ways() -> list[str]:
            found = tree(coordinator.get(page_of("move", kahvila))).xpath(
                "//form[@class='one-date__form']//a/@href"
            )
            return [way for way in found if "add" in way]

        meeting_place = kahvila.meeting_place
        assert ways() == []
        meeting_place.place, old = None, meeting_place.place
        meeting_place.save()
        old.delete()
        assert ways() == [f"/en{address('add', Place)}"]

    def test_a_closed_date_can_be_held_on_another(self, coordinator: Client, kahvila: Session):
        ClosureFactory(centre=kahvila.season.centre, first_day=TODAY, last_day=TODAY)

        send(coordinator, "move", kahvila, to_day="2026-11-19", reason_fi=ILL)

        assert "Thursday 19 Nov" in shown(coordinator)

    def test_a_sentence_has_one_full_stop(self, coordinator: Client, kahvila: Session):
        answer = send(coordinator, "cancel", kahvila, reason_fi="Putki on rikki.")

        assert "rikki. Families" in said(answer)[0]

    def test_what_is_in_the_new_place_at_that_time_is_told(
        self, coordinator: Client, kahvila: Session, posio: FamilyCentre
    ):
        hall = PlaceFactory(name_fi="Sali")
        club = MeetingPlaceFactory(centre=posio, name_fi="Kerho", place=hall)
        SessionFactory(
            meeting_place=club,
            season=kahvila.season,
            starts=time(11),
            ends=time(12),
            kind="closed",
            how_to_join_fi="Soita.",
        )
        SessionFactory(meeting_place=club, season=kahvila.season, starts=time(12), ends=time(13))

        answer = send(coordinator, "move", kahvila, place=str(hall.pk), reason_fi=ILL)

        assert said(answer)[1:] == ["In the same place at the same time on Wed 18 Nov: Kerho 11:00–12:00."]

    def test_a_place_that_is_free_then_is_no_news(
        self, coordinator: Client, kahvila: Session, posio: FamilyCentre
    ):
        club = MeetingPlaceFactory(centre=posio, place=PlaceFactory())
        SessionFactory(meeting_place=club, season=kahvila.season)

        answer = send(coordinator, "move", kahvila, to_day="2026-11-19", reason_fi=ILL)

        assert len(said(answer)) == 1


class TestNote:
    def test_who_visits_is_told_and_all_else_is_as_usual(self, coordinator: Client, kahvila: Session):
        answer = send(coordinator, "note", kahvila, note_fi="Terveydenhoitaja käy")

        change = kahvila.changes.get()
        assert (change.kind, change.note_fi) == ("noted", "Terveydenhoitaja käy")
        assert said(answer)[0].startswith("Perhekahvila, Wed 18 Nov 09:30–11:30: Terveydenhoitaja käy.")

    def test_a_note_on_a_moved_date_leaves_it_moved(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila, kind="moved", starts=time(10))

        send(coordinator, "note", kahvila, note_fi="Terveydenhoitaja käy")

        change = kahvila.changes.get()
        assert (change.kind, change.starts, change.note_fi) == ("moved", time(10), "Terveydenhoitaja käy")


class TestUndo:
    def test_the_date_is_as_usual_again(self, coordinator: Client, kahvila: Session):
        send(coordinator, "cancel", kahvila, reason_fi=ILL)

        answer = undo(coordinator, kahvila)

        assert not kahvila.changes.exists()
        assert said(answer)[-1] == (
            "Perhekahvila, Wed 18 Nov 09:30–11:30: as usual. Families see it at once. Look at the page"
        )
        assert len(changed_by(kahvila.meeting_place)) == 3

    def test_a_note_outlives_it(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila, reason_fi="Sairas", note_fi="Terveydenhoitaja käy")

        undo(coordinator, kahvila)

        change = kahvila.changes.get()
        assert (change.kind, change.reason_fi, change.note_fi) == ("noted", "", "Terveydenhoitaja käy")

    def test_an_extra_date_is_gone(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila, day=date(2026, 11, 27), kind="extra")

        answer = undo(coordinator, kahvila, date(2026, 11, 27))

        assert not kahvila.changes.exists()
        assert "not held" in said(answer)[0]

    @pytest.mark.parametrize(
        ("kind", "day", "to_day"),
        [("moved", TODAY, date(2026, 11, 20)), ("extra", date(2026, 11, 20), None)],
    )
    def test_what_was_moved_or_extra_before_it_was_cancelled_is_so_again(
        self, coordinator: Client, kahvila: Session, kind: str, day: date, to_day: date | None
    ):
        SessionChangeFactory(
            reason_fi="", session=kahvila, day=day, kind=kind, to_day=to_day, starts=time(14)
        )
        before = shown(coordinator)
        send(coordinator, "cancel", kahvila, day, reason_fi=ILL)

        undo(coordinator, kahvila, day)

        change = kahvila.changes.get()
        assert (change.kind, change.to_day, change.starts, change.reason) == (kind, to_day, time(14), "")
        assert shown(coordinator) == before

    def test_it_is_not_done_by_following_a_link(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila)

        assert coordinator.get(page_of("undo", kahvila)).status_code == 405
        assert kahvila.changes.exists()

    def test_twice_is_once(self, coordinator: Client, kahvila: Session):
        path = page_of("undo", kahvila)

        assert coordinator.post(path, {"seen": ""}).status_code == 302
        assert not kahvila.changes.exists()


class TestTwoAtOnce:
    def test_what_somebody_else_said_meanwhile_is_not_overwritten(
        self, coordinator: Client, kahvila: Session
    ):
        path = page_of("cancel", kahvila)
        opened = seen(coordinator, path)
        SessionChangeFactory(session=kahvila, kind="moved", starts=time(13), reason_fi="Remontti")

        answer = coordinator.post(path, {"seen": opened, "reason_fi": "Putki on rikki"})

        assert answer.status_code == 409
        assert words(tree(answer).find_class("one-date__wrong")[0]) == (
            "Somebody else has changed this date meanwhile. Nothing of yours is saved yet. "
            "Now it says: Another time than usual: Remontti."
        )
        assert kahvila.changes.get().kind == "moved"

    def test_what_was_typed_is_kept_and_a_second_press_says_it(self, coordinator: Client, kahvila: Session):
        path = page_of("cancel", kahvila)
        SessionChangeFactory(session=kahvila, kind="noted", note_fi="Terveydenhoitaja käy")
        answer = coordinator.post(path, {"seen": "", "reason_fi": "Putki on rikki"})
        (typed,) = tree(answer).xpath("//input[@name='reason_fi']/@value")
        (opened, *_same) = tree(answer).xpath("//input[@name='seen']/@value")

        coordinator.post(path, {"seen": opened, "reason_fi": typed})

        change = kahvila.changes.get()
        assert (change.kind, change.reason_fi, change.note_fi) == (
            *("cancelled", "Putki on rikki", "Terveydenhoitaja käy"),
        )

    def test_what_was_changed_meanwhile_is_not_undone_unseen(self, coordinator: Client, kahvila: Session):
        SessionChangeFactory(session=kahvila)

        answer = coordinator.post(page_of("undo", kahvila), {"seen": "2026-11-01T10:00:00+00:00"})

        assert said(answer) == [
            "Somebody else has changed this date meanwhile. Look at it first: nothing was done."
        ]
        assert kahvila.changes.exists()


class TestAddresses:
    @pytest.mark.parametrize("way", ["cancel", "move", "note"])
    def test_a_date_on_which_it_is_not_held_is_refused_with_the_nearest_ones(
        self, coordinator: Client, kahvila: Session, way: str
    ):
        for sent in (coordinator.get, coordinator.post):
            answer = sent(page_of(way, kahvila, date(2026, 11, 19)), {"reason_fi": ILL, "note_fi": "x"})

            assert answer.status_code == 302
            assert said(answer)[-1] == (
                "The session is not held on this date. The nearest dates are 18.11.2026 and 25.11.2026."
            )
        assert not kahvila.changes.exists()

    @pytest.fixture
    def left_behind(self, kahvila: Session) -> Session:
        """Moved in time on a date that its rule, changed behind the desk's back, no longer gives."""
        SessionChangeFactory(session=kahvila, day=NEXT_WEEK, kind="moved", starts=time(13))
        Session.objects.filter(pk=kahvila.pk).update(weekday=3)
        return Session.objects.get()

    @pytest.mark.parametrize("way", ["cancel", "move", "note"])
    def test_a_moved_date_that_the_rule_has_left_behind_is_not_changed_further(
        self, coordinator: Client, left_behind: Session, way: str
    ):
        for sent in (coordinator.get, coordinator.post):
            answer = sent(page_of(way, left_behind, NEXT_WEEK), {"reason_fi": ILL, "note_fi": "x"})

            assert answer.status_code == 302
            assert said(answer)[-1] == (
                "The session is not held on this date. The nearest dates are 19.11.2026 and 26.11.2026."
            )
        assert left_behind.changes.get().kind == "moved"

    def test_what_the_model_says_of_a_column_that_is_not_on_the_form_is_said_above_it(
        self, left_behind: Session
    ):
        form = CancelForm({"reason_fi": ILL}, instance=left_behind.changes.get())

        assert form.non_field_errors() == [
            "Tänä päivänä ei ole kokoontumista. Lähimmät päivät ovat 19.11.2026 ja 26.11.2026."
        ]

    @pytest.mark.parametrize("way", ["cancel", "move"])
    def test_an_extra_date_that_is_typed_breaks_nothing(
        self, coordinator: Client, kahvila: Session, way: str
    ):
        SessionChangeFactory(session=kahvila, day=date(2026, 11, 27), kind="extra")

        answer = coordinator.post(
            page_of(way, kahvila, date(2026, 11, 27)), {"seen": "", "reason_fi": ILL, "starts": "13"}
        )

        assert answer.status_code < 500

    @pytest.mark.parametrize("day", ["eilen", "2026-02-30", "9999-12-31", "0001-01-01"])
    def test_what_is_no_date_is_not_found(self, coordinator: Client, kahvila: Session, day: str):
        path = page_of("cancel", kahvila).replace("2026-11-18", day)

        assert coordinator.get(path).status_code == 404

    @pytest.mark.parametrize("key", ["abc", "9" * 23, "²", "0"])
    def test_what_is_no_session_leads_to_the_desk(self, coordinator: Client, kahvila: Session, key: str):
        path = f"/hallinta/meetingplaces/session/{key}/dates/2026-11-18/cancel/"

        assert coordinator.get(path).status_code == 302


class TestScope:
    @pytest.fixture
    def others(self, db: None) -> Session:
        """A session of Rovaniemi's."""
        return SessionFactory(meeting_place__centre=FamilyCentreFactory(slug="rovaniemi"))

    @pytest.mark.parametrize("way", ["cancel", "move", "note", "undo"])
    def test_another_centres_session_is_opened_and_changed_by_no_address(
        self, coordinator: Client, others: Session, way: str
    ):
        SessionChangeFactory(session=others, day=NEXT_WEEK)

        for day in (TODAY, NEXT_WEEK):
            path, values = page_of(way, others, day), {"seen": "", "reason_fi": ILL, "note_fi": "Ei"}
            assert [coordinator.get(path).status_code, coordinator.post(path, values).status_code] in (
                [302, 302],
                [405, 302],
            )
        assert [change.day for change in others.changes.all()] == [NEXT_WEEK]

    def test_the_list_is_of_ones_own_centre_alone(
        self, coordinator: Client, kahvila: Session, others: Session
    ):
        page = coordinator.get(f"{COMING}?centre=rovaniemi").content.decode()

        assert "Perhekahvila" in page
        assert others.meeting_place.name not in page

    def test_whoever_keeps_several_chooses_among_them(self, kahvila: Session, others: Session):
        area = AreaFactory()
        for session in (kahvila, others):
            session.meeting_place.centre.area = area
            session.meeting_place.centre.save()
        user = UserFactory(is_staff=True)
        MembershipFactory(user=user, area=area, centre=None, role=Membership.Role.AREA_COORDINATOR)
        client = Client()
        client.force_login(user)

        choices = tree(client.get(COMING)).xpath("//ul[@class='dates__centres']//a/@href")

        assert sorted(choices) == ["?centre=posio", "?centre=rovaniemi"]
        assert others.meeting_place.name in client.get(f"{COMING}?centre=rovaniemi").content.decode()

    def test_whoever_may_only_read_changes_nothing(self, client: Client, kahvila: Session):
        reader = UserFactory(is_staff=True)
        reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
        assert client.login(username=reader.email, password=PASSWORD)

        assert client.get(COMING).status_code == 403
        assert client.post(page_of("cancel", kahvila), {"reason_fi": ILL}).status_code in (302, 403)
        assert not kahvila.changes.exists()

    def test_a_form_of_another_site_is_refused(self, coordinator: Client, kahvila: Session):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = coordinator.cookies

        answer = strict.post(page_of("cancel", kahvila), {"seen": "", "reason_fi": ILL})

        assert answer.status_code == 403
        assert not kahvila.changes.exists()


class TestTheWayThere:
    def test_it_is_the_first_door_of_the_desk(self, coordinator: Client):
        page = tree(coordinator.get("/en/hallinta/"))

        assert page.xpath("//a[@class='door']/@href")[0] == COMING

    def test_the_form_of_a_session_leads_to_its_changes_and_to_its_page(
        self, coordinator: Client, kahvila: Session
    ):
        page = tree(coordinator.get(f"/en{address('change', kahvila, kahvila.pk)}"))

        assert page.xpath("//ul[@class='parts-of-form']//a/@href") == ["#changes-group"]
        assert page.xpath("//a[@class='viewsitelink']/@href") == ["/en/posio/meeting-places/kahvila/"]

    @pytest.mark.parametrize(
        ("first_day", "last_day", "week"),
        [
            (date(2026, 8, 10), date(2026, 12, 18), "2026-W47"),
            (date(2027, 1, 11), date(2027, 5, 28), "2027-W02"),
            (date(2026, 1, 7), date(2026, 5, 29), "2026-W22"),
        ],
    )
    def test_a_season_leads_to_a_week_of_it(
        self, coordinator: Client, posio: FamilyCentre, first_day: date, last_day: date, week: str
    ):
        season = SeasonFactory(centre=posio, first_day=first_day, last_day=last_day)
        path = f"/en{address('change', season, season.pk)}"

        assert tree(coordinator.get(path)).xpath("//a[@class='viewsitelink']/@href") == [
            f"/en/posio/meeting-places/week/{week}/"
        ]
        answer = coordinator.post(path, filled(coordinator.get(path)) | {"_save": "1"})
        assert "Look at the page" in said(answer)

    def test_a_meeting_place_leads_to_its_page(self, coordinator: Client, kahvila: Session):
        row = kahvila.meeting_place
        page = tree(coordinator.get(f"/en{address('change', row, row.pk)}"))

        assert page.xpath("//a[@class='viewsitelink']/@href") == ["/en/posio/meeting-places/kahvila/"]


def cancelled(feed: bytes) -> Iterator[date]:
    for event in Calendar.from_ical(feed).walk("VEVENT"):
        if event.get("STATUS") == "CANCELLED":
            yield event["DTSTART"].dt.date()


def test_what_is_cancelled_at_the_desk_is_off_on_the_week_the_front_page_and_the_feed(
    coordinator: Client, client: Client, kahvila: Session
):
    def heading() -> str:
        return words(tree(client.get("/posio/")).xpath("//h2[@id='open-day']")[0])

    assert heading() == "Tänään avoinna olevat kohtaamispaikat"

    send(coordinator, "cancel", kahvila, reason_fi="Putki on rikki")

    (slot,) = tree(client.get("/posio/kohtaamispaikat/")).find_class("slot--off")
    assert "Peruttu: Putki on rikki" in words(slot)
    assert heading() == "Seuraavat kohtaamispaikat: ke 25.11."
    assert list(cancelled(client.get("/posio/kohtaamispaikat/calendar.ics").content)) == [TODAY]


def test_the_pages_are_of_the_desk(client: Client, db: None):
    assert client.get(COMING).status_code == 302
