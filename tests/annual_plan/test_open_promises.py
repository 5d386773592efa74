"""Nothing slips: the rule, the same in the database, and the page that lists what is open."""

from itertools import product

import pytest
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from hypothesis import given
from hypothesis import strategies as st

from annual_plan.fates import Fate, fate_of
from annual_plan.models import NOT_EVALUATED, UNFINISHED, Outcome, Plan, PlanItem
from annual_plan.reading import became_of, groups_of
from annual_plan.views.promises import PAGE_SIZE
from annual_plan.years import PARTS, counted
from tests.annual_plan.pages import answer, fill, main, queries, said, tree
from tests.factories import (
    ContinuationFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MembershipFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
    UserFactory,
)
from tests.networks.conftest import let_in_to, signed_in

OUTCOMES = st.sampled_from(Outcome.values)


class TestTheRule:
    @given(OUTCOMES, st.booleans(), st.booleans(), st.booleans())
    def test_every_unfinished_row_that_is_over_goes_on_or_is_dropped_or_is_open_and_only_one_of_these(
        self, outcome, has_reason, goes_on, is_over
    ):
        fate = fate_of(outcome=outcome, has_reason=has_reason, goes_on=goes_on, is_over=is_over)
        if outcome in UNFINISHED:
            is_dropped = has_reason and not goes_on
            is_open = not goes_on and not has_reason
            assert [goes_on, is_dropped, is_open].count(True) == 1
            assert (fate is Fate.CONTINUED, fate is Fate.DROPPED, fate is Fate.OPEN) == (
                goes_on,
                is_dropped,
                is_open,
            )
        assert (fate is Fate.ACHIEVED) == (outcome == Outcome.ACHIEVED)

    @given(OUTCOMES, st.booleans(), st.booleans())
    def test_nothing_is_pending_once_it_is_over_and_before_only_what_is_unfinished_is_open(
        self, outcome, reason, goes_on
    ):
        said = {
            over: fate_of(outcome=outcome, has_reason=reason, goes_on=goes_on, is_over=over)
            for over in (True, False)
        }
        assert said[True] is not Fate.PENDING
        assert said[False] is not Fate.OPEN or outcome in UNFINISHED
        assert (said[True] is Fate.OPEN) == (said[False] in (Fate.PENDING, Fate.OPEN))


def states():
    """Every state that the database lets a row be in: phase, year, outcome, reason, how many rows it goes on as."""
    years = (2025, 2026, 2027)
    for phase, year, outcome, reason, onward in product(
        Plan.Phase, years, Outcome, ("", "Ei rahaa"), (0, 1, 2)
    ):
        if outcome == Outcome.DROPPED and not reason:
            continue
        if reason and (outcome in NOT_EVALUATED or outcome == Outcome.ACHIEVED):
            continue
        yield phase, year, outcome, reason, onward


@pytest.fixture
def every_state(db):
    """A row in every one of `states`, by its key."""
    made = {}
    for phase in Plan.Phase:
        centre = FamilyCentreFactory()
        plans = {year: PlanFactory(centre=centre, year=year, phase=phase) for year in (2025, 2026, 2027)}
        later = [PlanItemFactory(plan=PlanFactory(centre=centre, year=year)) for year in (2030, 2031)]
        for state in states():
            if state[0] != phase:
                continue
            _phase, year, outcome, reason, onward = state
            row = PlanItemFactory(plan=plans[year], outcome=outcome, drop_reason_fi=reason)
            for target in later[:onward]:
                ContinuationFactory(source=row, target=target)
            made[row.pk] = state
    return made


class TestTheRuleInTheDatabase:
    def test_what_is_listed_as_open_is_what_the_rule_says(self, every_state, today):
        rows = PlanItem.objects.filter(pk__in=every_state).order_by("pk")
        open_by_rule = {
            row.pk for row in rows.with_fate().select_related("plan") if became_of(row, today) is Fate.OPEN
        }
        listed = list(rows.open_promises(today).values_list("pk", flat=True))
        assert sorted(open_by_rule) == listed
        assert {every_state[pk] for pk in listed} == {
            (phase, year, outcome, "", 0)
            for phase, year, outcome in product(Plan.Phase, (2025, 2026, 2027), Outcome)
            if (phase == Plan.Phase.EVALUATED or year == 2025 or outcome in UNFINISHED)
            and outcome not in (Outcome.ACHIEVED, Outcome.DROPPED)
        }

    def test_every_unfinished_row_of_an_evaluated_plan_is_one_of_three(self, every_state, today):
        rows = PlanItem.objects.filter(
            pk__in=every_state, plan__phase=Plan.Phase.EVALUATED, outcome__in=UNFINISHED
        ).order_by("pk")
        listed = set(rows.open_promises(today).values_list("pk", flat=True))
        kept = [pk for pk, state in every_state.items() if not (state[3] and state[4])]  # refused by clean()
        for row in rows.filter(pk__in=kept):
            is_carried, is_dropped = row.continuations.count() >= 1, bool(row.drop_reason_fi)
            assert [is_carried, is_dropped, row.pk in listed].count(True) == 1

    def test_the_counts_of_years_say_the_same(self, every_state, today):
        rows = PlanItem.objects.filter(pk__in=every_state)
        counts = counted(groups_of(rows, today))
        assert sum(one.planned for one in counts.values()) == len(every_state)
        for (centre, year), one in counts.items():
            of_plan = rows.filter(plan__centre=centre, plan__year=year)
            assert one.undecided + one.untold == of_plan.open_promises(today).count()
            assert one.untold == of_plan.open_promises(today).without_outcome().count()
            assert one.unsaid == of_plan.without_outcome().count()
            goes_on = of_plan.with_fate().filter(goes_on=True)
            assert one.carried == goes_on.exclude(outcome=Outcome.ACHIEVED).count()
            assert one.repeated == goes_on.filter(outcome=Outcome.ACHIEVED).count()
            assert sum(getattr(one, part) for part in PARTS) == one.planned == of_plan.count()


