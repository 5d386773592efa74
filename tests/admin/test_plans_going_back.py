"""The way back for plans and their rows: what a form would refuse does not come back either."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from annual_plan.models import Outcome, Plan, PlanItem
from centres.models import FamilyCentre
from tests.admin.forms import save
from tests.admin.histories import change, undo
from tests.factories import ContinuationFactory, PlanFactory, PlanItemFactory

pytestmark = pytest.mark.django_db


def refused(answer: Any) -> str:
    assert answer.status_code == 409
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


def test_a_row_of_a_plan_closed_since_does_not_lose_its_outcome(coordinator: Client, posio: FamilyCentre):
    row = PlanItemFactory(plan__centre=posio)
    save(coordinator, change(row), outcome="achieved")
    Plan.objects.update(phase=Plan.Phase.EVALUATED)

    answer = undo(coordinator, row)

    assert "Tämä suunnitelma on merkitty arvioiduksi: sen jokaisella rivillä on oltava tulos." in refused(
        answer
    )
    assert PlanItem.objects.get().outcome == Outcome.ACHIEVED


def test_a_plan_does_not_go_before_what_its_rows_come_from_since(coordinator: Client, posio: FamilyCentre):
    row = PlanItemFactory(plan__centre=posio, plan__year=2024)
    save(coordinator, change(row.plan), year="2026")
    ContinuationFactory(source__plan__centre=posio, target=row)

    answer = undo(coordinator, row.plan)

    assert refused(answer)
    assert list(Plan.objects.order_by("year").values_list("year", flat=True)) == [2025, 2026]


def test_an_evaluated_plan_is_no_draft_again(coordinator: Client, posio: FamilyCentre):
    plan = PlanFactory(centre=posio, phase=Plan.Phase.DRAFTING)
    save(coordinator, change(plan), phase="evaluated")

    answer = undo(coordinator, plan)

    assert refused(answer)
    assert Plan.objects.get().phase == Plan.Phase.EVALUATED


def test_a_plan_and_its_rows_go_back_together_to_what_they_were(desk: Client, posio: FamilyCentre):
    goal = PlanItemFactory(plan__centre=posio, outcome=Outcome.ACHIEVED)
    rows = [goal, *(PlanItemFactory(plan=goal.plan, kind="action", parent=goal) for _number in range(2))]
    for row in rows:
        save(desk, change(row), outcome="achieved", title_fi=f"Uusi {row.number}")
    save(desk, change(goal.plan), phase="evaluated")
    save(desk, change(goal.plan), phase="running")
    for row in rows:
        save(desk, change(row), outcome="under-way")

    answer = undo(desk, goal.plan, steps=4)

    assert answer.status_code == 302
    assert Plan.objects.get().phase == Plan.Phase.EVALUATED
    assert set(PlanItem.objects.order_by("pk").values_list("outcome", flat=True)) == {"achieved"}
