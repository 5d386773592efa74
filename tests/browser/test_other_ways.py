"""The portal by keyboard alone, without scripts, and the way off a sensitive page."""

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


def test_the_menu_of_languages_and_the_filters_open_with_the_keyboard(page, portal, axe_violations):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{portal}/posio/palvelut/")
    for summary in (
        page.locator("summary", has_text="choose language"),
        page.locator("summary", has_text=said("Narrow the list")),
    ):
        tab_to(page, summary)
        page.keyboard.press("Enter")
        expect(summary.locator("xpath=..")).to_have_attribute("open", "")
    tab_to(page, page.get_by_role("button", name=said("Show services")))
    assert axe_violations(page) == []


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
    page.get_by_role("button", name=said("Show services")).click()
    # Then it is shorter
    expect(page.locator(".results__head h2")).not_to_have_text(all_of_them)
    # When the language is changed
    page.locator("summary", has_text="choose language").click()
    page.get_by_role("link", name="English", exact=True).click()
    # Then the same list stands in it
    expect(page.get_by_role("heading", level=1)).to_have_text("All services")
    assert "age=4" in page.url
    # When a sensitive page is left in a hurry
    page.goto(f"{portal}/rovaniemi/teemat/lahisuhdevakivalta/")
    page.get_by_role("link", name=said("Leave quickly")).click()
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
    page.get_by_role("link", name=said("Leave quickly")).click()
    # Then they are elsewhere, and "back" does not show the page again
    expect(page).to_have_url(settings.QUICK_EXIT_URL)
    assert axe_violations(page) == []
    page.go_back()
    expect(page).to_have_url(f"{portal}/rovaniemi/")
