"""`make pictures`: what docs/pictures/ holds, of the demo content on the morning that the tests happen on."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from services.models import Offering
from tests.admin.forms import address
from tests.harness.machine import ROOT
from tests.signing_in import let_in

FOLDER = ROOT / "docs/pictures"
MOST_BYTES = 175_000

# What families see: name, address, width, height, light.
PICTURES = [
    ("front-phone", "/rovaniemi/", 390, 844, "light"),
    ("front-wide", "/rovaniemi/", 1280, 900, "light"),
    ("age-group-wide", "/posio/ikaryhmat/1-6-vuotiaat/", 1280, 900, "light"),
    ("services-wide", "/rovaniemi/palvelut/?age=4&level=2&level=3", 1280, 900, "light"),
    ("service-phone-dark", "/esimerkkila/palvelut/avoin-paivakoti/", 390, 1240, "dark"),
    ("help-now-phone", "/posio/apua-heti/", 390, 844, "light"),
]


def _context(browser: Browser, width: int, height: int, scheme: Any) -> Any:
    return browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
    )


def _take(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    picture = FOLDER / f"{name}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size < MOST_BYTES


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "path", "width", "height", "scheme"), PICTURES)
def test_a_picture_of_the_site_is_made(
    name: str, path: str, width: int, height: int, scheme: Any, browser: Browser, portal: str
) -> None:
    context = _context(browser, width, height, scheme)
    page = context.new_page()
    page.goto(f"{portal}{path}")
    _take(page, name)
    context.close()


def test_the_pictures_of_the_guide_are_made(
    browser: Browser, own_portal: str, posio_coordinator: User, settings: Any
) -> None:
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "*"}]
    offering = Offering.objects.get(centre__slug="posio", slug="perheiden-pirtti")
    context = _context(browser, 1280, 860, "light")
    page = context.new_page()
    let_in(page, own_portal, posio_coordinator)

    page.goto(f"{own_portal}/hallinta/")
    _take(page, "desk-front")

    page.goto(f"{own_portal}{address('changelist', Offering)}?need=stale")
    _take(page, "desk-list")

    page.goto(f"{own_portal}{address('change', offering, offering.pk)}")
    page.get_by_role("tab", name="Ruotsi").first.click()
    summary = page.locator("[name=service-0-summary_sv]")
    summary.evaluate("field => field.scrollIntoView({block: 'center'})")
    _take(page, "desk-form")

    summary.fill("Hit kan hela familjen komma och umgås en stund.")
    page.locator("[name=_continue]").first.click()
    page.locator(".messagelist .success").wait_for()
    page.goto(f"{own_portal}{address('history', offering, offering.pk)}")
    _take(page, "desk-history")
    context.close()
