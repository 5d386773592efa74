"""The page of one year: the ring and the list, which say the same, and what each reader sees of them."""

import brotli
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from lxml import html

from annual_plan.models import Outcome, Plan, PlanItem
from annual_plan.outcomes import TOLD, UNSAID
from centres.publishing import Status
from tests.annual_plan.pages import fill as fill_years
from tests.factories import (
    ContinuationFactory,
    DutyFactory,
    DutyHolderFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    NetworkFactory,
    OrganisationFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
)
from tests.networks.conftest import let_in_to, signed_in

pytestmark = pytest.mark.django_db

KB = 1024
MOST_OF_THE_RING = 15 * KB
QUERIES, QUERIES_OF_INSIDERS = 7, 10


@pytest.fixture
def plan():
    """The plan of this year of a centre, under way, without rows."""
    return PlanFactory(centre=FamilyCentreFactory(slug="keskus", coordinator_email="k@esimerkki.example"))


@pytest.fixture
def insider(plan):
    """The browser of a professional whom the plan's centre lets in."""
    return signed_in(let_in_to(plan.centre))


def answer(client, plan, language="fi"):
    with override(language):
        return client.get(plan.get_absolute_url())


def page(client, plan, language="fi"):
    response = answer(client, plan, language)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def of_class(element, name):
    return element.xpath(f'.//*[contains(concat(" ", @class, " "), " {name} ")]')


def text(element):
    return " ".join(element.text_content().split())


def in_the_ring(shown):
    """What each mark leads to and is called."""
    (ring,) = of_class(shown, "clock")
    return [(link.get("href"), text(link.xpath("./title")[0])) for link in ring.iter("a")]


def in_the_list(shown):
    """The same of each row of the list."""
    found = []
    for entry in of_class(shown, "entry"):
        (link,) = entry.xpath("./div/a")
        outcome = text(of_class(entry.xpath("./div/p")[0], "outcome")[0])
        found.append((link.get("href"), f"{text(link)}: {outcome[0].lower()}{outcome[1:]}"))
    return found


def section(shown, anchor):
    return shown.xpath(f'//section[@aria-labelledby="{anchor}"]')[0]


def titles(element):
    return [text(link) for link in of_class(element, "entry__title")]


def fill(plan, number, **kwargs):
    """`number` rows of every outcome, in every quarter and all year round."""
    outcomes = list(Outcome)
    return [
        PlanItemFactory(
            plan=plan,
            number=at,
            quarter=[None, 1, 2, 3, 4][at % 5],
            title_fi=f"Tavoite {at}, jolla on pitkä nimi: perhekeskuksen tekeminen tutuksi",
            outcome=outcomes[at % 6],
            drop_reason_fi="Ei ehditty." if outcomes[at % 6] == Outcome.DROPPED else "",
            **kwargs,
        )
        for at in range(1, number + 1)
    ]


