"""The desk's forms of plans and rows, and deleting them, while somebody else is at the plans of the same centre."""

import pytest
from django.test import Client

from annual_plan.actions import carry_over, close, evaluate
from annual_plan.carrying import Wish
from annual_plan.models import Outcome, Plan, PlanItem
from tests.admin.forms import address, errors, filled
from tests.admin.two_people import Opening
from tests.factories import PlanFactory, PlanItemFactory
from tests.harness.meanwhile import while_another

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row() -> PlanItem:
    return PlanItemFactory(plan__year=2025, plan__phase=Plan.Phase.RUNNING, outcome=Outcome.PARTLY)


def go_on(row: PlanItem, year: int = 2026) -> None:
    carry_over(centre=row.plan.centre, year=year, wishes=[Wish(row.pk, row.title_fi)])


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


class TestDeleting:
    @pytest.fixture
    def draft(self) -> Plan:
        return PlanFactory(year=2027, phase=Plan.Phase.DRAFTING)

    @pytest.mark.parametrize("is_plan", [False, True])
    def test_what_somebody_carries_over_meanwhile_is_not_deleted_and_it_says_why(
        self, desk: Client, draft: Plan, is_plan: bool
    ):
        row = PlanItemFactory(plan=draft)
        what = draft if is_plan else row

        answer = while_another(
            lambda: go_on(row, year=2028),
            lambda: desk.post(f"/en{address('delete', what, what.pk)}", {"post": "yes"}),
        )

        assert answer.status_code == 200
        assert "in the plan for 2028" in answer.content.decode()
        assert PlanItem.objects.filter(pk=row.pk).exists()

    def test_nor_is_it_among_many(self, desk: Client, draft: Plan):
        row, *others = [
            PlanItemFactory(plan=plan) for plan in (draft, PlanFactory(year=2027, phase=Plan.Phase.DRAFTING))
        ]
        ticked = [str(each.pk) for each in (row, *others)]
        sent = {"action": "delete_selected", "_selected_action": ticked, "post": "yes"}

        answer = while_another(
            lambda: go_on(row, year=2028), lambda: desk.post(f"/en{address('changelist', PlanItem)}", sent)
        )

        assert "goes on in the plan for 2028" in answer.content.decode()
        assert PlanItem.objects.filter(pk__in=ticked).count() == 2


def test_nor_when_the_plan_was_chosen_on_the_form(desk: Client, row: PlanItem):
    path = address("add", PlanItem)
    values = filled(desk.get(path)) | {"title_fi": "Uusi", "plan": str(row.plan_id)}

    answer = while_another(lambda: close(plan=row.plan), lambda: desk.post(path, values))

    assert (answer.status_code, PlanItem.objects.get()) == (400, row)
    assert "outcome" in filled(answer)


@pytest.mark.parametrize("chosen", ["continuations", "parent"])
def test_what_somebody_deletes_meanwhile_is_chosen_for_no_row(opened: Opening, row: PlanItem, chosen: str):
    gone = (
        PlanItemFactory(plan__centre=row.plan.centre, plan__year=2027)
        if chosen == "continuations"
        else (PlanItemFactory(plan=row.plan, kind="goal"))
    )
    send = opened(row)
    values = {
        "continuations": {"continuations-TOTAL_FORMS": "1", "continuations-0-target": str(gone.pk)},
        "parent": {"kind": "action", "parent": str(gone.pk)},
    }[chosen]

    answer = while_another(gone.delete, lambda: send(title_fi="Uusi nimi", **values))

    row.refresh_from_db()
    assert (answer.status_code, row.title_fi == "Uusi nimi") == (400, False)
    assert "Select a valid choice. That choice is not one of the available choices." in errors(answer)
    assert "was changed successfully" not in answer.content.decode()
