"""Years side by side: the counts, the bars, and the page that shows them."""

import re

import pytest
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st

from annual_plan.models import Outcome, Plan
from annual_plan.templatetags.annual_plan import COUNTED
from annual_plan.years import PARTS, Counts, Group, Piece, counted, pieces, side_by_side
from tests.annual_plan.pages import answer, fill, main, queries, said, tree
from tests.annual_plan.test_open_promises import undecided, untold
from tests.factories import ContinuationFactory, FamilyCentreFactory, PlanFactory, PlanItemFactory
from tests.networks.conftest import let_in_to, signed_in

GROUPS = st.lists(
    st.builds(
        Group,
        of=st.integers(2020, 2023),
        outcome=st.sampled_from(Outcome.values),
        has_reason=st.booleans(),
        goes_on=st.booleans(),
        is_over=st.booleans(),
        rows=st.integers(1, 50),
    )
)
NUMBERS = st.lists(st.integers(0, 100), min_size=5, max_size=5)


class TestTheCounts:
    def test_each_row_is_counted_once_by_what_became_of_it_and_besides_by_how_it_went(self):
        groups = [
            Group(2025, "achieved", False, False, True, 7),
            Group(2025, "achieved", False, True, True, 2),
            Group(2025, "partly", False, True, True, 3),
            Group(2025, "not-achieved", False, False, True, 1),
            Group(2025, "not-achieved", True, False, True, 4),
            Group(2025, "dropped", True, False, True, 5),
            Group(2025, "under-way", False, False, True, 2),
            Group(2026, "partly", False, False, False, 9),
            Group(2026, "under-way", False, False, False, 6),
            Group(2026, "not-started", False, False, False, 8),
        ]
        assert counted(groups) == {
            2025: Counts(
                planned=24,
                achieved=9,
                carried=3,
                dropped=9,
                undecided=1,
                without=2,
                partly=3,
                not_achieved=5,
                repeated=2,
                unsaid=2,
                untold=2,
            ),
            2026: Counts(planned=23, undecided=9, without=14, partly=9, unsaid=14),
        }

    @given(GROUPS)
    def test_the_parts_add_up_to_what_was_planned(self, groups):
        for one in counted(groups).values():
            assert sum(getattr(one, part) for part in PARTS) == one.planned
            assert one.partly + one.not_achieved + one.repeated + one.untold <= one.planned
            assert one.untold <= one.without

    @given(GROUPS)
    def test_no_row_is_lost(self, groups):
        total = sum(counted(groups).values(), Counts())
        assert total.planned == sum(group.rows for group in groups)


class TestTheBars:
    def test_a_bar_is_as_long_as_its_plan_beside_the_longest(self):
        counts = Counts(planned=20, achieved=10, carried=1, without=9)
        assert pieces(counts, 40) == [
            Piece("achieved", 10, "0.00%", "25.00%", "25.00%", "12.50%", True),
            Piece("carried", 1, "25.00%", "27.50%", "2.50%", "26.25%", False),
            Piece("without", 9, "27.50%", "50.00%", "22.50%", "38.75%", True),
        ]

    @given(NUMBERS)
    def test_its_pieces_stand_one_behind_the_other_and_end_where_the_plan_does(self, numbers):
        counts = Counts(sum(numbers), *numbers)
        drawn = pieces(counts, 500)
        assert [piece.rows for piece in drawn] == [number for number in numbers if number]
        assert [piece.x for piece in drawn[1:]] == [piece.end for piece in drawn[:-1]]
        assert all(re.fullmatch(r"\d+\.\d\d%", place) for piece in drawn for place in piece[2:6])
        if drawn:
            assert (drawn[0].x, drawn[-1].end) == ("0.00%", f"{100 * counts.planned / 500:.2f}%")

    def test_a_plan_without_rows_has_no_bar(self):
        (year,) = side_by_side([(2026, "plan")], {})
        assert (year.plan, year.counts, year.pieces) == ("plan", Counts(), [])


def table(response):
    """The rows of the table: what heads each, and its numbers."""
    rows = tree(response).xpath("//table/tbody/tr[td]")
    return {
        said(row.xpath("./th")[0]): [int(cell.xpath("text()")[0]) for cell in row.xpath("./td")]
        for row in rows
    }