class TestTheRing:
    def test_it_leads_where_the_list_leads_and_says_what_the_list_says(self, client, plan):
        fill(plan, 60)
        shown = page(client, plan)
        assert len(in_the_list(shown)) == 60
        assert sorted(in_the_ring(shown)) == sorted(in_the_list(shown))

    def test_so_it_does_for_insiders_and_in_other_languages(self, insider, plan):
        fill(plan, 12, title_en="A goal")
        PlanItemFactory(plan=plan, number=13, month=2, is_internal=True)
        for language in ("fi", "en"):
            shown = page(insider, plan, language)
            assert len(in_the_list(shown)) == 13
            assert sorted(in_the_ring(shown)) == sorted(in_the_list(shown))

    def test_whoever_listens_or_goes_by_keys_meets_each_row_once_in_the_list(self, client, plan):
        fill(plan, 7)
        (ring,) = of_class(page(client, plan), "clock")
        assert ring.get("aria-hidden") == "true"
        assert {link.get("tabindex") for link in ring.iter("a")} == {"-1"}

    def test_with_sixty_rows_it_takes_at_most_15_kilobytes_on_the_wire(self, client, plan):
        fill(plan, 60)
        (ring,) = of_class(page(client, plan), "clock")
        assert len(brotli.compress(html.tostring(ring))) <= MOST_OF_THE_RING

    def test_a_mark_shows_its_number_and_the_shape_of_its_outcome(self, client, plan):
        fill(plan, 6)
        PlanItemFactory(plan=plan, number=7, quarter=None)
        (ring,) = of_class(page(client, plan), "clock")
        numbers = {link.get("class"): text(link.xpath("./text")[0]) for link in ring.iter("a")}
        assert numbers == {
            "mark mark--under-way": "1",
            "mark mark--achieved": "2",
            "mark mark--partly": "3",
            "mark mark--not-achieved": "4",
            "mark mark--dropped": "5",
            "mark mark--not-evaluated": "6",
            "mark mark--not-started": "7",
        }
        shapes = {tuple(path.get("d") for path in link.iter("path")) for link in ring.iter("a")}
        assert len(shapes) == len(TOLD)

    def test_what_has_no_room_in_it_is_one_mark_that_leads_to_the_list_of_the_quarter(self, client, plan):
        rows = [PlanItemFactory(plan=plan, number=number, quarter=2) for number in range(1, 26)]
        shown = page(client, plan)
        ring, listed = in_the_ring(shown), in_the_list(shown)
        words = ngettext("%(number)s more, in the list", "%(number)s more, in the list", 7) % {"number": 7}
        assert ring == [*listed[:18], ("#quarter-2", words)]
        assert len(listed) == len(rows)
        assert shown.get_element_by_id("quarter-2").tag == "h2"

    def test_today_has_a_hand_in_the_plan_of_this_year_alone(self, client, plan):
        PlanItemFactory(plan=plan)
        last = PlanFactory(centre=plan.centre, year=2025)
        PlanItemFactory(plan=last)
        assert len(of_class(page(client, plan), "clock__hand")) == 1
        assert text(of_class(page(client, plan), "year__today")[0]) == gettext("Today, %(day)s") % {
            "day": "18.11."
        }
        assert of_class(page(client, last), "clock__hand") == []

    def test_months_are_named_in_the_language_of_the_reader(self, client, plan):
        PlanItemFactory(plan=plan)
        names = {
            language: [text(name) for name in of_class(page(client, plan, language), "clock__month")]
            for language in ("fi", "sv", "en")
        }
        assert {language: words[0] for language, words in names.items()} == {
            "fi": "tammi",
            "sv": "jan",
            "en": "Jan",
        }
        assert {len(words) for words in names.values()} == {12}


class TestTheList:
    def test_rows_stand_in_their_quarter_and_actions_below_their_goal(self, client, plan):
        goal = PlanItemFactory(plan=plan, number=1, quarter=1, title_fi="Näkyvyys")
        PlanItemFactory(plan=plan, number=3, quarter=1, title_fi="Esite", kind="action", parent=goal)
        PlanItemFactory(plan=plan, number=2, quarter=1, title_fi="Pirtti")
        shown = page(client, plan)
        first = section(shown, "quarter-1")
        assert titles(first) == ["1. Näkyvyys", "3. Esite", "2. Pirtti"]
        (below,) = first.xpath("./ol/li/div/ol")
        assert titles(below) == ["3. Esite"]
        assert text(first.xpath("./h2")[0]) == f"{PlanItem.Quarter(1).label} Tammikuu–maaliskuu"
        assert text(section(shown, "quarter-2").xpath("./p")[0]) == gettext(
            "Nothing is planned for this time."
        )

    def test_an_action_in_another_part_of_the_year_names_its_goal(self, client, plan):
        goal = PlanItemFactory(plan=plan, number=1, quarter=None, title_fi="Näkyvyys")
        action = PlanItemFactory(plan=plan, number=2, quarter=3, month=8, kind="action", parent=goal)
        (entry,) = of_class(section(page(client, plan), "quarter-3"), "entry")
        assert f"{gettext('Towards the goal')}: 1. Näkyvyys" in text(entry)
        assert [link.get("href") for link in entry.iter("a")] == [
            action.get_absolute_url(),
            goal.get_absolute_url(),
        ]
        assert "Elokuu" in text(entry)

    def test_a_row_tells_its_outcome_and_clarification_in_short(self, client, plan):
        words = [f"sana{number}" for number in range(40)]
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY, description_fi=" ".join(words))
        (entry,) = of_class(page(client, plan), "entry")
        assert text(of_class(entry, "outcome")[0]).lower() == str(Outcome(row.outcome).label)
        assert text(of_class(entry, "entry__text")[0]) == " ".join(words[:32]) + " …"

    def test_outcomes_are_counted(self, client, plan):
        for number, outcome in enumerate(["achieved", "achieved", "partly"], 1):
            PlanItemFactory(plan=plan, number=number, outcome=outcome)
        (figure,) = page(client, plan).iter("figcaption")
        said = ngettext("%(number)s goal or action:", "%(number)s goals and actions:", 3) % {"number": 3}
        labels = [str(label).capitalize() for label in (Outcome.ACHIEVED.label, Outcome.PARTLY.label)]
        today = gettext("Today, %(day)s") % {"day": "18.11."}
        assert [text(part) for part in figure.xpath("./p | ./ul/li")] == [
            said,
            f"{labels[0]} 2",
            f"{labels[1]} 1",
            today,
            gettext("Without a month, the place tells only the quarter."),
        ]

    def test_an_empty_plan_says_so_and_has_no_ring(self, client, plan):
        shown = page(client, plan)
        assert of_class(shown, "clock") == []
        assert text(of_class(shown, "empty")[0]) == gettext(
            "This plan has no goals yet. They will stand here as soon as they have been agreed on."
        )

    def test_an_empty_plan_of_a_year_that_is_over_promises_nothing_any_more(self, client, plan):
        Plan.objects.update(year=2025)
        plan.refresh_from_db()
        shown = page(client, plan)
        assert text(of_class(shown, "page-head")[0]).startswith(
            f"{gettext('The year is over.')} {gettext('Annual plan %(year)s') % {'year': 2025}}"
        )
        assert text(of_class(shown, "empty")[0]) == gettext(
            "There are no goals or actions of this year to show."
        )

    def test_the_plan_of_a_year_to_come_is_not_said_to_be_under_way(self, client, plan):
        Plan.objects.update(year=2027)
        plan.refresh_from_db()
        assert text(of_class(page(client, plan), "page-head")[0]).startswith(
            gettext("The year has not begun yet.")
        )

    def test_texts_in_finnish_are_marked_for_readers_of_other_languages(self, client, plan):
        Plan.objects.update(intro_fi="Tästä vuodesta.")
        row = PlanItemFactory(
            plan=plan, title_fi="Näkyvyys", description_fi="Kerromme.", description_en="We tell."
        )
        ResponsibleFactory(item=row, label_fi="Koko verkosto")
        shown = page(client, plan, "en")
        assert [text(each) for each in shown.xpath('//main//*[@lang="fi"]')] == [
            "Tästä vuodesta.",
            "Näkyvyys",
            "Koko verkosto",
        ]
        assert len(of_class(shown, "lang-note")) == 1
        assert of_class(page(client, plan), "lang-note") == []


