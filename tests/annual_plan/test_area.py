"""The area's centres side by side: what anybody sees, whoever reads it."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from annual_plan.models import Outcome, Plan
from centres.publishing import Status
from tests.annual_plan.pages import answer, fill, queries, said, tree
from tests.factories import FamilyCentreFactory, PlanFactory, PlanItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbour(centre):
    """Another centre of the same area."""
    return FamilyCentreFactory(area=centre.area, name_fi="Naapurin perhekeskus", order=1)


def told(response):
    """What is told of each centre in the table: year and numbers, by its name."""
    bodies = tree(response).xpath("//table/tbody")
    return {
        said(body.xpath("./tr/th[@scope='rowgroup']")[0]): {
            said(row.xpath("./th")[0]): [int(cell.xpath("text()")[0]) for cell in row.xpath("./td")]
            for row in body.xpath("./tr[td]")
        }
        for body in bodies
    }


def path_of(name, centre):
    with override("fi"):
        return reverse(f"annual_plan:{name}", kwargs={"centre": centre.slug})


class TestWhatItShows:
    def test_the_public_centres_of_the_area_and_no_others(self, client, centre, neighbour):
        FamilyCentreFactory(area=centre.area, status=Status.DRAFT)
        FamilyCentreFactory()
        for one in (centre, neighbour):
            PlanFactory(centre=one, year=2026)
        headings = tree(answer(client, "area", centre)).xpath("//main//h2/a")
        assert [(said(link), link.get("href")) for link in headings] == [
            (one.name, path_of("index", one)) for one in (centre, neighbour)
        ]

    def test_each_year_of_each_with_its_counts_and_the_way_to_it(self, client, centre, neighbour):
        mine = PlanFactory(centre=centre, year=2026)
        theirs = PlanFactory(centre=neighbour, year=2025, phase=Plan.Phase.EVALUATED)
        PlanItemFactory(plan=mine)
        PlanItemFactory(plan=theirs, outcome=Outcome.ACHIEVED)
        PlanItemFactory(plan=theirs, outcome=Outcome.PARTLY)
        response = answer(client, "area", centre)
        assert told(response) == {
            centre.name: {"2026": [1, 0, 0, 0, 0, 0, 0, 1, 0]},
            neighbour.name: {"2025": [2, 1, 1, 0, 0, 0, 0, 0, 1]},
        }
        links = tree(response).xpath("//tbody//a/@href")
        assert links == [mine.get_absolute_url(), theirs.get_absolute_url()]

    def test_the_open_promises_of_each_and_the_way_to_them(self, client, centre, neighbour):
        PlanFactory(centre=centre, year=2026)
        PlanItemFactory(plan__centre=neighbour, plan__year=2025)
        sections = tree(answer(client, "area", centre)).xpath("//section[h2/a]")
        assert [section.xpath("./p/a/@href") for section in sections] == [
            [],
            [path_of("open_promises", neighbour)],
        ]
        assert gettext("No open promises") in said(sections[0])
        words = "%(untold)s promise without word of what became of it"
        many = "%(untold)s promises without word of what became of them"
        assert said(sections[1].xpath("./p/a")[0]) == ngettext(words, many, 1) % {"untold": 1}

    def test_each_picture_is_named_after_its_centre(self, client, centre, neighbour):
        for one in (centre, neighbour):
            PlanFactory(centre=one)
        names = tree(answer(client, "area", centre)).xpath('//*[@role="img"]/@aria-label')
        words = gettext("What became of each year’s plan: %(name)s")
        assert names == [words % {"name": one.name} for one in (centre, neighbour)]

    def test_bars_of_all_centres_are_drawn_to_one_scale(self, client, centre, neighbour):
        for one, number in ((centre, 1), (neighbour, 4)):
            plan = PlanFactory(centre=one)
            for _row in range(number):
                PlanItemFactory(plan=plan)
        bars = tree(answer(client, "area", centre)).xpath('//*[@class="bars"]//rect/@width')
        assert bars == ["25.00%", "100.00%"]

    def test_a_centre_without_a_plan_is_named_and_said_to_have_none(self, client, centre, neighbour):
        PlanFactory(centre=centre)
        sections = tree(answer(client, "area", centre)).xpath("//section[h2/a]")
        assert gettext("No plan has been published here yet") in said(sections[1])

    def test_an_area_without_a_plan_says_so(self, client, centre, neighbour):
        headings = tree(answer(client, "area", centre)).xpath("//main//h2")
        assert [said(one) for one in headings] == [gettext("No plan has been published in this area yet")]

    def test_names_that_stand_in_are_marked(self, client, centre):
        PlanFactory(centre=centre)
        page = tree(answer(client, "area", centre, "sv"))
        assert page.xpath("//main//h2/a/@lang") == ["fi"]
        assert page.xpath("//tbody/tr/th[@scope='rowgroup']/@lang") == ["fi"]


class TestWhatItKeepsToItself:
    def test_what_only_insiders_see_is_counted_for_nobody(self, client, insider, centre, neighbour):
        for one in (centre, neighbour):
            plan = PlanFactory(centre=one, year=2025)
            PlanItemFactory(plan=plan)
            goal = PlanItemFactory(plan=plan, is_internal=True)
            PlanItemFactory(plan=plan, kind="action", parent=goal)
            PlanItemFactory(plan__centre=one, plan__year=2027, plan__phase=Plan.Phase.DRAFTING)
        expected = {one.name: {"2025": [1, 0, 0, 0, 0, 0, 0, 1, 0]} for one in (centre, neighbour)}
        for reader in (client, insider):
            assert told(answer(reader, "area", centre)) == expected

    def test_an_anonymous_reader_gets_no_cookie(self, client, centre):
        assert not answer(client, "area", centre).cookies


QUERIES = 5


def test_the_work_is_the_same_for_one_centre_and_for_five_of_30_years_of_100_rows(client, centre):
    fill(centre, years=2, rows=3)
    few = queries(client, "area", centre)
    for number in range(4):
        fill(FamilyCentreFactory(area=centre.area), years=30, rows=100 if number == 0 else 10)
    assert few == queries(client, "area", centre) == QUERIES
