"""A family on its phone finds where to go, and learns at once when it is off: the week as families live it."""

from datetime import date, datetime
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar
from playwright.sync_api import expect

from calendars.wall_time import HELSINKI
from centres.models import FamilyCentre
from tests.browser.pages import VIEWS
from tests.factories import MembershipFactory, UserFactory
from tests.signing_in import let_in

PHONE = next(view for view in VIEWS if view.width < 400)
REASON = "Ohjaaja on sairas"


@pytest.fixture
def monday(own_portal: str, time_machine: Any) -> Any:
    """The portal on the morning of Monday 8 February 2027, and the hands of the clock."""
    time_machine.move_to(datetime(2027, 2, 8, 7, 30, tzinfo=HELSINKI))
    return time_machine


def of_the_babies(page: Any) -> Any:
    """What is said of the babies' hour on Wednesday 10 February."""
    wednesday = page.locator(".day").filter(has=page.get_by_role("heading", name="Keskiviikko 10.2."))
    return wednesday.locator(".slot").filter(has_text="Vauvavoimaa")


def in_a_calendar(page: Any, address: str) -> list[str]:
    """What a calendar that subscribes to `address` shows on Wednesday 10 February: each with its status."""
    document = Calendar.from_ical(page.request.get(address).body())
    events = recurring_ical_events.of(document).at(date(2027, 2, 10))
    return [f"{event['STATUS']} {event['SUMMARY']}" for event in events]


def test_a_family_finds_its_morning_subscribes_and_learns_that_it_is_off(
    page: Any, new_context: Any, own_portal: str, monday: Any
):
    # Given a parent of a baby of seven months, on a phone
    PHONE.show(page)
    page.goto(f"{own_portal}/rovaniemi/")
    page.get_by_role("navigation", name="Päävalikko").get_by_role("link", name="Kohtaamispaikat").click()
    expect(page.get_by_role("heading", name="Maanantai 8.2. tänään")).to_be_in_viewport()
    # When she asks for what suits her child on Wednesday
    page.get_by_text("Valitse, mitä näytetään").click()
    page.get_by_label("Lapsen ikä").fill("7 kk")
    page.get_by_label("Viikonpäivä").select_option("Keskiviikko")
    page.get_by_role("button", name="Näytä").click()
    # Then she sees where to go, and can take it into her calendar
    expect(of_the_babies(page)).to_contain_text("9.30–11")
    subscribe = page.get_by_role("link", name="Tilaa kalenteri").get_attribute("href")
    assert subscribe.startswith("webcal://")
    feed = subscribe.replace("webcal://", "http://")
    assert "CONFIRMED Vauvavoimaa" in in_a_calendar(page, feed)

    # When the instructor is ill, and the coordinator cancels that date on her own phone
    desk = new_context().new_page()
    PHONE.show(desk)
    rovaniemi = FamilyCentre.objects.get(slug="rovaniemi")
    let_in(desk, own_portal, MembershipFactory(centre=rovaniemi, user=UserFactory(is_staff=True)).user)
    desk.goto(f"{own_portal}/hallinta/meetingplaces/session/coming/")
    of_date = desk.locator("section").filter(has=desk.get_by_role("heading", name="Keskiviikko 10.2."))
    of_date.get_by_role("listitem").filter(has_text="Vauvavoimaa").get_by_role("link", name="Peru").click()
    desk.get_by_role("button", name=REASON).click()
    expect(desk.locator(".messagelist")).to_be_visible()

    # Then the page, the calendar and, on the day itself, the front page say so at once
    page.reload()
    expect(of_the_babies(page)).to_contain_text(f"Peruttu: {REASON.lower()}")
    assert [event for event in in_a_calendar(page, feed) if "Vauvavoimaa" in event] == [
        "CANCELLED PERUTTU: Vauvavoimaa"
    ]
    monday.move_to(datetime(2027, 2, 10, 8, tzinfo=HELSINKI))
    page.goto(f"{own_portal}/rovaniemi/")
    today = page.get_by_role("region", name="Tänään avoinna olevat kohtaamispaikat")
    expect(today).to_contain_text("MLL:n perhekahvilat")
    expect(today).to_contain_text(f"Peruttu: {REASON.lower()} – Vauvavoimaa 9.30–11")
    expect(today.get_by_role("link").filter(has_text="Vauvavoimaa")).to_have_count(0)


@pytest.mark.django_db
def test_the_week_of_epiphany_says_what_is_closed_and_why(page: Any, portal: str):
    PHONE.show(page)
    page.goto(f"{portal}/rovaniemi/kohtaamispaikat/viikko/2027-W01/")
    wednesday = page.locator(".day").filter(has=page.get_by_role("heading", name="Keskiviikko 6.1."))
    expect(wednesday.locator(".day__holiday")).to_have_text("Loppiainen")
    slots = wednesday.locator(".slot")
    expect(slots).to_have_count(2)
    for slot in slots.all():
        expect(slot).to_contain_text("Ei tällä kertaa: Loppiainen")
    monday = page.locator(".day").filter(has=page.get_by_role("heading", name="Maanantai 4.1."))
    expect(monday.locator(".slot").first).to_contain_text("Ei tällä kertaa: Koulujen joululoma")
