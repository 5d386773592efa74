"""The commonest tasks of a coordinator, as one does them: every click and every field typed into is counted.

The counts stand in docs/coordinator.md, for whoever keeps the portal to see; a task that costs more fails here.
"""

import re
from datetime import date, datetime, time
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from centres.models import FamilyCentre, Invitation
from meetingplaces.models import SessionChange
from services.models import Contact, Offering, Service
from tests.admin.forms import address
from tests.conftest import NOW
from tests.factories import PlaceFactory, ServicePointFactory
from tests.harness.machine import ROOT
from tests.signing_in import let_in

_ROW = re.compile(r"\| \d+ \| (?P<task>[^|]+) \| (?P<clicks>\d+) \| (?P<fields>\d+) \|")


def promised() -> dict[str, tuple[int, int]]:
    """The clicks and typed fields of each task, as docs/coordinator.md has them."""
    guide = (ROOT / "docs/coordinator.md").read_text()
    return {
        row["task"].strip(): (int(row["clicks"]), int(row["fields"]))
        for row in map(_ROW.fullmatch, guide.splitlines())
        if row
    }


class Hands:
    """A coordinator at the desk, whose clicks and typed fields are counted. Choosing from a list is a click."""

    def __init__(self, page: Page, root: str) -> None:
        self.page, self.root, self.clicks, self.fields = page, root, 0, 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def choose(self, target: Locator, **option: str) -> None:
        self.clicks += 1
        target.select_option(**option)

    def type(self, target: Locator, text: str, *, then_enter: bool = False) -> None:
        self.fields += 1
        target.fill(text)
        if then_enter:
            target.press("Enter")

    def find(self, words: str) -> None:
        """By the search on the desk's front page, which is where everybody begins."""
        self.type(self.page.locator("#finding"), words, then_enter=True)
        self.click(self.page.locator("#result_list tbody th a").first)

    def save(self) -> None:
        self.click(self.page.locator("[name=_save]").first)
        expect(self.page.locator(".messagelist .success")).to_be_visible()

    def link(self, name: str) -> Locator:
        return self.page.locator("#content").get_by_role("link", name=name)


@pytest.fixture
def hands(page: Page, own_portal: str, posio_coordinator: User, settings: Any) -> Hands:
    """Posio's coordinator, signed in, on the desk's front page."""
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "*"}]
    page.set_default_timeout(8_000)
    let_in(page, own_portal, posio_coordinator)
    page.goto(f"{own_portal}/hallinta/")
    return Hands(page, own_portal)


def holds(hands: Hands, task: str) -> None:
    assert (hands.clicks, hands.fields) == promised()[task]


def test_the_guide_counts_eleven_tasks():
    assert len(promised()) == 11


def test_publish_a_service(hands: Hands):
    page = hands.page
    hands.click(hands.link("Julkaise uusi palvelu"))
    hands.type(page.locator("[name=name_fi]"), "Metsäkerho")
    hands.type(page.locator("[name=summary_fi]"), "Leikitään metsässä yhdessä.")
    hands.choose(page.locator("[name=level]"), label="tekemistä vapaa-ajalle")
    hands.choose(page.locator("[name=sector]"), label="järjestöt, seurakunta ja muut")
    hands.choose(page.locator("[name=status]"), label="julkaistu")
    hands.save()

    page.goto(f"{hands.root}/posio/palvelut/metsakerho/")
    expect(page.locator("h1")).to_have_text("Metsäkerho")
    holds(hands, "Julkaise palvelu")


def test_fix_a_phone_number(hands: Hands):
    contact = Contact.objects.create(
        offering=Offering.objects.get(centre__slug="posio", slug="kirjasto"),
        kind="phone",
        value="040 1234567",
    )
    page = hands.page
    hands.click(hands.link("Korjaa yhteystieto"))
    hands.type(page.locator("#searchbar"), "1234567", then_enter=True)
    hands.click(page.locator("#result_list tbody th a").first)
    hands.type(page.locator("[name=value]"), "040 7654321")
    hands.save()

    contact.refresh_from_db()
    assert contact.value == "040 7654321"
    holds(hands, "Korjaa puhelinnumero")


def test_add_a_language(hands: Hands):
    Service.objects.filter(slug="perheiden-pirtti").update(name_sv="", summary_sv="")
    page = hands.page
    hands.find("Pirtti")
    hands.click(page.get_by_role("tab", name="Ruotsi").first)
    hands.type(page.locator("[name=service-0-name_sv]"), "Familjernas Pirtti")
    hands.type(page.locator("[name=service-0-summary_sv]"), "Barnen leker och föräldrarna pratar.")
    hands.save()

    page.goto(f"{hands.root}/sv/posio/tjanster/perheiden-pirtti/")
    expect(page.locator("h1")).to_have_text("Familjernas Pirtti")
    holds(hands, "Lisää kieliversio")