class TestWhatBecameOfARow:
    """The steering group reads a year's evaluation from this one page, on the screen and on paper."""

    @staticmethod
    def words(client, plan):
        return [text(entry) for entry in of_class(page(client, plan), "entry")]

    def test_its_evaluation_in_short_and_why_it_was_dropped(self, client, plan):
        many = " ".join(f"sana{number}" for number in range(40))
        PlanItemFactory(
            plan=plan, outcome=Outcome.NOT_ACHIEVED, evaluation_fi=many, drop_reason_fi="Ei rahaa."
        )
        (entry,) = self.words(client, plan)
        assert entry.endswith(f"sana31 … {gettext('Dropped:')} Ei rahaa.")

    def test_where_it_goes_on_with_the_way_there(self, client, plan):
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        later = [PlanItemFactory(plan=PlanFactory(centre=plan.centre, year=2027), number=7)]
        later += [PlanItemFactory(plan=later[0].plan, number=19)]
        later += [PlanItemFactory(plan=PlanFactory(centre=plan.centre, year=2028), number=2)]
        for target in reversed(later):
            ContinuationFactory(source=row, target=target)
        (on,) = of_class(page(client, plan), "entry__on")
        names = [gettext("Goes on in %(year)s as number") % {"year": end.plan.year} for end in later]
        assert [(text(link), link.get("href")) for link in on.iter("a")] == [
            (f"{name} {end.number}", end.get_absolute_url()) for name, end in zip(names, later, strict=True)
        ]
        # Whoever listens hears each year once: in the link.
        assert [text(each) for each in on.xpath('.//*[@aria-hidden="true"]')] == ["→", "2027:", "2028:"]
        for hidden in of_class(on, "hidden-text"):
            hidden.drop_tree()
        assert text(on) == "→ 2027: 7, 19; 2028: 2"

    @pytest.mark.parametrize("hidden", [{"plan__phase": "drafting"}, {"is_internal": True}])
    def test_where_it_goes_on_unseen_that_it_does_and_no_more(self, client, insider, plan, hidden):
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        target = PlanItemFactory(plan__centre=plan.centre, plan__year=2027, number=7, **hidden)
        ContinuationFactory(source=row, target=target)
        (entry,) = self.words(client, plan)
        assert entry.endswith(gettext("Goes on in a plan that is being drafted, or that is not public."))
        assert "2027" not in entry
        assert of_class(page(client, plan), "entry__on") == []
        assert [
            link.get("href") for on in of_class(page(insider, plan), "entry__on") for link in on.iter("a")
        ] == [target.get_absolute_url()]

    def test_what_its_time_has_passed_without_a_word_is_not_evaluated_yet(self, client, plan):
        for number, quarter in enumerate((1, 4, None), 1):
            PlanItemFactory(plan=plan, number=number, quarter=quarter)
        shown = page(client, plan)
        labels = [str(label).capitalize() for label in (Outcome.NOT_STARTED.label, UNSAID.label)]
        marks = [text(of_class(entry, "outcome")[0]) for entry in of_class(shown, "entry")]
        assert marks == [labels[0], labels[1], labels[0]]
        assert [text(line) for line in shown.xpath("//figcaption/ul/li")] == [
            f"{labels[0]} 2",
            f"{labels[1]} 1",
        ]
        assert sorted(in_the_ring(shown)) == sorted(in_the_list(shown))

    def test_the_plan_of_a_year_that_is_over_says_that_it_waits_to_be_evaluated(self, client, plan):
        PlanItemFactory(plan=plan)
        Plan.objects.update(year=2025)
        plan.refresh_from_db()
        said = gettext("The year is over, but it has not been evaluated yet.")
        assert text(of_class(page(client, plan), "page-head")[0]).startswith(said)


