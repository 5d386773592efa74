"""The desk's forms of plans and rows, while somebody else is at the plans of the same centre."""

import pytest
from django.test import Client

from annual_plan.actions import carry_over, close, evaluate
from annual_plan.carrying import Wish
from annual_plan.models import Outcome, Plan, PlanItem
from tests.admin.forms import address, errors, filled
from tests.admin.two_people import Opening
from tests.factories import PlanItemFactory
from tests.harness.meanwhile import while_another

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row() -> PlanItem:
    return PlanItemFactory(plan__year=2025, plan__phase=Plan.Phase.RUNNING, outcome=Outcome.PARTLY)


def go_on(row: PlanItem) -> None:
    carry_over(centre=row.plan.centre, year=2026, wishes=[Wish(row.pk, row.title_fi)])


def begin(row: PlanItem) -> None:
    stored = PlanItem.objects.select_related("plan").get(pk=row.pk)
    stored.outcome = Outcome.UNDER_WAY
    evaluate(row=stored)


def test_no_row_without_an_outcome_is_added_to_a_plan_that_somebody_closes_meanwhile(
    desk: Client, row: PlanItem
):
    path = f"{address('add', PlanItem)}?plan={row.plan_id}"
    values = filled(desk.get(path)) | {"title_fi": "Uusi"}

    answer = while_another(lambda: close(plan=row.plan), lambda: desk.post(path, values))

    assert answer.status_code == 400
    assert errors(answer)
    assert PlanItem.objects.get() == row


def test_a_row_that_somebody_carries_over_meanwhile_is_not_dropped_on_its_form(
    opened: Opening, row: PlanItem
):
    send = opened(row)

    answer = while_another(
        lambda: go_on(row), lambda: send(outcome="dropped", drop_reason_fi="Ei enää tarvita.")
    )

    row.refresh_from_db()
    assert (answer.status_code, row.outcome, row.continuations.count()) == (400, Outcome.PARTLY, 1)


def test_a_plan_is_not_closed_on_its_form_while_somebody_takes_an_outcome_back(
    opened: Opening, row: PlanItem
):
    send = opened(row.plan)

    answer = while_another(lambda: begin(row), lambda: send(phase="evaluated"))

    row.plan.refresh_from_db()
    assert (answer.status_code, row.plan.phase) == (400, Plan.Phase.RUNNING)


def test_a_plan_is_closed_on_its_form_when_nobody_is_at_it(opened: Opening, row: PlanItem):
    assert opened(row.plan)(phase="evaluated").status_code == 302
    row.plan.refresh_from_db()
    assert row.plan.is_evaluated
