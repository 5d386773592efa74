"""The notice of a centre: shown from its first day to its last, both included."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from centres.models import FamilyCentre
from tests.admin.forms import address, errors, save
from tests.factories import PASSWORD, FamilyCentreFactory, UserFactory

pytestmark = pytest.mark.django_db

EARLY, FIRST, LAST, LATE = date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (None, None, [EARLY, FIRST, LAST, LATE]),
        (FIRST, None, [FIRST, LAST, LATE]),
        (None, LAST, [EARLY, FIRST, LAST]),
        (FIRST, LAST, [FIRST, LAST]),
        (LAST, LAST, [LAST]),
    ],
)
def test_a_notice_is_shown_between_its_days(first: date | None, last: date | None, shown: list[date]):
    centre = FamilyCentre(notice_fi="Suljettu maanantaina.", notice_from=first, notice_until=last)

    assert [day for day in (EARLY, FIRST, LAST, LATE) if centre.gives_notice(day)] == shown


def test_without_words_there_is_no_notice(today: date):
    assert not FamilyCentre(notice_from=today, notice_until=today).gives_notice(today)


@pytest.mark.parametrize(("until", "shown"), [(date(2026, 11, 18), True), (date(2026, 11, 17), False)])
def test_readers_see_it_only_then(client: Client, until: date, shown: bool):
    FamilyCentreFactory(slug="posio", notice_fi="Suljettu maanantaina.", notice_until=until)

    assert ("Suljettu maanantaina." in client.get("/posio/").content.decode()) is shown


def test_its_last_day_ends_at_midnight_in_finland(client: Client, time_machine: Any):
    FamilyCentreFactory(slug="posio", notice_fi="Suljettu.", notice_until=date(2026, 11, 18))
    seen = []
    for moment in ("2026-11-18T23:59:00+02:00", "2026-11-19T00:01:00+02:00"):
        time_machine.move_to(moment)
        seen.append("Suljettu." in client.get("/posio/").content.decode())

    assert seen == [True, False]


@pytest.fixture
def desk() -> Client:
    client = Client()
    user = UserFactory(is_staff=True, is_superuser=True)
    assert client.login(username=user.email, password=PASSWORD)
    return client


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"notice_fi": ""}, "Tiedotetta ei ole."),
        ({"notice_fi": "Suljettu."}, "Perheet näkevät tiedotteen tänään."),
        ({"notice_fi": "Suljettu.", "notice_until": EARLY}, "Perheet eivät näe tiedotetta tänään."),
    ],
)
def test_the_desk_says_whether_it_is_shown_now(desk: Client, values: dict[str, Any], words: str):
    centre = FamilyCentreFactory(**values)

    assert words in desk.get(address("change", centre, centre.pk)).content.decode()


def test_the_desk_refuses_an_end_before_the_beginning(desk: Client):
    centre = FamilyCentreFactory()

    answer = save(
        desk, address("change", centre, centre.pk), notice_from=["20.11.2026"], notice_until=["16.11.2026"]
    )

    assert errors(answer) == ["Tiedotteen viimeinen päivä ei voi olla ennen ensimmäistä."]


def test_the_desk_keeps_both_days(desk: Client):
    centre = FamilyCentreFactory()

    save(desk, address("change", centre, centre.pk), notice_from=["16.11.2026"], notice_until=["20.11.2026"])

    centre.refresh_from_db()
    assert (centre.notice_from, centre.notice_until) == (FIRST, LAST)
    assert timezone.localdate() == date(2026, 11, 18)
