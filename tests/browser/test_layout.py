"""How pages stand on the narrowest screen, with large text, under the quick exit, and on paper."""

import pytest

from tests.browser.pages import IN_CENTRES, LANGUAGES, PUBLIC, SAMPLES, SENSITIVE, View

pytestmark = pytest.mark.django_db

NARROW = View("narrow", 320, 640, "light")
WIDE = View("wide", 1280, 800, "light")

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

# Whether the quick exit, which stays in view, lies over the element that has the focus.
HIDDEN_BY_THE_EXIT = """() => {
  const exit = document.querySelector(".exit"), focused = document.activeElement;
  const a = exit.getBoundingClientRect(), b = focused.getBoundingClientRect();
  const top = Math.max(a.top, b.top), bottom = Math.min(a.bottom, b.bottom);
  if (focused === document.body || bottom <= top) return false;
  const seen = document.elementFromPoint((b.left + b.right) / 2, (top + bottom) / 2);
  return exit.contains(seen) && !exit.contains(focused);
}"""


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def enlarge_text(page):
    """Sets the reader's own text size to 200 %, as the browser's settings do: 16 px becomes 32."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", PUBLIC, ids=str)
def test_nothing_sticks_out_of_the_narrowest_window_even_when_text_is_twice_as_large(
    sample, language, page, look_at
):
    look_at(sample, language, NARROW)
    assert (scrolls_sideways(page), page.evaluate(STICKING_OUT)) == (False, [])
    enlarge_text(page)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert (scrolls_sideways(page), page.evaluate(STICKING_OUT)) == (False, [])


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_targets_are_large_enough_for_a_finger(sample, page, look_at):
    look_at(sample, "fi", NARROW)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("view", [NARROW, WIDE], ids=str)
@pytest.mark.parametrize("sample", SENSITIVE, ids=str)
def test_the_quick_exit_hides_nothing_that_has_the_focus(sample, view, page, look_at):
    look_at(sample, "fi", view)
    stops = page.locator("a[href], button, input, select, summary").count()
    hidden = []
    for _stop in range(stops):
        page.keyboard.press("Tab")
        if page.evaluate(HIDDEN_BY_THE_EXIT):
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert hidden == []


@pytest.mark.parametrize("sample", IN_CENTRES, ids=str)
def test_paper_gets_the_content_and_no_controls(sample, page, look_at):
    look_at(sample, "fi", WIDE)
    page.emulate_media(media="print")
    controls = page.locator("header nav, .lang, .help-link, .exit, .crumbs, .filters, .search, .pages, .foot")
    assert [html for html in controls.all() if html.is_visible()] == []
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