class TestItsCaption:
    def said(self, client, plan):
        return gettext("Without a month, the place tells only the quarter.") in text(page(client, plan))

    def test_places_without_a_month_are_explained_where_there_are_any(self, client, plan):
        PlanItemFactory(plan=plan, number=1, quarter=None)
        PlanItemFactory(plan=plan, number=2, quarter=2, month=5)
        assert not self.said(client, plan)
        PlanItemFactory(plan=plan, number=3, quarter=2)
        assert self.said(client, plan)

    def test_so_is_a_month_that_borrows_room_from_its_neighbours(self, client, plan):
        words = gettext("A full month borrows room from its neighbours: the list tells the month.")
        for number in range(1, 6):
            PlanItemFactory(plan=plan, number=number, quarter=4, month=12)
        assert words not in text(page(client, plan))
        PlanItemFactory(plan=plan, number=6, quarter=4, month=12)
        assert words in text(page(client, plan))


class TestWhoIsResponsible:
    def links(self, client, plan):
        return {
            text(link): link.get("href")
            for entry in [*of_class(page(client, plan), "entry"), *of_class(page(client, plan), "facts")]
            for link in entry.xpath('.//p[@class="quiet"]/a | .//dd/a')
        }

    def test_public_networks_and_organisations_are_linked_and_these_pages_answer(self, client, plan):
        row = PlanItemFactory(plan=plan)
        shared = {"status": Status.PUBLISHED}
        open_one = LocalNetworkFactory(
            centre=plan.centre, slug="avoin", network=NetworkFactory(name_fi="Avoin", **shared)
        )
        draft = LocalNetworkFactory(centre=plan.centre, slug="tuleva", status=Status.DRAFT)
        organisation = OrganisationFactory(name_fi="Kunta", home=plan.centre)
        duty = DutyFactory(plan=plan, task_fi="Esitteet")
        ResponsibleFactory(item=row, label_fi="", network=open_one)
        ResponsibleFactory(item=row, label_fi="Tuleva ryhmä", network=draft, order=1)
        ResponsibleFactory(item=row, label_fi="", organisation=organisation, order=2)
        another = OrganisationFactory(name_fi="Lapin kunta", home=plan.centre)
        ResponsibleFactory(item=row, label_fi="Johtaja", organisation=another, order=3)
        DutyHolderFactory(duty=duty, label_fi="Avoin ryhmä", network=open_one)
        links = self.links(client, plan)
        assert links == {
            "Avoin": open_one.get_absolute_url(),
            "Kunta": reverse("organisation", kwargs={"centre": "keskus", "slug": organisation.slug}),
            "Lapin kunta": reverse("organisation", kwargs={"centre": "keskus", "slug": another.slug}),
            "Avoin ryhmä": open_one.get_absolute_url(),
        }
        assert "Kunta, Johtaja (Lapin kunta)" in text(page(client, plan))
        assert {client.get(url).status_code for url in links.values()} == {200}

    def test_an_organisation_that_only_insiders_know_to_be_responsible_is_not_linked(self, insider, plan):
        hidden = PlanItemFactory(plan=plan, number=1, is_internal=True)
        below = PlanItemFactory(plan=plan, number=2, kind="action", parent=hidden)
        for row in (hidden, below):
            ResponsibleFactory(item=row, label_fi="", organisation=OrganisationFactory())
        assert self.links(insider, plan) == {}

    def test_duties_stand_with_their_holders_or_say_that_nobody_has_been_found(self, client, plan):
        DutyHolderFactory(duty=DutyFactory(plan=plan, task_fi="Tiedotus"), label_fi="Viestintä")
        DutyFactory(plan=plan, task_fi="Kahvit", order=1)
        duties = section(page(client, plan), "duties")
        assert [[text(part) for part in row] for row in duties.xpath("./dl/div")] == [
            ["Tiedotus", "Viestintä"],
            ["Kahvit", gettext("Not agreed on yet")],
        ]


