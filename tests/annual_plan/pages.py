"""How the tests of annual plans open a page and read it."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from annual_plan.models import Continuation, Outcome, Plan, PlanItem, Responsible
from centres.models import FamilyCentre

OUTCOMES = list(Outcome)


def answer(client: Client, name: str, centre: FamilyCentre, language: str = "fi", **kwargs: Any) -> Any:
    """The answer to the page `name` of annual plans in `language`."""
    query = kwargs.pop("query", "")
    with override(language):
        path = reverse(f"annual_plan:{name}", kwargs={"centre": centre.slug, **kwargs})
    return client.get(path + query)


def tree(response: Any) -> Any:
    return html.fromstring(response.content.decode())


def said(element: Any) -> str:
    """The words of an element, with single spaces."""
    return " ".join(element.text_content().split())


def main(response: Any) -> str:
    """The words of the page, without its frame."""
    return said(tree(response).xpath("//main")[0])


def queries(client: Client, name: str, centre: FamilyCentre, **kwargs: Any) -> int:
    """How many queries a page asks, once what is asked only at first is known."""
    answer(client, name, centre, **kwargs)
    with CaptureQueriesContext(connection) as asked:
        assert answer(client, name, centre, **kwargs).status_code == 200
    return len(asked)


def fill(centre: FamilyCentre, *, years: int, rows: int) -> None:
    """Plans of `centre` for that many years from 2017 on with that many rows each, of every outcome.

    All years but the last are evaluated; each row goes on as the same one of the next year, but every fifth, and every
    third is an action of the first; each has somebody who sees to it.
    """
    before: list[PlanItem] = []
    for year in range(2017, 2017 + years):
        plan = Plan.objects.create(centre=centre, year=year, phase=Plan.Phase.RUNNING)
        goal = PlanItem.objects.create(plan=plan, number=1, title_fi=f"Tavoite {year}")
        below = PlanItem.objects.bulk_create(
            _row(plan, number, goal if number % 3 == 0 else None) for number in range(2, rows + 1)
        )
        made = [goal, *below]
        Responsible.objects.bulk_create(Responsible(item=row, label_fi="Koko verkosto") for row in made)
        Continuation.objects.bulk_create(
            Continuation(source=one, target=other)
            for one, other in zip(before, made, strict=False)
            if one.number % 5 and not one.drop_reason_fi
        )
        before = made


def _row(plan: Plan, number: int, parent: PlanItem | None) -> PlanItem:
    outcome = OUTCOMES[number % len(OUTCOMES)]
    return PlanItem(
        plan=plan,
        number=number,
        kind="action" if parent else "goal",
        parent=parent,
        title_fi=f"Kohta {plan.year}/{number}",
        outcome=outcome,
        drop_reason_fi="Ei rahaa" if outcome == Outcome.DROPPED else "",
    )
