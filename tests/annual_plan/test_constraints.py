"""What must never be in the tables of annual plans."""

import pytest
from django.core.exceptions import ValidationError

from annual_plan.models import Continuation, Plan, PlanItem
from tests.factories import (
    ContinuationFactory,
    DutyHolderFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    OrganisationFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
)
from tests.forbidden import (
    Forbidden,
    assert_database_refuses,
    assert_field_is_unique,
    assert_form_refuses,
    but,
    complaints,
    unique_fields_of,
    untested,
)

pytestmark = pytest.mark.django_db


def a_draft(**values):
    """A plan whose year may still be another one."""
    return PlanFactory(phase=Plan.Phase.DRAFTING, **values)


def second_plan_of_a_year():
    first = PlanFactory()
    return but(a_draft(centre=first.centre, year=2027), year=first.year)


def number_of_another():
    first = PlanItemFactory()
    return but(PlanItemFactory(plan=first.plan), number=first.number)


def goal_below_a_goal():
    goal = PlanItemFactory()
    return but(PlanItemFactory(plan=goal.plan), parent=goal)


def its_own_goal():
    row = PlanItemFactory(kind="action")
    return but(row, parent=row)


def named_twice(factory, **whom):
    """Of two lines about one whole the second comes to say what the first says."""
    first = factory(**whom)
    whole = "item" if hasattr(first, "item") else "duty"
    return but(factory(**{whole: getattr(first, whole)}, label_fi="Muu"), **whom)


def same_way_twice():
    first = ContinuationFactory()
    later = PlanItemFactory(plan=first.target.plan)
    return but(ContinuationFactory(source=first.source, target=later), target=first.target)


def way_to_itself():
    tie = ContinuationFactory()
    return but(tie, target=tie.source)


def named_twice_as_a_network(factory):
    first = factory()
    network = LocalNetworkFactory(centre=first.plan.centre)
    whole = "item" if hasattr(first, "item") else "duty"
    factory(**{whole: getattr(first, whole)}, network=network, label_fi="")
    return but(factory(**{whole: getattr(first, whole)}, label_fi="Muu"), network=network, label_fi="")


def network_and_organisation(factory, plan_of):
    row = factory()
    network = LocalNetworkFactory(centre=plan_of(row).centre)
    return but(row, network=network, organisation=OrganisationFactory())


