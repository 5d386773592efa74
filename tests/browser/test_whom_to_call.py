"""A new professional's first day: let in, an answer within a minute, the coffee in the calendar, and gone again."""

import re
from datetime import date, time
from typing import Any

import icalendar
import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.models import User
from centres.models import FamilyCentre, Membership, Organisation, Topic
from networks.models import LocalNetwork, Meeting, Professional
from tests.browser.pages import said
from tests.factories import MeetingFactory, ProfessionalFactory
from tests.harness.mail import arrived
from tests.signing_in import let_in

pytestmark = pytest.mark.django_db(transaction=True)

NEW_PASSWORD = "lumi sade ja 7 poroa"
EMAIL = "uusi.opettaja@esimerkki.example"
SUBMIT = "main form [type=submit]"


@pytest.fixture
def colleague(own_portal: str) -> Professional:
    """Somebody made up who can be asked about speech in Posio, and what only professionals may know of her."""
    posio = FamilyCentre.objects.get(slug="posio")
    return ProfessionalFactory(
        home=posio,
        given_name="Malli",
        family_name="Puheterapeutti",
        title_fi="puheterapeutti",
        about_fi="Lapsen puhe ja kieli.",
        hours_fi="Tiistaisin klo 12–13",
        phone="040 1234567",
        organisation=Organisation.objects.get(slug="lapha"),
        topics=[Topic.objects.get(slug="kasvu")],
    )


@pytest.fixture
def coffee(own_portal: str) -> Meeting:
    """Next month's network coffee in Posio, on the first Thursday."""
    local = LocalNetwork.objects.get(centre__slug="posio", slug="perhekeskusverkosto")
    return MeetingFactory(
        local_network=local,
        kind=Meeting.Kind.COFFEE,
        topic_fi="Esittelyssä perhetyö",
        day=date(2026, 12, 3),
        starts=time(8, 30),
        ends=time(9, 30),
        remote_link="https://kokous.example/aamukahvi",
    )


def links_in_mail() -> list[str]:
    """Every address in the e-mails that were sent to the new professional."""
    arrived()
    return [link for each in mail.outbox if EMAIL in each.to for link in re.findall(r"http://\S+", each.body)]


def test_from_asking_to_leaving(  # noqa: PLR0915 one story
    page: Any,
    new_context: Any,
    own_portal: str,
    posio_coordinator: User,
    colleague: Professional,
    coffee: Meeting,
    axe_violations: Any,
):
    posio = f"{own_portal}/posio"
    # Given a day-care teacher with a worry, who is not let in
    page.goto(f"{posio}/kenelle-soitan/")
    page.locator("[name=age]").fill("6")
    page.locator("[name=q]").fill("puhe")
    page.locator("main form .button").first.click()
    expect(page.get_by_role("heading", name="Verkostot, joiden puoleen voit kääntyä")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Puheterapeutti")
    # When she asks for access
    page.get_by_role("link", name="Pyydä käyttöoikeutta").click()
    about_her = {
        "given_name": "Uusi",
        "family_name": "Opettaja",
        "title": "varhaiskasvatuksen opettaja",
        "email": EMAIL,
    }
    for name, value in about_her.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=organisation]").select_option(label="Posion kunta")
    page.locator(SUBMIT).click()
    expect(page.locator("h1")).to_have_text(said("Thank you for your request"))
    assert page.context.cookies() == []
    # And the coordinator accepts with one click
    desk = new_context().new_page()
    let_in(desk, own_portal, posio_coordinator)
    desk.goto(f"{own_portal}/hallinta/networks/accessrequest/")
    desk.get_by_role("button", name="Hyväksy").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    # Then the link in her e-mail lets her choose a password
    page.goto(links_in_mail()[0])
    page.locator("[name=name]").fill("Uusi Opettaja")
    page.locator("[name=password1]").fill(NEW_PASSWORD)
    page.locator(".account__form [type=submit]").click()
    expect(page.locator("h1")).to_have_text("Oma korttisi")
    # And she finds whom to call about a six-year-old's speech
    page.goto(f"{posio}/kenelle-soitan/?age=6&q=puhe")
    people = page.get_by_role("region", name="Ihmiset, joilta voit kysyä")
    expect(people).to_contain_text("Malli Puheterapeutti")
    expect(people).to_contain_text("Tiistaisin klo 12–13")
    expect(people.get_by_role("link", name="040 1234567")).to_have_attribute("href", "tel:+358-40-1234567")
    assert axe_violations(page) == []
    # And whom about violence in a family
    page.goto(f"{posio}/kenelle-soitan/?q=väkivalta")
    expect(page.get_by_role("link", name=re.compile("MARAK")).first).to_be_visible()
    page.get_by_role("link", name=re.compile("MARAK")).first.click()
    expect(page.locator("h1")).to_contain_text("MARAK")
    assert axe_violations(page) == []
    # And puts next month's coffee into her calendar
    page.goto(f"{posio}/verkostot/tapaamiset/")
    page.get_by_role("link", name="Esittelyssä perhetyö").click()
    path = page.get_by_role("link", name="Lisää omaan kalenteriin").get_attribute("href")
    file = icalendar.Calendar.from_ical(page.request.get(f"{own_portal}{path}").body())
    (event,) = file.walk("VEVENT")
    assert (
        event["DTSTART"].dt.isoformat(),
        "https://kokous.example/aamukahvi" in file.to_ical().decode(),
    ) == (
        "2026-12-03T08:30:00+02:00",
        True,
    )
    assert axe_violations(page) == []
    # And ends the access, and sees nobody any more
    page.goto(f"{posio}/ammattilaiset/oma/")
    expect(page.locator("main")).to_contain_text("Uusi Opettaja")
    page.get_by_role("link", name="Lopeta käyttöoikeuteni").click()
    page.locator(SUBMIT).click()
    expect(page.locator("h1")).to_have_text("Käyttöoikeutesi on päättynyt")
    answer = page.goto(f"{posio}/ammattilaiset/")
    assert answer is not None
    assert answer.status == 403
    assert not Membership.objects.filter(user__email=EMAIL).exists()


def test_whoever_has_not_signed_in_gets_none_of_it(
    page: Any, own_portal: str, colleague: Professional, coffee: Meeting
):
    for path in (
        "ammattilaiset/",
        f"ammattilaiset/{colleague.uuid}/",
        f"ammattilaiset/{colleague.uuid}/card.vcf",
        f"verkostot/tapaamiset/{coffee.uuid}/",
        f"verkostot/tapaamiset/{coffee.uuid}/meeting.ics",
    ):
        page.goto(f"{own_portal}/posio/{path}")
        assert "/kirjaudu/" in page.url, path
        expect(page.locator("body")).not_to_contain_text("Puheterapeutti")
    page.goto(f"{own_portal}/posio/kenelle-soitan/?age=6&q=puhe")
    expect(page.locator("main")).not_to_contain_text("Puheterapeutti")
