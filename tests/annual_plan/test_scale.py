"""Files, feeds and ways in ask as little of thirty years of a hundred rows each as of one row."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annual_plan.models import Continuation, Duty, DutyHolder, Plan, PlanItem, Responsible
from centres.models import FamilyCentre, Membership, Organisation, Task
from networks.models import LocalNetwork
from tests.factories import (
    FamilyCentreFactory,
    LocalNetworkFactory,
    MembershipFactory,
    OrganisationFactory,
    TaskFactory,
)

THIS_YEAR, YEARS, ROWS = 2026, range(2016, 2046), 100
# What each asks of the database. An insider costs the session, the user, and whether they are let in.
ANONYMOUS = {"csv": 7, "xlsx": 9, "json": 9, "calendar": 3, "sitemap": 10, "organisations": 4, "about": 5}
INSIDER = {"csv": 10, "xlsx": 12, "json": 12}


def grow(centre: FamilyCentre, years: Iterable[int], rows: int) -> None:
    """Plans of `centre` for `years`, each with `rows` rows, all of which go on in the next year."""
    networks = list(LocalNetwork.objects.order_by("pk"))
    organisations, tasks = list(Organisation.objects.order_by("pk")), list(Task.objects.order_by("pk"))
    before: list[PlanItem] = []
    for year in years:
        plan = Plan.objects.create(centre=centre, year=year, phase="running")
        items = PlanItem.objects.bulk_create(_item(plan, number) for number in range(1, rows + 1))
        Responsible.objects.bulk_create(
            Responsible(item=item, **_somebody(item.number + step, networks, organisations))
            for item in items
            for step in (0, 1)
        )
        PlanItem.tasks.through.objects.bulk_create(
            PlanItem.tasks.through(planitem=item, task=tasks[item.number % len(tasks)]) for item in items
        )
        Continuation.objects.bulk_create(
            Continuation(source=source, target=target) for source, target in zip(before, items, strict=False)
        )
        duties = Duty.objects.bulk_create(
            Duty(plan=plan, task_fi=f"Vuoro {number}", order=number) for number in range(min(rows, 30))
        )
        DutyHolder.objects.bulk_create(
            DutyHolder(duty=duty, **_somebody(duty.order, networks, organisations)) for duty in duties
        )
        before = items


def _item(plan: Plan, number: int) -> PlanItem:
    month = number % 12 + 1
    return PlanItem(
        plan=plan,
        number=number,
        quarter=(month + 2) // 3,
        month=month,
        title_fi=f"Tavoite {number}",
        outcome="not-achieved",
        evaluation_fi="Jatkuu.",
    )


def _somebody(number: int, networks: list[LocalNetwork], organisations: list[Organisation]) -> dict[str, Any]:
    if number % 2:
        return {"network": networks[number % len(networks)]}
    return {"organisation": organisations[number % len(organisations)]}


@pytest.fixture(scope="module")
def grown(django_db_setup: None, django_db_blocker: Any) -> Any:
    """What each address asks with one row and with many, by its name, of anybody and of insiders."""
    with django_db_blocker.unblock():
        try:
            yield measured()
        finally:
            call_command("flush", interactive=False, verbosity=0)


def measured() -> list[tuple[dict[str, int], dict[str, int]]]:
    centre = FamilyCentreFactory(slug="suuri", coordinator_email="koordinaattori@esimerkki.example")
    for _ in range(3):
        LocalNetworkFactory(centre=centre)
        OrganisationFactory()
    for number in range(1, 8):
        TaskFactory(number=number)
    insider = Client()
    insider.force_login(MembershipFactory(centre=centre, role=Membership.Role.PROFESSIONAL).user)
    asked = []
    for years, rows in (([THIS_YEAR], 1), (YEARS, ROWS)):
        Plan.objects.all().delete()
        grow(centre, years, rows)
        asked.append(
            (
                {name: queries(Client(), path_of(name)) for name in ANONYMOUS},
                {name: queries(insider, path_of(name)) for name in INSIDER},
            )
        )
    assert PlanItem.objects.count() == len(YEARS) * ROWS
    return asked


def path_of(name: str) -> str:
    if name in ("csv", "xlsx", "json", "calendar"):
        return reverse(f"annual_plan:{name}", kwargs={"centre": "suuri", "year": THIS_YEAR})
    return reverse(name, kwargs={"centre": "suuri"})


def queries(client: Client, path: str) -> int:
    """How many queries an address asks, once what is asked once has been."""
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.django_db
def test_one_row_and_thirty_years_cost_the_same(grown: Any):
    one, many = grown

    assert one == many == (ANONYMOUS, INSIDER)
