"""Evaluating, closing and carrying over: what goes on, under what it goes on, and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from annual_plan.actions import carry_over, close, evaluate, next_after, next_year_of
from annual_plan.carrying import Wish
from annual_plan.models import HIGHEST_NUMBER, Continuation, Outcome, Plan, PlanItem
from tests.admin.forms import changed_by
from tests.conftest import NOW
from tests.factories import (
    ContinuationFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
    TaskFactory,
    UserFactory,
)
from tests.forbidden import complaints

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def carried_over(**how):
    """The plan into which it is carried over."""
    return carry_over(**how).plan


def test_what_was_not_achieved_goes_on_in_a_plan_that_is_opened_for_it():
    task = TaskFactory()
    row = PlanItemFactory(
        plan__year=2025,
        title_fi="Kysely kuntalaisille",
        title_sv="Enkät till invånarna",
        description_fi="Osana toista kyselyä.",
        outcome=Outcome.NOT_ACHIEVED,
        evaluation_fi="Aikaa ei ollut.",
        tasks=[task],
    )
    ResponsibleFactory(item=row, label_fi="Sivistysjohtaja")
    plan = carried_over(centre=row.plan.centre, year=2026, wishes=[Wish(row.pk, "Kysely kuntalaisille", 3)])
    assert (plan.year, plan.phase) == (2026, Plan.Phase.DRAFTING)
    made = plan.items.get()
    assert (made.number, made.quarter, made.title_sv) == (1, 3, "Enkät till invånarna")
    assert (made.description_fi, made.evaluation_fi, made.outcome) == (
        "Osana toista kyselyä.",
        "",
        Outcome.NOT_STARTED,
    )
    assert [str(each) for each in made.responsibles.all()] == ["Sivistysjohtaja"]
    assert list(made.tasks.all()) == [task]
    assert made.origins.get().kind == Continuation.Kind.CARRIED


def test_run_twice_nothing_changes():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    wishes = [Wish(row.pk, "Toinen nimi", 2)]
    for _time in range(2):
        carry_over(centre=row.plan.centre, year=2026, wishes=wishes)
    PlanItem.objects.filter(plan__year=2026).update(title_fi="Koordinaattorin oma nimi")
    carry_over(centre=row.plan.centre, year=2026, wishes=wishes)
    assert Continuation.objects.count() == 1
    assert PlanItem.objects.filter(plan__year=2026).count() == 1


def test_one_row_is_split_and_two_are_joined():
    first = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    second = PlanItemFactory(plan=first.plan, outcome=Outcome.NOT_ACHIEVED)
    plan = carried_over(
        centre=first.plan.centre,
        year=2026,
        wishes=[
            Wish(first.pk, "Yhteistyö viestinnän kanssa"),
            Wish(first.pk, "Esille nostaminen", 2),
            Wish(second.pk, "yhteistyö  viestinnän kanssa"),
        ],
    )
    ties = {
        (tie.source, tie.target.title_fi, tie.kind)
        for tie in Continuation.objects.select_related("source", "target")
    }
    assert ties == {
        (first, "Yhteistyö viestinnän kanssa", "split"),
        (first, "Esille nostaminen", "split"),
        (second, "Yhteistyö viestinnän kanssa", "carried"),
    }
    assert plan.items.count() == 2


def test_a_row_that_stands_there_already_is_gone_on_with():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY, title_fi="Perehdytys")
    stands = PlanItemFactory(
        plan=PlanFactory(centre=row.plan.centre, year=2026), quarter=None, title_fi="Perehdytys"
    )
    carry_over(centre=row.plan.centre, year=2026, wishes=[Wish(row.pk, "Perehdytys")])
    assert row.continuations.get().target == stands


def test_an_action_stands_below_what_its_goal_went_on_as():
    goal = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY, title_fi="Tavoite")
    action = PlanItemFactory(
        plan=goal.plan, kind="action", parent=goal, outcome=Outcome.NOT_ACHIEVED, title_fi="Toimenpide"
    )
    plan = carried_over(
        centre=goal.plan.centre,
        year=2026,
        wishes=[Wish(action.pk, "Toimenpide", 1), Wish(goal.pk, "Tavoite", None)],
    )
    assert plan.items.get(kind="action").parent == plan.items.get(kind="goal")


def test_what_is_achieved_is_repeated():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.ACHIEVED, quarter=None)
    carry_over(centre=row.plan.centre, year=2027, wishes=[Wish(row.pk, row.title_fi)])
    assert row.continuations.get().kind == Continuation.Kind.REPEATED


def test_to_evaluate_says_what_happens_next():
    row = PlanItemFactory(plan__year=2025)
    row.outcome, row.evaluation_fi = Outcome.PARTLY, "Kesken."
    evaluate(row=row, titles=["Ensin tämä", "Sitten tuo"])
    titles = PlanItem.objects.filter(plan__year=2026).order_by("number").values_list("title_fi", flat=True)
    assert list(titles) == ["Ensin tämä", "Sitten tuo"]


def test_nothing_is_saved_of_what_is_dropped_and_goes_on_at_once():
    row = PlanItemFactory(plan__year=2025)
    row.outcome, row.drop_reason_fi = Outcome.PARTLY, "Ei tarvita."
    assert complaints(lambda: evaluate(row=row, titles=["Sama"])) == [
        "This row has been dropped, with a reason. What is dropped does not go on."
    ]
    row.refresh_from_db()
    assert row.outcome == Outcome.NOT_STARTED
    assert not Plan.objects.filter(year=2026).exists()


def test_a_plan_closes_once_every_row_has_its_outcome():
    row = PlanItemFactory(plan__year=2025)
    assert complaints(lambda: close(plan=row.plan)) == [
        "The plan cannot be closed as evaluated yet: rows without an outcome: 1."
    ]
    assert row.plan.phase == Plan.Phase.RUNNING
    row.outcome = Outcome.ACHIEVED
    evaluate(row=row)
    close(plan=Plan.objects.get())
    assert Plan.objects.get().phase == Plan.Phase.EVALUATED


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (2024, "A row goes on in the plan of a later year only."),
        (2025, "A row goes on in the plan of a later year only."),
    ],
)
def test_nothing_goes_back_in_time(year, sentence):
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    wishes = [Wish(row.pk, row.title_fi)]
    assert complaints(lambda: carry_over(centre=row.plan.centre, year=year, wishes=wishes)) == [sentence]
    assert not Plan.objects.filter(year=2024).exists()


def test_nothing_leaves_its_centre():
    row, elsewhere = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY), PlanFactory(year=2026)
    wishes = [Wish(row.pk, row.title_fi)]
    with pytest.raises(ValidationError):
        carry_over(centre=elsewhere.centre, year=2026, wishes=wishes)
    assert not Continuation.objects.exists()


def test_a_closed_plan_takes_nothing_and_the_next_one_does():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    PlanFactory(centre=row.plan.centre, year=2026, phase=Plan.Phase.EVALUATED)
    wishes = [Wish(row.pk, row.title_fi)]
    assert complaints(lambda: carry_over(centre=row.plan.centre, year=2026, wishes=wishes)) == [
        "The plan for 2026 is closed as evaluated."
    ]
    assert next_year_of(row.plan, TODAY) == 2027


@pytest.mark.parametrize(
    ("there", "year"),
    [({}, 2026), ({2024: "running"}, 2026), ({2026: "evaluated"}, 2027), ({2030: "drafting"}, 2026)],
)
def test_the_next_plan_is_of_no_year_that_is_over_and_of_none_far_away(there, year):
    plan = PlanFactory(year=2023)
    for of, phase in there.items():
        PlanFactory(centre=plan.centre, year=of, phase=phase)
    assert next_after(plan, TODAY) == (year, year in there)


@pytest.mark.parametrize("is_there", [True, False])
def test_nothing_goes_on_in_a_draft_of_a_year_that_is_over(is_there):
    row = PlanItemFactory(plan__year=2023, outcome=Outcome.PARTLY)
    if is_there:
        PlanFactory(centre=row.plan.centre, year=2025, phase=Plan.Phase.DRAFTING)
    wishes = [Wish(row.pk, row.title_fi)]
    assert complaints(lambda: carry_over(centre=row.plan.centre, year=2025, wishes=wishes)) == [
        "The year 2025 is over: nothing goes on in a draft of it."
    ]
    assert not Continuation.objects.exists()


def test_it_goes_on_in_what_was_published_of_a_year_that_is_over():
    row = PlanItemFactory(plan__year=2023, outcome=Outcome.PARTLY)
    PlanFactory(centre=row.plan.centre, year=2025)
    assert carried_over(centre=row.plan.centre, year=2025, wishes=[Wish(row.pk, row.title_fi)]).year == 2025


def test_of_how_it_goes_on_the_outcome_decides_and_may_change_its_mind():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    carry_over(centre=row.plan.centre, year=2026, wishes=[Wish(row.pk, row.title_fi)])
    for outcome, kind in [("achieved", "repeated"), ("not-achieved", "carried")]:
        row.outcome = outcome
        evaluate(row=row)
        assert row.continuations.get().kind == kind


def test_what_goes_on_in_several_parts_is_split_whatever_its_outcome():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    carry_over(centre=row.plan.centre, year=2026, wishes=[Wish(row.pk, "Yksi"), Wish(row.pk, "Kaksi")])
    row.outcome = Outcome.ACHIEVED
    evaluate(row=row)
    assert set(row.continuations.order_by("pk").values_list("kind", flat=True)) == {"split"}


def test_to_evaluate_saves_what_is_said_and_leaves_what_somebody_else_has_changed_meanwhile():
    row = PlanItemFactory(plan__year=2025, title_fi="Vanha nimi")
    PlanItem.objects.update(title_fi="Uusi nimi")
    row.outcome, row.evaluation_sv, row.evaluation_fi = Outcome.PARTLY, "Delvis.", "Osin."
    evaluate(row=row)
    stored = PlanItem.objects.get()
    assert (stored.title_fi, stored.outcome, stored.evaluation_fi, stored.evaluation_sv, stored.sequence) == (
        "Uusi nimi",
        Outcome.PARTLY,
        "Osin.",
        "Delvis.",
        1,
    )


def test_what_was_split_is_carried_over_once_the_other_part_is_gone():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    carry_over(centre=row.plan.centre, year=2026, wishes=[Wish(row.pk, "Yksi"), Wish(row.pk, "Kaksi")])
    PlanItem.objects.get(title_fi="Kaksi").delete()
    assert row.continuations.get().kind == "carried"


def test_to_close_saves_the_phase_and_leaves_what_somebody_else_has_changed_meanwhile():
    plan = PlanItemFactory(outcome=Outcome.ACHIEVED).plan
    Plan.objects.update(intro_fi="Uusi johdanto.", reflection_sv="Ett bra år.", reminded_quarter=3)
    close(plan=plan)
    stored = Plan.objects.get()
    assert (stored.phase, stored.intro_fi, stored.reflection_sv, stored.reminded_quarter) == (
        Plan.Phase.EVALUATED,
        "Uusi johdanto.",
        "Ett bra år.",
        3,
    )


def test_what_goes_on_already_does_not_once_more_whatever_was_fetched_before():
    source = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    (row,) = PlanItem.objects.filter(pk=source.pk).select_related("plan").prefetch_related("continuations")
    ContinuationFactory(source=source)
    evaluate(row=row, titles=["Toinen"])
    assert Continuation.objects.count() == 1


def test_what_goes_on_already_does_not_once_more_when_it_is_evaluated():
    row = ContinuationFactory().source
    evaluate(row=row, titles=["Toinen"])
    assert Continuation.objects.count() == 1


def test_a_row_of_a_plan_that_is_closed_meanwhile_keeps_an_outcome():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    Plan.objects.update(phase=Plan.Phase.EVALUATED)
    row.outcome = Outcome.UNDER_WAY
    assert complaints(lambda: evaluate(row=row)) == [
        "This plan is closed as evaluated: every row of it has an outcome."
    ]


def test_rows_that_are_joined_bring_all_that_was_said_of_them():
    first = PlanItemFactory(
        plan__year=2025,
        outcome=Outcome.PARTLY,
        title_fi="Kysely",
        description_fi="Paperilla.",
        is_internal=True,
    )
    second = PlanItemFactory(
        plan=first.plan,
        outcome=Outcome.PARTLY,
        title_fi="Juttutuokio",
        title_sv="Pratstund",
        description_fi="Pirtissä.",
    )
    for row, label in [(first, "Neuvola"), (second, "Koulu"), (second, "Neuvola")]:
        ResponsibleFactory(item=row, label_fi=label)
    tasks = [TaskFactory(), TaskFactory()]
    first.tasks.add(tasks[0])
    second.tasks.add(*tasks)
    wishes = [Wish(first.pk, "Juttutuokio"), Wish(second.pk, "juttutuokio")]
    row = carried_over(centre=first.plan.centre, year=2026, wishes=wishes).items.get()
    assert (row.title_fi, row.title_sv, row.description_fi) == (
        "Juttutuokio",
        "Pratstund",
        "Paperilla.\n\nPirtissä.",
    )
    assert [str(each) for each in row.responsibles.all()] == ["Neuvola", "Koulu"]
    assert set(row.tasks.order_by("pk")) == set(tasks)
    assert row.is_internal


def test_a_goal_that_goes_on_after_its_action_has_it_below_itself():
    goal = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    action = PlanItemFactory(plan=goal.plan, kind="action", parent=goal, outcome=Outcome.PARTLY)
    other = PlanItemFactory(plan=goal.plan, kind="action", outcome=Outcome.PARTLY)
    for row in (action, other, goal):
        evaluate(row=row, titles=[row.title_fi])
    plan = Plan.objects.get(year=2026)
    parents = dict(plan.items.order_by("pk").values_list("title_fi", "parent__title_fi"))
    assert parents == {action.title_fi: goal.title_fi, other.title_fi: None, goal.title_fi: None}


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"source": 0}, "One of these rows has been deleted meanwhile."),
        ({"title": "a" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
        ({"quarter": 5}, "Value 5 is not a valid choice."),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_words(wish, sentence):
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    wishes = [Wish(**{"source": row.pk, "title": "Nimi"} | wish)]
    assert complaints(lambda: carry_over(centre=row.plan.centre, year=2026, wishes=wishes)) == [sentence]
    assert not Plan.objects.filter(year=2026).exists()


def test_there_is_no_plan_for_a_year_far_away():
    row = PlanItemFactory(plan__year=2100, outcome=Outcome.PARTLY)
    wishes = [Wish(row.pk, row.title_fi)]
    assert complaints(lambda: carry_over(centre=row.plan.centre, year=2101, wishes=wishes)) == [
        "There are plans for the years 2016 to 2100 only."
    ]


def test_a_dropped_row_does_not_go_on():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.DROPPED, drop_reason_fi="Ei tarvita.")
    wishes = [Wish(row.pk, row.title_fi)]
    assert complaints(lambda: carry_over(centre=row.plan.centre, year=2026, wishes=wishes)) == [
        "This row has been dropped, with a reason. What is dropped does not go on."
    ]


def tie_to_another_centre(row):
    return {"target": PlanItemFactory(plan__year=2026)}


def tie_to_an_earlier_year(row):
    return {"target": PlanItemFactory(plan=PlanFactory(centre=row.plan.centre, year=2024))}


def tie_to_the_same_year(row):
    return {"target": PlanItemFactory(plan=row.plan)}


def tie_of_something_dropped(row):
    row.outcome, row.drop_reason_fi = Outcome.DROPPED, "Ei tarvita."
    return {"target": PlanItemFactory(plan=PlanFactory(centre=row.plan.centre, year=2026))}


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (tie_to_another_centre, "A row goes on in a plan of its own family centre only."),
        (tie_to_an_earlier_year, "A row goes on in the plan of a later year only."),
        (tie_to_the_same_year, "A row goes on in the plan of a later year only."),
        (
            tie_of_something_dropped,
            "This row has been dropped, with a reason. What is dropped does not go on.",
        ),
    ],
)
def test_a_tie_by_hand_is_refused_in_the_same_words(how, sentence):
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    tie = Continuation(source=row, **how(row))
    assert complaints(tie.full_clean) == [sentence]


def test_a_closed_plan_takes_no_row_by_hand_either():
    row = PlanItemFactory(plan__phase=Plan.Phase.EVALUATED, outcome=Outcome.ACHIEVED)
    new = PlanItemFactory.build(plan=row.plan, number=99)
    assert complaints(new.full_clean) == ["This plan is closed as evaluated: every row of it has an outcome."]


def test_a_row_stays_in_its_plan():
    row = PlanItemFactory(plan__year=2025)
    row.plan = PlanFactory(centre=row.plan.centre, year=2026)
    assert complaints(row.full_clean) == [
        "A row stays in its plan. In a later year it goes on as a row of its own."
    ]


def test_who_carries_over_stands_in_the_history_of_every_row_once():
    user = UserFactory()
    goal = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    action = PlanItemFactory(plan=goal.plan, kind="action", parent=goal, outcome=Outcome.PARTLY)
    wishes = [Wish(row.pk, row.title_fi) for row in (action, goal)]
    plan = carry_over(centre=goal.plan.centre, year=2026, wishes=wishes, user=user).plan
    assert [changed_by(row) for row in (plan, *plan.items.all())] == [[user]] * 3
    assert [changed_by(row) for row in (goal, action)] == [[user, None]] * 2


def test_numbers_beyond_what_a_plan_holds_are_refused_in_words():
    row = PlanItemFactory(plan__year=2025, outcome=Outcome.PARTLY)
    PlanItemFactory(plan=PlanFactory(centre=row.plan.centre, year=2026), number=HIGHEST_NUMBER)
    wishes = [Wish(row.pk, row.title_fi)]
    assert complaints(lambda: carry_over(centre=row.plan.centre, year=2026, wishes=wishes)) == [
        "The rows of the later plan have too high numbers: number them again first."
    ]


@pytest.mark.parametrize(
    ("values", "is_public"),
    [
        ({}, True),
        ({"is_internal": True}, False),
        ({"plan__phase": Plan.Phase.DRAFTING}, False),
    ],
)
def test_only_of_what_everybody_read_an_old_address_leads_on(values, is_public):
    assert PlanItemFactory(**values).is_public(date(2026, 11, 18)) is is_public
