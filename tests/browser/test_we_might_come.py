"""One tap tells that a family might come, in a real browser: what it sends along is the browser's own word."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from meetingplaces.models import Coming, Session
from tests.factories import SessionChangeFactory

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/esimerkkila/kohtaamispaikat/perhekahvila-silta/"
on_a_phone = pytest.mark.browser_context_args(viewport={"width": 360, "height": 740}, has_touch=True)
without_script = pytest.mark.browser_context_args(
    viewport={"width": 360, "height": 740}, has_touch=True, java_script_enabled=False
)


def buttons(page):
    return page.locator(".next-dates button")


def tap(page, number):
    with page.expect_navigation() as answered:
        buttons(page).nth(number).tap()
    return answered.value


@without_script
def test_a_family_tells_of_two_dates_on_a_phone_without_script_or_cookie(own_portal, page):
    # Given the page of a family café, and nobody who has told yet
    page.goto(f"{own_portal}{PAGE}")
    expect(page.locator(".next-dates small", has_text="saattaa tulla")).to_have_count(0)
    # When a parent taps one date, and from the page that says thank you another
    for number in range(2):
        assert tap(page, 0).status == 200  # the date that was tapped has no button any more
        # Then the page says thank you, in view, and how many might come
        expect(page.get_by_role("status")).to_be_in_viewport()
        assert re.search(r"\?tap=first&date=[0-9-]+_[0-9]+#next$", page.url)
        expect(page.locator(".next-dates small", has_text="saattaa tulla")).to_have_count(number + 1)
    assert [row.families for row in Coming.objects.all()] == [1, 1]
    # And nothing of it stays in the browser
    assert page.context.cookies() == []


@on_a_phone
def test_what_a_tap_leads_to_can_be_read_by_everybody(own_portal, page, axe_violations):
    page.goto(f"{own_portal}{PAGE}")
    assert axe_violations(page) == []
    tap(page, 0)
    expect(page.get_by_role("status")).to_be_visible()
    assert axe_violations(page) == []
    # When the date is called off while somebody looks at the page
    day, session = buttons(page).nth(1).get_attribute("value").split("_")
    SessionChangeFactory(
        session=Session.objects.get(pk=session), day=date.fromisoformat(day), reason_fi="Ohjaaja on kipeä"
    )
    # Then the tap is answered with the reason, and a way back
    assert tap(page, 1).status == 409
    expect(page.locator("main")).to_contain_text("Ohjaaja on kipeä")
    assert axe_violations(page) == []
    page.locator(f"main a[href='{PAGE}']").tap()
    expect(buttons(page)).not_to_have_count(0)
    assert page.context.cookies() == []


@on_a_phone
def test_a_form_on_another_site_counts_nothing(own_portal, page):
    page.goto(f"{own_portal}{PAGE}")
    name = buttons(page).first.get_attribute("value")
    address = page.locator("#we-might-come").get_attribute("action")
    page.goto("about:blank")
    page.set_content(
        f'<form method="post" action="{own_portal}{address}" class="next-dates">'
        f'<button name="date" value="{name}">Voita palkinto</button></form>'
    )
    assert tap(page, 0).status == 403
    assert not Coming.objects.exists()


@on_a_phone
def test_a_page_that_names_no_referrer_could_not_ask(own_portal, page):
    """Why the page has not the policy of sensitive pages: from there browsers send ``Origin: null``."""
    page.goto(f"{own_portal}{PAGE}")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('meta'), "
        "{name: 'referrer', content: 'no-referrer'}))"
    )
    assert tap(page, 0).status == 403
    assert not Coming.objects.exists()
