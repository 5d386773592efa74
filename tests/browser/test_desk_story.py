"""The coordinator's minute: something put right at the desk stands on the public page at once."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from perhekeskus import demo as demo_content
from tests.factories import enrol
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

SENTENCE = "Pirtissä leikitään, juodaan kahvia ja tavataan muita perheitä."

# Django's forms fetch the choice of each row by itself as they check it.
EACH_ROW_LOOKS_UP_ITS_CHOICE = {"model": "*", "field": "get()"}


@pytest.fixture(scope="module")
def coordinator(demo, django_db_blocker):
    """The e-mail address and password of Posio's coordinator, as the first start of the portal prints them."""
    with django_db_blocker.unblock():
        made = {
            centre.slug: (email, password) for centre, email, password in demo_content.make_coordinators()
        }
        enrol(User.objects.get(email=made["posio"][0]))
        return made["posio"]


def test_a_coordinator_changes_a_sentence_and_it_stands_on_the_page(
    page, portal, new_context, coordinator, settings, axe_violations
):
    settings.ZEAL_ALLOWLIST = [EACH_ROW_LOOKS_UP_ITS_CHOICE]
    # Given a family that reads the page of a service
    family = new_context().new_page()
    family.goto(f"{portal}/posio/palvelut/perheiden-pirtti/")
    lead = family.locator(".lead")
    expect(lead).not_to_have_text(SENTENCE)
    # When the coordinator signs in, looks the service up by name, and changes the sentence
    email, password = coordinator
    page.goto(f"{portal}/hallinta/")
    sign_in(page, email, password)
    page.locator("#content-main th a[href$='/services/service/']").click()
    page.locator("#searchbar").fill("Perheiden Pirtti")
    page.locator("#searchbar").press("Enter")
    page.locator("#result_list").get_by_role("link", name="Perheiden Pirtti").click()
    page.locator("[name=summary_fi]").fill(SENTENCE)
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    # Then the family sees it as soon as the page is opened again
    family.reload()
    expect(lead).to_have_text(SENTENCE)
    assert axe_violations(family) == []
    # And plain Finnish, which has a sentence of its own, is as it was
    family.goto(f"{portal}/fi-simple/posio/palvelut/perheiden-pirtti/")
    expect(lead).not_to_have_text(SENTENCE)
    assert axe_violations(family) == []
