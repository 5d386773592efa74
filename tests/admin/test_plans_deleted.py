"""Deleting plans and their rows at the desk: what stands in the way, and what to do about it."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from annual_plan.models import Outcome, Plan, PlanItem
from centres.models import FamilyCentre
from tests.admin.forms import address
from tests.admin.two_people import in_one_line
from tests.factories import ContinuationFactory, PlanFactory, PlanItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rows_are_named_by_themselves(settings: Any) -> None:
    """Django's own page of what is deleted asks of each row, and of each tie, what it is called and whose it is."""
    fields = ("source", "target", "plan")
    more = [{"model": "annual_plan.*", "field": field} for field in fields]
    settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, *more]


@pytest.fixture
def draft(posio: FamilyCentre) -> Plan:
    return PlanFactory(centre=posio, year=2027, phase=Plan.Phase.DRAFTING)


@pytest.fixture(params=["alone", "among many"])
def delete(request: Any, coordinator: Client) -> Any:
    """Deletes a row, on its own page or by the action of the list; gives the page that answers, in English."""

    def send(row: Any) -> Any:
        if request.param == "alone":
            return coordinator.post(f"/en{address('delete', row, row.pk)}", {"post": "yes"})
        sent = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}
        return coordinator.post(f"/en{address('changelist', row)}", sent)

    return send


def in_the_way(answer: Any) -> list[tuple[str, list[str]]]:
    """What stands in the way, each with the addresses of its links; there is a way back as well."""
    page = html.fromstring(answer.content.decode())
    assert page.xpath("//a[@class='button' and text()='Go back']/@href")
    return [
        (in_one_line(each), each.xpath(".//a/@href")) for each in page.xpath("//ul[@id='deleted-objects']/li")
    ]


def test_of_a_row_that_goes_on_it_says_what_to_delete_first(coordinator: Client, delete: Any, draft: Plan):
    tie = ContinuationFactory(
        source__plan=draft,
        source__number=1,
        source__title_fi="Kahvila",
        source__outcome=Outcome.NOT_STARTED,
        target__plan=PlanFactory(centre=draft.centre, year=2028, phase=Plan.Phase.DRAFTING),
        target__number=4,
        target__title_fi="Kahvila kylillä",
    )

    way = f"/en{address('delete', tie.target, tie.target_id)}"
    assert in_the_way(delete(tie.source)) == [
        ("“1. Kahvila” goes on in the plan for 2028 as “4. Kahvila kylillä”. Delete that row first", [way])
    ]

    coordinator.post(way, {"post": "yes"})
    delete(tie.source)
    assert not PlanItem.objects.exists()


def test_of_a_plan_whose_rows_go_on_it_says_which_plan_to_delete_first(delete: Any, draft: Plan):
    later = PlanFactory(centre=draft.centre, year=2028, phase=Plan.Phase.DRAFTING)
    for _number in range(2):
        ContinuationFactory(source__plan=draft, source__outcome=Outcome.NOT_STARTED, target__plan=later)

    assert in_the_way(delete(draft)) == [
        (
            "2 rows of the plan Posio 2027 go on in the plan for 2028. Delete that plan first",
            [f"/en{address('delete', later, later.pk)}"],
        )
    ]


def test_what_goes_on_as_something_promised_stays(delete: Any, posio: FamilyCentre):
    tie = ContinuationFactory(
        source__plan=PlanFactory(centre=posio, year=2025, phase=Plan.Phase.DRAFTING),
        source__outcome=Outcome.ACHIEVED,
        target__plan__centre=posio,
    )

    ((said, ways),) = in_the_way(delete(tie.source))
    assert said == (
        f"“{tie.source}” goes on in the plan for 2026 as “{tie.target}”. "
        "That has been promised and stays, and so does this. Look at it"
    )
    assert ways == [f"/en{address('change', tie.target, tie.target_id)}"]


def test_of_a_goal_with_actions_it_says_what_to_do_with_each(delete: Any, draft: Plan):
    goal = PlanItemFactory(plan=draft)
    actions = [PlanItemFactory(plan=draft, kind="action", parent=goal) for _number in range(2)]

    assert in_the_way(delete(goal)) == [
        (
            f"The action “{action}” serves the goal “{goal}”. Choose another goal for it, or delete it first",
            [f"/en{address('change', action, action.pk)}"],
        )
        for action in actions
    ]


def test_a_promise_among_many_leads_to_where_it_is_said_what_became_of_it(
    coordinator: Client, posio: FamilyCentre
):
    row = PlanItemFactory(plan__centre=posio)
    sent = {"action": "delete_selected", "_selected_action": [str(row.pk)]}

    page = coordinator.post(f"/en{address('changelist', row)}", sent)

    ((said, ways),) = in_the_way(page)
    assert said.startswith(f"{row}: This has been promised, and is not deleted.")
    assert ways == [f"/en{address('evaluate_row', row.plan, row.plan_id, row.pk)}"]


def test_a_list_counts_what_would_be_open_again_over_everything_that_is_ticked(
    coordinator: Client, draft: Plan
):
    rows = [PlanItemFactory(plan=draft) for _number in range(2)]
    before = PlanItemFactory(plan__centre=draft.centre, plan__year=2025)
    for row in rows:
        ContinuationFactory(source=before, target=row)
    said = "promise of an earlier plan goes on here and nowhere else"

    for ticked, is_said in ([rows[:1], False], [rows, True]):
        sent = {"action": "delete_selected", "_selected_action": [str(row.pk) for row in ticked]}
        page = coordinator.post(f"/en{address('changelist', PlanItem)}", sent).content.decode()
        assert (said in page) is is_said
