"""A season's two pages in a real browser: what it covers, and copying it forward."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from meetingplaces.models import Season
from tests.admin.forms import address
from tests.admin.test_desk_looks import cut_off
from tests.admin.test_in_the_browser import complaints, sign_in
from tests.browser.pages import VIEWS, View
from tests.factories import MeetingPlaceFactory, PlaceFactory, SeasonFactory, SessionFactory, UserFactory

__all__ = ["complaints", "sign_in"]


@pytest.fixture
def somebody(transactional_db: None) -> User:
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def season(somebody: User) -> Season:
    """With everything that its pages tell: gaps, a room taken twice, a choice, a draft, and what is not copied."""
    house = PlaceFactory(name_fi="Monitoimitalo")
    cafe = MeetingPlaceFactory(name_fi="Perhekahvila", place=house, slug="kahvila")
    season = SeasonFactory(centre=cafe.centre, name_fi="Syksy 2026", slug="syksy-2026")
    SeasonFactory(centre=cafe.centre, first_day=date(2027, 1, 4), last_day=date(2027, 5, 28))
    SessionFactory(season=season, meeting_place=cafe)
    SessionFactory(
        season=season, meeting_place=MeetingPlaceFactory(centre=cafe.centre, place=house), starts=time(11)
    )
    SessionFactory(season=season, meeting_place=MeetingPlaceFactory(centre=cafe.centre), rule="even")
    SessionFactory(season=season, meeting_place=MeetingPlaceFactory(centre=cafe.centre, status="draft"))
    SessionFactory(season=season, meeting_place=cafe, weekday=0, valid_until=date(2026, 11, 9))
    return season


@pytest.fixture
def signed_in(sign_in: Callable[[User], None], somebody: User) -> None:
    sign_in(somebody)


@pytest.mark.axe
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_axe_finds_nothing(
    page: Any,
    signed_in: None,
    season: Season,
    live_server: Any,
    axe_violations: Callable[[Any], list[str]],
    view: View,
):
    view.show(page)
    found = {}
    for name in ("coverage", "forward"):
        page.goto(f"{live_server.url}{address(name, season, season.pk)}")
        found[name] = axe_violations(page) + cut_off(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= view.width
    page.fill("[name=first_day]", "1.12.2026")
    page.fill("[name=name_fi]", "")
    with page.expect_navigation():
        page.click("#content-main form [type=submit]")
    found["refused"] = axe_violations(page)

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_table_is_a_table_to_the_ear_and_a_list_on_a_phone(
    page: Any, signed_in: None, season: Season, live_server: Any
):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}{address('coverage', season, season.pk)}")
    table = page.locator(".season__table")

    assert table.get_by_role("columnheader").count() == 6
    assert table.get_by_role("rowheader").count() == 5 * 4
    page.set_viewport_size({"width": 360, "height": 800})
    cell = table.locator("td").first
    heading = cell.evaluate("(each) => getComputedStyle(each, '::before').content")
    assert cell.get_attribute("data-heading") in heading


@pytest.mark.parametrize("width", [360, 1280])
def test_the_timetable_fits_beside_the_menu(
    page: Any, signed_in: None, season: Season, live_server: Any, width: int
):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}{address('change', season, season.pk)}")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    table = page.locator(".tabular").first
    assert table.evaluate("(each) => each.scrollWidth - each.clientWidth") == 0


def test_last_season_is_copied_forward(
    page: Any, signed_in: None, complaints: list[str], season: Season, live_server: Any
):
    # Given a coordinator on the season's own page
    page.goto(f"{live_server.url}{address('change', season, season.pk)}")

    # When she copies it forward, without one of its sessions
    with page.expect_navigation():
        page.click(f".object-tools a[href='{address('forward', season, season.pk)}']")
    ticks = page.locator(".season__tick input")
    expect(ticks).to_have_count(5)
    assert [tick.is_checked() for tick in ticks.all()] == [False, True, True, True, True]
    ticks.nth(1).uncheck()
    with page.expect_navigation():
        page.click("#content-main form [type=submit]")

    # Then the new season's form is there, with the others in its timetable
    expect(page.locator(".messagelist .success")).to_be_visible()
    made = Season.objects.get(slug="syksy-2027")
    assert page.url.endswith(address("change", made, made.pk))
    assert (made.name_fi, made.sessions.count()) == ("Syksy 2027", 3)
    page.goto(f"{live_server.url}{address('coverage', made, made.pk)}")
    assert complaints == []
