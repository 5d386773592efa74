"""The plan of a year in calendars: what has a month, as long as the month, in versions that calendars understand."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
import recurring_ical_events
import vobject
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from annual_plan.models import Plan, PlanItem
from centres.models import FamilyCentre
from tests.factories import FamilyCentreFactory, MembershipFactory, PlanFactory, PlanItemFactory
from tests.harness.ical_lint import faults

pytestmark = pytest.mark.django_db

# What a version is known by.
VERSION = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(centre=FamilyCentreFactory(slug="posio", name_fi="Posion perhekeskus"))


@pytest.fixture
def row(plan: Plan) -> PlanItem:
    return PlanItemFactory(
        plan=plan,
        number=7,
        kind="action",
        quarter=1,
        month=2,
        title_fi="Avoimet ovet",
        description_fi="Kahvit.",
    )


def address(year: int = 2026) -> str:
    return reverse("annual_plan:calendar", kwargs={"centre": "posio", "year": year})


def document(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert list(faults(answer.content)) == []
    return answer.content


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def event(client: Client, year: int = 2026) -> Any:
    (found,) = events(document(client, address(year)))
    return found


def test_a_row_with_a_month_is_an_event_as_long_as_the_month(client: Client, row: PlanItem):
    found = event(client)

    assert found["UID"] == f"{row.uuid}@perhekeskus"
    assert found["SUMMARY"] == "7. Avoimet ovet"
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2026, 2, 1), date(2026, 3, 1))
    assert (found["SEQUENCE"], found["STATUS"], found["TRANSP"]) == (0, "CONFIRMED", "TRANSPARENT")
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == row.updated_at.replace(microsecond=0)
    assert found["CATEGORIES"].to_ical().decode() == str(PlanItem.Kind.ACTION.label)
    assert found["URL"] == f"http://testserver{row.get_absolute_url()}"
    assert found["DESCRIPTION"].splitlines() == ["Kahvit.", found["URL"]]


@pytest.mark.parametrize(("month", "days"), [(1, 31), (2, 28), (6, 30), (12, 31)])
def test_it_ends_with_the_month(client: Client, plan: Plan, month: int, days: int):
    PlanItemFactory(plan=plan, quarter=(month + 2) // 3, month=month)

    assert event(client).duration.days == days


def test_a_leap_year_s_february_has_its_last_day(client: Client, plan: Plan):
    PlanItemFactory(plan=PlanFactory(centre=plan.centre, year=2028), quarter=1, month=2)

    assert event(client, 2028)["DTEND"].dt == date(2028, 3, 1)
    assert event(client, 2028).duration.days == 29


def test_what_has_no_month_is_in_no_calendar(client: Client, plan: Plan):
    PlanItemFactory(plan=plan, quarter=2)
    PlanItemFactory(plan=plan, quarter=None)

    assert events(document(client, address())) == []


def test_the_calendar_is_named_after_the_year_and_the_centre(client: Client, row: PlanItem):
    calendar = icalendar.Calendar.from_ical(document(client, address()))

    name = gettext("Annual plan %(year)s: %(centre)s") % {"year": 2026, "centre": "Posion perhekeskus"}
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == name


def test_an_evaluated_one_tells_its_outcome_and_a_dropped_one_in_its_name_as_well(
    client: Client, row: PlanItem
):
    row.outcome = "achieved"
    row.save()
    achieved = event(client)
    row.outcome, row.drop_reason_fi = "dropped", "tilat menivät"
    row.save()
    dropped = event(client)

    outcome = gettext("Outcome: %s")
    address = f"http://testserver{row.get_absolute_url()}"
    said = outcome % PlanItem(outcome="achieved").get_outcome_display()
    assert (achieved["STATUS"], achieved["DESCRIPTION"].splitlines()) == (
        "CONFIRMED",
        ["Kahvit.", said, address],
    )
    assert (dropped["STATUS"], dropped["SUMMARY"]) == (
        "CANCELLED",
        gettext("DROPPED: %s") % "7. Avoimet ovet",
    )
    said = outcome % PlanItem(outcome="dropped").get_outcome_display()
    assert dropped["DESCRIPTION"].splitlines() == ["Kahvit.", said, "Tilat menivät", address]


CHANGES = {
    "title": lambda row: move(row, title_fi="Suljetut ovet"),
    "description": lambda row: move(row, description_fi="Teet."),
    "number": lambda row: move(row, number=8),
    "month": lambda row: move(row, month=3),
    "quarter": lambda row: move(row, quarter=2, month=4),
    "kind": lambda row: move(row, kind="goal"),
    "outcome": lambda row: move(row, outcome="achieved"),
    "dropped": lambda row: move(row, outcome="dropped", drop_reason_fi="Ei tiloja."),
}


def move(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_calendars_show_makes_a_newer_version(
    client: Client, row: PlanItem, time_machine: Any, change: str
):
    before = event(client)
    time_machine.move_to(datetime(2026, 11, 18, 12, tzinfo=UTC))

    CHANGES[change](PlanItem.objects.select_related("plan").get())

    after = event(client)
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert before["DTSTAMP"].dt < after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt
    kept = {name: value for name, value in before.items() if name not in VERSION}
    assert kept != {name: value for name, value in after.items() if name not in VERSION}


def test_what_is_said_of_the_plan_makes_no_newer_versions(client: Client, row: PlanItem):
    move(row.plan, phase="evaluated", intro_fi="Uusi johdanto.")

    assert event(client)["SEQUENCE"] == 0


def test_what_is_internal_or_in_a_draft_is_in_no_calendar_not_even_an_insider_s(plan: Plan):
    goal = PlanItemFactory(plan=plan, title_fi="Piilo", is_internal=True, quarter=1, month=1)
    PlanItemFactory(plan=plan, parent=goal, kind="action", quarter=1, month=1)
    client = Client()
    client.force_login(MembershipFactory(centre=plan.centre).user)

    for reader in (Client(), client):
        response = reader.get(address())
        assert events(response.content) == []
        assert "Cookie" not in response.headers.get("Vary", "")
    Plan.objects.update(phase="drafting")
    assert [reader.get(address()).status_code for reader in (Client(), client)] == [404, 404]


def test_another_centre_s_and_another_year_s_rows_are_not_in_it(client: Client, row: PlanItem):
    PlanItemFactory(plan=PlanFactory(centre=row.plan.centre, year=2025), quarter=1, month=2)
    PlanItemFactory(quarter=1, month=2)

    assert event(client)["UID"] == f"{row.uuid}@perhekeskus"


def test_the_texts_are_in_the_language_of_the_address(client: Client, row: PlanItem):
    move(row, title_sv="Öppna dörrar")
    with override("sv"):
        path = address()

    (found,) = events(document(client, path))
    assert (found["SUMMARY"], found["DESCRIPTION"].splitlines()[0]) == ("7. Öppna dörrar", "Kahvit.")


def test_what_has_not_changed_is_not_sent_again(client: Client, row: PlanItem):
    first = client.get(address())
    again = client.get(address(), headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content, first.cookies) == (304, b"", {})


# Words that break lines of a calendar, and letters of two octets.
HOSTILE = "Ä; ö, å\\ \x0b\x85\u2028 <b>\r\nBEGIN:VEVENT " + "äö" * 20


def test_it_keeps_to_the_standard_whatever_is_written(client: Client, plan: Plan):
    FamilyCentre.objects.update(name_fi=HOSTILE[:100])
    for month in range(1, 13):
        PlanItemFactory(
            plan=plan,
            number=month,
            quarter=(month + 2) // 3,
            month=month,
            title_fi=HOSTILE,
            description_fi=HOSTILE,
            outcome="dropped" if month % 2 else "achieved",
            drop_reason_fi=HOSTILE if month % 2 else "",
        )

    content = document(client, address())

    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content), skip_bad_series=False)
    months = [each["DTSTART"].dt for each in found.between(date(2026, 1, 1), date(2027, 1, 1))]
    assert sorted(months) == [date(2026, month, 1) for month in range(1, 13)]
    assert len(list(vobject.readOne(content.decode()).vevent_list)) == 12
