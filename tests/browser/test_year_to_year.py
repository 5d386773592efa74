"""From one year to the next in a real browser: what Posio's coordinator does in November, and nothing slips."""

import pytest
from playwright.sync_api import expect

from annual_plan.models import Continuation, Outcome, Plan, PlanItem
from tests.signing_in import let_in

pytestmark = pytest.mark.django_db(transaction=True)

on_a_phone_without_script = pytest.mark.browser_context_args(
    viewport={"width": 360, "height": 740}, java_script_enabled=False
)


@pytest.fixture(autouse=True)
def _rows_are_fetched_by_their_keys(settings):
    """Django fetches the choice of each row by itself as it checks it."""
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]


@pytest.fixture
def plan(own_portal):
    """Posio's plan for 2026, three of whose rows have not been finished, and the others achieved."""
    plan = Plan.objects.get(centre__slug="posio", year=2026)
    plan.items.update(outcome=Outcome.ACHIEVED)
    for row in plan.items.filter(quarter=2).order_by("number")[:3]:
        PlanItem.objects.filter(pk=row.pk).update(outcome=Outcome.PARTLY)
    return plan


@pytest.fixture
def unfinished(plan):
    return list(plan.items.filter(outcome=Outcome.PARTLY).order_by("number"))


@pytest.fixture
def lost(plan):
    """What Posio promised in 2023, and no plan has held since."""
    return PlanItem.objects.get(
        plan__centre=plan.centre, plan__year=2023, title_fi="Palvelupolkujen kuvaaminen"
    )


def page_of(plan, root):
    return f"{root}/hallinta/annual_plan/plan/{plan.pk}/carry-over/"


def box(page, row, name):
    return page.locator(f"[name=row-{row.pk}-{name}]")


def say_what_goes_on(page, unfinished, lost):
    """Ticks the lost promise, splits one row in two, joins two, and presses the button that shows what will be made."""
    split, one, other = unfinished
    box(page, lost, "go_on").check()
    box(page, split, "titles").fill("Ensimmäinen osa\nToinen osa")
    for row in (one, other):
        box(page, row, "titles").fill("Yhdessä tehty")
    page.locator("[name=show]").click()


def test_what_was_not_finished_and_what_was_lost_goes_on_in_next_year_s_plan(
    page, own_portal, posio_coordinator, plan, unfinished, lost, axe_violations
):
    # Given the coordinator at the plan of this year, where what is unfinished is ticked
    let_in(page, own_portal, posio_coordinator)
    page.goto(page_of(plan, own_portal))
    for row in unfinished:
        expect(box(page, row, "go_on")).to_be_checked()
    expect(box(page, lost, "go_on")).not_to_be_checked()
    assert axe_violations(page) == []
    # When she says what goes on, in two tabs, for she forgot the first one
    forgotten = page.context.new_page()
    forgotten.goto(page_of(plan, own_portal))
    for tab in (forgotten, page):
        say_what_goes_on(tab, unfinished, lost)
    # Then she reads what will be made, and nothing is made yet
    ahead = page.locator(".carry__ahead")
    titles = {"Ensimmäinen osa", "Toinen osa", "Yhdessä tehty", lost.title_fi}
    for title in titles:
        expect(ahead.locator("strong", has_text=title)).to_have_count(1)
    assert not Plan.objects.filter(centre=plan.centre, year=2027).exists()
    assert axe_violations(page) == []
    # When she carries it over
    page.locator("[name=make]").click()
    # Then she is at the rows of next year's plan, a draft with these rows and this year's division of work
    expect(page.locator(".messagelist .success")).to_contain_text("2027")
    later = Plan.objects.get(centre=plan.centre, year=2027)
    assert page.url.endswith("/planitem/?of_year=2027")
    assert later.phase == Plan.Phase.DRAFTING
    assert set(later.items.order_by("pk").values_list("title_fi", flat=True)) == titles
    assert later.duties.count() == plan.duties.count() > 0
    assert lost.continuations.get().target.plan == later
    # When she finds the other tab and presses once more
    forgotten.locator("[name=make]").click()
    # Then nothing changes, and she is told
    expect(forgotten.locator(".messagelist .info")).to_be_visible()
    assert later.items.count() == 4
    assert Continuation.objects.filter(target__plan=later).count() == 5
    # And the page lists what goes on already, and where
    page.goto(page_of(plan, own_portal))
    expect(page.locator("section[aria-labelledby=goes-on]")).to_contain_text("Toinen osa")
    expect(box(page, lost, "go_on")).to_have_count(0)
    assert axe_violations(page) == []


@on_a_phone_without_script
def test_on_a_phone_without_script_a_wrong_word_comes_back_with_all_that_was_typed(
    page, own_portal, posio_coordinator, plan, unfinished
):
    first, second, _third = unfinished
    # Given the page on a phone, as wide as the phone
    let_in(page, own_portal, posio_coordinator)
    page.goto(page_of(plan, own_portal))
    # When one row is left without words, and another is called anew
    box(page, first, "titles").fill(" ")
    box(page, second, "titles").fill("Toisin sanoin")
    page.locator("[name=show]").click()
    # Then the sentence stands above, leads to the box, and nothing is lost
    page.locator(".faults a").click()
    expect(box(page, first, "titles")).to_be_in_viewport()
    expect(box(page, second, "titles")).to_have_value("Toisin sanoin")
    # And once it is put right it is carried over by two presses
    box(page, first, "titles").fill("Sanat löytyivät")
    page.locator("[name=show]").click()
    page.locator("[name=make]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    titles = (
        Plan.objects.get(centre=plan.centre, year=2027)
        .items.order_by("pk")
        .values_list("title_fi", flat=True)
    )
    assert {"Sanat löytyivät", "Toisin sanoin"} < set(titles)
