"""The week on the fridge's door: one sheet lying down, black on white, with a code that a phone reads."""

import re
from collections import Counter
from datetime import timedelta
from io import BytesIO

import pytest
import segno
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from calendars.iso_weeks import week_of
from centres.models import FamilyCentre
from meetingplaces.expansion import occurrences
from meetingplaces.models import MeetingPlace, Season
from perhekeskus.addresses import address_in
from tests.browser.pages import LANGUAGES, VIEWS

pytestmark = pytest.mark.django_db

WIDE = VIEWS[0]
IN_DARK = VIEWS[1]
CENTRES = ["rovaniemi", "posio", "esimerkkila"]
MM = 96 / 25.4  # CSS pixels
POINT = 96 / 72
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
LYING = {(842, 595)}
SMALLEST_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let smallest = Infinity;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && element.checkVisibility()) {
      smallest = Math.min(smallest, parseFloat(getComputedStyle(element).fontSize));
    }
  }
  return smallest;
}"""


def fullest_week(slug, today):
    """The week of the demo content's seasons in which the most is on, and off, in the centre `slug`."""
    centre = FamilyCentre.objects.get(slug=slug)
    public = MeetingPlace.objects.public(today).in_centre(centre)
    dates = occurrences(centre, public, today - timedelta(days=120), today + timedelta(days=200), "fi")
    ((day, _many),) = Counter(each.day - timedelta(days=each.day.weekday()) for each in dates).most_common(1)
    return week_of(day)


def week_address(language, slug, week):
    with override(language):
        return reverse("meetingplaces:week", kwargs={"centre": slug, "week": week})


def sheets(page):
    """The sizes of the printed sheets in points, by sheet."""
    pdf = page.pdf(prefer_css_page_size=True, format="A4")
    count = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return count, {(round(float(width)), round(float(height))) for width, height in boxes}


@pytest.mark.parametrize("slug", CENTRES)
def test_the_fullest_week_is_one_sheet_in_every_language(slug, page, portal, today):
    week = fullest_week(slug, today)
    WIDE.show(page)
    for language in LANGUAGES:
        response = page.goto(portal + week_address(language, slug, week))
        assert response.status == 200
        assert sheets(page) == (1, LYING), language


@pytest.mark.parametrize("slug", CENTRES)
def test_the_week_of_a_season_is_one_sheet_in_every_language(slug, page, portal, today):
    WIDE.show(page)
    for season in Season.objects.public(today).filter(centre__slug=slug):
        for language in LANGUAGES:
            response = page.goto(portal + address_in(language, "meetingplaces:season", slug, season.slug))
            assert response.status == 200
            assert sheets(page) == (1, LYING), f"{season.slug}, {language}"


@pytest.mark.parametrize("view", [WIDE, IN_DARK], ids=str)
def test_it_is_black_on_white_and_large_enough_to_read(view, page, portal, today):
    view.show(page)
    page.goto(portal + week_address("fi", "esimerkkila", fullest_week("esimerkkila", today)))
    assert not page.locator(".live").is_visible()
    page.emulate_media(media="print", color_scheme=view.scheme)
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate(SMALLEST_TEXT) >= 8.5 * POINT - 0.01
    assert page.locator(".week").get_by_text("Vauvaviikko").first.is_visible()


@pytest.mark.parametrize("view", [WIDE, IN_DARK], ids=str)
def test_the_code_on_the_sheet_is_black_on_white_and_as_large_as_a_phone_needs(view, page, portal):
    view.show(page)
    page.goto(f"{portal}/rovaniemi/kohtaamispaikat/viikko/2026-W47/")
    page.emulate_media(media="print", color_scheme=view.scheme)
    drawn = page.locator(".live svg")
    code = segno.make(page.url, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=4)]
    side = drawn.bounding_box()["width"]
    assert side / len(rows) * (len(rows) - 8) >= 22 * MM
    # Alone, and ten pixels a module, so that its picture can be read.
    drawn.evaluate(
        """(svg, side) => {
          document.body.replaceChildren(svg);
          Object.assign(svg.style, { position: "fixed", inset: "0 auto auto 0", width: `${side}px` });
        }""",
        len(rows) * 10,
    )
    picture = Image.open(BytesIO(page.locator("svg").screenshot())).convert("RGB")
    seen = [[picture.getpixel((x * 10 + 5, y * 10 + 5)) for x in range(len(rows))] for y in range(len(rows))]
    assert seen == [[BLACK if dark else WHITE for dark in row] for row in rows]


def test_the_narrowed_week_says_on_paper_that_it_is_not_the_whole(page, portal):
    page.goto(f"{portal}/rovaniemi/kohtaamispaikat/?weekday=2")
    said = page.locator(".page-head .on-paper")
    assert not said.is_visible()
    page.emulate_media(media="print")
    assert said.is_visible()
