"""The pages of one's own card and access, as people see them: axe finds nothing wrong, and one click is enough."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from centres.models import Membership
from networks.confirming import token_of
from networks.models import AccessRequest, Professional
from tests.browser.pages import VIEWS
from tests.conftest import NOW
from tests.factories import (
    AccessRequestFactory,
    MembershipFactory,
    ProfessionalFactory,
    SpokenLanguageFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
)
from tests.signing_in import let_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def card(professional):
    """A card on which everything stands; its access ends soon."""
    professional.phone, professional.email = "040 1234567", "testi@esimerkki.example"
    professional.hours_fi, professional.about_fi = "Maanantaisin klo 9–11", "Vauvan unesta."
    professional.save()
    professional.topics.set(TopicFactory.create_batch(3))
    professional.languages.set(SpokenLanguageFactory.create_batch(2))
    Membership.objects.update(ends_on=NOW.date() + timedelta(days=20))
    return professional


def address(name, **kwargs):
    return reverse(f"professionals:{name}", kwargs={"centre": "keskus", **kwargs})


def looked_at(page, axe_violations, *, anew=False):
    """What axe finds, by view; nothing may be wider than the window. The desk fades: it is loaded `anew`."""
    found = {}
    for view in VIEWS:
        view.show(page)
        if anew:
            page.reload()
        found[str(view)] = axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= view.width, view
    return {view: wrong for view, wrong in found.items() if wrong}


@pytest.mark.axe
def test_axe_finds_nothing_on_the_pages_of_whoever_is_let_in(page, live_server, card, axe_violations):
    let_in(page, live_server.url, card.user)
    for name in ("own", "own_edit", "leave", "left"):
        page.goto(f"{live_server.url}{address(name)}")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert looked_at(page, axe_violations) == {}, name


@pytest.mark.axe
def test_axe_finds_nothing_on_a_form_that_came_back(page, live_server, card, axe_violations):
    let_in(page, live_server.url, card.user)
    page.goto(f"{live_server.url}{address('own_edit')}")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.locator("[name=phone]").fill("12")
    page.locator("[name=given_name]").fill("")
    page.locator("main form button[type=submit]").click()
    assert page.locator(".field__error").count() == 2
    expect(page.locator("#problems")).to_be_focused()
    assert page.locator("#problems a").evaluate_all("links => links.map(link => link.hash)") == [
        "#id_given_name",
        "#id_phone",
    ]
    assert looked_at(page, axe_violations) == {}


def test_numbers_wrap_where_a_small_window_meets_large_text(page, live_server, card):
    card.stand_in = ProfessionalFactory(home=card.home, phone="040 1234567")
    card.save()
    let_in(page, live_server.url, card.user)
    page.set_viewport_size({"width": 320, "height": 640})
    topic = ThemeFactory(centre=card.home, topics=card.topics.all()).slug
    finder = reverse("finder:find", kwargs={"centre": "keskus"})
    for path in (address("card", uuid=card.uuid), f"{finder}?theme={topic}"):
        page.goto(f"{live_server.url}{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.locator("main a.tel").count() > 0
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


@pytest.mark.axe
def test_a_card_is_confirmed_by_its_link_with_one_tap(page, live_server, card, axe_violations):
    path = f"{live_server.url}{address('confirm', token=token_of(card))}"
    page.goto(path)
    assert looked_at(page, axe_violations) == {}
    page.locator("main form button").click()
    page.wait_for_url(f"**{address('confirmed')}")
    assert looked_at(page, axe_violations) == {}
    page.goto(path)
    assert looked_at(page, axe_violations) == {}
    assert Professional.objects.get(pk=card.pk).confirmed_on == NOW.date()
    page.locator("main form button").click()
    page.wait_for_url("**/+/")
    assert looked_at(page, axe_violations) == {}


def test_somebody_asks_and_is_thanked(page, live_server, centre):
    page.goto(f"{live_server.url}{address('ask')}")
    for name, value in (
        ("given_name", "Testi"),
        ("family_name", "Esimerkki"),
        ("title", "Opettaja"),
        ("email", "testi@esimerkki.example"),
        ("organisation_name", "Koulu"),
    ):
        page.locator(f"[name={name}]").fill(value)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{address('asked')}")
    assert AccessRequest.objects.get().email == "testi@esimerkki.example"
    assert page.context.cookies() == []


@pytest.mark.axe
def test_the_coordinator_answers_with_one_click(page, live_server, centre, axe_violations):
    first, second = (AccessRequestFactory(centre=centre, message="Neuvolassa. " * 20) for _number in range(2))
    user = MembershipFactory(centre=centre, user=UserFactory(is_staff=True)).user
    let_in(page, live_server.url, user)
    path = reverse("admin:networks_accessrequest_changelist")
    page.goto(f"{live_server.url}{path}")
    assert looked_at(page, axe_violations, anew=True) == {}
    accept = reverse("admin:networks_accessrequest_accept", args=[first.pk])
    page.locator(f"button[formaction='{accept}']").click()
    page.locator(".messagelist").wait_for()
    states = AccessRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["accepted", "waiting"]
    refuse = reverse("admin:networks_accessrequest_refuse", args=[second.pk])
    page.locator(f"button[formaction='{refuse}']").click()
    page.locator(".messagelist").wait_for()
    assert list(states.all()) == ["accepted", "refused"]
