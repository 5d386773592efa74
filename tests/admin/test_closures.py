"""Closures at the desk: what they close, and what is held on their days all the same."""

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from lxml import html

from centres.models import FamilyCentre
from meetingplaces.models import Closure, Session
from tests.admin.forms import address, beside, filled, save
from tests.factories import (
    ClosureFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
)

ADD = f"/en{address('add', Closure)}"
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
WEEK_48 = {"first_day": "23.11.2026", "last_day": "29.11.2026", "reason_fi": "Remontti"}


@pytest.fixture
def kahvila(posio: FamilyCentre) -> Session:
    """A family café on Wednesdays; tests happen on one."""
    place = MeetingPlaceFactory(centre=posio, name_fi="Perhekahvila")
    return SessionFactory(meeting_place=place, season=SeasonFactory(centre=posio))


@pytest.fixture
def moved(kahvila: Session) -> Session:
    """From today to the Thursday of next week."""
    SessionChangeFactory(session=kahvila, kind="moved", to_day=THURSDAY)
    return kahvila


def close(client: Client, **values: str) -> Any:
    return save(client, ADD, **(WEEK_48 | values))


def told(answer: Any) -> list[str]:
    return [html.fromstring(str(each)).text_content() for each in get_messages(answer.wsgi_request)]


def links(answer: Any) -> list[str]:
    page = html.fromstring(answer.content.decode())
    return page.xpath("//ul[@id='id_held_anyway_error']//a/@href")


def box(answer: Any) -> str:
    (field,) = html.fromstring(answer.content.decode()).xpath("//input[@name='held_anyway']")
    return field.get("type")


def test_what_was_moved_to_its_days_is_asked_about_once(coordinator: Client, moved: Session):
    answer = close(coordinator)

    (question,) = beside(answer, "held_anyway")
    assert (answer.status_code, box(answer), Closure.objects.count()) == (400, "checkbox", 0)
    assert "Perhekahvila Thu 26 Nov" in question
    assert links(answer) == [f"/en{address('cancel', moved, moved.pk, '2026-11-18')}"]

    sent = filled(answer) | {"held_anyway": ["on"]}
    assert coordinator.post(ADD, sent).status_code == 302
    assert Closure.objects.count() == 1


def test_an_extra_date_is_asked_about_too(coordinator: Client, kahvila: Session):
    SessionChangeFactory(session=kahvila, day=FRIDAY, kind="extra")

    assert links(close(coordinator)) == [f"/en{address('cancel', kahvila, kahvila.pk, '2026-11-27')}"]


@pytest.mark.parametrize(
    "values",
    [
        {"first_day": "27.11.2026"},
        {"first_day": "1.11.2026", "last_day": "17.11.2026"},
    ],
    ids=["other days", "days gone by"],
)
def test_what_is_on_other_days_is_not_asked_about(
    coordinator: Client, moved: Session, values: dict[str, str]
):
    SessionChangeFactory(session=moved, day=date(2026, 11, 6), kind="extra")

    assert close(coordinator, **values).status_code == 302


def test_a_school_holiday_asks_about_what_follows_the_schools_alone(coordinator: Client, moved: Session):
    Session.objects.update(follows_schools=False)

    assert close(coordinator, school_holiday="on").status_code == 302
    assert close(coordinator).status_code == 400


def test_a_closure_of_one_meeting_place_asks_about_that_alone(
    coordinator: Client, moved: Session, posio: FamilyCentre
):
    other = MeetingPlaceFactory(centre=posio)

    assert close(coordinator, meeting_place=str(other.pk)).status_code == 302
    assert close(coordinator, meeting_place=str(moved.meeting_place_id)).status_code == 400


def test_another_centres_dates_are_not_named(coordinator: Client, posio: FamilyCentre):
    SessionChangeFactory(session__meeting_place__centre=FamilyCentreFactory(), kind="moved", to_day=THURSDAY)

    assert close(coordinator).status_code == 302


def test_a_closure_whose_days_stay_as_they_are_is_not_asked_about_again(coordinator: Client, moved: Session):
    row = ClosureFactory(centre=moved.season.centre, first_day=THURSDAY, last_day=FRIDAY)
    path = address("change", row, row.pk)

    answer = coordinator.get(path)
    assert box(answer) == "hidden"
    assert save(coordinator, path, reason_fi="Putkiremontti").status_code == 302
    assert save(coordinator, path, last_day="28.11.2026").status_code == 400


def test_it_says_how_many_sessions_it_closes_and_where_that_is_seen(coordinator: Client, kahvila: Session):
    answer = close(coordinator, last_day="6.12.2026")

    assert "It closes 2 sessions. Look at the page" in told(answer)
    page = html.fromstring(coordinator.get(answer["Location"]).content.decode())
    assert page.xpath("//ul[@class='messagelist']//a[contains(@href, 'week')]/@href") == [
        "/en/posio/meeting-places/week/2026-W48/#day-1"
    ]


@pytest.mark.parametrize("last_day", ["29.11.2026", "31.12.9999"])
def test_one_that_closes_nothing_says_so(coordinator: Client, posio: FamilyCentre, last_day: str):
    answer = close(coordinator, last_day=last_day)

    assert told(answer)[-1].startswith("No meeting place has a session on these days")


def test_one_at_the_end_of_time_breaks_nothing(coordinator: Client, kahvila: Session):
    assert close(coordinator, first_day="1.1.9999", last_day="31.12.9999").status_code == 302
