"""The way back for plans and their rows: what a form would refuse does not come back either."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from annual_plan.actions import carry_over
from annual_plan.carrying import Wish
from annual_plan.models import Outcome, Plan, PlanItem
from centres.models import FamilyCentre
from tests.admin.forms import address, save
from tests.admin.histories import change, undo, ways_back
from tests.factories import ContinuationFactory, LocalNetworkFactory, PlanFactory, PlanItemFactory

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
    row = PlanItemFactory(plan__centre=posio, plan__year=2024, plan__phase=Plan.Phase.DRAFTING)
    save(coordinator, change(row.plan), year="2026")
    ContinuationFactory(source__plan__centre=posio, target=row)

    answer = undo(coordinator, row.plan)

    assert refused(answer)
    assert list(Plan.objects.order_by("year").values_list("year", flat=True)) == [2025, 2026]


def test_an_evaluated_plan_is_no_draft_again(coordinator: Client, posio: FamilyCentre):
    plan = PlanFactory(centre=posio, phase=Plan.Phase.DRAFTING)
    PlanItemFactory(plan=plan, outcome=Outcome.ACHIEVED)
    save(coordinator, change(plan), phase="evaluated")
    plan.refresh_from_db()
    assert plan.is_evaluated

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


class TestNumbers:
    """No two rows of a plan have one number, whatever goes back, and however many at once."""

    @pytest.fixture
    def draft(self, coordinator: Client, posio: FamilyCentre) -> Plan:
        """A draft to which "Kevät" and then "Talvi" were added, which comes before it once it is numbered again."""
        save(coordinator, address("add", Plan), year="2027")
        plan = Plan.objects.get()
        for title, quarter in (("Kevät", "2"), ("Talvi", "1")):
            path = f"{address('add', PlanItem)}?plan={plan.pk}"
            assert save(coordinator, path, title_fi=title, quarter=quarter).status_code == 302
        return plan

    def numbers(self) -> dict[str, int]:
        return dict(PlanItem.objects.order_by("number").values_list("title_fi", "number"))

    def way_back(self, client: Client, answer: Any) -> str:
        """The link by which whoever has deleted something brings it back."""
        (way,) = html.fromstring(client.get(answer["Location"]).content.decode()).xpath(
            "//ul[@class='messagelist']//a[text()='Bring it back']/@href"
        )
        return str(way)

    def test_the_rows_of_a_plan_that_was_numbered_again_go_back_together(
        self, coordinator: Client, draft: Plan
    ):
        coordinator.post(address("number", draft, draft.pk))
        assert self.numbers() == {"Talvi": 1, "Kevät": 2}

        assert undo(coordinator, draft).status_code == 302

        assert self.numbers() == {"Kevät": 1, "Talvi": 2}
        assert undo(coordinator, draft).status_code == 302
        assert self.numbers() == {"Talvi": 1, "Kevät": 2}

    def test_a_row_that_goes_back_alone_keeps_its_number_where_its_own_is_taken_and_it_says_so(
        self, coordinator: Client, draft: Plan
    ):
        row = PlanItem.objects.get(title_fi="Kevät")
        coordinator.post(address("number", draft, draft.pk))
        save(coordinator, change(row), title_fi="Vappu")
        way = f"/en{ways_back(coordinator, row)[1]}"
        said = "The number of “1. Kevät” is another row’s now: it keeps the number 2."

        assert said in coordinator.get(way).content.decode()
        answer = coordinator.post(way)

        assert said in coordinator.get(answer["Location"]).content.decode()
        assert self.numbers() == {"Talvi": 1, "Kevät": 2}

    def test_a_row_brought_back_takes_the_next_number_where_its_own_is_taken_and_it_says_so(
        self, coordinator: Client, draft: Plan
    ):
        row = PlanItem.objects.get(title_fi="Kevät")
        answer = coordinator.post(f"/en{address('delete', row, row.pk)}", {"post": "yes"})
        way = self.way_back(coordinator, answer)
        coordinator.post(address("number", draft, draft.pk))

        said = "The number of “1. Kevät” is another row’s now: it comes back with the number 2."
        assert said in coordinator.get(way).content.decode()
        assert coordinator.post(way).status_code == 302

        assert self.numbers() == {"Talvi": 1, "Kevät": 2}

    def test_a_plan_goes_back_beside_a_row_that_was_added_since(self, coordinator: Client, draft: Plan):
        save(coordinator, change(draft), intro_fi="Kevään jälkeen.")
        path = f"{address('add', PlanItem)}?plan={draft.pk}"
        save(coordinator, path, title_fi="Koko vuosi", quarter="")
        coordinator.post(address("number", draft, draft.pk))
        assert self.numbers() == {"Koko vuosi": 1, "Talvi": 2, "Kevät": 3}
        save(coordinator, change(PlanItem.objects.get(title_fi="Talvi")), title_fi="Pakkanen")

        assert undo(coordinator, draft, steps=3).status_code == 302

        assert self.numbers() == {"Koko vuosi": 1, "Talvi": 2, "Kevät": 3}

    def test_a_row_that_had_been_deleted_by_then_does_not_come_back_with_its_plan(
        self, coordinator: Client, draft: Plan
    ):
        row = PlanItem.objects.get(title_fi="Kevät")
        coordinator.post(address("delete", row, row.pk), {"post": "yes"})
        for words in ("Ensin.", "Sitten."):
            save(coordinator, change(draft), intro_fi=words)

        assert undo(coordinator, draft).status_code == 302

        assert self.numbers() == {"Talvi": 2}


def test_what_needs_rows_of_a_deleted_plan_leads_to_that_plan(
    coordinator: Client, posio: FamilyCentre, settings: Any
):
    # Django's own page of what is deleted names each continuation by itself.
    settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, {"model": "annual_plan.*", "field": "source"}]
    row = PlanItemFactory(plan__centre=posio, outcome=Outcome.PARTLY)
    later = carry_over(
        centre=posio, year=2027, wishes=[Wish(row.pk, title) for title in ("Kevään osa", "Syksyn osa")]
    ).plan
    coordinator.post(address("delete", later, later.pk), {"post": "yes"})
    save(coordinator, change(row), title_fi="Uusi")
    way = f"/en{ways_back(coordinator, row)[-2]}"

    page = html.fromstring(coordinator.get(way).content.decode())

    (why,) = page.xpath("//*[@class='errornote']")
    links = why.xpath(".//li/a")
    assert [link.text for link in links] == ["Annual plan: Posio 2027"] * 2
    assert "somebody else keeps this" not in why.text_content()

    coordinator.post(links[0].get("href"))
    assert coordinator.post(way).status_code == 302
    assert row.continuations.count() == 2


@pytest.mark.parametrize("how", ["swap", "replace and add"])
def test_those_who_changed_places_go_back(coordinator: Client, posio: FamilyCentre, how: str):
    row = PlanItemFactory(plan__centre=posio)
    first, second = (LocalNetworkFactory(centre=posio).pk for _each in range(2))
    lines = [first, *([second] if how == "swap" else [])]
    before = {f"responsibles-{at}-network": str(pk) for at, pk in enumerate(lines)}
    orders = {f"responsibles-{at}-order": str(at) for at in range(2)}
    sent = {"responsibles-TOTAL_FORMS": str(len(lines))} | before | orders
    assert save(coordinator, address("change", row, row.pk), **sent).status_code == 302
    after = {"responsibles-0-network": str(second), "responsibles-1-network": str(first)} | orders
    sent = {"responsibles-TOTAL_FORMS": "2"} | after
    assert save(coordinator, address("change", row, row.pk), **sent).status_code == 302
    named = row.responsibles.order_by("order").values_list("network", flat=True)
    assert list(named) == [second, first]

    assert undo(coordinator, row).status_code == 302

    assert list(named.all()) == lines


def test_ties_that_changed_places_go_back_as_they_were(coordinator: Client, posio: FamilyCentre):
    row = PlanItemFactory(plan__centre=posio, outcome="partly")
    later = PlanFactory(centre=posio, year=2027)
    one, other = (str(PlanItemFactory(plan=later).pk) for _each in range(2))
    for targets in ((one, other), (other, one)):
        sent = {f"continuations-{at}-target": pk for at, pk in enumerate(targets)}
        sent = {"continuations-TOTAL_FORMS": "2"} | sent
        assert save(coordinator, address("change", row, row.pk), **sent).status_code == 302

    assert undo(coordinator, row).status_code == 302

    ties = row.continuations.order_by("pk").values_list("target", "kind")
    assert list(ties) == [(int(one), "split"), (int(other), "split")]
