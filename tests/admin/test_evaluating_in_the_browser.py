"""Evaluating a plan in a real browser: with scripts and without, and what axe-core says."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from annual_plan.models import Outcome, PlanItem
from tests.admin.forms import address
from tests.admin.test_in_the_browser import complaints, sign_in
from tests.browser.pages import VIEWS, View
from tests.factories import ContinuationFactory, PlanItemFactory, ResponsibleFactory, UserFactory

__all__ = ["complaints", "sign_in"]


@pytest.fixture
def row(transactional_db: None) -> PlanItem:
    """A row that came from last year, in a plan with rows of each sort."""
    row = ContinuationFactory(target__title_fi="Näkyvyys", target__description_fi="Yhdessä.").target
    ResponsibleFactory(item=row)
    for outcome in Outcome.values:
        reason = "Ei rahaa." if outcome == Outcome.DROPPED else ""
        PlanItemFactory(plan=row.plan, outcome=outcome, drop_reason_fi=reason)
    return row


def somebody() -> User:
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.mark.axe
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_axe_finds_nothing(
    page: Any,
    sign_in: Callable[[User], None],
    complaints: list[str],
    row: PlanItem,
    live_server: Any,
    axe_violations: Callable[[Any], list[str]],
    view: View,
):
    view.show(page)
    sign_in(somebody())
    found = {}
    for name, keys in (("evaluate", [row.plan_id]), ("evaluate_row", [row.plan_id, row.pk])):
        page.goto(f"{live_server.url}{address(name, row.plan, *keys)}")
        found[name] = axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= view.width
    page.check("[name=outcome][value=partly]")
    found["with what happens next"] = axe_violations(page)
    assert complaints == []
    page.click(".act--main")
    page.wait_for_selector(".faults:focus")
    found["with a fault"] = axe_violations(page)

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_what_happens_next_is_asked_when_the_outcome_asks_for_it(
    page: Any, sign_in: Callable[[User], None], row: PlanItem, live_server: Any
):
    sign_in(somebody())
    page.goto(f"{live_server.url}{address('evaluate_row', row.plan, row.plan_id, row.pk)}")

    def asked() -> list[str]:
        names = ("next_step", "titles", "drop_reason_fi")
        return [name for name in names if page.locator(f".evaluation__{name}").is_visible()]

    by_outcome, by_step = {}, {}
    for outcome in Outcome.values:
        page.check(f"[name=outcome][value={outcome}]")
        by_outcome[outcome] = asked()
    page.check("[name=outcome][value=not-achieved]")
    for step in ("goes-on", "dropped", "later"):
        page.check(f"[name=next_step][value={step}]")
        by_step[step] = asked()

    assert by_outcome == {
        "not-started": [],
        "under-way": [],
        "achieved": [],
        "partly": ["next_step"],
        "not-achieved": ["next_step"],
        "dropped": ["drop_reason_fi"],
    }
    assert by_step == {
        "goes-on": ["next_step", "titles"],
        "dropped": ["next_step", "drop_reason_fi"],
        "later": ["next_step"],
    }


def test_a_row_is_evaluated_from_the_list_in_a_few_taps(
    page: Any, sign_in: Callable[[User], None], row: PlanItem, live_server: Any
):
    # Given a coordinator on the page of the plan
    sign_in(somebody())
    page.goto(f"{live_server.url}{address('evaluate', row.plan, row.plan_id)}")

    # When she says that one is achieved, and of another that it goes on
    page.locator("li.date", has_text="Näkyvyys").get_by_role("button").click()
    page.wait_for_selector(".messagelist .success")
    page.locator("li.date .date__acts a.act").first.click()
    page.check("[name=outcome][value=partly]")
    page.check("[name=next_step][value=goes-on]")
    page.click(".act--main")
    page.wait_for_selector(".messagelist .success")

    # Then both are so, and the next row without an outcome is before her
    row.refresh_from_db()
    assert row.outcome == Outcome.ACHIEVED
    assert PlanItem.objects.filter(plan__year=2027).count() == 1
    assert page.locator("[name=outcome][value=under-way]").is_checked()