def undecided(number):
    one = "%(open)s promise is unfinished, and nobody has decided what comes next."
    many = "%(open)s promises are unfinished, and nobody has decided what comes next."
    return ngettext(one, many, number) % {"open": number}


def untold(number):
    one = "%(untold)s promise of the years that are over is left of which nobody has told what became of it."
    many = "%(untold)s promises of the years that are over are left of which nobody has told what became of them."
    return ngettext(one, many, number) % {"untold": number}


DO = "Carry each over to a later plan, or say why it is given up."
WAIT = "The family centre decides which of them go on and which are dropped."


def titles(response, heading):
    """The titles that stand under the heading with this id."""
    path = f'//section[@aria-labelledby="{heading}"]//li//a[contains(@href, "/20")]'
    links = tree(response).xpath(path)
    return [said(link.xpath("./span/span")[0] if link.get("class") else link) for link in links]


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture
    def plans(self, centre):
        past = {
            year: PlanFactory(centre=centre, year=year, phase=Plan.Phase.EVALUATED) for year in (2023, 2024)
        }
        return past | {year: PlanFactory(centre=centre, year=year) for year in (2022, 2025, 2026)}

    def test_what_is_unfinished_stands_first_the_oldest_before_the_others(self, client, centre, plans):
        for year, number, title in ((2024, 1, "C"), (2023, 2, "B"), (2023, 1, "A")):
            PlanItemFactory(
                plan=plans[year],
                number=number,
                title_fi=title,
                outcome=Outcome.PARTLY,
                evaluation_fi="Kesken.",
            )
        response = answer(client, "open_promises", centre)
        assert titles(response, "unfinished") == ["A", "B", "C"]
        assert titles(response, "unspoken") == []

    def test_what_nobody_has_spoken_of_stands_by_year(self, client, centre, plans):
        PlanItemFactory(plan=plans[2025], title_fi="Z", outcome=Outcome.UNDER_WAY)
        PlanItemFactory(plan=plans[2022], title_fi="Y")
        PlanItemFactory(plan=plans[2026], title_fi="X")
        response = answer(client, "open_promises", centre)
        assert titles(response, "unspoken") == ["Y", "Z"]
        years = tree(response).xpath('//section[@aria-labelledby="unspoken"]//h3')
        assert [said(year) for year in years] == ["2022", "2025"]

    def test_each_says_when_how_it_went_and_who_was_to_see_to_it(self, client, centre, plans):
        network = LocalNetworkFactory(centre=centre, name_fi="Ydinryhmä")
        long = " ".join(["sana"] * 40)
        row = PlanItemFactory(
            plan=plans[2023],
            quarter=3,
            outcome=Outcome.NOT_ACHIEVED,
            evaluation_fi=long,
        )
        ResponsibleFactory(item=row, label_fi="", network=network)
        (card,) = tree(answer(client, "open_promises", centre)).xpath('//li[@class="card"]')
        words = said(card)
        assert f"2023, {gettext('3rd quarter')}" in words
        assert "Ydinryhmä" in words
        assert Outcome.NOT_ACHIEVED.label.capitalize() in words
        assert words.count("sana") == 30

    def test_what_is_undecided_and_what_is_untold_are_counted_apart_and_only_keepers_are_told_what_to_do(
        self, client, centre, plans
    ):
        PlanItemFactory(plan=plans[2023], outcome=Outcome.PARTLY)
        for _row in range(3):
            PlanItemFactory(plan=plans[2025])
        keeper = signed_in(MembershipFactory(centre=centre, user=UserFactory(is_staff=True)).user)
        words = f"{undecided(1)} {untold(3)}"
        do, wait = (gettext(each) for each in (DO, WAIT))
        assert f"{words} {wait}" in main(answer(client, "open_promises", centre))
        assert f"{words} {do}" in main(answer(keeper, "open_promises", centre))

    def test_when_there_is_none_it_says_that_nothing_has_slipped(self, client, centre, plans):
        PlanItemFactory(plan=plans[2023], outcome=Outcome.ACHIEVED)
        PlanItemFactory(plan=plans[2023], outcome=Outcome.DROPPED, drop_reason_fi="Ei rahaa")
        ContinuationFactory(
            source=PlanItemFactory(plan=plans[2024], outcome=Outcome.PARTLY),
            target=PlanItemFactory(plan=plans[2026]),
        )
        response = answer(client, "open_promises", centre)
        assert gettext("Nothing has slipped") in main(response)
        assert tree(response).xpath("//main//section") == []

    def test_what_goes_on_where_the_reader_sees_nothing_is_not_open(self, client, centre, plans):
        draft = PlanFactory(centre=centre, year=2027, phase=Plan.Phase.DRAFTING)
        ContinuationFactory(
            source=PlanItemFactory(plan=plans[2024], outcome=Outcome.PARTLY), target__plan=draft
        )
        assert gettext("Nothing has slipped") in main(answer(client, "open_promises", centre))

    def test_what_is_internal_or_of_another_centre_is_not_told(self, client, insider, centre, plans):
        PlanItemFactory(plan=plans[2023], title_fi="Salaisuus", is_internal=True, outcome=Outcome.PARTLY)
        draft = PlanFactory(centre=centre, year=2021, phase=Plan.Phase.DRAFTING)
        PlanItemFactory(plan=draft, title_fi="Salaisuus luonnoksessa")
        PlanItemFactory(plan__year=2020, title_fi="Salaisuus muualla")
        assert "Salaisuus" not in answer(client, "open_promises", centre).content.decode()
        response = answer(insider, "open_promises", centre)
        assert titles(response, "unfinished") == ["Salaisuus"]
        assert titles(response, "unspoken") == ["Salaisuus luonnoksessa"]
        assert "no-store" in response.headers["Cache-Control"]

    def test_whoever_keeps_the_centre_gets_a_way_to_the_desk_for_each(self, client, insider, centre, plans):
        row = PlanItemFactory(plan=plans[2023], outcome=Outcome.PARTLY)
        keeper = signed_in(MembershipFactory(centre=centre, user=UserFactory(is_staff=True)).user)
        ways = {
            name: tree(answer(reader, "open_promises", centre)).xpath(
                '//main//a[contains(@href, "hallinta")]/@href'
            )
            for name, reader in (("keeper", keeper), ("insider", insider), ("anybody", client))
        }
        with override("fi"):
            there = [reverse("admin:annual_plan_plan_evaluate_row", args=[row.plan_id, row.pk])]
        assert ways == {"keeper": there, "insider": [], "anybody": []}

    def test_finnish_that_stands_in_is_marked(self, client, centre, plans):
        PlanItemFactory(plan=plans[2023], title_fi="Suomeksi", outcome=Outcome.PARTLY, evaluation_fi="Näin.")
        PlanItemFactory(plan=plans[2022], title_fi="Vaiti", title_sv="Tyst")
        page = tree(answer(client, "open_promises", centre, "sv"))
        assert page.xpath('//main//*[text()="Suomeksi"]/@lang') == ["fi"]
        assert page.xpath('//main//*[text()="Näin."]/@lang') == ["fi"]
        assert page.xpath('//main//*[text()="Tyst"]/@lang') == []
        assert len(page.xpath('//*[@class="lang-note"]')) == 1

    def test_long_lists_are_cut_into_pages(self, client, centre):
        plan = PlanFactory(centre=centre, year=2020, phase=Plan.Phase.RUNNING)
        PlanItem.objects.bulk_create(
            PlanItem(plan=plan, number=number, title_fi=f"Kohta {number}")
            for number in range(1, PAGE_SIZE + 2)
        )
        first = answer(client, "open_promises", centre)
        second = answer(client, "open_promises", centre, query="?page=2")
        assert len(titles(first, "unspoken")) == PAGE_SIZE
        assert titles(second, "unspoken") == [f"Kohta {PAGE_SIZE + 1}"]
        wrong = answer(client, "open_promises", centre, query="?page=9")
        assert len(tree(wrong).xpath('//*[@class="note note--warn"]')) == 1


QUERIES, QUERIES_OF_AN_INSIDER = 4, 8


@pytest.mark.django_db
def test_the_work_is_the_same_for_few_and_for_30_years_of_100_rows(client, insider, centre):
    """A session, a user, what lets them in and what they keep are four queries more."""
    fill(centre, years=5, rows=3)
    other = FamilyCentreFactory(coordinator_email=centre.coordinator_email)
    fill(other, years=30, rows=100)
    few = [queries(reader, "open_promises", centre) for reader in (client, insider)]
    readers = (client, signed_in(let_in_to(other)))
    many = [queries(reader, "open_promises", other) for reader in readers]
    assert few == many == [QUERIES, QUERIES_OF_AN_INSIDER]
