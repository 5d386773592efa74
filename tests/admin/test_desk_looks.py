"""The desk's front page, its page of broken links and its lists of what waits, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from centres.models import Place
from services.models import Offering
from tests.admin.forms import address
from tests.admin.test_desk_front import BROKEN, IN_NEED, PAIRS, TODAY, broken
from tests.admin.test_in_the_browser import complaints, sign_in
from tests.browser.pages import VIEWS, View
from tests.factories import (
    ContactFactory,
    FamilyCentreFactory,
    MembershipFactory,
    OfferingFactory,
    OpeningSpanFactory,
    PlaceFactory,
    ProvisionFactory,
    UserFactory,
)

__all__ = ["broken", "complaints", "sign_in"]

STALE = f"{address('changelist', Place)}?need=stale"


@pytest.fixture
def somebody(transactional_db: None) -> User:
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.mark.axe
@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_axe_finds_nothing(
    page: Any,
    sign_in: Callable[[User], None],
    complaints: list[str],
    somebody: User,
    live_server: Any,
    axe_violations: Callable[[Any], list[str]],
    view: View,
):
    view.show(page)
    sign_in(somebody)
    found = {"all well": axe_violations(page)}
    for model, need in PAIRS:
        IN_NEED[need.slug](model)
    for path in ("/hallinta/", "/hallinta/linkit/", STALE):
        page.goto(f"{live_server.url}{path}")
        found[path] = axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= view.width

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert complaints == []


# What is wider than its box, and would have to be pushed aside to be read.
CUT_OFF = """() => [...document.querySelectorAll("#content *")]
  .filter((box) => box.clientWidth > 1 && !box.matches("input, select, textarea"))
  .filter((box) => ["auto", "scroll", "hidden"].includes(getComputedStyle(box).overflowX))
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => `${box.tagName}.${box.className}`)"""


def cut_off(page: Any) -> list[str]:
    """The boxes of the page that cut something off, once it stands still: an editor lays itself out after the load."""
    found: list[str] = page.evaluate(CUT_OFF)
    for _attempt in range(20):
        if not found:
            break
        page.wait_for_timeout(100)
        found = page.evaluate(CUT_OFF)
    return found


def test_on_a_phone_no_list_and_no_table_is_cut_off(
    page: Any, sign_in: Callable[[User], None], somebody: User, live_server: Any
):
    # Given a row of each kind that stands in a table, on a list or on a form
    provision, span = ProvisionFactory(), OpeningSpanFactory()
    offering = OfferingFactory(published_until=TODAY, service__name_fi="Perheoikeudelliset palvelut")
    rows = [provision.service, span.point, offering, MembershipFactory().user]
    page.set_viewport_size({"width": 360, "height": 800})
    sign_in(somebody)

    found = {}
    for row in rows:
        for path in (address("changelist", row), address("change", row, row.pk)):
            page.goto(f"{live_server.url}{path}")
            found[path] = cut_off(page)
    for path in ("export/", "import/"):
        page.goto(f"{live_server.url}{address('changelist', offering.service)}{path}")
        found[path] = cut_off(page)

    # Then all of it is read from top to bottom, and each cell says what it is
    assert {path: boxes for path, boxes in found.items() if boxes} == {}
    page.goto(f"{live_server.url}{address('changelist', offering)}")
    cell = page.locator("#result_list td.field-seen").first
    assert cell.get_attribute("data-heading") == "Perheet näkevät"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_heading_does_not_run_under_the_buttons(
    page: Any, sign_in: Callable[[User], None], somebody: User, live_server: Any, width: int
):
    PlaceFactory()
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(somebody)
    page.goto(f"{live_server.url}{STALE}")

    heading, buttons = (page.locator(part).bounding_box() for part in ("#content > h2", ".object-tools"))

    assert heading["y"] + heading["height"] <= buttons["y"]


def test_three_are_checked_from_the_front_page_in_a_few_clicks(
    page: Any, sign_in: Callable[[User], None], somebody: User
):
    # Given three places that nobody has checked
    FamilyCentreFactory()
    for _number in range(3):
        PlaceFactory()
    sign_in(somebody)

    # When they are chosen from the front page, and marked as checked
    page.click(".task--stale >> text=Paikat")
    page.click("#action-toggle")
    page.select_option("[name=action]", label="Merkitse tänään tarkistetuksi")
    page.click("[name=index]")

    # Then nothing of theirs waits any more
    page.wait_for_selector(".messagelist .success >> text=3 kohdetta merkittiin tänään tarkistetuiksi.")
    assert page.locator("#result_list tbody tr").count() == 0


def test_a_broken_link_is_put_right_from_the_front_page(
    page: Any, sign_in: Callable[[User], None], somebody: User, broken: None
):
    ContactFactory(service__name_fi="Neuvola", value=BROKEN)
    sign_in(somebody)

    page.click(".task--links >> text=Katso, mikä linkeissä on vikana")
    page.click(".broken >> text=Neuvola")
    page.fill("[name=value]", "https://uusi.example/")
    page.click("[name=_save] >> nth=0")
    page.wait_for_selector(".messagelist .success")
    page.click("#site-name a")

    assert page.locator(".task--links").count() == 0


def test_a_list_has_short_dates_and_fills_the_page_one_is_on(
    page: Any, sign_in: Callable[[User], None], somebody: User, live_server: Any
):
    OfferingFactory.create_batch(51, reviewed_on=TODAY)
    sign_in(somebody)
    page.goto(f"{live_server.url}{address('changelist', Offering)}")

    assert page.locator("#result_list td.field-reviewed_on").first.inner_text() == f"{TODAY:%-d.%-m.%Y}"
    grounds = [
        page.locator(f".paginator {part}").first.evaluate("each => getComputedStyle(each).backgroundColor")
        for part in (".this-page", "a")
    ]
    assert (
        grounds[0]
        != grounds[1]
        == page.locator("#content").evaluate("() => getComputedStyle(document.body).backgroundColor")
    )


def test_the_links_of_the_header_are_big_enough_for_a_thumb(
    page: Any, sign_in: Callable[[User], None], somebody: User, live_server: Any
):
    page.set_viewport_size({"width": 360, "height": 640})
    sign_in(somebody)
    page.goto(f"{live_server.url}/hallinta/")

    heights = page.locator("#user-tools :is(a, button):visible").evaluate_all(
        "links => links.map((link) => link.getBoundingClientRect().height)"
    )
    assert len(heights) >= 3
    assert min(heights) >= 24