class TestWhoSeesWhat:
    def test_internal_rows_and_what_stands_below_them_are_for_insiders(self, client, insider, plan):
        goal = PlanItemFactory(plan=plan, number=1, title_fi="Salainen", is_internal=True)
        PlanItemFactory(plan=plan, number=2, title_fi="Sen alla", kind="action", parent=goal)
        PlanItemFactory(plan=plan, number=3, title_fi="Avoin")
        assert titles(page(client, plan)) == ["3. Avoin"]
        shown = page(insider, plan)
        assert titles(shown) == ["1. Salainen", "2. Sen alla", "3. Avoin"]
        assert text(shown).count(gettext("Internal")) == 2

    def test_a_draft_is_for_insiders_and_says_that_it_is_one(self, client, insider, plan):
        Plan.objects.update(phase=Plan.Phase.DRAFTING)
        PlanItemFactory(plan=plan)
        assert answer(client, plan).status_code == 404
        said = gettext("A draft: only professionals who are signed in see it.")
        assert said in text(page(insider, plan))

    def test_what_insiders_get_is_kept_in_no_cache(self, insider, plan):
        assert "no-store" in answer(insider, plan).headers["Cache-Control"]

    def test_it_leads_to_the_years_next_to_it_as_the_reader_sees_them(self, client, insider, plan):
        for year, phase in ((2023, "evaluated"), (2024, "evaluated"), (2027, "drafting")):
            PlanFactory(centre=plan.centre, year=year, phase=phase)
        others = {
            name: of_class(page(one, plan), "buttons")[-1] for name, one in (("all", client), ("in", insider))
        }
        assert [text(link) for link in others["all"]][:-1] == ["2024"]
        assert [text(link) for link in others["in"]][:-1] == ["2024", "2027"]

    def test_an_evaluated_year_is_summed_up_in_its_own_words(self, client, plan):
        Plan.objects.update(phase=Plan.Phase.EVALUATED, reflection_fi="Hyvä vuosi.")
        PlanItemFactory(plan=plan, outcome=Outcome.ACHIEVED)
        shown = page(client, plan)
        assert text(section(shown, "reflection").xpath("./p")[0]) == "Hyvä vuosi."
        assert text(of_class(shown, "page-head")[0]).startswith(gettext("This year has been evaluated."))


class TestWhatItCosts:
    @pytest.mark.parametrize(("years", "rows"), [(10, 3), (30, 100)])
    def test_thirty_years_whose_rows_go_on_cost_as_little(self, client, insider, plan, years, rows):
        Plan.objects.all().delete()
        fill_years(plan.centre, years=years, rows=rows)
        plan = Plan.objects.get(year=2026)
        DutyHolderFactory(duty=DutyFactory(plan=plan))
        assert self.queries(client, plan) == QUERIES
        assert self.queries(insider, plan) == QUERIES_OF_INSIDERS

    @staticmethod
    def queries(client, plan):
        answer(client, plan)
        with CaptureQueriesContext(connection) as seen:
            assert answer(client, plan).status_code == 200
        return len(seen)

    @pytest.mark.parametrize("number", [1, 100])
    def test_it_takes_few_queries_whatever_the_number_of_rows(self, number, client, insider, plan):
        for row in fill(plan, number):
            ResponsibleFactory(item=row, label_fi="", network=LocalNetworkFactory(centre=plan.centre))
            ResponsibleFactory(item=row, label_fi="", organisation=OrganisationFactory(), order=1)
            holder = DutyFactory(plan=plan)
            DutyHolderFactory(duty=holder, label_fi="", organisation=OrganisationFactory())
        for year in range(2017, 2017 + number % 9):
            PlanFactory(centre=plan.centre, year=year)
        assert self.queries(client, plan) == QUERIES
        assert self.queries(insider, plan) == QUERIES_OF_INSIDERS
