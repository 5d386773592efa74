"""`make pictures`: the six pictures in docs/pictures/, of the demo content on the morning that the tests happen on."""

import sys
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.harness.machine import ROOT

FOLDER = ROOT / "docs/pictures"
MOST_BYTES = 150_000

# Name, address, width, height, light.
PICTURES = [
    ("front-phone", "/rovaniemi/", 390, 844, "light"),
    ("front-wide", "/rovaniemi/", 1280, 900, "light"),
    ("age-group-wide", "/posio/ikaryhmat/1-6-vuotiaat/", 1280, 900, "light"),
    ("services-wide", "/rovaniemi/palvelut/?age=4&level=2&level=3", 1280, 900, "light"),
    ("service-phone-dark", "/esimerkkila/palvelut/avoin-paivakoti/", 390, 1240, "dark"),
    ("help-now-phone", "/posio/apua-heti/", 390, 844, "light"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "path", "width", "height", "scheme"), PICTURES)
def test_the_picture_is_made(
    name: str, path: str, width: int, height: int, scheme: Any, browser: Browser, portal: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
    )
    page = context.new_page()
    page.goto(f"{portal}{path}")
    page.evaluate("document.fonts.ready")
    picture = FOLDER / f"{name}.png"
    page.screenshot(path=picture)
    context.close()
    assert picture.stat().st_size < MOST_BYTES


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, *sys.argv[1:]]))
