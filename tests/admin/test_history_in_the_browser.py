"""Undoing yesterday's mistake, as a coordinator does it, and what axe says of every page on the way."""

from collections.abc import Callable, Iterator
from typing import Any

from accounts.models import User
from tests.admin.forms import address
from tests.admin.test_in_the_browser import coordinator
from tests.factories import ContactFactory, OfferingFactory

VIEWS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 320)]


def seen(page: Any, axe: Callable[[Any], list[str]], part: str) -> Iterator[str]:
    """What axe finds in `part` of the page, and whether it is wider than the screen."""
    for scheme, width in VIEWS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        # Links fade from one shade to the other: their end is judged, however slow the machine.
        page.wait_for_timeout(100)
        page.evaluate("() => document.getAnimations().forEach((each) => each.finish())")
        # Django's forms have faults of their own, which are not this page's.
        yield from (
            f"{page.url} {scheme} {width} {fault}" for fault in axe(page) if part in fault or not part
        )
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"{page.url} {width}: wider than the screen"
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_mistake_is_undone_in_four_clicks(
    page: Any,
    sign_in: Callable[[User], None],
    axe_violations: Callable[[Any], list[str]],
    transactional_db: None,
    live_server: Any,
):
    contact = ContactFactory(kind="phone", value="040 123 4567")
    service = OfferingFactory(service=contact.service, service__name_fi="Neuvola").service
    form = f"{live_server.url}{address('change', service, service.pk)}"
    faults: list[str] = []

    # Given that somebody mistook a number yesterday
    sign_in(coordinator())
    page.goto(form)
    page.fill("[name=contacts-0-value]", "040 765 4321")
    page.click("[name=_continue] >> nth=-1")
    page.wait_for_selector(".messagelist .success")

    # When she opens the history, chooses the day before, and confirms what would change
    page.click(".historylink")
    page.wait_for_selector(".history__back")
    faults += seen(page, axe_violations, "")
    page.click(".history__back")
    page.wait_for_selector("#content-main [type=submit]")
    faults += seen(page, axe_violations, "")
    page.click("#content-main [type=submit]")

    # Then the old number is back, and there was no fault on the way
    page.wait_for_selector(".messagelist .success")
    contact.refresh_from_db()
    assert contact.value == "040 123 4567"
    assert faults == []


def test_two_windows_and_a_deleted_service(
    page: Any,
    sign_in: Callable[[User], None],
    axe_violations: Callable[[Any], list[str]],
    transactional_db: None,
    live_server: Any,
):
    offering = OfferingFactory(status="draft", service__name_fi="Neuvola")
    form = f"{live_server.url}{address('change', offering, offering.pk)}"
    faults: list[str] = []
    sign_in(coordinator())

    # Given one form in two windows
    page.goto(form)
    other = page.context.new_page()
    other.goto(form)
    for each in (page, other):
        each.click("summary >> text=Mikä täällä on toisin")
    other.fill("[name=name_fi]", "Lastenneuvola")
    other.click("[name=_continue] >> nth=-1")
    other.wait_for_selector(".messagelist .success")
    # When the second one saves, both versions are shown, and the own one is saved all the same
    page.fill("[name=name_fi]", "Äitiysneuvola")
    page.click("[name=_save] >> nth=-1")
    page.wait_for_selector(".conflict")
    faults += seen(page, axe_violations, "conflict")
    page.click("[name=_save_mine]")
    page.wait_for_selector(".messagelist")
    offering.refresh_from_db()
    assert offering.name_fi == "Äitiysneuvola"

    # When it is deleted, it is found among the deleted, and comes back
    page.goto(f"{live_server.url}{address('delete', offering, offering.pk)}")
    page.click("#content [type=submit]")
    page.wait_for_selector(".messagelist .info a")
    faults += seen(page, axe_violations, "")
    page.click(".object-tools >> text=Poistetut")
    page.wait_for_selector(".history__back")
    faults += seen(page, axe_violations, "")
    page.click(".history__back")
    page.wait_for_selector("#content-main [type=submit]")
    faults += seen(page, axe_violations, "")
    page.click("#content-main [type=submit]")

    # Then its preview, a draft still, is seen by whoever has the link
    link = page.locator("a[href*='/esikatselu/']").get_attribute("href")
    page.context.clear_cookies()
    page.goto(f"{live_server.url}{link}")
    assert page.locator("h1").inner_text() == "Äitiysneuvola"
    faults += seen(page, axe_violations, "")
    page.goto(f"{live_server.url}{link[:-3]}x/")
    faults += seen(page, axe_violations, "")
    assert faults == []
