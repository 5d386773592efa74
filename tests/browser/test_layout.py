"""How pages stand on the narrowest screen, with large text, under the quick exit, and on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import IN_CENTRES, LANGUAGES, PUBLIC, SAMPLES, SENSITIVE, Sample, View

pytestmark = [pytest.mark.django_db, pytest.mark.layout]

NARROW = View("narrow", 320, 640, "light")
WIDE = View("wide", 1280, 800, "light")
OTHER_FRONTS = [Sample(f"front of {centre}", "front", centre=centre) for centre in ("posio", "esimerkkila")]
PHONE = View("phone", 360, 780, "light")

# Everything that a finger aims at, but links within a sentence, which are as high as the sentence's line
# (WCAG 2.5.8), and what is out of sight until it is focused. A labelled box is as large as its label.
SMALL_TARGETS = """() => {
  const inSentence = link => getComputedStyle(link).display === "inline"
    && [...link.parentElement.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .map(element => element.closest("label") ?? element)
    .filter(element => element.checkVisibility() && !element.matches(".skip") && !inSentence(element))
    .map(element => [element.getBoundingClientRect(), element.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width && (box.width < 24 || box.height < 24))
    .map(([box, html]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${html}`);
}"""

# What sticks out to the side of the window, whether or not something above it cuts it off.
STICKING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter(element => element.checkVisibility() && !element.closest(".hidden-text, .skip, svg"))
  .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(element => element.outerHTML.slice(0, 120))"""

# Telephone numbers and times that stand on more than one line.
BROKEN = """() => [...document.querySelectorAll(".tel, .nobreak")]
  .filter(element => element.checkVisibility())
  .filter(element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
  })
  .map(element => element.textContent)"""

# The same within a group of figures: "080 005 005" may stand on two lines where text is very large, "00" and "5" not.
BROKEN_WITHIN = """() => [...document.querySelectorAll(".tel, .hours dd")]
  .filter(element => element.checkVisibility())
  .flatMap(element => {
    const found = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (const group of walker.currentNode.data.matchAll(/[\\d.:–]+/g)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, group.index);
      range.setEnd(walker.currentNode, group.index + group[0].length);
      if (range.getClientRects().length > 1) found.push(`${group[0]} of ${element.textContent}`);
    }
    return found;
  })"""

# Whether the quick exit, which stays in view, lies over the element that has the focus.
HIDDEN_BY_THE_EXIT = """() => {
  const exit = document.querySelector(".exit"), focused = document.activeElement;
  const a = exit.getBoundingClientRect(), b = focused.getBoundingClientRect();
  const top = Math.max(a.top, b.top), bottom = Math.min(a.bottom, b.bottom);
  if (focused === document.body || focused.matches("main") || bottom <= top) return false;
  const seen = document.elementFromPoint((b.left + b.right) / 2, (top + bottom) / 2);
  return exit.contains(seen) && !exit.contains(focused);
}"""


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def enlarge_text(page):
    """Sets the reader's own text size to 200 %, as the browser's settings do: 16 px becomes 32.

    Media queries know of it.
    """
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})


@pytest.mark.parametrize("sample", PUBLIC, ids=str)
def test_nothing_sticks_out_of_the_narrowest_window_even_when_text_is_twice_as_large(sample, page, look_at):
    for size in ("16px", "32px"):
        for language in LANGUAGES:
            look_at(sample, language, NARROW)
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == size
            assert (scrolls_sideways(page), page.evaluate(STICKING_OUT)) == (False, []), language
        enlarge_text(page)


def enlarge_text_of_this_page(page):
    """Makes text twice as large as phones and extensions do: no media query knows of it."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")


@pytest.mark.parametrize("sample", [*PUBLIC, *OTHER_FRONTS], ids=str)
def test_nothing_sticks_out_either_when_the_text_of_one_page_is_made_twice_as_large(sample, page, look_at):
    look_at(sample, "fi", NARROW)
    enlarge_text_of_this_page(page)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert (scrolls_sideways(page), page.evaluate(STICKING_OUT)) == (False, [])
    assert page.evaluate(BROKEN_WITHIN) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_targets_are_large_enough_for_a_finger(sample, page, look_at):
    look_at(sample, "fi", NARROW)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate(SMALL_TARGETS) == []


def hidden_by_the_exit(page):
    """What lies under the quick exit when it gets the focus, in a walk through the page with the keyboard."""
    hidden = []
    for _stop in range(page.locator("a[href], button, input, select, summary").count()):
        page.keyboard.press("Tab")
        if page.evaluate(HIDDEN_BY_THE_EXIT):
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    return hidden


@pytest.mark.parametrize("view", [NARROW, WIDE], ids=str)
@pytest.mark.parametrize("sample", SENSITIVE, ids=str)
def test_the_quick_exit_hides_nothing_that_has_the_focus(sample, view, page, look_at):
    look_at(sample, "fi", view)
    assert hidden_by_the_exit(page) == []


@pytest.mark.parametrize("view", [PHONE, View("tall phone", 360, 1000, "light"), WIDE], ids=str)
@pytest.mark.parametrize("sample", SENSITIVE, ids=str)
def test_it_hides_nothing_when_text_is_twice_as_large_and_takes_a_sixth_of_the_window(
    sample, view, page, look_at
):
    look_at(sample, "fi", view)
    enlarge_text(page)
    assert page.locator(".exit").bounding_box()["height"] <= view.height / 6
    assert hidden_by_the_exit(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", PUBLIC, ids=str)
def test_numbers_and_times_stand_on_one_line_and_break_only_between_groups_when_text_is_twice_as_large(
    sample, language, page, look_at
):
    look_at(sample, language, NARROW)
    assert page.evaluate(BROKEN) == []
    enlarge_text(page)
    assert page.evaluate(BROKEN_WITHIN) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_main_menu_is_one_row_on_the_narrowest_phone(language, page, look_at):
    look_at(IN_CENTRES[0], language, NARROW)
    tops = {item.bounding_box()["y"] for item in page.locator(".nav a").all()}
    assert len(tops) == 1


def test_a_step_that_holds_nothing_is_left_out_of_the_stairs_and_its_number_is_heard(page, look_at):
    look_at(next(sample for sample in SENSITIVE if sample.name == "sensitive theme"), "fi", WIDE)
    steps = page.locator(".stairs > li")
    sections = page.locator(".level-section h2")
    expect(steps).to_have_count(2)
    expect(page.locator(".stairs a[href^='#level-']")).to_have_count(2)
    assert [re.search(r"\d", text)[0] for text in steps.all_text_contents()] == ["3", "4"]
    # Where somebody may be in danger, the strongest help comes first.
    assert [re.search(r"\d", text)[0] for text in sections.all_text_contents()] == ["4", "3"]


# A4 sheets: help now hangs on the wall, and a nurse hands out the others.
@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("help now", 1),
        ("front", 1),
        ("service", 1),
        ("service with points", 2),
        ("sensitive theme", 2),
        ("theme", 2),
        ("age group", 4),
        ("organisation", 2),
        ("about", 2),
        ("annual plan", 3),
    ],
)
def test_a_page_takes_few_sheets_of_paper(name, most, page, look_at):
    sample = next(sample for sample in SAMPLES if sample.name == name)
    for language in LANGUAGES if name == "help now" else ["fi"]:
        look_at(sample, language, WIDE)
        sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True, format="A4"))
        assert 0 < len(sheets) <= most, language


@pytest.mark.parametrize("sample", IN_CENTRES, ids=str)
def test_paper_gets_the_content_and_no_controls(sample, page, look_at):
    look_at(sample, "fi", WIDE)
    page.emulate_media(media="print")
    controls = page.locator(
        "header nav, .lang, .help-link, .exit, .exit-again, .crumbs, .filters, .search, .pages, .foot"
    )
    assert [html for html in controls.all() if html.is_visible()] == []
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
