"""Evaluating a plan at the desk: what is late first, a tap for what is achieved, and the end of the plan."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from lxml import html

from annual_plan.models import Outcome, Plan, PlanItem
from centres.models import FamilyCentre
from tests.admin.forms import address, changed_by, filled, save
from tests.admin.test_finding import cost
from tests.conftest import NOW
from tests.factories import (
    PASSWORD,
    ContinuationFactory,
    LocalNetworkFactory,
    OrganisationFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
)
from tests.harness.mail import arrived

pytestmark = pytest.mark.django_db


class Refusing(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError


@pytest.fixture
def plan(posio: FamilyCentre) -> Plan:
    return PlanFactory(centre=posio)


def page_of(plan: Plan) -> str:
    return f"/en{address('evaluate', plan, plan.pk)}"


def page_of_row(row: PlanItem) -> str:
    return f"/en{address('evaluate_row', row.plan, row.plan_id, row.pk)}"


def button_of(row: PlanItem) -> str:
    return f"/en{address('achieved', row.plan, row.plan_id, row.pk)}"


def said(client: Client, answer: Any) -> list[str]:
    page = html.fromstring(
        client.get(answer["Location"].split("#")[0]).content.decode().replace("<br>", " / ")
    )
    return [item.text_content() for item in page.xpath("//ul[@class='messagelist']/li")]


def faults(answer: Any) -> list[str]:
    page = html.fromstring(answer.content.decode())
    return [
        each.text_content().strip() for each in page.xpath("//div[@class='faults']//*[self::p or self::li]")
    ]


def typed(answer: Any) -> dict[str, str]:
    """What stands in the boxes of the page, as a browser sends it: a line break after <textarea> is none."""
    return {name: values[0].removeprefix("\n") for name, values in filled(answer).items()}


def send(client: Client, row: PlanItem, **changes: Any) -> Any:
    return save(client, page_of_row(row), **changes)


class TestList:
    def test_what_lacks_an_outcome_comes_first_and_of_that_what_is_late(
        self, coordinator: Client, plan: Plan
    ):
        rows = {
            quarter: PlanItemFactory(plan=plan, quarter=quarter, number=5 - (quarter or 0))
            for quarter in (None, 4, 3, 1)
        }
        PlanItemFactory(plan=plan, outcome=Outcome.ACHIEVED, number=9)

        page = coordinator.get(page_of(plan))

        told = [
            (name, is_over, [each["row"] for each in few]) for name, is_over, few in page.context["waiting"]
        ]
        assert told == [
            ("1st quarter", True, [rows[1]]),
            ("3rd quarter", True, [rows[3]]),
            ("4th quarter", False, [rows[4]]),
            ("All year round", False, [rows[None]]),
        ]
        assert [name for name, _rows in page.context["done"]] == ["1st quarter"]
        assert "4 of 5 rows lack an outcome." in page.content.decode()

    def test_it_says_what_happens_next(self, coordinator: Client, plan: Plan):
        unfinished = {"plan__centre": plan.centre, "outcome": Outcome.PARTLY, "plan__year": 2025}
        last = PlanItemFactory(**unfinished).plan
        PlanItemFactory(plan=last, outcome=Outcome.DROPPED, drop_reason_fi="Ei rahaa.")
        ContinuationFactory(
            source=PlanItemFactory(plan=last, outcome=Outcome.PARTLY),
            target__plan=plan,
            target__title_fi="Uusi yritys",
        )

        page = html.fromstring(coordinator.get(page_of(last)).content.decode())

        texts = [
            " ".join(each.text_content().split())
            for each in page.xpath("//section[2]//li//p | //section[1]//li//p")
        ]
        for sentence in (
            "What happens next is not decided.",
            "Dropped: Ei rahaa.",
            "Carried over, 2026: Uusi yritys",
        ):
            assert sentence in texts

    def test_it_costs_the_same_with_one_row_and_with_a_hundred(self, coordinator: Client, plan: Plan):
        def more(number: int) -> None:
            row = ResponsibleFactory(item__plan=plan).item
            if number % 2:
                PlanItem.objects.filter(pk=row.pk).update(outcome=Outcome.PARTLY)
                ContinuationFactory(
                    source=row, target__plan__centre=plan.centre, target__plan__year=2027 + number
                )

        more(1)
        more(2)
        few = (cost(coordinator, page_of(plan)), cost(coordinator, page_of_row(plan.items.first())))
        for number in range(3, 51):
            more(number)
        PlanItemFactory.create_batch(50, plan=plan)

        assert plan.items.count() == 100
        assert (cost(coordinator, page_of(plan)), cost(coordinator, page_of_row(plan.items.first()))) == few
        assert max(few) <= 20

    def test_a_plan_without_rows_says_so(self, coordinator: Client, plan: Plan):
        assert "This plan has no rows yet." in coordinator.get(page_of(plan)).content.decode()


class TestOneTap:
    def test_a_row_is_achieved(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan, title_fi="Kävelyreitti", number=3)

        answer = coordinator.post(button_of(row))

        row.refresh_from_db()
        assert (answer["Location"], row.outcome) == (page_of(plan), Outcome.ACHIEVED)
        assert said(coordinator, answer) == ["3. Kävelyreitti: achieved. Write more, or change it"]
        assert changed_by(row)[0] is not None

    def test_what_somebody_has_evaluated_already_stays(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan, number=3, title_fi="Kävelyreitti", outcome=Outcome.PARTLY)

        answer = coordinator.post(button_of(row))

        row.refresh_from_db()
        assert row.outcome == Outcome.PARTLY
        assert said(coordinator, answer) == [
            "Somebody has said already what became of this: 3. Kävelyreitti, partly achieved."
        ]

    def test_looking_at_its_address_changes_nothing(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan)

        assert coordinator.get(button_of(row)).status_code == 405


class TestRow:
    def test_it_leads_on_to_the_next_one_in_turn_and_from_the_last_to_the_end(
        self, coordinator: Client, plan: Plan
    ):
        late, now = (PlanItemFactory(plan=plan, quarter=quarter) for quarter in (1, 4))

        first = send(coordinator, late, outcome="achieved")
        last = send(coordinator, now, outcome="achieved", evaluation_fi="Hyvin meni.")

        assert first["Location"] == page_of_row(now)
        assert last["Location"] == f"{page_of(plan)}#close"
        assert "Every row has its outcome: the plan can be closed." in said(coordinator, last)

    @pytest.mark.parametrize("outcome", ["under-way", "not-started"])
    def test_the_last_row_without_an_outcome_is_not_said_to_have_one(
        self, coordinator: Client, plan: Plan, outcome: str
    ):
        PlanItemFactory(plan=plan, outcome=Outcome.ACHIEVED)
        row = PlanItemFactory(plan=plan, number=7, title_fi="Kysely")

        answer = send(coordinator, row, outcome=outcome)

        assert answer["Location"] == page_of(plan)
        assert said(coordinator, answer) == [f"7. Kysely: {Outcome(outcome).label}."]

    def test_nor_that_the_plan_of_a_year_to_come_can_be_closed(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan__centre=plan.centre, plan__year=2027)

        answer = send(coordinator, row, outcome="achieved")

        assert [each for each in said(coordinator, answer) if "closed" in each] == []

    def test_what_one_writes_of_a_row_that_is_deleted_meanwhile_is_told(
        self, coordinator: Client, plan: Plan
    ):
        row = PlanItemFactory(plan=plan)
        sent = typed(coordinator.get(page_of_row(row))) | {
            "outcome": "partly",
            "evaluation_fi": "Puolet tehtiin.",
            "next_step": "dropped",
            "drop_reason_fi": "Rahat loppuivat.",
        }
        row_page, button = page_of_row(row), button_of(row)
        row.delete()

        answer = coordinator.post(row_page, sent)

        assert answer["Location"] == page_of(plan)
        (words,) = said(coordinator, answer)
        assert words.startswith("This row is not in the plan any more: somebody has deleted it.")
        for written in ("partly achieved", "Puolet tehtiin.", "Rahat loppuivat."):
            assert written in words
        assert coordinator.post(button)["Location"] == page_of(plan)
        assert coordinator.get(row_page).status_code == 404

    def test_what_was_written_of_a_row_that_goes_on_meanwhile_is_told(
        self, coordinator: Client, desk: Client, plan: Plan
    ):
        row = PlanItemFactory(plan=plan)
        opened = typed(desk.get(page_of_row(row)))
        send(coordinator, row, outcome="partly", next_step="goes-on", titles="Jatko")
        sent = opened | {
            "outcome": "not-achieved",
            "next_step": "dropped",
            "drop_reason_fi": "Rahat loppuivat.",
        }

        refused = desk.post(page_of_row(row), sent)

        assert refused.status_code == 409
        assert any("Rahat loppuivat." in each for each in faults(refused))
        assert desk.post(page_of_row(row), typed(refused)).status_code == 302

    def test_it_shows_what_was_meant_who_sees_to_it_and_where_it_came_from(
        self, coordinator: Client, plan: Plan
    ):
        tie = ContinuationFactory(
            target__plan=plan,
            target__description_fi="Yhdessä liikuntatoimen kanssa.",
            source__plan__centre=plan.centre,
            source__title_fi="Reitti",
            source__evaluation_fi="Aikaa ei ollut.",
        )
        ResponsibleFactory(item=tie.target)

        page = coordinator.get(page_of_row(tie.target)).content.decode()

        for words in ("Yhdessä liikuntatoimen kanssa.", "Koko verkosto", "Reitti", "Aikaa ei ollut."):
            assert words in page

    def test_what_is_unfinished_goes_on_next_year(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan)

        send(coordinator, row, outcome="partly", next_step="goes-on", titles="Ensin tämä\nSitten tuo")

        titles = [tie.target.title_fi for tie in row.continuations.order_by("target__number")]
        assert titles == ["Ensin tämä", "Sitten tuo"]
        assert Plan.objects.get(year=2027).phase == Plan.Phase.DRAFTING

    def test_what_is_missing_is_said_above_with_the_way_to_it_and_nothing_typed_is_lost(
        self, coordinator: Client, plan: Plan
    ):
        row = PlanItemFactory(plan=plan)

        answer = send(coordinator, row, outcome="not-achieved", evaluation_fi="Aikaa ei ollut.")

        page = html.fromstring(answer.content.decode())
        (link,) = page.xpath("//div[@class='faults']//a/@href")
        assert answer.status_code == 400
        assert faults(answer) == [
            "What happens next?: Say what happens next: does it go on, or is it dropped?"
        ]
        assert page.xpath(f"//*[@id='{link[1:]}']/@name") == ["next_step"]
        assert typed(answer)["evaluation_fi"] == "Aikaa ei ollut."
        assert page.xpath("//title")[0].text.strip().startswith("Error:")

    @pytest.mark.parametrize("sent", [{"outcome": "x"}, {"outcome": ""}, {"next_step": "x"}])
    def test_what_the_form_does_not_offer_is_refused(self, coordinator: Client, plan: Plan, sent: Any):
        row = PlanItemFactory(plan=plan)

        assert send(coordinator, row, **{"outcome": "partly"} | sent).status_code == 400
        assert PlanItem.objects.get(pk=row.pk).outcome == Outcome.NOT_STARTED

    def test_of_two_coordinators_the_second_does_not_overwrite_the_first_unawares(
        self, coordinator: Client, desk: Client, plan: Plan
    ):
        row = PlanItemFactory(plan=plan)
        opened = typed(desk.get(page_of_row(row)))
        send(coordinator, row, outcome="achieved", evaluation_fi="Pidettiin.")
        sent = opened | {"outcome": "partly", "next_step": "later", "evaluation_fi": "Kesken."}

        refused = desk.post(page_of_row(row), sent)

        row.refresh_from_db()
        assert (refused.status_code, row.outcome, row.evaluation_fi) == (409, Outcome.ACHIEVED, "Pidettiin.")
        assert "Pidettiin." in faults(refused)
        again = typed(refused)
        assert (again["outcome"], again["evaluation_fi"]) == ("partly", "Kesken.")
        assert desk.post(page_of_row(row), again).status_code == 302
        row.refresh_from_db()
        assert (row.outcome, row.evaluation_fi) == (Outcome.PARTLY, "Kesken.")

    def test_in_a_closed_plan_a_row_keeps_an_outcome(self, coordinator: Client, posio: FamilyCentre):
        row = PlanItemFactory(plan__centre=posio, plan__phase="evaluated", outcome=Outcome.ACHIEVED)

        answer = send(coordinator, row, outcome="not-started")

        assert answer.status_code == 400
        assert send(coordinator, row, outcome="achieved", evaluation_fi="Lisää.").status_code == 302


class TestEnd:
    def test_the_year_in_short_is_saved_without_closing(self, coordinator: Client, plan: Plan):
        PlanItemFactory(plan=plan)

        answer = self.send(coordinator, plan, reflection_fi="Hyvä vuosi.", save="1")

        plan.refresh_from_db()
        assert (answer.status_code, plan.reflection_fi, plan.phase) == (
            302,
            "Hyvä vuosi.",
            Plan.Phase.RUNNING,
        )

    def send(self, client: Client, plan: Plan, **sent: str) -> Any:
        seen = client.get(page_of(plan)).context["form"]["seen"].value()
        return client.post(page_of(plan), {"seen": seen} | sent)

    def test_it_is_closed_once_every_row_has_its_outcome(self, coordinator: Client, plan: Plan):
        PlanItemFactory(plan=plan, outcome=Outcome.ACHIEVED)

        answer = self.send(coordinator, plan, reflection_fi="Hyvä vuosi.", close="1")

        plan.refresh_from_db()
        assert (plan.reflection_fi, plan.phase) == ("Hyvä vuosi.", Plan.Phase.EVALUATED)
        assert said(coordinator, answer) == ["The plan is closed as evaluated."]
        assert 'name="close"' not in coordinator.get(page_of(plan)).content.decode()

    def test_it_says_which_rows_hold_it_up_and_keeps_what_was_written(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan, number=4, title_fi="Kävelyreitti")

        answer = self.send(coordinator, plan, reflection_fi="Hyvä vuosi.", close="1")

        plan.refresh_from_db()
        assert (answer.status_code, plan.phase, plan.reflection_fi) == (
            400,
            Plan.Phase.RUNNING,
            "Hyvä vuosi.",
        )
        assert faults(answer) == [
            "The plan cannot be closed as evaluated yet: rows without an outcome: 1.",
            "The text was saved.",
            "4. Kävelyreitti",
        ]
        page = html.fromstring(answer.content.decode())
        assert page.xpath("//div[@class='faults']//a/@href") == [page_of_row(row)]
        assert page.xpath("//textarea")[0].text.strip() == "Hyvä vuosi."
        assert page.xpath("//button[@name='close']")

    def test_what_was_refused_is_sent_once_more_with_other_words(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan)
        refused = self.send(coordinator, plan, reflection_fi="Hyvä vuosi.", close="1")
        PlanItem.objects.filter(pk=row.pk).update(outcome=Outcome.ACHIEVED)

        seen = refused.context["form"]["seen"].value()
        answer = coordinator.post(
            page_of(plan), {"seen": seen, "reflection_fi": "Hyvä ja pitkä vuosi.", "close": "1"}
        )

        plan.refresh_from_db()
        assert (answer.status_code, plan.phase, plan.reflection_fi) == (
            302,
            Plan.Phase.EVALUATED,
            "Hyvä ja pitkä vuosi.",
        )

    def test_of_two_who_write_the_second_reads_what_the_first_wrote(
        self, coordinator: Client, desk: Client, plan: Plan
    ):
        seen = desk.get(page_of(plan)).context["form"]["seen"].value()
        self.send(coordinator, plan, reflection_fi="Hyvä vuosi.", save="1")

        refused = desk.post(page_of(plan), {"seen": seen, "reflection_fi": "Raskas vuosi.", "save": "1"})

        plan.refresh_from_db()
        assert (refused.status_code, plan.reflection_fi) == (409, "Hyvä vuosi.")
        assert "Hyvä vuosi." in faults(refused)
        assert refused.context["form"]["reflection_fi"].value() == "Raskas vuosi."

    @pytest.mark.parametrize(
        ("year", "rows", "why"),
        [
            (2027, 1, "The year 2027 has not begun yet: the plan is closed once it has."),
            (2026, 0, "The plan has no rows: it is closed once there is something to evaluate."),
        ],
    )
    def test_what_cannot_be_closed_is_not_offered_and_the_page_says_why(
        self, coordinator: Client, posio: FamilyCentre, year: int, rows: int, why: str
    ):
        plan = PlanFactory(centre=posio, year=year)
        PlanItemFactory.create_batch(rows, plan=plan, outcome=Outcome.ACHIEVED)

        page = html.fromstring(coordinator.get(page_of(plan)).content.decode())

        assert page.xpath("//button[@name='close']") == []
        assert [each.text_content() for each in page.xpath("//p[@class='plan__why']")] == [why]
        assert page.xpath("//button[contains(@class, 'act--main')]/@name") == ["save"]

    @pytest.mark.parametrize("phase", [Plan.Phase.DRAFTING, Plan.Phase.RUNNING])
    def test_beside_a_drafts_button_stands_that_it_becomes_public(
        self, coordinator: Client, plan: Plan, phase: str
    ):
        PlanItemFactory(plan=plan, outcome=Outcome.ACHIEVED)
        Plan.objects.update(phase=phase)

        page = html.fromstring(coordinator.get(page_of(plan)).content.decode())

        (button,) = page.xpath("//button[@name='close']")
        words = "This plan is still a draft. Once it is closed, everybody sees it at once"
        told = [
            each.text_content() for each in page.xpath("//p[@id=//button[@name='close']/@aria-describedby]")
        ]
        assert [each.startswith(words) for each in told] == [True] * (phase == Plan.Phase.DRAFTING)
        assert "act--main" in button.get("class")


class TestReach:
    def test_another_centres_coordinator_neither_reads_nor_evaluates(self, coordinator: Client):
        row = PlanItemFactory()
        paths = [page_of(row.plan), page_of_row(row), button_of(row)]

        answers = [coordinator.post(path, {"outcome": "achieved", "close": "1"}) for path in paths]
        answers += [coordinator.get(path) for path in paths[:2]]

        assert {answer.status_code for answer in answers} == {302}
        row.refresh_from_db()
        assert (row.outcome, row.plan.phase) == (Outcome.NOT_STARTED, Plan.Phase.RUNNING)

    def test_the_row_of_another_plan_is_not_reached_through_ones_own(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory()

        for name in ("evaluate_row", "achieved"):
            answer = coordinator.post(address(name, plan, plan.pk, row.pk), {"outcome": "achieved"})
            assert answer["Location"] == address("evaluate", plan, plan.pk)
        row.refresh_from_db()
        assert row.outcome == Outcome.NOT_STARTED

    def test_the_front_page_leads_to_this_years_plan(self, coordinator: Client, plan: Plan):
        PlanFactory(centre=plan.centre, year=2025)
        page = html.fromstring(coordinator.get("/hallinta/").content.decode())

        assert page.xpath("//ul[@class='side-doors']//a/@href")[-1] == address("evaluate", plan, plan.pk)


class TestAskingNetworks:
    """The networks are asked now, without waiting for a quarter's end."""

    def ask(self, client: Client, plan: Plan) -> list[str]:
        return said(client, client.post(f"/en{address('ask_networks', plan, plan.pk)}"))

    def row(self, plan: Plan, number: int, **values: Any) -> PlanItem:
        row = PlanItemFactory(plan=plan, number=number, quarter=4, title_fi=f"Rivi{number}")
        ResponsibleFactory(item=row, **({"label_fi": ""} | values))
        return row

    def network(self, plan: Plan, name: str, email: str = "") -> Any:
        return LocalNetworkFactory(centre=plan.centre, network__name_fi=name, email=email)

    def test_each_gets_its_rows_without_an_outcome_and_its_link(self, coordinator: Client, plan: Plan):
        friends = self.network(plan, "Ystävät", "ystavat@esimerkki.example")
        self.row(plan, 1, network=friends)
        PlanItem.objects.filter(pk=self.row(plan, 2, network=friends).pk).update(outcome=Outcome.PARTLY)
        self.row(plan, 3, network=self.network(plan, "Motti"))
        self.row(plan, 4, organisation=OrganisationFactory(name_fi="Posion kunta"))
        self.row(plan, 5, label_fi="Koko verkosto")
        self.row(plan, 6, label_fi="Koko verkosto")

        told = self.ask(coordinator, plan)

        to_tell = ["Motti: row 3", "Posion kunta: row 4", "Koko verkosto: rows 5, 6"]
        words = "Nobody can write to these from here. Tell them yourself:"
        assert told == ["Asked by e-mail: Ystävät.", " / ".join([words, *to_tell])]
        (message,) = arrived()
        assert message.to == ["ystavat@esimerkki.example"]
        assert [f"Rivi{number}" in message.body for number in (1, 2, 3)] == [True, False, False]
        link = next(word for word in message.body.split() if word.startswith("http://testserver"))
        assert Client().get(link.removeprefix("http://testserver")).status_code == 200

    def test_once_a_day(self, coordinator: Client, plan: Plan, time_machine: Any):
        self.row(plan, 1, network=self.network(plan, "Ystävät", "ystavat@esimerkki.example"))
        keeper = coordinator.get("/hallinta/").wsgi_request.user

        first, second = self.ask(coordinator, plan), self.ask(coordinator, plan)
        time_machine.move_to(NOW + timedelta(days=1))
        later = Client()
        assert later.login(username=keeper.email, password=PASSWORD)
        third = self.ask(later, plan)

        assert first == third == ["Asked by e-mail: Ystävät."]
        assert second == ["The networks have been asked today already. They are asked at most once a day."]
        assert len(arrived()) == 2

    def test_what_cannot_be_sent_is_told_and_may_be_tried_again(
        self, coordinator: Client, plan: Plan, settings: Any
    ):
        self.row(plan, 1, network=self.network(plan, "Ystävät", "ystavat@esimerkki.example"))
        backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{Refusing.__module__}.Refusing"

        refused = self.ask(coordinator, plan)
        settings.EMAIL_BACKEND = backend

        assert refused == ["The e-mail to these could not be sent, try again later: Ystävät."]
        assert self.ask(coordinator, plan) == ["Asked by e-mail: Ystävät."]

    @pytest.mark.parametrize("phase", [Plan.Phase.DRAFTING, Plan.Phase.EVALUATED])
    def test_not_about_a_plan_that_is_not_under_way(self, coordinator: Client, plan: Plan, phase: str):
        self.row(plan, 1, network=self.network(plan, "Ystävät", "ystavat@esimerkki.example"))
        Plan.objects.update(phase=phase)

        assert "Ask the responsible networks now" not in coordinator.get(page_of(plan)).content.decode()
        assert self.ask(coordinator, plan) == ["Networks are asked about a plan that is under way."]
        assert arrived() == []

    def test_where_nothing_waits_there_is_nobody_to_ask(self, coordinator: Client, plan: Plan):
        assert self.ask(coordinator, plan) == ["There is nobody to ask."]

    def test_it_is_a_button_and_of_ones_own_plans_alone(self, coordinator: Client, plan: Plan):
        row = self.row(plan, 1, network=self.network(plan, "Ystävät", "ystavat@esimerkki.example"))
        other = PlanFactory()
        path = f"/en{address('ask_networks', plan, plan.pk)}"

        assert f'action="{path}"' in coordinator.get(page_of(row.plan)).content.decode()
        assert coordinator.get(path).status_code == 405
        coordinator.post(address("ask_networks", other, other.pk))
        assert arrived() == []
