"""What people come for, step by step: by links and taps on a phone, in several languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import IN_CENTRES, View, said

pytestmark = pytest.mark.django_db

THE_PHONE = View("phone", 360, 740, "light")
on_a_phone = pytest.mark.browser_context_args(viewport={"width": 360, "height": 740}, has_touch=True)

# The age group, the situation and three services that help, by the names a reader of each language sees.
SEPARATING = {
    "fi": (
        "1–6-vuotiaat",
        "Parisuhde",
        "Kasvatus- ja perheneuvonta",
        "Perheoikeudelliset palvelut",
        "Apua eroon",
    ),
    "fi-simple": (
        "1–6-vuotiaat lapset",
        "Parisuhde",
        "Kasvatus- ja perheneuvonta",
        "Perheoikeudelliset palvelut",
        "Apua eroon",
    ),
    "en": ("1–6 years", "Your relationship", "Child guidance", "Family law services", "Apua eroon"),
}


def choose_language(page: Page, name: str) -> None:
    page.get_by_role("button", name="choose language").tap()
    page.get_by_role("link", name=name, exact=True).tap()


@on_a_phone
@pytest.mark.parametrize("language", SEPARATING)
def test_a_family_in_posio_finds_three_services_when_the_parents_separate(
    language, page, portal, axe_violations
):
    age, situation, *services = SEPARATING[language]
    # Given the parents of a four-year-old at the portal's door, with a phone in one hand
    page.goto(portal)
    if language != "fi":
        choose_language(page, {"fi-simple": "Selkosuomi", "en": "English"}[language])
    # When they choose Posio, the child's age, and their situation
    page.get_by_role("link", name="Posio").tap()
    page.locator(".ages").get_by_role("link", name=age).tap()
    page.get_by_role(
        "link", name=said("Find by topic or language among all services for this age", language)
    ).tap()
    page.locator("summary", has_text=said("Narrow the list", language)).tap()
    page.get_by_label(said("Situation", language)).select_option(
        page.locator("option", has_text=situation).get_attribute("value")
    )
    page.get_by_role("button", name=said("Show services", language)).last.tap()
    # Then each of the services is there, and its page tells how to reach it
    page.wait_for_url("**theme=parisuhde**")
    found = page.url
    for service in services:
        # The list is a sensitive one, and is not to be found with "back" once it is left
        page.goto(found)
        page.locator(".card").get_by_role("link", name=service).tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text(service)
        expect(page.locator("html")).to_have_attribute("lang", language)
        ways = page.get_by_role("region", name=said("How to get help", language)).get_by_role("link")
        expect(ways).not_to_have_count(0)
        assert {way.get_attribute("href").split(":")[0] for way in ways.all()} <= {"tel", "mailto", "https"}
        assert axe_violations(page) == []


@on_a_phone
def test_a_young_person_finds_somebody_to_talk_to_without_a_name(page, portal, axe_violations):
    # Given somebody of fifteen
    page.goto(f"{portal}/rovaniemi/")
    # When they choose their own age
    page.get_by_role("link", name="13–17-vuotiaat").tap()
    # Then the first thing on the page is somebody to talk to, and no name is asked for
    first = page.locator("main h2").first
    expect(first).to_have_text(said("Talk with somebody"))
    page.get_by_role("region", name=said("Talk with somebody")).locator(".rows").get_by_role(
        "link", name="Lasten ja nuorten puhelin"
    ).tap()
    expect(page.locator(".page-head .badges")).to_contain_text(said("No name needed"))
    expect(page.locator("a.contact__link").first).to_have_attribute("href", "tel:116111")
    assert axe_violations(page) == []


@on_a_phone
def test_help_now_is_one_tap_from_every_page_and_calls_112(page, look_at, axe_violations):
    for sample in IN_CENTRES:
        # Given a reader anywhere
        look_at(sample, view=THE_PHONE)
        # When they tap the one red button, which they see without scrolling
        button = page.locator("header").get_by_role("link", name=said("Help now"))
        expect(button).to_be_in_viewport(ratio=1)
        button.tap()
        # Then 112 is in view, and called at a tap
        expect(page.get_by_role("heading", level=1)).to_have_text(said("Help now"))
        call = page.locator("main a[href^='tel:']").first
        expect(call).to_have_attribute("href", "tel:112")
        expect(call).to_be_in_viewport(ratio=1)
    assert axe_violations(page) == []


@on_a_phone
def test_where_no_centre_is_chosen_yet_the_red_button_calls_112(page, portal, axe_violations):
    page.goto(portal)
    button = page.locator("header").get_by_role("link", name=said("Call 112"))
    expect(button).to_have_attribute("href", "tel:112")
    assert axe_violations(page) == []


@on_a_phone
def test_filters_combine_are_taken_away_and_shared(page, portal, context, axe_violations):
    # Given the list of all services on a phone
    page.goto(f"{portal}/posio/palvelut/")
    # When a parent says the age of the child and wants the third step of support, by the name Posio gives it
    page.locator("summary", has_text=said("Narrow the list")).tap()
    page.get_by_label(said("Child's age in years")).fill("4")
    page.get_by_label("Erilaiset tuen muodot").tap()
    page.get_by_role("button", name=said("Show services")).last.tap()
    # Then both stand above the list, and in the address
    chips = page.get_by_role("list", name=said("Your choices")).get_by_role("listitem")
    expect(chips).to_have_count(3)
    both = page.locator(".results__head h2").inner_text()
    assert axe_violations(page) == []
    # When one is taken away
    chips.first.get_by_role("link").tap()
    # Then the other stays, and more is found
    expect(chips).to_have_count(2)
    one = page.locator(".results__head h2").inner_text()
    assert int(one.split()[0]) > int(both.split()[0]) > 0
    # When the address is sent to a friend
    friend = context.new_page()
    friend.goto(page.url)
    # Then the friend sees the same list
    assert friend.locator(".results__head h2").inner_text() == one
    assert friend.locator(".card h3").all_inner_texts() == page.locator(".card h3").all_inner_texts()
    assert axe_violations(friend) == []


@on_a_phone
def test_a_reader_changes_the_language_and_stays_on_the_same_page(page, portal, axe_violations):
    # Given a list that a Finnish friend has narrowed
    page.goto(f"{portal}/posio/palvelut/?age=4&theme=parisuhde")
    count = page.locator(".results__head h2").inner_text().split()[0]
    # When a Swedish reader, then an English one, chooses a language
    for name, path, heading in (
        ("Svenska", "/sv/posio/", said("All services", "sv")),
        ("English", "/en/posio/", "All services"),
    ):
        choose_language(page, name)
        # Then it is the same list in that language
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert page.url.startswith(f"{portal}{path}")
        assert page.url.endswith("?age=4&theme=parisuhde")
        assert page.locator(".results__head h2").inner_text().split()[0] == count
        assert axe_violations(page) == []
