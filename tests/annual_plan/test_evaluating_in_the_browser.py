"""A network says by its link what became of its rows, as people see it: axe finds nothing wrong, and all fits."""

import pytest
from playwright.sync_api import expect

from annual_plan.asking import token_of
from annual_plan.models import Outcome, PlanItem
from tests.annual_plan.test_evaluating_by_link import address, its_row
from tests.browser.pages import VIEWS, said
from tests.conftest import NOW
from tests.factories import FamilyCentreFactory, LocalNetworkFactory, PlanFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def token():
    centre = FamilyCentreFactory(slug="keskus", coordinator_email="koordinaattori@esimerkki.example")
    plan = PlanFactory(centre=centre)
    network = LocalNetworkFactory(centre=centre, email="verkosto@esimerkki.example")
    its_row(
        plan, network, number=1, quarter=1, title_fi="Kysely vanhemmille kohtaamispaikoista",
        description_fi="Osana toista kyselyä.",
    )  # fmt: skip
    its_row(plan, network, number=2, quarter=3, title_fi="Iltakahvit", is_internal=True)
    its_row(plan, network, number=3, quarter=None, title_fi="Perehdytys")
    return token_of(plan, network, network.email)


def looked_at(page, axe_violations):
    """What axe finds, by view; nothing may be wider than the window."""
    found = {}
    for view in VIEWS:
        view.show(page)
        assert page.evaluate("document.documentElement.scrollWidth") == view.width, str(view)
        if violations := axe_violations(page):
            found[str(view)] = violations
    return found


@pytest.mark.axe
def test_a_network_says_what_became_of_its_rows(page, live_server, token, axe_violations):
    page.goto(f"{live_server.url}{address(token)}")
    assert looked_at(page, axe_violations) == {}
    page.locator("main a.button").click()
    page.wait_for_url(f"**{address(token, 1)}")
    next_step, reason = page.locator(".evaluation__next_step"), page.locator(".evaluation__drop_reason_fi")
    expect(next_step).to_be_hidden()
    page.check("[name=outcome][value=partly]")
    expect(next_step).to_be_visible()
    page.click("main form button")
    # The form comes back and says what is missing.
    expect(page.locator("#problems")).to_be_focused()
    assert looked_at(page, axe_violations) == {}
    page.check("[name=next_step][value=goes-on]")
    expect(reason).to_be_hidden()
    page.fill("[name=titles]", "Kysely uudestaan\nTulosten ilta")
    page.fill("[name=evaluation_fi]", "Sata vastasi, tuloksia ei ehditty käsitellä.")
    page.click("main form button")
    page.wait_for_url(f"**{address(token, 2)}?saved=1")
    PlanItem.objects.get(plan__year=2026, number=2).save()
    page.check("[name=outcome][value=dropped]")
    expect(page.locator(".evaluation__next_step")).to_be_hidden()
    page.fill("[name=drop_reason_fi]", "Kukaan ei ehdi.")
    page.click("main form button")
    # Somebody else has saved it meanwhile.
    expect(page.locator("#stands")).to_be_visible()
    assert looked_at(page, axe_violations) == {}
    page.click("main form button")
    page.wait_for_url(f"**{address(token)}?saved=2")
    assert page.locator("h1").text_content() == said("Thank you!")
    assert looked_at(page, axe_violations) == {}
    assert list(
        PlanItem.objects.filter(plan__year=2026).order_by("number").values_list("outcome", flat=True)
    ) == [
        Outcome.PARTLY,
        Outcome.DROPPED,
        Outcome.NOT_STARTED,
    ]
    assert PlanItem.objects.filter(plan__year=2027).count() == 2


@pytest.mark.axe
def test_a_link_that_is_too_old_sends_a_new_one(page, live_server, token, axe_violations, time_machine):
    time_machine.move_to(NOW.replace(month=12, day=24))
    page.goto(f"{live_server.url}{address(token)}")
    assert looked_at(page, axe_violations) == {}
    page.locator("main form button").click()
    page.wait_for_url("**/+/")
    assert looked_at(page, axe_violations) == {}


def test_everything_fits_a_narrow_window_with_letters_twice_as_large(page, live_server, token):
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (address(token), address(token, 1)):
        page.goto(f"{live_server.url}{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_every_page_is_valid(client, token, invalid_html):
    documents = {}
    for name, path in (("list", address(token)), ("row", address(token, 1)), ("over", address("x"))):
        documents[name] = client.get(path).content.decode()
    sent = {"outcome": "kuu", "evaluation_fi": "Oma arvio."}
    answer = client.post(address(token, 2), sent, headers={"origin": "http://testserver"})
    documents["wrong"] = answer.content.decode()
    assert invalid_html(documents) == []
