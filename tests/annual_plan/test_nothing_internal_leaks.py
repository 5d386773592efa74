"""Drafts and internal rows leave for nobody who is not let in: all that is public of plans is crawled for them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from annual_plan.models import Plan
from centres.models import FamilyCentre, Membership
from tests.conftest import NOW
from tests.factories import (
    ContinuationFactory,
    DutyHolderFactory,
    FamilyCentreFactory,
    MembershipFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
    TaskFactory,
)
from tests.networks.crawl import Seen, crawl
from tests.networks.test_nobody_leaks import in_all, plant

pytestmark = pytest.mark.django_db

LANGUAGES = ("fi", "sv", "en")
FILES = ("csv", "xlsx", "json", "calendar")
# The row that all may see was met in each language in each of these.
KINDS = (
    "text/html",
    "text/calendar",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/json",
)


@pytest.fixture
def centre() -> FamilyCentre:
    centre = FamilyCentreFactory(slug="posio")
    row = PlanItemFactory(
        plan__centre=centre,
        number=1,
        quarter=1,
        month=3,
        outcome="partly",
        tasks=[TaskFactory(number=1)],
        **in_all("title", "Kanariatavoite"),
    )
    DutyHolderFactory(duty__plan=row.plan)
    return centre


@pytest.fixture
def secrets(centre: FamilyCentre) -> list[str]:
    """What must be found nowhere: whatever stands in hidden rows, and whom they name."""
    plan = Plan.objects.get()
    shown = plan.items.get()
    month = {"quarter": 1, "month": 2, "outcome": "partly"}
    goal = PlanItemFactory(plan=plan, number=2, is_internal=True, **month)
    below = PlanItemFactory(plan=plan, number=3, kind="action", parent=goal, **month)
    draft = PlanFactory(centre=centre, year=2027, phase="drafting")
    drafted = PlanItemFactory(plan=draft, number=1, tasks=shown.tasks.all(), **month)
    below.tasks.set(shown.tasks.all())
    earlier = PlanItemFactory(
        plan=PlanFactory(centre=centre, year=2025, phase="evaluated"), number=1, is_internal=True, **month
    )
    for source, target in ((shown, drafted), (earlier, shown), (goal, drafted)):
        ContinuationFactory(source=source, target=target)
    duty = DutyHolderFactory(duty__plan=draft)
    responsible = [ResponsibleFactory(item=each) for each in (goal, drafted)]
    rows: list[Model] = [goal, below, draft, drafted, earlier, duty.duty, duty, *responsible]
    return [secret for number, row in enumerate(rows) for secret in plant(row, number)]


def starts() -> Iterator[str]:
    """Where a reader, or a machine, begins: what the site names, and what anybody can type."""
    yield from ("/robots.txt", "/sitemap.xml")
    for language in LANGUAGES:
        with override(language):
            for name in ("front", "about", "organisations", "sitemap", "annual_plan:index"):
                yield reverse(name, kwargs={"centre": "posio"})
            for year in (2025, 2026, 2027):
                for name in ("detail", *FILES):
                    yield reverse(f"annual_plan:{name}", kwargs={"centre": "posio", "year": year})
                for number in (1, 2, 3, 4):
                    yield reverse(
                        "annual_plan:item", kwargs={"centre": "posio", "year": year, "number": number}
                    )


def leaks(seen: list[Seen], secrets: list[str]) -> list[tuple[str, str]]:
    return [(each.path, secret) for each in seen for secret in secrets if each.holds(secret)]


def test_nothing_public_tells_of_drafts_and_internal_rows(
    client: Client, centre: FamilyCentre, secrets: list[str]
):
    seen = crawl(client, starts(), languages=["/sv", "/en"])

    assert len(secrets) > 100
    assert leaks(seen, secrets) == []
    assert {each.status for each in seen if each.status >= 500} == set()
    unmet = [
        (language, kind)
        for language in LANGUAGES
        for kind in KINDS
        if not any(each.kind == kind and each.holds(f"kanariatavoite{language}") for each in seen)
    ]
    assert unmet == []


@pytest.mark.parametrize("ends_on", [None, NOW.date() - timedelta(days=1)], ids=["elsewhere", "ended"])
def test_nor_do_pages_to_somebody_who_is_signed_in_and_not_let_in(
    centre: FamilyCentre, secrets: list[str], ends_on: Any
):
    where = centre if ends_on else FamilyCentreFactory(slug="muualla")
    client = Client()
    role = Membership.Role.PROFESSIONAL
    client.force_login(MembershipFactory(centre=where, role=role, ends_on=ends_on).user)

    assert leaks(crawl(client, starts(), languages=["/-"]), secrets) == []


@pytest.mark.parametrize("hidden", ["phase", "is_internal"])
def test_what_is_shown_by_mistake_is_caught(
    client: Client, centre: FamilyCentre, secrets: list[str], hidden: str
):
    if hidden == "phase":
        Plan.objects.update(phase="running")
    else:
        for plan in Plan.objects.all():
            plan.items.update(is_internal=False)

    seen = crawl(client, starts(), languages=["/-"])

    caught = {each.kind for each in seen if leaks([each], secrets)}
    assert set(KINDS) <= caught