def test_mark_ten_as_checked(hands: Hands):
    page = hands.page
    hands.click(hands.link("Merkitse tarkistetuksi"))
    for number in range(10):
        hands.click(page.locator("#result_list tbody .action-select").nth(number))
    hands.choose(page.locator("[name=action]"), label="Merkitse tänään tarkistetuksi")
    hands.click(page.locator(".actions [type=submit]"))
    expect(page.locator(".messagelist .success")).to_be_visible()

    assert Offering.objects.filter(centre__slug="posio", reviewed_on__isnull=False).count() == 10
    holds(hands, "Merkitse kymmenen tarkistetuksi")


def test_hide_for_the_summer(hands: Hands, time_machine: Any):
    page = hands.page
    hands.find("Luistelukerho")
    hands.type(page.locator("[name=hidden_from]"), "1.6.2027")
    hands.type(page.locator("[name=hidden_until]"), "31.7.2027")
    hands.save()
    holds(hands, "Piilota kesäksi")

    # Nobody does anything more: it is away for the summer, says until when, and comes back.
    for day, is_away in ((date(2027, 5, 31), False), (date(2027, 6, 1), True), (date(2027, 8, 1), False)):
        time_machine.move_to(datetime.combine(day, time(10), tzinfo=NOW.tzinfo))
        page.goto(f"{hands.root}/posio/palvelut/luistelukerho/")
        expect(page.locator("h1")).to_contain_text("luistelukerho")
        expect(page.get_by_text("1.8.2027")).to_have_count(int(is_away))


def test_undo_yesterdays_mistake(hands: Hands):
    page = hands.page
    # Given that somebody wrote a wrong sentence yesterday
    hands.find("Kansalaisopisto")
    right = page.locator("[name=service-0-summary_fi]").input_value()
    page.locator("[name=service-0-summary_fi]").fill("Väärä virke.")
    hands.save()
    page.goto(f"{hands.root}/hallinta/")
    hands.clicks = hands.fields = 0

    hands.find("Kansalaisopisto")
    hands.click(hands.link("Historia"))
    hands.click(page.locator(".history__back").first)
    hands.click(page.locator(".submit-row [type=submit]"))
    expect(page.locator(".messagelist .success")).to_be_visible()

    offering = Offering.objects.get(centre__slug="posio", slug="kansalaisopisto")
    assert offering.service.summary_fi == right
    holds(hands, "Peru eilinen virhe")


def test_invite_a_colleague(hands: Hands):
    page = hands.page
    hands.click(page.locator("#content a[href$='/centres/invitation/add/']").first)
    hands.type(page.locator("[name=email]"), "kollega@esimerkki.example")
    hands.save()

    assert Invitation.objects.get().centre == FamilyCentre.objects.get(slug="posio")
    assert [each.to for each in mail.outbox] == [["kollega@esimerkki.example"]]
    holds(hands, "Kutsu työtoveri")


def test_add_opening_hour_exceptions(hands: Hands):
    offering = Offering.objects.get(centre__slug="posio", slug="kirjasto")
    point = ServicePointFactory(offering=offering, place=PlaceFactory(home=offering.centre))
    page = hands.page
    hands.find("Kirjasto")
    hands.type(page.locator("[name=points-0-exceptions]"), "24.12.2026 suljettu: Jouluaatto")
    hands.save()

    (special,) = point.special_hours.all()
    assert (special.first_day, special.opens, special.reason_fi) == (date(2026, 12, 24), None, "Jouluaatto")
    holds(hands, "Lisää poikkeusaukiolo")


def test_find_what_is_stale(hands: Hands):
    hands.click(hands.page.locator(".task--stale").get_by_role("link", name="Palvelut keskuksessa"))

    assert f"{address('changelist', Offering)}?need=stale" in hands.page.url
    holds(hands, "Etsi vanhentuneet")


def test_preview_and_send(hands: Hands, new_context: Any):
    service = Service.objects.get(slug="valkkapiste")
    Service.objects.filter(pk=service.pk).update(status="draft")
    hands.find("Välkkäpiste")
    link = hands.link("Esikatselu")
    hands.click(link)  # opens the page in a tab of its own, whose address is what is sent
    url = link.get_attribute("href")

    friend = new_context().new_page()
    answer = friend.goto(f"{hands.root}{url}")
    assert answer is not None
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    expect(friend.locator("h1")).to_have_text(service.name_fi)
    assert friend.goto(f"{hands.root}/posio/palvelut/valkkapiste/").status == 404
    holds(hands, "Esikatsele ja lähetä")


def test_cancel_one_date_from_a_phone(hands: Hands):
    page = hands.page
    page.set_viewport_size({"width": 360, "height": 780})
    hands.click(page.locator("a.door[href$='/session/coming/']"))
    cancel = page.locator(".date .act--off").first
    expect(cancel).to_be_in_viewport()
    before = hands.clicks
    hands.click(cancel)
    ill = page.locator(".one-date__ready button").first
    expect(ill).to_be_in_viewport()
    hands.click(ill)
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert hands.clicks - before == 2

    change = SessionChange.objects.get(session__meeting_place__centre__slug="posio", kind="cancelled")
    page.locator(".messagelist a").click()
    expect(page.locator(".slot--off .slot__news").first).to_contain_text(change.reason_fi)
    holds(hands, "Peru yksi kerta")