def headings(response):
    return [said(heading) for heading in tree(response).xpath("//main//h2")]


NOTHING_OPEN = (
    "No promise is open: whatever was left unfinished goes on in a later plan, or was knowingly given up."
)


@pytest.mark.django_db
class TestThePage:
    def test_this_year_stands_first_with_the_way_to_it(self, client, centre):
        plan = PlanFactory(centre=centre, year=2026, intro_fi="Tehdään yhdessä.")
        PlanItemFactory(plan=plan)
        PlanItemFactory(plan=plan, outcome=Outcome.ACHIEVED)
        PlanFactory(centre=centre, year=2025)
        response = answer(client, "index", centre)
        assert headings(response)[0] == gettext("This year: %(year)s") % {"year": 2026}
        (first,) = tree(response).xpath('//section[@aria-labelledby="latest"]')
        assert "Tehdään yhdessä." in said(first)
        assert first.xpath(".//a/@href") == [plan.get_absolute_url()]

    @pytest.mark.parametrize(
        ("waiting", "done", "words"),
        [
            (1, 0, "It has no outcome yet."),
            (2, 0, "None of them has an outcome yet."),
            (1, 1, "1 of them has no outcome yet."),
            (0, 2, "All have their outcome."),
        ],
    )
    def test_it_says_how_many_rows_wait_for_their_outcome(self, client, centre, waiting, done, words):
        plan = PlanFactory(centre=centre, year=2026)
        PlanItemFactory.create_batch(waiting, plan=plan)
        PlanItemFactory.create_batch(done, plan=plan, outcome=Outcome.ACHIEVED)
        (first,) = tree(answer(client, "index", centre, "en")).xpath('//section[@aria-labelledby="latest"]')
        assert said(first.xpath("./p")[0]).partition("planned. ")[2] == words

    def test_without_one_for_this_year_the_latest_stands_first(self, client, centre):
        for year in (2023, 2024):
            PlanFactory(centre=centre, year=year)
        PlanFactory(centre=centre, year=2026, phase=Plan.Phase.DRAFTING)
        response = answer(client, "index", centre)
        assert headings(response)[0] == gettext("The latest plan: %(year)s") % {"year": 2024}

    def test_a_plan_for_next_year_is_not_the_one_that_is_read_now(self, client, centre):
        PlanFactory(centre=centre, year=2026)
        coming = PlanFactory(centre=centre, year=2027)
        response = answer(client, "index", centre)
        assert headings(response)[0] == gettext("This year: %(year)s") % {"year": 2026}
        assert coming.get_absolute_url() in tree(response).xpath('//p[@class="section buttons"]/a/@href')

    def test_the_years_stand_side_by_side_as_bars_and_as_a_table_that_says_the_same(self, client, centre):
        past = PlanFactory(centre=centre, year=2025, phase=Plan.Phase.EVALUATED)
        now = PlanFactory(centre=centre, year=2026)
        for outcome in (Outcome.ACHIEVED, Outcome.ACHIEVED, Outcome.PARTLY, Outcome.NOT_ACHIEVED):
            row = PlanItemFactory(plan=past, outcome=outcome)
        PlanItemFactory(plan=past, outcome=Outcome.DROPPED, drop_reason_fi="Ei rahaa")
        ContinuationFactory(source=row, target=PlanItemFactory(plan=now))
        response = answer(client, "index", centre)
        assert table(response) == {
            "2025": [5, 2, 1, 1, 1, 0, 1, 0, 1],
            "2026": [1, 0, 0, 0, 0, 0, 0, 1, 0],
        }
        page = tree(response)
        heads = [said(head).lower() for head in page.xpath("//thead//th")]
        assert heads[1:] == [str(words).lower() for words in COUNTED.values()]
        assert all(head.get("scope") == "col" for head in page.xpath("//thead//th"))
        assert page.xpath("//tbody//th/@scope") == ["row", "row"]
        assert page.xpath("//tbody//th/a/@href") == [past.get_absolute_url(), now.get_absolute_url()]
        bars = page.xpath('//*[@class="bars"]/div')
        assert [said(bar.xpath("./p")[0]) for bar in bars] == ["2025 5", "2026 1"]
        drawn = [[part.get("class") for part in bar.xpath(".//g")] for bar in bars]
        assert drawn == [
            ["bar__achieved", "bar__carried", "bar__dropped", "bar__undecided"],
            ["bar__without"],
        ]

    def test_it_says_how_many_promises_are_open_and_leads_there(self, client, centre):
        plan = PlanFactory(centre=centre, year=2025, phase=Plan.Phase.EVALUATED)
        PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        (section,) = tree(answer(client, "index", centre)).xpath('//section[@aria-labelledby="promises"]')
        assert said(section.xpath(".//p")[0]) == undecided(1)
        (way,) = section.xpath(".//a/@href")
        assert client.get(way).status_code == 200

    def test_what_nobody_has_told_is_not_said_to_be_unachieved(self, client, centre):
        plan = PlanFactory(centre=centre, year=2025)
        for _row in range(2):
            PlanItemFactory(plan=plan)
        (section,) = tree(answer(client, "index", centre)).xpath('//section[@aria-labelledby="promises"]')
        assert said(section.xpath(".//p")[0]) == untold(2)

    def test_the_picture_leads_to_the_table(self, client, centre):
        PlanFactory(centre=centre)
        page = tree(answer(client, "index", centre))
        assert page.get_element_by_id("table").tag == "table"
        assert len(page.xpath('//a[@href="#table"]')) == 1

    def test_where_nothing_is_open_it_says_so(self, client, centre):
        PlanFactory(centre=centre, year=2025)
        (section,) = tree(answer(client, "index", centre)).xpath('//section[@aria-labelledby="promises"]')
        assert section.xpath(".//a") == []
        assert said(section.xpath(".//p")[0]) == gettext(NOTHING_OPEN)

    def test_what_waits_in_a_year_under_way_is_not_said_to_be_settled(self, client, centre):
        """The sentence is true of this year's rows, too: of those that nobody has evaluated it says nothing."""
        plan = PlanFactory(centre=centre, year=2026)
        PlanItemFactory(plan=plan)
        (section,) = tree(answer(client, "index", centre)).xpath('//section[@aria-labelledby="promises"]')
        assert said(section.xpath(".//p")[0]) == gettext(NOTHING_OPEN)
        PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        (section,) = tree(answer(client, "index", centre)).xpath('//section[@aria-labelledby="promises"]')
        assert said(section.xpath(".//p")[0]) == undecided(1)

    def test_where_there_is_no_plan_it_says_so(self, client, centre):
        assert headings(answer(client, "index", centre)) == [gettext("No plan has been published here yet")]

    def test_drafts_and_internal_rows_are_neither_named_nor_counted(self, client, insider, centre):
        plan = PlanFactory(centre=centre, year=2025)
        PlanItemFactory(plan=plan)
        goal = PlanItemFactory(plan=plan, is_internal=True)
        PlanItemFactory(plan=plan, kind="action", parent=goal)
        PlanItemFactory(plan__centre=centre, plan__year=2027, plan__phase=Plan.Phase.DRAFTING)
        response = answer(client, "index", centre)
        assert table(response) == {"2025": [1, 0, 0, 0, 0, 0, 0, 1, 0]}
        assert "2027" not in main(response)
        seen = table(answer(insider, "index", centre))
        assert [numbers[0] for numbers in seen.values()] == [3, 1]

    def test_an_intro_that_stands_in_is_marked(self, client, centre):
        PlanFactory(centre=centre, intro_fi="Tehdään yhdessä.")
        page = tree(answer(client, "index", centre, "sv"))
        assert page.xpath('//*[text()="Tehdään yhdessä."]/@lang') == ["fi"]
        assert len(page.xpath('//*[@class="lang-note"]')) == 1


QUERIES, QUERIES_OF_AN_INSIDER = 3, 6


@pytest.mark.django_db
def test_the_work_is_the_same_for_few_and_for_30_years_of_100_rows(client, insider, centre):
    """A session, a user and what lets them in are three queries more."""
    fill(centre, years=2, rows=3)
    other = FamilyCentreFactory(coordinator_email=centre.coordinator_email)
    fill(other, years=30, rows=100)
    few = [queries(reader, "index", centre) for reader in (client, insider)]
    many = [queries(reader, "index", other) for reader in (client, signed_in(let_in_to(other)))]
    assert few == many == [QUERIES, QUERIES_OF_AN_INSIDER]
    assert len(table(answer(client, "index", other))) == 30
