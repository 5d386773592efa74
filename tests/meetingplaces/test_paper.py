"""What only a printed week has: a QR code to the page as it is on the day, and how close the text is set."""

import re

import pytest
import segno
from lxml import html

from meetingplaces.paper import closeness
from perhekeskus.addresses import address_in
from tests.factories import FamilyCentreFactory, MeetingPlaceFactory, SeasonFactory, SessionFactory

QUIET = 4  # modules around the code, by its standard


@pytest.fixture
def centre():
    centre = FamilyCentreFactory(slug="kunta")
    row = MeetingPlaceFactory(centre=centre, name_fi="Kahvila", from_month=0, to_month=12)
    SessionFactory(meeting_place=row, season=SeasonFactory(centre=centre, slug="syksy"))
    return centre


def modules(tree):
    """Which modules of the page's QR code are dark, row by row, read from its drawing."""
    (svg,) = tree.find_class("live")[0].iter("svg")
    size = int(svg.get("viewbox").split()[-1])
    dark = set()
    x, y = 0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", svg.find("path").get("d")):
        if command == "h":
            dark |= {(x + each, int(y)) for each in range(int(first))}
            x += int(first)
        else:
            x, y = (int(first), float(second)) if command == "M" else (x + int(first), y + float(second))
    return [[(x, y) in dark for x in range(size)] for y in range(size)]


def code_of(address):
    code = segno.make(address, error="m", micro=False)
    return [[bool(module) for module in row] for row in code.matrix_iter(border=QUIET)]


def parsed(client, path):
    return html.fromstring(client.get(path).content.decode())


@pytest.mark.django_db
class TestTheCode:
    @pytest.mark.parametrize(
        ("path", "live"),
        [
            ("/kunta/kohtaamispaikat/", "/kunta/kohtaamispaikat/viikko/2026-W47/"),
            ("/kunta/kohtaamispaikat/viikko/2026-W50/", "/kunta/kohtaamispaikat/viikko/2026-W50/"),
            ("/en/kunta/meeting-places/", "/en/kunta/meeting-places/week/2026-W47/"),
            (
                "/kunta/kohtaamispaikat/?age=7+kk&group=&organiser=nobody",
                "/kunta/kohtaamispaikat/viikko/2026-W47/?age=7+kk",
            ),
        ],
    )
    def test_it_leads_to_this_week_in_the_pages_language_and_as_it_was_narrowed(
        self, client, centre, path, live
    ):
        tree = parsed(client, path)
        assert modules(tree) == code_of(f"http://testserver{live}")
        assert tree.find_class("live")[0].text_content().strip().endswith(f"testserver{live}")

    def test_that_of_a_season_leads_to_the_week_that_runs_then(self, client, centre):
        tree = parsed(client, address_in("fi", "meetingplaces:season", "kunta", "syksy"))
        assert modules(tree) == code_of("http://testserver/kunta/kohtaamispaikat/")

    def test_no_choice_is_too_long_for_it(self, client, centre):
        assert (
            client.get("/kunta/kohtaamispaikat/", {"age": " " * 3000 + "4", "x": "x" * 3000}).status_code
            == 200
        )

    def test_it_is_drawn_without_styles_and_not_read_aloud(self, client, centre):
        (figure,) = parsed(client, "/kunta/kohtaamispaikat/").xpath("//*[@class='live on-paper']/div")
        assert figure.get("aria-hidden") == "true"
        assert not figure.xpath(".//@style | .//style | .//script")


@pytest.mark.parametrize(
    ("lengths", "below", "step"),
    [
        ([1, 2, 1, 2, 1, 0, 0], 0, 0),
        ([2, 3, 3, 2, 2, 0, 0], 0, 1),
        ([2, 4, 3, 2, 2, 0, 0], 0, 2),
        ([2, 4, 3, 2, 2, 1, 0], 0, 3),
        ([2, 4, 3, 2, 2, 0, 0], 1, 3),
        ([9, 9, 9, 9, 9, 0, 0], 0, 4),
        ([0, 0, 0, 0, 0, 0, 0], 0, 0),
    ],
)
def test_the_more_is_on_the_closer_it_is_set(lengths, below, step):
    assert closeness([range(length) for length in lengths], below) == step
