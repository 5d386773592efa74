"""Evaluating, closing and carrying over: what goes on, under what it goes on, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from annual_plan.actions import carry_over, close, evaluate, next_year_of
from annual_plan.carrying import Wish
from annual_plan.models import Continuation, Outcome, Plan, PlanItem
from tests.factories import (
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
    TaskFactory,
)
from tests.forbidden import complaints

pytestmark = pytest.mark.django_db


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
    plan = carry_over(centre=row.plan.centre, year=2026, wishes=[Wish(row.pk, "Kysely kuntalaisille", 3)])
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
    plan = carry_over(
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
    plan = carry_over(
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
    assert next_year_of(row.plan) == 2027