STATES = [
    Forbidden("plan_year", "before there were family centres", lambda: but(a_draft(), year=2015)),
    Forbidden("plan_year", "in two digits", lambda: but(a_draft(), year=26)),
    Forbidden("plan_reminded_quarter", "a fifth quarter", lambda: but(PlanFactory(), reminded_quarter=5)),
    Forbidden("plan_once_a_year", "two plans for a year", second_plan_of_a_year),
    Forbidden("planitem_number_once", "two rows of one number", number_of_another),
    Forbidden("planitem_number_in_range", "number 0", lambda: but(PlanItemFactory(), number=0)),
    Forbidden("planitem_number_in_range", "number 10000", lambda: but(PlanItemFactory(), number=10_000)),
    Forbidden("planitem_month_in_quarter", "May in winter", lambda: but(PlanItemFactory(), month=5)),
    Forbidden("planitem_month_in_quarter", "month 0", lambda: but(PlanItemFactory(), month=0)),
    Forbidden("planitem_month_in_quarter", "month 13", lambda: but(PlanItemFactory(quarter=4), month=13)),
    Forbidden(
        "planitem_month_has_quarter",
        "May, all year round",
        lambda: but(PlanItemFactory(quarter=None), month=5),
    ),
    Forbidden("planitem_not_its_own_goal", "a row below itself", its_own_goal),
    Forbidden("planitem_only_actions_have_goals", "a goal below a goal", goal_below_a_goal),
    Forbidden(
        "planitem_evaluation_has_outcome",
        "words without an outcome",
        lambda: but(PlanItemFactory(), evaluation_fi="Hyvin meni."),
    ),
    Forbidden(
        "planitem_dropped_with_reason",
        "dropped, nobody knows why",
        lambda: but(PlanItemFactory(), outcome="dropped"),
    ),
    Forbidden(
        "planitem_dropped_with_reason",
        "dropped, with a reason that was taken away",
        lambda: but(PlanItemFactory(outcome="dropped", drop_reason_fi="Siksi."), drop_reason_fi=None),
    ),
    Forbidden(
        "planitem_reason_of_something_dropped",
        "achieved, and why not",
        lambda: but(PlanItemFactory(outcome="achieved"), drop_reason_fi="Siksi."),
    ),
    Forbidden("continuation_once", "one way twice", same_way_twice),
]
STATES += [
    Forbidden(
        "annual_plan_planitem_finnish_first_evaluation",
        f"an evaluation in {code} alone",
        lambda code=code: but(PlanItemFactory(outcome="partly"), **{f"evaluation_{code}": "Ok."}),
    )
    for code in ("fi_simple", "sv", "en", "se")
]
STATES += [
    Forbidden(
        "annual_plan_planitem_finnish_first_evaluation",
        "whose Finnish was taken away",
        lambda: but(
            PlanItemFactory(outcome="partly", evaluation_fi="Osin.", evaluation_sv="Delvis."),
            evaluation_fi=None,
        ),
    ),
    Forbidden(
        "annual_plan_planitem_finnish_first_drop_reason",
        "dropped for a reason in Swedish alone",
        lambda: but(PlanItemFactory(outcome="partly", drop_reason_fi=""), drop_reason_sv="Därför."),
    ),
]
STATES += [
    Forbidden(rule, what, row)
    for name, factory, plan_of in (
        ("responsible", ResponsibleFactory, lambda row: row.item.plan),
        ("dutyholder", DutyHolderFactory, lambda row: row.duty.plan),
    )
    for rule, what, row in (
        (f"{name}_is_somebody", "nobody", lambda factory=factory: but(factory(), label_fi="")),
        (f"{name}_is_somebody", "nobody any more", lambda factory=factory: but(factory(), label_fi=None)),
        (
            f"{name}_network_or_organisation",
            "a network and an organisation",
            lambda factory=factory, plan_of=plan_of: network_and_organisation(factory, plan_of),
        ),
        (
            f"{name}_once_by_label",
            "the same words twice",
            lambda factory=factory: named_twice(factory, label_fi="Kaikki"),
        ),
        (
            f"{name}_once_by_organisation",
            "the same organisation twice",
            lambda factory=factory: named_twice(factory, organisation=OrganisationFactory(), label_fi=""),
        ),
        (
            f"{name}_once_by_network",
            "the same network twice",
            lambda factory=factory: named_twice_as_a_network(factory),
        ),
    )
]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_form_says_why(state):
    assert_form_refuses("annual_plan", state)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_database_refuses_it(state):
    assert_database_refuses(state.row())


def test_a_row_does_not_go_on_as_itself():
    """The form says first that this would be in the same year."""
    assert complaints(way_to_itself().validate_constraints) == ["A row does not go on as itself."]
    assert complaints(way_to_itself().full_clean) == [
        "A row goes on in the plan of a later year only.",
        "A row does not go on as itself.",
    ]
    assert_database_refuses(way_to_itself())


def test_no_constraint_is_left_out():
    assert untested("annual_plan", STATES) == {"continuation_not_of_itself"}


@pytest.mark.parametrize(("model", "name"), unique_fields_of("annual_plan"))
def test_what_there_is_once_is_there_once(model, name):
    assert_field_is_unique(model, name)


