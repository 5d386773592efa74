"""The portal by keyboard alone, without scripts, and the way off a sensitive page."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import said

pytestmark = pytest.mark.django_db

# The ring around the focused element is drawn by itself or by its ::after, which covers a card.
FOCUS_IS_SEEN = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const ringed = pseudo => {
    const style = getComputedStyle(element, pseudo);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return inside && box.width > 1 && (ringed(null) || ringed("::after"));
}"""

# Nothing covers the middle of the focused element.
FOCUS_LIES_ON_TOP = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const seen = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return element.contains(seen) || seen.contains(element);
}"""

without_scripts = pytest.mark.browser_context_args(java_script_enabled=False)


def tab(page: Page) -> None:
    """To the next stop, which must be seen."""
    page.keyboard.press("Tab")
    html = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    assert page.evaluate(FOCUS_IS_SEEN), f"the focus is not seen on {html}"


def tab_to(page: Page, target: Locator) -> None:
    for _stop in range(100):
        tab(page)
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"The keyboard does not reach {target}")


def test_a_service_is_found_by_name_with_the_keyboard_alone(page, portal, axe_violations):
    # Given a reader without a mouse on the front page
    page.goto(f"{portal}/posio/")
    # When the first stop is taken, past the menus
    tab(page)
    expect(page.locator(":focus")).to_have_text(said("Skip to content"))
    page.keyboard.press("Enter")
    tab(page)
    assert page.evaluate("document.activeElement.closest('main') !== null")
    # And the name of a service is written into the search
    tab_to(page, page.locator("main input[type=search]"))
    page.keyboard.type("neuvola")
    page.keyboard.press("Enter")
    # Then the service stands in the list, and opens
    expect(page.get_by_role("heading", level=1)).to_have_text(said("All services"))
    assert axe_violations(page) == []
    tab_to(page, page.get_by_role("link", name="Neuvola", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Neuvola")
    assert axe_violations(page) == []


def test_the_filters_open_with_the_keyboard(page, portal, axe_violations):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{portal}/posio/palvelut/")
    summary = page.locator("summary", has_text=said("Narrow the list"))
    tab_to(page, summary)
    page.keyboard.press("Enter")
    expect(summary.locator("xpath=..")).to_have_attribute("open", "")
    tab_to(page, page.get_by_role("button", name=said("Show services")).first)
    assert axe_violations(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_menu_of_languages_opens_with_the_keyboard_and_closes_with_escape(
    width, page, portal, axe_violations
):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{portal}/posio/palvelut/")
    button, menu = page.get_by_role("button", name="choose language"), page.locator("#languages")
    # When it is opened, the first language is the next stop, and Escape leads back to the button
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    assert axe_violations(page) == []
    tab(page)
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    # When it is opened and left behind, it lies over nothing that has the focus
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name=said("Help now")).first)
    for _stop in range(8):
        assert page.evaluate(FOCUS_LIES_ON_TOP)
        tab(page)
    expect(menu).to_be_hidden()


def test_the_button_of_languages_names_the_language_whole_and_as_it_is_shown(page, portal):
    page.set_viewport_size({"width": 360, "height": 740})
    for path, shown, named in (
        ("/posio/", "FI", "Suomi"),
        ("/fi-simple/posio/", "Selko", "Selkosuomi"),
        ("/se/rovaniemi/", "SE", "Davvisámegiella"),
    ):
        page.goto(f"{portal}{path}")
        button = page.get_by_role("button", name="choose language")
        expect(button).to_have_accessible_name(re.compile(rf"^{shown} {named} – .*choose language$"))
    expect(button.locator("[lang=se]")).to_have_text("Davvisámegiella")


@without_scripts
def test_filters_languages_and_the_quick_exit_work_without_scripts(page, portal, settings):
    settings.QUICK_EXIT_URL = f"{portal}/"
    # Given a browser that runs no script, and the list on a phone
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{portal}/rovaniemi/palvelut/")
    all_of_them = page.locator(".results__head h2").inner_text()
    # When the list is narrowed
    page.locator("summary", has_text=said("Narrow the list")).click()
    page.get_by_label(said("Child's age in years")).fill("4")
    page.get_by_role("button", name=said("Show services")).first.click()
    # Then it is shorter
    expect(page.locator(".results__head h2")).not_to_have_text(all_of_them)
    # When the language is changed
    page.get_by_role("button", name="choose language").click()
    page.get_by_role("link", name="English", exact=True).click()
    # Then the same list stands in it
    expect(page.get_by_role("heading", level=1)).to_have_text("All services")
    assert "age=4" in page.url
    # When a sensitive page is left in a hurry
    page.goto(f"{portal}/rovaniemi/teemat/lahisuhdevakivalta/")
    page.get_by_role("link", name=said("Leave quickly")).last.click()
    # Then the reader is elsewhere
    expect(page).to_have_url(f"{portal}/")


def test_the_quick_exit_leaves_nothing_to_come_back_to(page, portal, settings, axe_violations):
    settings.QUICK_EXIT_URL = f"{portal}/esimerkkila/tietosuoja/"
    # Given somebody who came from the front page to a sensitive one
    page.goto(f"{portal}/rovaniemi/")
    page.get_by_role("link", name="Apua lähisuhdeväkivaltaan").click()
    expect(page).to_have_url(f"{portal}/rovaniemi/teemat/lahisuhdevakivalta/")
    assert axe_violations(page) == []
    # When they leave in a hurry
    page.get_by_role("link", name=said("Leave quickly")).first.click()
    # Then they are elsewhere, and "back" does not show the page again
    expect(page).to_have_url(settings.QUICK_EXIT_URL)
    assert axe_violations(page) == []
    page.go_back()
    expect(page).to_have_url(f"{portal}/rovaniemi/")


def test_back_from_a_service_leads_to_the_list_it_was_found_in(page, portal):
    page.goto(f"{portal}/rovaniemi/teemat/lahisuhdevakivalta/")
    page.locator(".card").get_by_role("link", name="Turvakoti").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Turvakoti")
    page.go_back()
    expect(page).to_have_url(f"{portal}/rovaniemi/teemat/lahisuhdevakivalta/")


def test_shift_pressed_three_times_leaves_a_sensitive_page_from_anywhere_in_it(page, portal, settings):
    settings.QUICK_EXIT_URL = f"{portal}/esimerkkila/tietosuoja/"
    page.goto(f"{portal}/rovaniemi/apua-heti/")
    expect(page.get_by_text(said("or press Shift three times"))).to_be_visible()
    # Capital letters are no way out
    for key in ("Shift", "a", "Shift", "b", "Shift"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_have_text(said("Help now"))
    for key in ("Shift", "Shift"):
        page.keyboard.press(key)
    expect(page).to_have_url(settings.QUICK_EXIT_URL)


@without_scripts
def test_without_scripts_no_key_is_promised(page, portal):
    page.goto(f"{portal}/rovaniemi/apua-heti/")
    expect(page.locator("[data-quick-exit-keys]")).to_be_hidden()
