"""The pages of tables in a real browser: from the list to Excel and back, with nothing for axe or the policy to say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from playwright.sync_api import expect

from services.models import Service
from tests.admin.forms import address
from tests.browser.pages import VIEWS
from tests.factories import PASSWORD, FamilyCentreFactory, OfferingFactory, UserFactory
from tests.services.tables import csv_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def complaints(page: Any) -> list[str]:
    """What the browser says against the pages."""
    heard: list[str] = []
    page.on("console", lambda told: heard.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def at_the_desk(page: Any, live_server: Any, transactional_db: None) -> Any:
    """The page of somebody who may do everything, signed in."""
    client, user = Client(), UserFactory(is_staff=True, is_superuser=True)
    assert client.login(username=user.email, password=PASSWORD)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


def test_a_list_goes_to_excel_and_comes_back_changed(
    at_the_desk: Any, live_server: Any, complaints: list[str], tmp_path: Path
):
    page, service = at_the_desk, OfferingFactory(service__name_fi="Neuvola").service

    # Given a coordinator who downloads what the list shows
    page.goto(f"{live_server.url}{address('changelist', Service)}?q=neuvola")
    page.click("text=Vie taulukkoon")
    with page.expect_download() as download:
        page.click("text=Lataa taulukko koneelle")
    download.value.save_as(tmp_path / "palvelut.xlsx")

    # When she changes a cell, and brings the table back
    book = load_workbook(tmp_path / "palvelut.xlsx")
    column = next(cell.column for cell in book.active[1] if cell.value == "Nimi (ruotsi)")
    book.active.cell(2, column).value = "Rådgivningsbyrån"
    book.save(tmp_path / "palvelut.xlsx")
    page.click("text=Takaisin listaan")
    page.click("text=Tuo taulukosta")
    page.set_input_files("[name=file]", tmp_path / "palvelut.xlsx")
    page.click("text=Näytä, mitä muuttuisi")

    # Then she sees what would change, and one more click saves it
    expect(page.locator(".exchange__row ins")).to_have_text(["Rådgivningsbyrån"])
    page.click("text=Tallenna muutokset")
    expect(page.locator(".messagelist")).to_have_text("1 rivi muuttui.")
    service.refresh_from_db()
    assert service.name_sv == "Rådgivningsbyrån"
    assert complaints == []


def test_a_refused_table_is_followed_by_the_right_one_from_the_same_page(
    at_the_desk: Any, live_server: Any, tmp_path: Path
):
    page = at_the_desk
    OfferingFactory(service__slug="kerho")
    (tmp_path / "kuva.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    right = csv_file(["Nimi verkko-osoitteessa", "Nimi (suomi)"], ["kerho", "Perhekerho"])
    (tmp_path / "oikea.csv").write_bytes(right)

    # Given a picture that is called a table, and is refused
    page.goto(f"{live_server.url}{address('import', Service)}")
    page.set_input_files("[name=file]", tmp_path / "kuva.csv")
    page.click(".exchange .default")
    expect(page.locator(".errorlist")).to_have_text(
        "Tämä tiedosto ei ole CSV-taulukko, vaikka sen nimi niin sanoo."
    )

    # When a table is chosen on that very page
    page.set_input_files("[name=file]", tmp_path / "oikea.csv")
    page.click(".exchange .default")

    # Then it is looked at
    expect(page.locator(".exchange__row ins")).to_have_text(["Perhekerho"])


@pytest.mark.axe
def test_axe_finds_nothing_on_the_pages_of_tables(
    at_the_desk: Any, live_server: Any, axe_violations: Callable[[Any], list[str]], tmp_path: Path
):
    page = at_the_desk
    OfferingFactory(service__slug="kerho")
    headings = ["Nimi verkko-osoitteessa", "Nimi (suomi)"]
    files = {
        "refused": b"\x89PNG",
        "problems": csv_file(headings, ["kerho", ""]),
        "preview": csv_file(headings, ["kerho", "Perhekerho"]),
    }
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        for view in VIEWS:
            view.show(page)
            # Django's links change their colour in a moment, not at once.
            page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
            found[f"{name}, {view}"] = axe_violations(page)

    page.goto(f"{live_server.url}{address('export', Service)}")
    look("export")
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_bytes(content)
        page.goto(f"{live_server.url}{address('import', Service)}")
        page.set_input_files("[name=file]", tmp_path / f"{name}.csv")
        with page.expect_navigation():
            page.click(".exchange .default")
        look(name)

    assert len(found) == 4 * len(VIEWS)
    assert {where: violations for where, violations in found.items() if violations} == {}


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_logo_leaves_the_name_its_room(page: Any, live_server: Any, transactional_db: None, width: int):
    FamilyCentreFactory(
        slug="posio",
        name_fi="Posion perhekeskus",
        logo=f"logos/{'0' * 32}.webp",
        logo_width=480,
        logo_height=112,
    )
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/posio/")

    logo, name = (page.locator(part).bounding_box() for part in (".brand__logo", ".brand__name"))
    assert logo["height"] <= 56
    assert logo["x"] + logo["width"] < name["x"]
    assert name["height"] < 45
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