class TestAcrossRows:
    """What no constraint can see, for it lies in other rows."""

    def test_a_plan_is_not_evaluated_while_a_row_is_not(self):
        plan = PlanItemFactory().plan
        PlanItemFactory(plan=plan, outcome="achieved")

        assert complaints(but(plan, phase=Plan.Phase.EVALUATED).full_clean) == [
            "The plan cannot be closed as evaluated yet: rows without an outcome: 1."
        ]

    def test_a_plan_stays_in_its_centre(self):
        assert complaints(but(PlanFactory(), centre=FamilyCentreFactory()).full_clean) == [
            "A plan stays in its family centre."
        ]

    @pytest.mark.parametrize(
        ("phase", "year", "sentence"),
        [
            (
                Plan.Phase.EVALUATED,
                2027,
                "This plan has been evaluated: everybody may read what it promised. Say that it is under way.",
            ),
            (
                Plan.Phase.RUNNING,
                2026,
                "This plan has begun: what everybody could read is no draft again.",
            ),
        ],
    )
    def test_what_everybody_could_read_is_no_draft_again(self, phase, year, sentence):
        plan = PlanFactory(phase=phase, year=year)
        assert complaints(but(plan, phase=Plan.Phase.DRAFTING).full_clean) == [sentence]

    @pytest.mark.parametrize(
        ("before", "after", "year"),
        [("evaluated", "running", 2026), ("running", "drafting", 2027), ("drafting", "drafting", 2025)],
    )
    def test_a_plan_is_opened_again_and_drafted_again_before_its_year(self, before, after, year):
        but(PlanFactory(phase=before, year=year), phase=after).full_clean()

    def test_nor_is_what_somebody_has_evaluated_already(self):
        plan = PlanItemFactory(plan__year=2027, outcome="partly").plan
        assert complaints(but(plan, phase=Plan.Phase.DRAFTING).full_clean) == [
            "This plan has begun: what everybody could read is no draft again."
        ]

    @pytest.mark.parametrize("phase", [Plan.Phase.RUNNING, Plan.Phase.EVALUATED])
    @pytest.mark.parametrize("to", [2024, 2027])
    def test_what_everybody_could_read_stays_in_its_year(self, phase, to):
        plan = PlanFactory(phase=phase, year=2025)
        assert complaints(but(plan, year=to, phase=Plan.Phase.RUNNING).full_clean) == [
            "Everybody could read what is promised for 2025: the year stays."
        ]

    def test_a_draft_moves_to_another_year(self):
        but(PlanFactory(phase=Plan.Phase.DRAFTING), year=2028).full_clean()

    def test_a_year_that_has_not_begun_is_not_evaluated(self):
        plan = PlanItemFactory(plan__year=2027, outcome="achieved").plan
        assert complaints(but(plan, phase=Plan.Phase.EVALUATED).full_clean) == [
            "This year has not begun yet: it cannot be evaluated."
        ]

    def test_nor_is_a_plan_without_rows(self):
        sentence = ["This plan has no rows: there is nothing to evaluate."]
        assert complaints(but(PlanFactory(), phase=Plan.Phase.EVALUATED).full_clean) == sentence
        centre = FamilyCentreFactory()
        assert complaints(Plan(centre=centre, year=2025, phase=Plan.Phase.EVALUATED).full_clean) == sentence

    def test_of_the_quarters_of_another_year_nobody_has_been_told(self):
        plan = PlanFactory(reminded_quarter=3)
        plan.save()
        assert Plan.objects.get().reminded_quarter == 3
        but(plan, year=2027).save()
        assert Plan.objects.get().reminded_quarter == 0

    @pytest.mark.parametrize(
        ("end", "year"),
        [("source", 2024), ("source", 2026), ("target", 2027), ("target", 2025), ("target", 2099)],
    )
    def test_a_plan_that_is_tied_to_another_stays_in_its_year(self, end, year):
        plan = getattr(ContinuationFactory(), end).plan
        Plan.objects.update(phase=Plan.Phase.DRAFTING)
        # Another plan of the same year would be refused for that.
        assert complaints(but(plan, year=year, phase=Plan.Phase.DRAFTING).clean) == [
            "Rows of this plan come from an earlier year or go on in a later one: its year stays."
        ]

    def test_a_row_stays_without_goals_of_other_plans(self):
        action = PlanItemFactory(kind="action")
        assert complaints(but(action, parent=PlanItemFactory()).full_clean) == [
            "This goal is in another plan."
        ]

    def test_only_a_goal_has_actions(self):
        action = PlanItemFactory(kind="action")
        other = PlanItemFactory(plan=action.plan, kind="action")
        assert complaints(but(other, parent=action).full_clean) == ["Only a goal has actions."]

    def test_a_goal_with_actions_stays_a_goal(self):
        goal = PlanItemFactory()
        PlanItemFactory(plan=goal.plan, kind="action", parent=goal)
        assert complaints(but(goal, kind="action").full_clean) == ["This goal has actions: it stays a goal."]

    def test_in_a_plan_that_is_closed_every_row_has_its_outcome(self):
        row = PlanItemFactory(plan__phase=Plan.Phase.EVALUATED, outcome="achieved")
        assert complaints(but(row, outcome="under-way").full_clean) == [
            "This plan is closed as evaluated: every row of it has an outcome."
        ]

    @pytest.mark.parametrize(("phase", "year"), [("running", 2026), ("evaluated", 2025), ("running", 2025)])
    def test_what_everybody_could_read_is_not_hidden(self, phase, year):
        sentence = [
            "Everybody could read this promise: it stays in sight. Change its words if these tell too much."
        ]
        row = PlanItemFactory(plan__phase=phase, plan__year=year, kind="action", outcome="partly")
        assert complaints(but(row, is_internal=True).full_clean) == sentence
        goal = PlanItemFactory(plan=row.plan, is_internal=True, outcome="partly")
        assert complaints(but(row, parent=goal).full_clean) == sentence

    @pytest.mark.parametrize(("phase", "year"), [("drafting", 2026), ("running", 2027)])
    def test_before_it_may_be_hidden_and_what_is_hidden_be_shown(self, phase, year):
        row = PlanItemFactory(plan__phase=phase, plan__year=year)
        but(row, is_internal=True).full_clean()
        hidden = PlanItemFactory(is_internal=True)
        but(hidden, is_internal=False).full_clean()

    def test_what_goes_on_is_not_dropped_whatever_was_fetched_before(self):
        source, target = PlanItemFactory(plan__year=2025, outcome="partly"), PlanItemFactory()
        (row,) = PlanItem.objects.filter(pk=source.pk).prefetch_related("continuations")
        ContinuationFactory(source=source, target=target)
        assert complaints(but(row, drop_reason_fi="Siksi.").full_clean) == [
            "This row goes on in a later plan: it is not dropped. Take one of the two away."
        ]

    def test_what_goes_on_is_not_dropped(self):
        row = ContinuationFactory().source
        assert complaints(but(row, drop_reason_fi="Siksi.").full_clean) == [
            "This row goes on in a later plan: it is not dropped. Take one of the two away."
        ]

    @pytest.mark.parametrize("factory", [ResponsibleFactory, DutyHolderFactory])
    def test_nobody_of_another_centre_is_responsible(self, factory):
        row = factory()
        assert complaints(but(row, network=LocalNetworkFactory()).full_clean) == [
            "This network is in another family centre."
        ]
        organisation = OrganisationFactory(home=FamilyCentreFactory())
        assert complaints(but(row, network=None, organisation=organisation).full_clean) == [
            "Another family centre keeps this organisation for itself."
        ]


