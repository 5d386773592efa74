"""Two people at the plans of one centre at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from annual_plan.actions import carry_over, close, evaluate
from annual_plan.carrying import Wish
from annual_plan.models import Continuation, Outcome, Plan, PlanItem
from tests.factories import PlanItemFactory
from tests.harness.meanwhile import while_another

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row():
    return PlanItemFactory(plan__year=2025, title_fi="Kysely", outcome=Outcome.PARTLY)


def go_on(row):
    return carry_over(centre=row.plan.centre, year=2026, wishes=[Wish(row.pk, row.title_fi)])


def drop(row):
    stored = PlanItem.objects.select_related("plan").get(pk=row.pk)
    stored.outcome, stored.drop_reason_fi = Outcome.DROPPED, "Ei tarvita."
    evaluate(row=stored)


def test_two_who_carry_the_same_row_over_make_one_row(row):
    done = while_another(lambda: go_on(row), lambda: go_on(row))
    assert not done
    assert (PlanItem.objects.filter(plan__year=2026).count(), Continuation.objects.count()) == (1, 1)


def test_a_row_that_somebody_drops_meanwhile_does_not_go_on(row):
    with pytest.raises(ValidationError):
        while_another(lambda: drop(row), lambda: go_on(row))
    assert not Plan.objects.filter(year=2026).exists()


def test_a_row_that_somebody_carries_over_meanwhile_is_not_dropped(row):
    with pytest.raises(ValidationError):
        while_another(lambda: go_on(row), lambda: drop(row))
    row.refresh_from_db()
    assert (row.outcome, row.continuations.count()) == (Outcome.PARTLY, 1)


def test_nothing_is_carried_into_a_plan_that_somebody_closes_meanwhile(row):
    later = PlanItemFactory(plan__centre=row.plan.centre, plan__year=2026, outcome=Outcome.ACHIEVED).plan
    with pytest.raises(ValidationError):
        while_another(lambda: close(plan=later), lambda: go_on(row))
    assert later.items.count() == 1


def test_an_outcome_is_not_taken_back_in_a_plan_that_somebody_closes_meanwhile(row):
    stored = PlanItem.objects.select_related("plan").get(pk=row.pk)
    stored.outcome = Outcome.UNDER_WAY
    with pytest.raises(ValidationError):
        while_another(lambda: close(plan=row.plan), lambda: evaluate(row=stored))
    assert PlanItem.objects.get().outcome == Outcome.PARTLY
