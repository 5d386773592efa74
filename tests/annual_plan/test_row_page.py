"""The page of one row: what it says, its thread, what became of it, and what it keeps to itself."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from annual_plan.models import Continuation, Outcome, Plan
from annual_plan.outcomes import UNSAID
from centres.publishing import Status
from tests.annual_plan.pages import answer, fill, main, queries, said, tree
from tests.factories import (
    ContinuationFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
    TaskFactory,
    UserFactory,
)
from tests.networks.conftest import let_in_to, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(centre):
    """The plans of 2023 to 2025, evaluated, and of 2026, under way, by year."""
    past = {
        year: PlanFactory(centre=centre, year=year, phase=Plan.Phase.EVALUATED) for year in (2023, 2024, 2025)
    }
    return past | {2026: PlanFactory(centre=centre, year=2026)}


def row_page(client, row, language="fi"):
    return answer(client, "item", row.plan.centre, language, year=row.plan.year, number=row.number)


def thread(response):
    """The steps of the thread: year and title of each."""
    return [said(heading) for heading in tree(response).xpath('//ol[@class="thread"]/li/h3')]


def step(response, number):
    return said(tree(response).xpath('//ol[@class="thread"]/li')[number])


def panel(response):
    return said(tree(response).xpath('//section[@aria-labelledby="became"]')[0])


def facts(response):
    return {said(term): said(term.getnext()) for term in tree(response).xpath('//dl[@class="facts"]//dt')}


class TestWhatItSays:
    def test_what_kind_it_is_when_it_is_done_and_what_is_meant(self, client, plans):
        row = PlanItemFactory(
            plan=plans[2026],
            number=4,
            title_fi="Perhekahvila",
            quarter=1,
            month=3,
            description_fi="Kerran kuussa.",
        )
        response = row_page(client, row)
        page = tree(response)
        assert said(page.xpath("//h1")[0]) == "Perhekahvila"
        assert facts(response)[gettext("When")] == f"{gettext('1st quarter')}, maaliskuu"
        assert "Kerran kuussa." in main(response)

    def test_a_row_without_a_quarter_is_done_all_year_round(self, client, plans):
        row = PlanItemFactory(plan=plans[2026], quarter=None)
        assert facts(row_page(client, row))[gettext("When")].lower() == gettext("all year round")

    def test_an_action_leads_to_its_goal_and_the_goal_to_its_actions(self, client, plans):
        goal = PlanItemFactory(plan=plans[2026], title_fi="Näkyvyys")
        action = PlanItemFactory(plan=plans[2026], kind="action", parent=goal, title_fi="Juliste")
        of_goal, of_action = row_page(client, goal), row_page(client, action)
        actions = tree(of_goal).xpath('//section[@aria-labelledby="actions"]//a')
        assert [(said(link), link.get("href")) for link in actions] == [
            ("Juliste", action.get_absolute_url())
        ]
        link = tree(of_action).xpath('//dl//a[text()="Näkyvyys"]/@href')
        assert link == [goal.get_absolute_url()]

    def test_who_sees_to_it_linked_where_there_is_a_page(self, client, plans, centre):
        row = PlanItemFactory(plan=plans[2026])
        shown = LocalNetworkFactory(centre=centre, name_fi="Ydinryhmä")
        hidden = LocalNetworkFactory(centre=centre, name_fi="Tuleva ryhmä", status=Status.DRAFT)
        elsewhere = LocalNetworkFactory(
            centre=centre, name_fi="Kolmas ryhmä", network=NetworkFactory(status=Status.DRAFT)
        )
        organisation = OrganisationFactory(name_fi="MLL")
        ResponsibleFactory(item=row, label_fi="", network=shown, order=1)
        ResponsibleFactory(item=row, label_fi="", network=hidden, order=2)
        ResponsibleFactory(item=row, label_fi="", network=elsewhere, order=3)
        ResponsibleFactory(item=row, label_fi="Mannerheim", organisation=organisation, order=4)
        ResponsibleFactory(item=row, label_fi="Koko verkosto", order=5)
        response = row_page(client, row)
        words = "Ydinryhmä, Tuleva ryhmä, Kolmas ryhmä, Mannerheim (MLL), Koko verkosto"
        assert facts(response)[gettext("Who sees to it")] == words
        links = tree(response).xpath('//dl[@class="facts"]//a/@href')
        assert links == [
            shown.get_absolute_url(),
            reverse("organisation", kwargs={"centre": centre.slug, "slug": organisation.slug}),
        ]

    def test_an_organisation_in_what_is_not_public_may_have_no_page_and_is_not_linked(self, insider, plans):
        row = PlanItemFactory(plan=plans[2026], is_internal=True)
        ResponsibleFactory(item=row, label_fi="", organisation=OrganisationFactory(name_fi="MLL"))
        response = row_page(insider, row)
        assert facts(response)[gettext("Who sees to it")] == "MLL"
        assert tree(response).xpath('//dl[@class="facts"]//a') == []

    def test_that_nobody_has_been_named(self, client, plans):
        row = PlanItemFactory(plan=plans[2026])
        assert facts(row_page(client, row))[gettext("Who sees to it")] == gettext("Nobody has been named.")

    def test_the_tasks_it_serves_lead_to_where_the_seven_stand(self, client, plans, centre):
        task = TaskFactory(name_fi="Vertaistuki")
        response = row_page(client, PlanItemFactory(plan=plans[2026], tasks=[task]))
        (link,) = tree(response).xpath('//dl[@class="facts"]//a[text()="Vertaistuki"]/@href')
        path, _hash, anchor = link.partition("#")
        assert path == reverse("about", kwargs={"centre": centre.slug})
        assert len(tree(client.get(path)).xpath(f'//*[@id="{anchor}"]')) == 1

    def test_what_stands_in_in_finnish_is_marked(self, client, plans):
        before = PlanItemFactory(
            plan=plans[2025], title_fi="Ennen", outcome=Outcome.PARTLY, evaluation_fi="Jäi kesken."
        )
        row = PlanItemFactory(plan=plans[2026], title_fi="Nyt", title_sv="Nu", description_fi="Näin.")
        ContinuationFactory(source=before, target=row)
        page = tree(row_page(client, row, "sv"))
        assert page.xpath("//h1/@lang") == []
        assert page.xpath('//*[text()="Näin."]/@lang') == ["fi"]
        assert page.xpath('//*[text()="Ennen"]/@lang') == ["fi", "fi"]
        assert page.xpath('//*[text()="Jäi kesken."]/@lang') == ["fi"]
        assert len(page.xpath('//*[@class="lang-note"]')) == 1

    @pytest.mark.parametrize("what", ["goal", "responsible", "task", "beside"])
    def test_whatever_stands_in_the_page_says_so(self, client, plans, what):
        row = PlanItemFactory(plan=plans[2025], kind="action", title_sv="Nu")
        assert tree(row_page(client, row, "sv")).xpath('//*[@class="lang-note"]') == []
        if what == "goal":
            row.parent = PlanItemFactory(plan=plans[2025])
            row.save()
        elif what == "responsible":
            ResponsibleFactory(item=row)
        elif what == "task":
            row.tasks.add(TaskFactory())
        else:
            joined = PlanItemFactory(plan=plans[2026], title_sv="Sen")
            for source in (row, PlanItemFactory(plan=plans[2025], outcome=Outcome.PARTLY)):
                ContinuationFactory(source=source, target=joined)
        assert len(tree(row_page(client, row, "sv")).xpath('//*[@class="lang-note"]')) == 1

    def test_a_row_that_is_none_is_not_found(self, client, plans, centre):
        PlanItemFactory(plan=plans[2026], number=4)
        PlanItemFactory(plan__year=2026, number=5)
        assert answer(client, "item", centre, year=2026, number=5).status_code == 404
        assert answer(client, "item", centre, year=2022, number=4).status_code == 404


class TestTheThread:
    def test_from_year_to_year_with_the_outcome_and_the_words_of_each(self, client, plans):
        first = PlanItemFactory(
            plan=plans[2023], title_fi="Eka", outcome=Outcome.PARTLY, evaluation_fi="Alku hyvä."
        )
        second = PlanItemFactory(plan=plans[2024], title_fi="Toka", outcome=Outcome.ACHIEVED)
        third = PlanItemFactory(plan=plans[2026], title_fi="Kolmas")
        ContinuationFactory(source=first, target=second)
        ContinuationFactory(source=second, target=third, kind=Continuation.Kind.REPEATED)
        for row in (first, second, third):
            response = row_page(client, row)
            here = f"({gettext('you are here')})"
            titles = [f"{one.plan.year} {one.title}" for one in (first, second, third)]
            at = (first, second, third).index(row)
            titles[at] += f" {here}"
            assert thread(response) == titles
            current = tree(response).xpath('//ol[@class="thread"]/li[@aria-current="true"]/h3/span[2]')
            assert [said(one) for one in current] == [row.title]
            links = tree(response).xpath('//ol[@class="thread"]//h3/a/@href')
            assert links == [one.get_absolute_url() for one in (first, second, third) if one is not row]
        response = row_page(client, third)
        assert "Alku hyvä." in step(response, 0)
        assert Outcome.PARTLY.label.capitalize() in step(response, 0)
        assert gettext("Carried over from %(year)s:") % {"year": 2023} + " Eka" in step(response, 1)
        assert gettext("Repeated from %(year)s:") % {"year": 2024} + " Toka" in step(response, 2)

    def test_the_other_part_of_a_split_and_what_it_was_joined_with_are_named(self, client, plans):
        whole = PlanItemFactory(plan=plans[2024], title_fi="Koko", outcome=Outcome.NOT_ACHIEVED)
        part = PlanItemFactory(plan=plans[2025], title_fi="Osa", outcome=Outcome.PARTLY)
        other = PlanItemFactory(
            plan=plans[2025], title_fi="Toinen osa", outcome=Outcome.PARTLY, drop_reason_fi="Riitti."
        )
        joined = PlanItemFactory(plan=plans[2026], title_fi="Yhdessä")
        besides = PlanItemFactory(plan=plans[2025], title_fi="Sivusta", outcome=Outcome.PARTLY)
        for target in (part, other):
            ContinuationFactory(source=whole, target=target, kind=Continuation.Kind.SPLIT)
        for source in (part, besides):
            ContinuationFactory(source=source, target=joined)
        response = row_page(client, part)
        partly = str(Outcome.PARTLY.label).capitalize()
        assert thread(response) == ["2024 Koko", f"2025 Osa ({gettext('you are here')})", "2026 Yhdessä"]
        assert (
            f"{gettext('It also went on as:')} Toinen osa (2025) {partly} {gettext('Dropped:')} Riitti."
            in step(response, 0)
        )
        assert gettext("Split off from this of %(year)s:") % {"year": 2024} + " Koko" in step(response, 1)
        assert f"{gettext('It also came from:')} Sivusta (2025) {partly}" in step(response, 2)

    def test_each_row_that_it_came_from_is_a_line_of_its_own(self, client, plans):
        sources = [
            PlanItemFactory(plan=plans[2025], title_fi=title, outcome=Outcome.PARTLY) for title in ("A", "B")
        ]
        row = PlanItemFactory(plan=plans[2026])
        for source in sources:
            ContinuationFactory(source=source, target=row)
        words = gettext("Carried over from %(year)s:") % {"year": 2025}
        last = tree(row_page(client, row)).xpath('//ol[@class="thread"]/li')[-1]
        assert [said(line) for line in last.xpath("./ul/li")] == [f"{words} A", f"{words} B"]

    def test_a_row_without_one_says_so(self, client, plans):
        response = row_page(client, PlanItemFactory(plan=plans[2026]))
        assert thread(response) == []
        assert gettext("No other year that is shown here is tied to it.") in main(response)


NEXT = "Next: carry it over to a later plan, or say why it is given up."


class TestWhatBecameOfIt:
    @pytest.mark.parametrize(
        ("year", "words"),
        [(2026, "The year is under way."), (2027, "The year has not begun yet.")],
    )
    def test_it_waits_for_its_year_to_pass(self, client, centre, year, words):
        response = row_page(client, PlanItemFactory(plan__centre=centre, plan__year=year))
        later = gettext("How it went is written here once it has been evaluated.")
        assert f"{gettext(words)} {later}" in panel(response)

    def test_it_goes_on(self, client, plans):
        thread = ContinuationFactory(
            source__plan=plans[2025], source__number=1, target__plan=plans[2026], target__title_fi="Jatko"
        )
        response = row_page(client, thread.source)
        assert f"{gettext('It goes on:')} 2026: Jatko" in panel(response)
        assert gettext("Open promise:") not in main(response)

    def test_it_was_dropped_and_why(self, client, plans):
        row = PlanItemFactory(plan=plans[2025], outcome=Outcome.DROPPED, drop_reason_fi="Ei tekijöitä.")
        words = f"{gettext('It was knowingly given up:')} Ei tekijöitä."
        assert words in panel(row_page(client, row))

    def test_a_reason_makes_an_unfinished_row_a_dropped_one(self, client, plans):
        row = PlanItemFactory(plan=plans[2025], outcome=Outcome.PARTLY, drop_reason_fi="Riittää näin.")
        assert "Riittää näin." in panel(row_page(client, row))

    def test_an_open_promise_says_so_and_who_decides(self, client, plans, centre):
        row = PlanItemFactory(plan=plans[2023], outcome=Outcome.NOT_ACHIEVED)
        response = row_page(client, row)
        assert gettext("it is unfinished, and nobody has decided what comes next.") in panel(response)
        assert gettext("The family centre decides whether it goes on or is dropped.") in panel(response)
        assert NEXT not in panel(response)
        ways = tree(response).xpath('//section[@aria-labelledby="became"]//a/@href')
        with override("fi"):
            address = reverse("annual_plan:open_promises", kwargs={"centre": centre.slug})
        assert ways == [address, centre.coordinator_href]

    def test_a_row_that_nobody_spoke_of_is_open_once_its_year_is_over(self, client, centre):
        row = PlanItemFactory(plan=PlanFactory(centre=centre, year=2025))
        response = row_page(client, row)
        assert gettext("the year is over, and nobody has said what became of it.") in panel(response)
        assert gettext("Next: say how it went.") not in panel(response)

    def test_whoever_keeps_the_centre_is_told_what_to_do_and_led_to_the_desk(self, insider, plans, centre):
        row = PlanItemFactory(plan=plans[2023], outcome=Outcome.NOT_ACHIEVED)
        keeper = signed_in(MembershipFactory(centre=centre, user=UserFactory(is_staff=True)).user)
        response = row_page(keeper, row)
        assert gettext(NEXT) in panel(response)
        with override("fi"):
            desk = reverse("admin:annual_plan_plan_evaluate_row", args=[row.plan_id, row.pk])
        assert desk in tree(response).xpath('//section[@aria-labelledby="became"]//a/@href')
        assert gettext(NEXT) not in panel(row_page(insider, row))
        achieved = PlanItemFactory(plan=plans[2023], outcome=Outcome.ACHIEVED)
        assert "hallinta" not in panel(row_page(keeper, achieved))

    def test_what_its_time_has_passed_without_a_word_is_not_evaluated_yet(self, client, plans):
        past = PlanItemFactory(plan=plans[2026], quarter=3)
        coming = PlanItemFactory(plan=plans[2026], quarter=4)
        words = {row: panel(row_page(client, row)).lower() for row in (past, coming)}
        assert str(UNSAID.label) in words[past]
        assert str(Outcome.NOT_STARTED.label) not in words[past]
        assert str(Outcome.NOT_STARTED.label) in words[coming]

    def test_an_achieved_row_needs_no_next_step(self, client, plans):
        row = PlanItemFactory(plan=plans[2025], outcome=Outcome.ACHIEVED, evaluation_fi="Hyvin meni.")
        response = row_page(client, row)
        assert "Hyvin meni." in panel(response)
        assert gettext("Open promise:") not in main(response)


UNSEEN = "It goes on in a plan that is being drafted, or that is not public."


class TestWhatItKeepsToItself:
    @pytest.fixture(params=["draft", "internal", "below an internal goal"])
    def hidden(self, request, plans, centre):
        """What a row of 2025 goes on as, which only insiders see."""
        if request.param == "draft":
            row = PlanItemFactory(
                plan=PlanFactory(centre=centre, year=2027, phase=Plan.Phase.DRAFTING), title_fi="Salaisuus"
            )
        elif request.param == "internal":
            row = PlanItemFactory(plan=plans[2026], title_fi="Salaisuus", is_internal=True)
        else:
            goal = PlanItemFactory(plan=plans[2026], title_fi="Salaisuus ylempänä", is_internal=True)
            row = PlanItemFactory(plan=plans[2026], kind="action", parent=goal, title_fi="Salaisuus")
        source = PlanItemFactory(plan=plans[2025], outcome=Outcome.PARTLY)
        ContinuationFactory(source=source, target=row)
        return row

    def test_it_is_found_by_insiders_only(self, client, insider, hidden):
        assert row_page(client, hidden).status_code == 404
        response = row_page(insider, hidden)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]

    def test_that_a_row_goes_on_is_told_and_nothing_more(self, client, insider, hidden):
        source = hidden.origins.get().source
        response = row_page(client, source)
        assert gettext(UNSEEN) in panel(response)
        assert "Salaisuus" not in response.content.decode()
        assert hidden.get_absolute_url() not in response.content.decode()
        assert thread(response) == []
        assert gettext("Open promise:") not in main(response)
        seen = row_page(insider, source)
        assert gettext(UNSEEN) not in main(seen)
        assert f"{hidden.plan.year} Salaisuus" in thread(seen)

    def test_a_later_step_tells_it_too(self, client, plans, hidden):
        source = hidden.origins.get().source
        first = PlanItemFactory(plan=plans[2024], outcome=Outcome.PARTLY)
        ContinuationFactory(source=first, target=source)
        response = row_page(client, first)
        assert gettext(UNSEEN) in step(response, 1)
        assert "Salaisuus" not in response.content.decode()

    def test_a_thread_ends_where_the_reader_sees_no_further(self, client, insider, plans, centre):
        first = PlanItemFactory(plan=plans[2024], title_fi="Alku", outcome=Outcome.PARTLY)
        between = PlanItemFactory(plan=plans[2025], title_fi="Väli", outcome=Outcome.PARTLY, is_internal=True)
        last = PlanItemFactory(plan=plans[2026], title_fi="Loppu")
        ContinuationFactory(source=first, target=between)
        ContinuationFactory(source=between, target=last)
        assert thread(row_page(client, last)) == []
        assert len(thread(row_page(insider, last))) == 3

    def test_internal_actions_of_a_goal(self, client, insider, plans):
        goal = PlanItemFactory(plan=plans[2026])
        PlanItemFactory(plan=plans[2026], kind="action", parent=goal, title_fi="Salaisuus", is_internal=True)
        assert "Salaisuus" not in row_page(client, goal).content.decode()
        assert "Salaisuus" in main(row_page(insider, goal))

    def test_a_step_below_an_internal_goal_is_marked_as_internal(self, insider, plans):
        goal = PlanItemFactory(plan=plans[2025], number=1, is_internal=True)
        below = PlanItemFactory(plan=plans[2025], number=2, kind="action", parent=goal, outcome="partly")
        row = PlanItemFactory(plan=plans[2026], number=1)
        ContinuationFactory(source=below, target=row)
        response = row_page(insider, row)
        assert gettext("internal") in step(response, 0).split()
        assert gettext("internal") not in step(response, 1).split()

    def test_an_insider_of_another_centre_sees_what_everybody_sees(self, insider):
        row = PlanItemFactory(is_internal=True)
        assert row_page(insider, row).status_code == 404

    def test_an_anonymous_reader_gets_no_cookie(self, client, plans):
        assert not row_page(client, PlanItemFactory(plan=plans[2026])).cookies


QUERIES, QUERIES_OF_AN_INSIDER = 6, 9


def test_the_work_is_the_same_for_few_and_for_30_years_of_100_rows(client, insider, centre):
    """A session, a user and what lets them in are three queries more."""
    fill(centre, years=2, rows=3)
    other = FamilyCentreFactory(coordinator_email=centre.coordinator_email, area=centre.area)
    few = [queries(reader, "item", centre, year=2017, number=1) for reader in (client, insider)]
    fill(other, years=30, rows=100)
    readers = (client, signed_in(let_in_to(other)))
    many = [queries(reader, "item", other, year=2017, number=1) for reader in readers]
    assert few == many == [QUERIES, QUERIES_OF_AN_INSIDER]