class TestContinuation:
    @pytest.mark.parametrize("year", [2025, 2024])
    def test_it_leads_to_a_later_year(self, year):
        tie = ContinuationFactory()
        centre = tie.source.plan.centre
        there = tie.source.plan if year == 2025 else PlanFactory(centre=centre, year=year)
        assert complaints(but(tie, target=PlanItemFactory(plan=there)).full_clean) == [
            "A row goes on in the plan of a later year only."
        ]

    def test_nothing_goes_on_anew_in_a_draft_of_a_year_that_is_over(self):
        source = PlanItemFactory(plan__year=2023, outcome="partly")
        draft = a_draft(centre=source.plan.centre, year=2025)
        sentence = ["The year 2025 is over: nothing goes on in a draft of it."]
        made = ContinuationFactory(source=source, target=PlanItemFactory(plan=draft))
        made.full_clean()
        other = PlanItemFactory(plan=draft)
        assert complaints(Continuation(source=source, target=other).full_clean) == sentence
        assert complaints(but(made, target=other).full_clean) == sentence

    def test_it_stays_in_the_centre(self):
        assert complaints(but(ContinuationFactory(), target=PlanItemFactory()).full_clean) == [
            "A row goes on in a plan of its own family centre only."
        ]

    def test_what_is_dropped_does_not_go_on(self):
        source = PlanItemFactory(plan__year=2025, outcome="partly", drop_reason_fi="Siksi.")
        target = PlanItemFactory(plan__centre=source.plan.centre)
        assert complaints(Continuation(source=source, target=target).full_clean) == [
            "This row has been dropped, with a reason. What is dropped does not go on."
        ]

    def test_one_without_its_ends_says_that_alone(self):
        with pytest.raises(ValidationError) as refused:
            Continuation().full_clean()
        assert set(refused.value.message_dict) == {"source", "target"}
