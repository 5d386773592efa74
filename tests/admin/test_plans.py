"""The desk's pages of annual plans, their rows and their duties."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from lxml import html

from annual_plan.models import Continuation, Duty, Outcome, Plan, PlanItem
from centres.models import FamilyCentre
from tests.admin.forms import address, beside, errors, filled, save
from tests.admin.test_finding import cost
from tests.conftest import NOW
from tests.factories import (
    ContinuationFactory,
    DutyHolderFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    OrganisationFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
RESPONSIBLE = {"responsibles-TOTAL_FORMS": "1", "responsibles-0-order": "0"}


@pytest.fixture
def plan(posio: FamilyCentre) -> Plan:
    return PlanFactory(centre=posio)


def links(answer: Any) -> dict[str, str]:
    """The links that stand before the form, by their words."""
    page = html.fromstring(answer.content.decode())
    return {link.text: link.get("href") for link in page.xpath("//div[@class='word-before']//a")}


def heading(answer: Any) -> str:
    (found,) = html.fromstring(answer.content.decode()).xpath("//div[@id='content']/h2")
    return found.text


def listed(client: Client, path: str) -> list[Any]:
    return list(client.get(path).context["cl"].queryset)


class TestPlan:
    def test_a_new_one_is_for_the_coordinators_centre_and_the_year_after_the_last(
        self, coordinator: Client, plan: Plan
    ):
        answer = save(coordinator, address("add", Plan))

        made = Plan.objects.get(year=2027)
        assert (answer.status_code, made.centre, made.phase) == (302, plan.centre, Plan.Phase.DRAFTING)

    def test_the_first_one_is_for_this_year(self, coordinator: Client):
        assert filled(coordinator.get(address("add", Plan)))["year"] == ["2026"]

    def test_its_form_leads_to_its_rows_and_to_what_is_done_with_them(self, coordinator: Client, plan: Plan):
        lacking = PlanItemFactory(plan=plan)
        done = PlanItemFactory(plan=plan, outcome=Outcome.ACHIEVED)
        PlanItemFactory(plan__centre=plan.centre, plan__year=2025)
        page = coordinator.get(f"/en{address('change', plan, plan.pk)}")

        ways = links(page)

        assert "1 of 2 rows lacks an outcome." in page.content.decode()
        assert listed(coordinator, ways["See which"]) == [lacking]
        assert listed(coordinator, ways["The plan's rows"]) == [lacking, done]
        assert ways["Evaluate the plan"] == f"/en{address('evaluate', plan, plan.pk)}"
        assert coordinator.get(ways["Add a duty"]).status_code == 200

    def test_whoever_keeps_all_centres_gets_the_same_rows(self, desk: Client, plan: Plan):
        row = PlanItemFactory(plan=plan)
        PlanItemFactory()

        ways = links(desk.get(f"/en{address('change', plan, plan.pk)}"))

        assert listed(desk, ways["The plan's rows"]) == [row]

    def test_it_is_not_closed_while_a_row_lacks_its_outcome(self, coordinator: Client, plan: Plan):
        PlanItemFactory(plan=plan)

        answer = save(coordinator, f"/en{address('change', plan, plan.pk)}", phase="evaluated")

        assert beside(answer, "phase") == [
            "The plan cannot be closed as evaluated yet: rows without an outcome: 1."
        ]
        assert "See which" in links(answer)

    def test_a_second_plan_for_a_year_is_refused_beside_the_year(self, coordinator: Client, plan: Plan):
        answer = save(coordinator, f"/en{address('add', Plan)}", year="2026")

        assert beside(answer, "year") == ["This family centre has a plan for this year already."]

    def test_it_stays_in_its_centre_whatever_is_sent(self, desk: Client, plan: Plan):
        save(desk, address("change", plan, plan.pk), centre=str(FamilyCentreFactory().pk))

        assert Plan.objects.get(pk=plan.pk).centre == plan.centre

    def test_whoever_saves_a_draft_reads_who_sees_it(self, coordinator: Client, posio: FamilyCentre):
        plan = PlanFactory(centre=posio, phase="drafting")
        said = {}
        for phase in ("drafting", "running"):
            answer = save(coordinator, f"/en{address('change', plan, plan.pk)}", phase=phase)
            page = html.fromstring(coordinator.get(answer["Location"]).content.decode())
            said[phase] = page.xpath("//ul[@class='messagelist']/li")[-1].text_content()

        assert said == {
            "drafting": "Signed-in professionals see it. Look at the page",
            "running": "Everybody sees it. Look at the page",
        }

    @pytest.mark.parametrize(
        ("year", "sent", "field", "sentence"),
        [
            (
                2026,
                {"year": "2027"},
                "year",
                "Everybody could read what is promised for 2026: the year stays.",
            ),
            (2026, {"phase": "evaluated"}, "phase", "This plan has no rows: there is nothing to evaluate."),
            (
                2027,
                {"phase": "evaluated"},
                "phase",
                "This year has not begun yet: it cannot be evaluated.",
            ),
        ],
    )
    def test_what_it_cannot_become_is_told_beside_the_field(
        self, coordinator: Client, posio: FamilyCentre, year: int, sent: Any, field: str, sentence: str
    ):
        plan = PlanFactory(centre=posio, year=year)

        answer = save(coordinator, f"/en{address('change', plan, plan.pk)}", **sent)

        assert (answer.status_code, beside(answer, field)) == (400, [sentence])

    def test_around_a_form_that_comes_back_stands_what_is_saved(self, coordinator: Client, plan: Plan):
        PlanItemFactory(plan=plan)

        answer = save(coordinator, f"/en{address('change', plan, plan.pk)}", phase="drafting", year="1")

        page = answer.content.decode()
        assert heading(answer) == "Posio 2026"
        assert "Number again by quarter" not in page
        assert "1 of 1 row" in page
        assert "Next: add goals and actions" not in page
        assert (filled(answer)["phase"], filled(answer)["year"]) == (["drafting"], ["1"])

    def test_the_way_to_it_says_no_word_twice(self, coordinator: Client, plan: Plan):
        pages = [
            address(page, plan, *keys)
            for page, keys in (
                ("changelist", ()),
                ("add", ()),
                *((page, (plan.pk,)) for page in ("change", "delete", "history", "evaluate", "carry_over")),
            )
        ]
        for each in pages:
            page = html.fromstring(coordinator.get(f"/en{each}").content.decode())
            (way,) = page.xpath("//div[@class='breadcrumbs']")
            words = [word.strip() for word in way.text_content().split("›")]
            assert (each, words[:2]) == (each, ["Home", "Annual plans"])
            assert (each, len(words)) == (each, len(set(words)))


class TestRow:
    def add(self, plan: Plan) -> str:
        return f"/en{address('add', PlanItem)}?plan={plan.pk}"

    def test_a_new_one_is_in_the_plan_it_was_begun_from_with_the_next_number(
        self, coordinator: Client, plan: Plan
    ):
        PlanItemFactory(plan=plan, number=7)

        answer = save(coordinator, self.add(plan), title_fi="Kävelyreitti", quarter="2")

        row = PlanItem.objects.get(title_fi="Kävelyreitti")
        assert (answer.status_code, row.plan, row.number, row.quarter) == (302, plan, 8, 2)

    def test_the_form_of_a_new_one_begins_with_its_title_and_asks_nothing_of_its_end(
        self, coordinator: Client, plan: Plan
    ):
        page = html.fromstring(coordinator.get(self.add(plan)).content.decode())

        shown = page.xpath(
            "//form[@id='planitem_form']//*[self::input or self::textarea or self::select]/@name"
        )
        typed = [
            name for name in shown if name.startswith(("title", "plan", "outcome", "evaluation", "drop"))
        ]
        assert (typed[0], typed[-1]) == ("title_fi", "plan")
        assert {name.split("_")[0] for name in typed} == {"title", "plan"}
        assert page.xpath("//details[not(@open)]//*[@name='title_fi']") == []

    def test_a_new_one_of_a_closed_plan_is_asked_what_became_of_it(self, coordinator: Client, plan: Plan):
        Plan.objects.update(phase=Plan.Phase.EVALUATED)
        path = f"/en{address('add', PlanItem)}?plan={plan.pk}"
        refused = save(coordinator, path, title_fi="Kysely")
        assert beside(refused, "outcome") == [
            "This plan is closed as evaluated: every row of it has an outcome."
        ]

        save(coordinator, path, title_fi="Kysely", outcome="achieved")

        assert plan.items.get().outcome == Outcome.ACHIEVED

    def test_a_new_one_for_which_a_closed_plan_is_chosen_is_refused_with_a_sentence(
        self, coordinator: Client, plan: Plan
    ):
        Plan.objects.update(phase=Plan.Phase.EVALUATED)

        path = f"/en{address('add', PlanItem)}"
        refused = save(coordinator, path, title_fi="Kysely", plan=str(plan.pk))

        assert beside(refused, "outcome") == [
            "This plan is closed as evaluated: every row of it has an outcome."
        ]
        answer = coordinator.post(path, filled(refused) | {"outcome": "achieved", "evaluation_fi": "Tehty."})
        made = plan.items.get()
        assert (answer.status_code, made.outcome, made.evaluation_fi) == (302, Outcome.ACHIEVED, "Tehty.")

    def test_what_became_of_it_is_not_lost_when_another_plan_is_chosen_then(
        self, coordinator: Client, plan: Plan
    ):
        Plan.objects.update(phase=Plan.Phase.EVALUATED)
        other = PlanFactory(centre=plan.centre, year=2027)
        path = f"/en{address('add', PlanItem)}"
        refused = save(coordinator, path, title_fi="Kysely", plan=str(plan.pk))

        coordinator.post(path, filled(refused) | {"outcome": "achieved", "plan": str(other.pk)})

        assert other.items.get().outcome == Outcome.ACHIEVED

    def test_nothing_is_asked_of_a_closed_plan_of_another_centre(
        self, coordinator: Client, posio: FamilyCentre
    ):
        other = PlanFactory(phase=Plan.Phase.EVALUATED)

        refused = save(coordinator, f"/en{address('add', PlanItem)}", title_fi="Kysely", plan=str(other.pk))

        assert (refused.status_code, "outcome" in filled(refused)) == (400, False)

    def test_after_a_new_one_the_list_of_its_plan_offers_another(self, coordinator: Client, plan: Plan):
        PlanItemFactory(plan__centre=plan.centre, plan__year=2025)

        answer = save(coordinator, self.add(plan), title_fi="Kävelyreitti")

        page = coordinator.get(answer["Location"])
        (another,) = html.fromstring(page.content.decode()).xpath(
            "//ul[@class='messagelist']//a[text()='Add another goal or action']/@href"
        )
        assert [row.title_fi for row in page.context["cl"].queryset] == ["Kävelyreitti"]
        assert another == self.add(plan)

    @pytest.mark.parametrize("need", ["outcome", "promise"])
    def test_a_list_of_what_waits_for_its_outcome_leads_straight_there(
        self, coordinator: Client, plan: Plan, need: str
    ):
        year = {"outcome": 2026, "promise": 2025}[need]
        row = (
            PlanItemFactory(plan__centre=plan.centre, plan__year=year, quarter=1)
            if year == 2025
            else (PlanItemFactory(plan=plan, quarter=1))
        )

        page = coordinator.get(f"/en{address('changelist', PlanItem)}?need={need}")

        there = f"/en{address('evaluate_row', plan, row.plan_id, row.pk)}"
        assert there in html.fromstring(page.content.decode()).xpath("//table//a/@href")

    def test_without_a_number_it_gets_the_next_one(self, coordinator: Client, plan: Plan):
        path = f"/en{address('add', PlanItem)}"

        save(coordinator, path, plan=str(plan.pk), title_fi="Kävelyreitti", number="")

        assert PlanItem.objects.get().number == 1

    def test_a_number_that_is_taken_is_refused_beside_it(self, coordinator: Client, plan: Plan):
        PlanItemFactory(plan=plan, number=3)

        answer = save(coordinator, self.add(plan), title_fi="Kävelyreitti", number="3")

        assert beside(answer, "number") == ["Another row of this plan has this number."]

    @pytest.mark.parametrize(
        ("sent", "field", "sentence"),
        [
            ({"month": "13", "quarter": "4"}, "month", "This month is not in this quarter."),
            ({"month": "2"}, "quarter", "Choose the quarter of this month, too."),
            (
                {"outcome": "dropped"},
                "drop_reason_fi",
                "Say why it is dropped: it stays to be read in its thread.",
            ),
            (
                {"evaluation_fi": "Hyvin meni."},
                "outcome",
                "Choose the outcome as well: there is an evaluation already.",
            ),
            (
                {"drop_reason_fi": "Siksi."},
                "outcome",
                "A reason to drop it goes with one of these outcomes: partly achieved, not achieved, dropped.",
            ),
        ],
    )
    def test_what_it_breaks_is_told_beside_the_field_to_put_right(
        self, coordinator: Client, plan: Plan, sent: Any, field: str, sentence: str
    ):
        row = PlanItemFactory(plan=plan, quarter=None)

        answer = save(coordinator, f"/en{address('change', row, row.pk)}", **sent)

        assert (answer.status_code, beside(answer, field)) == (400, [sentence])

    def test_its_goal_is_chosen_among_those_of_its_plan(self, coordinator: Client, plan: Plan):
        goal = PlanItemFactory(plan=plan, number=1, title_fi="Näkyvyys")
        PlanItemFactory(plan=plan, kind="action")
        PlanItemFactory(plan__centre=plan.centre, plan__year=2025)

        choices = coordinator.get(self.add(plan)).context["adminform"].form.fields["parent"].queryset

        assert list(choices) == [goal]

    def test_it_stays_in_its_plan_whatever_is_sent(self, desk: Client, plan: Plan):
        row = PlanItemFactory(plan=plan)

        save(desk, address("change", row, row.pk), plan=str(PlanFactory().pk))

        assert PlanItem.objects.get(pk=row.pk).plan == plan

    def test_the_plan_of_another_centre_is_not_filled_in(self, coordinator: Client):
        other = PlanFactory()

        answer = save(coordinator, self.add(other), title_fi="Kaapattu", plan=str(other.pk))

        assert (answer.status_code, PlanItem.objects.count()) == (400, 0)

    @pytest.mark.parametrize("key", ["x", "0", "-1", "9" * 30])
    def test_a_plan_that_is_none_is_not_filled_in(self, coordinator: Client, key: str):
        assert coordinator.get(f"{address('add', PlanItem)}?plan={key}").status_code == 200

    def test_who_is_responsible_is_of_its_centre_or_shared(self, desk: Client, plan: Plan):
        row = PlanItemFactory(plan=plan)
        network, organisation = LocalNetworkFactory(), OrganisationFactory(home=FamilyCentreFactory())
        path = f"/en{address('change', row, row.pk)}"

        refused = [
            errors(save(desk, path, **RESPONSIBLE, **{f"responsibles-0-{name}": str(each.pk)}))
            for name, each in (("network", network), ("organisation", organisation))
        ]
        own, shared = LocalNetworkFactory(centre=plan.centre), OrganisationFactory()
        save(
            desk,
            path,
            **{
                "responsibles-TOTAL_FORMS": "2",
                "responsibles-0-order": "0",
                "responsibles-1-order": "1",
                "responsibles-0-network": str(own.pk),
                "responsibles-1-organisation": str(shared.pk),
            },
        )

        assert refused == [
            ["This network is in another family centre."],
            ["Another family centre keeps this organisation for itself."],
        ]
        assert [(each.network, each.organisation) for each in row.responsibles.order_by("pk")] == [
            (own, None),
            (None, shared),
        ]

    def test_of_a_row_without_a_plan_nothing_is_said_of_whom(self, desk: Client):
        network = LocalNetworkFactory()

        answer = save(
            desk,
            f"/en{address('add', PlanItem)}",
            title_fi="Kävelyreitti",
            number="1",
            **RESPONSIBLE,
            **{"responsibles-0-network": str(network.pk)},
        )

        assert errors(answer) == ["Choose one."]

    def test_what_it_goes_on_as_is_a_row_of_a_later_plan(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        later = PlanItemFactory(plan__centre=plan.centre, plan__year=2027)
        earlier = PlanItemFactory(plan__centre=plan.centre, plan__year=2025)
        path = f"/en{address('change', row, row.pk)}"
        goes_on = {"continuations-TOTAL_FORMS": "1"}

        refused = save(coordinator, path, **goes_on, **{"continuations-0-target": str(earlier.pk)})
        save(coordinator, path, **goes_on, **{"continuations-0-target": str(later.pk)})

        assert errors(refused) == ["A row goes on in the plan of a later year only."]
        assert [tie.target for tie in row.continuations.all()] == [later]

    def test_how_it_goes_on_follows_from_what_is_said_on_its_form(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan, outcome=Outcome.ACHIEVED)
        later = PlanItemFactory(plan__centre=plan.centre, plan__year=2027)
        path = f"/en{address('change', row, row.pk)}"

        kinds = []
        target = {"continuations-TOTAL_FORMS": "1", "continuations-0-target": str(later.pk)}
        for sent in (target, {"outcome": "partly"}):
            assert save(coordinator, path, **sent).status_code == 302
            kinds.append(row.continuations.get().kind)

        assert kinds == ["repeated", "carried"]

    def test_an_evaluation_in_another_language_is_told_beside_the_finnish_one(
        self, coordinator: Client, plan: Plan
    ):
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)

        answer = save(coordinator, f"/en{address('change', row, row.pk)}", evaluation_sv="Delvis.")

        assert beside(answer, "evaluation_fi") == [
            "Write the evaluation in Finnish as well: other languages stand beside it."
        ]

    def test_what_goes_on_is_not_dropped(self, coordinator: Client, plan: Plan):
        row = ContinuationFactory(target__plan=plan, source__plan__centre=plan.centre).source

        answer = save(coordinator, f"/en{address('change', row, row.pk)}", drop_reason_fi="Siksi.")

        assert (
            "This row goes on in a later plan: it is not dropped. Take one of the two away."
            in answer.content.decode()
        )
        assert Continuation.objects.count() == 1

    @pytest.mark.parametrize(("number", "taken_away"), [(1, 1), (2, 1), (2, 2)])
    def test_what_goes_on_is_dropped_once_each_of_its_ties_is_taken_away(
        self, coordinator: Client, plan: Plan, number: int, taken_away: int
    ):
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        for _time in range(number):
            ContinuationFactory(
                source=row,
                target__plan__centre=plan.centre,
                target__plan__year=2030 + row.continuations.count(),
            )
        boxes = {f"continuations-{each}-DELETE": "on" for each in range(taken_away)}

        answer = save(coordinator, f"/en{address('change', row, row.pk)}", drop_reason_fi="Siksi.", **boxes)

        row.refresh_from_db()
        if number == taken_away:
            assert (answer.status_code, row.drop_reason_fi, row.has_gone_on()) == (302, "Siksi.", False)
        else:
            assert (answer.status_code, row.drop_reason_fi or "", row.continuations.count()) == (
                400,
                "",
                number,
            )
            assert "Take one of the two away." in answer.content.decode()

    def test_only_what_is_taken_away_is_not_asked(self, coordinator: Client, plan: Plan):
        row = ContinuationFactory(source__plan__centre=plan.centre, target__plan=plan).source
        path = f"/en{address('change', row, row.pk)}"
        dropped = {"drop_reason_fi": "Siksi.", "continuations-0-DELETE": "on"}
        other = PlanItemFactory(plan=plan)
        added = {"continuations-TOTAL_FORMS": "2", "continuations-1-target": str(other.pk)}

        again = save(coordinator, path, **dropped, title_fi="")
        refused = save(coordinator, path, **dropped, **added)
        not_there = save(coordinator, path, **dropped, **{"continuations-INITIAL_FORMS": "0"})

        assert errors(again) == ["This field is required."]
        assert errors(refused) == [
            "This row has been dropped, with a reason. What is dropped does not go on."
        ]
        assert "Take one of the two away." in not_there.content.decode()
        assert row.continuations.count() == 1

    def test_what_is_chosen_twice_is_told_in_words_of_the_form(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        later = str(PlanItemFactory(plan__centre=plan.centre, plan__year=2027).pk)

        answer = save(
            coordinator,
            f"/en{address('change', row, row.pk)}",
            **{"continuations-TOTAL_FORMS": "2"},
            **{f"continuations-{each}-target": later for each in (0, 1)},
        )

        assert beside(answer, "continuations-1-target") == ["This row goes on as that one already."]
        assert "duplicate" not in answer.content.decode()

    @pytest.mark.parametrize("is_saved", [False, True])
    @pytest.mark.parametrize("who", ["network", "organisation", "label_fi"])
    def test_nobody_is_responsible_twice(self, coordinator: Client, plan: Plan, who: str, is_saved: bool):
        row = PlanItemFactory(plan=plan)
        named = {
            "network": lambda: LocalNetworkFactory(centre=plan.centre),
            "organisation": OrganisationFactory,
            "label_fi": lambda: "Koko verkosto",
        }[who]()
        value = getattr(named, "pk", named)
        if is_saved:
            row.responsibles.create(**{"label_fi": ""} | {who: named})
        sent = {"responsibles-TOTAL_FORMS": "2", "responsibles-1-order": "1", "responsibles-0-order": "0"}
        sent |= {f"responsibles-{each}-{who}": str(value) for each in (0, 1)}

        answer = save(coordinator, f"/en{address('change', row, row.pk)}", **sent)

        said = beside(answer, f"responsibles-1-{who}")
        assert (answer.status_code, said) == (400, ["This stands here already."])
        assert row.responsibles.count() == is_saved

    @pytest.mark.parametrize("how", ["swap", "take the place of the other"])
    def test_two_who_change_places_are_saved_at_once(self, coordinator: Client, plan: Plan, how: str):
        row = PlanItemFactory(plan=plan)
        first, second = (
            row.responsibles.create(network=LocalNetworkFactory(centre=plan.centre), label_fi="", order=order)
            for order in (0, 1)
        )
        sent = {"responsibles-0-network": str(second.network_id)}
        gone = {"responsibles-1-DELETE": "on"}
        sent |= {"responsibles-1-network": str(first.network_id)} if how == "swap" else gone

        answer = save(coordinator, address("change", row, row.pk), **sent)

        assert answer.status_code == 302
        networks = [second.network_id, *([first.network_id] if how == "swap" else [])]
        saved = row.responsibles.order_by("order").values_list("pk", "network_id")
        assert list(saved) == list(zip([first.pk, second.pk], networks, strict=False))

    def test_a_tie_takes_the_place_of_one_that_is_taken_away(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        later = [PlanItemFactory(plan__centre=plan.centre, plan__year=year) for year in (2027, 2028)]
        ties = [ContinuationFactory(source=row, target=each) for each in later]
        sent = {"continuations-0-target": str(later[1].pk), "continuations-1-DELETE": "on"}

        answer = save(coordinator, address("change", row, row.pk), **sent)

        assert answer.status_code == 302
        assert [(each.pk, each.target) for each in row.continuations.all()] == [(ties[0].pk, later[1])]

    def test_nor_is_whom_somebody_else_has_named_meanwhile(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan)
        path = f"/en{address('change', row, row.pk)}"
        values = filled(coordinator.get(path)) | RESPONSIBLE | {"responsibles-0-label_fi": "Koko verkosto"}
        ResponsibleFactory(item=row, label_fi="Koko verkosto")

        answer = coordinator.post(path, values)

        said = beside(answer, "responsibles-0-label_fi")
        assert (answer.status_code, said) == (400, ["This stands here already."])

    def test_nor_does_it_go_on_as_what_somebody_else_has_said_meanwhile(
        self, coordinator: Client, plan: Plan
    ):
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        later = PlanItemFactory(plan__centre=plan.centre, plan__year=2027)
        path = f"/en{address('change', row, row.pk)}"
        values = filled(coordinator.get(path)) | {
            "continuations-TOTAL_FORMS": "1",
            "continuations-0-target": str(later.pk),
        }
        ContinuationFactory(source=row, target=later)

        answer = coordinator.post(path, values)

        assert (answer.status_code, row.continuations.count()) == (400, 1)

    def test_one_network_is_named_twice_in_different_words(self, coordinator: Client, plan: Plan):
        row, network = PlanItemFactory(plan=plan), LocalNetworkFactory(centre=plan.centre)
        sent = {"responsibles-TOTAL_FORMS": "2", "responsibles-0-order": "0", "responsibles-1-order": "1"}
        sent |= {f"responsibles-{each}-network": str(network.pk) for each in (0, 1)}

        save(
            coordinator, f"/en{address('change', row, row.pk)}", **sent, **{"responsibles-1-label_fi": "Anna"}
        )

        assert row.responsibles.count() == 2

    def test_it_is_not_its_own_goal(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan)

        answer = save(coordinator, f"/en{address('change', row, row.pk)}", kind="action", parent=str(row.pk))

        # It is not offered.
        assert beside(answer, "parent") == [
            "Select a valid choice. That choice is not one of the available choices."
        ]

    def test_what_everybody_could_read_is_not_hidden(self, coordinator: Client, plan: Plan):
        row, hidden = PlanItemFactory(plan=plan, kind="action"), PlanItemFactory(plan=plan, is_internal=True)
        path = f"/en{address('change', row, row.pk)}"
        sentence = [
            "Everybody could read this promise: it stays in sight. Change its words if these tell too much."
        ]

        assert beside(save(coordinator, path, is_internal="on"), "is_internal") == sentence
        assert beside(save(coordinator, path, parent=str(hidden.pk)), "parent") == sentence

    def test_a_form_that_comes_back_is_called_as_its_row_is(self, coordinator: Client, plan: Plan):
        row = PlanItemFactory(plan=plan, number=3, title_fi="Kohtaamispaikka")

        answer = save(coordinator, f"/en{address('change', row, row.pk)}", title_fi="Uusi", month="13")

        assert heading(answer) == "3. Kohtaamispaikka"
        assert filled(answer)["title_fi"][0].strip() == "Uusi"

    def test_what_it_goes_on_as_is_offered_among_later_rows_of_its_centre(
        self, coordinator: Client, plan: Plan
    ):
        row = PlanItemFactory(plan=plan, outcome=Outcome.PARTLY)
        later = PlanItemFactory(plan__centre=plan.centre, plan__year=2027, title_fi="Sama")
        for where in (
            {"plan": plan},
            {"plan__centre": plan.centre, "plan__year": 2025},
            {"plan__year": 2027},
        ):
            PlanItemFactory(title_fi="Sama", **where)
        page = html.fromstring(coordinator.get(address("change", row, row.pk)).content.decode())
        (box,) = page.xpath("//select[@name='continuations-__prefix__-target']")
        asked = {"app_label": "annual_plan", "model_name": "continuation", "field_name": "target"}

        found = []
        for term in ("sama", ""):
            answer: Any = coordinator.get(f"{box.get('data-ajax--url')}&{urlencode(asked | {'term': term})}")
            found.append([int(each["id"]) for each in answer.json()["results"]])

        assert found == [[later.pk], [later.pk]]

    def test_the_list_is_narrowed_by_quarter(self, coordinator: Client, plan: Plan):
        rows = {each: PlanItemFactory(plan=plan, quarter=each) for each in (1, 2, None)}
        path = address("changelist", PlanItem)

        assert listed(coordinator, f"{path}?quarter=2") == [rows[2]]
        assert listed(coordinator, f"{path}?quarter=none") == [rows[None]]
        assert len(listed(coordinator, f"{path}?quarter=5")) == 3
        assert "All year round" in coordinator.get(f"/en{path}").content.decode()

    def test_its_form_says_where_it_came_from(self, coordinator: Client, plan: Plan):
        tie = ContinuationFactory(target__plan=plan, source__plan__centre=plan.centre)
        path = f"/en{address('change', tie.target, tie.target.pk)}"

        assert links(coordinator.get(path)) == {
            str(tie.source): f"/en{address('change', tie.source, tie.source.pk)}",
            "Say what became of it": f"/en{address('evaluate_row', plan, plan.pk, tie.target.pk)}",
            f"The plan: {plan}": f"/en{address('change', plan, plan.pk)}",
        }

    def test_the_list_is_narrowed_by_outcome(self, coordinator: Client, plan: Plan):
        rows = {
            each: PlanItemFactory(plan=plan, outcome=each) for each in ("not-started", "under-way", "partly")
        }
        path = address("changelist", PlanItem)

        assert listed(coordinator, f"{path}?outcome=none") == [rows["not-started"], rows["under-way"]]
        assert listed(coordinator, f"{path}?outcome=partly") == [rows["partly"]]
        assert len(listed(coordinator, f"{path}?outcome=nonsense")) == 3

    def test_its_form_costs_the_same_with_one_responsible_and_with_many(
        self, coordinator: Client, plan: Plan
    ):
        row = PlanItemFactory(plan=plan)
        path = address("change", row, row.pk)

        def more() -> None:
            ResponsibleFactory(item=row, network=LocalNetworkFactory(centre=plan.centre))
            ResponsibleFactory(item=row, organisation=OrganisationFactory())
            ContinuationFactory(
                source=row,
                target__plan__centre=plan.centre,
                target__plan__year=2030 + row.continuations.count(),
            )

        more()
        one = cost(coordinator, path)
        for _time in range(5):
            more()

        assert cost(coordinator, path) == one <= 35


class TestDuty:
    def test_many_are_deleted_from_the_list(self, coordinator: Client, plan: Plan):
        duty = DutyHolderFactory(duty__plan=plan).duty
        ticked = {"action": "delete_selected", "_selected_action": [str(duty.pk)]}
        asked = coordinator.post(f"/en{address('changelist', Duty)}", ticked)
        assert "Nothing is lost for good" not in asked.content.decode()

        coordinator.post(address("changelist", Duty), ticked | {"post": "yes"})

        assert not Duty.objects.exists()

    def test_a_new_one_is_in_the_plan_it_was_begun_from(self, coordinator: Client, plan: Plan):
        path = f"{address('add', Duty)}?plan={plan.pk}"

        save(
            coordinator,
            path,
            task_fi="Tiedottaminen",
            **{"holders-TOTAL_FORMS": "1", "holders-0-label_fi": "Koko verkosto", "holders-0-order": "0"},
        )

        duty = Duty.objects.get()
        assert (duty.plan, [str(each) for each in duty.holders.all()]) == (plan, ["Koko verkosto"])

    def test_the_form_of_its_plan_says_who_does_it(self, coordinator: Client, plan: Plan):
        holder = DutyHolderFactory(duty__plan=plan)

        page = coordinator.get(address("change", plan, plan.pk)).content.decode()

        assert "Koko verkosto" in page
        assert address("change", holder.duty, holder.duty.pk) in page


class TestNumbering:
    def test_a_draft_is_numbered_again_by_a_button_and_its_rows_are_shown(
        self, coordinator: Client, plan: Plan
    ):
        Plan.objects.update(phase=Plan.Phase.DRAFTING)
        late, early = (PlanItemFactory(plan=plan, number=n, quarter=q) for n, q in ((1, 4), (2, 1)))
        page = html.fromstring(coordinator.get(f"/en{address('change', plan, plan.pk)}").content.decode())
        (there,) = page.xpath("//form[.//button[text()='Number again by quarter']]/@action")

        answer = coordinator.post(there)

        shown = coordinator.get(answer["Location"])
        assert list(shown.context["cl"].queryset.order_by("number")) == [early, late]
        assert "2 rows have a new number." in shown.content.decode()
        assert coordinator.get(there).status_code == 405

    def test_a_plan_that_is_no_draft_has_no_such_button_and_is_refused(self, coordinator: Client, plan: Plan):
        PlanItemFactory(plan=plan, number=5)

        page = coordinator.get(f"/en{address('change', plan, plan.pk)}").content.decode()
        coordinator.post(address("number", plan, plan.pk))

        assert "Number again by quarter" not in page
        assert plan.items.get().number == 5


class TestCost:
    def test_lists_cost_the_same_with_one_row_and_with_many(self, coordinator: Client, plan: Plan):
        def more() -> None:
            row = PlanItemFactory(plan=plan, quarter=1)
            ResponsibleFactory(item=row, network=LocalNetworkFactory(centre=plan.centre))
            ResponsibleFactory(item=row, organisation=OrganisationFactory())
            DutyHolderFactory(duty__plan=PlanFactory(centre=plan.centre, year=2030 + plan.items.count()))

        paths = [address("changelist", model) for model in (Plan, PlanItem, Duty)]
        paths.append(f"{paths[1]}?need=outcome")
        more()
        one = [cost(coordinator, path) for path in paths]
        for _time in range(6):
            more()

        assert [cost(coordinator, path) for path in paths] == one
        assert max(one) <= 17


class TestDeleting:
    """Of drafts and of years to come: what has been promised stays."""

    @pytest.fixture
    def draft(self, plan: Plan) -> Plan:
        return PlanFactory(centre=plan.centre, year=2027, phase=Plan.Phase.DRAFTING)

    def test_it_says_how_many_promises_would_be_open_again_and_names_no_inner_tables(
        self, coordinator: Client, draft: Plan, settings: Any
    ):
        # Django's own page of what is deleted names each continuation by itself.
        settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, {"model": "annual_plan.*", "field": "source"}]
        row = PlanItemFactory(plan=draft)
        row.tasks.add(TaskFactory())
        before = {"source__plan": PlanFactory(centre=draft.centre, year=2025)}
        ContinuationFactory(target=row, source__outcome=Outcome.PARTLY, **before)
        ContinuationFactory(target=row, source__outcome=Outcome.ACHIEVED, kind="repeated", **before)
        elsewhere = ContinuationFactory(target=row, source__outcome=Outcome.PARTLY, **before).source
        ContinuationFactory(
            source=elsewhere, target__plan__centre=draft.centre, target__plan__year=2028, kind="split"
        )

        for each in (draft, row):
            ticked = {"action": "delete_selected", "_selected_action": [str(each.pk)]}
            alone = coordinator.get(f"/en{address('delete', each, each.pk)}")
            among_many = coordinator.post(f"/en{address('changelist', each)}", ticked)

            for page in (alone.content.decode(), among_many.content.decode()):
                assert (
                    "1 promise of an earlier plan goes on here and nowhere else: it will be open again."
                    in page
                )
                assert "PlanItem_tasks" not in page
                assert "relationship" not in page

    def test_a_plan_goes_with_all_its_rows_and_comes_back_with_them(self, coordinator: Client, draft: Plan):
        goal = PlanItemFactory(plan=draft, title_fi="Näkyvyys")
        PlanItemFactory(plan=draft, kind="action", parent=goal)
        promise = ContinuationFactory(target=goal, source__plan__centre=draft.centre).source
        DutyHolderFactory(duty__plan=draft)

        answer = coordinator.post(address("delete", draft, draft.pk), {"post": "yes"})

        assert (answer.status_code, list(Plan.objects.values_list("year", flat=True))) == (302, [2026, 2025])
        (way_back,) = html.fromstring(coordinator.get(answer["Location"]).content.decode()).xpath(
            "//ul[@class='messagelist']//a/@href"
        )
        coordinator.post(way_back, {"post": "yes"})
        assert list(draft.items.order_by("number").values_list("parent", flat=True)) == [None, goal.pk]
        assert draft.duties.get().holders.count() == 1
        # What led there is told by the history of the row it came from: until somebody ties it again, it is open.
        assert list(PlanItem.objects.open_promises(TODAY)) == [promise]

    def test_a_plan_whose_rows_go_on_stays(self, coordinator: Client, draft: Plan):
        ContinuationFactory(source__plan=draft, target__plan__centre=draft.centre, target__plan__year=2028)

        coordinator.post(address("delete", draft, draft.pk), {"post": "yes"})

        assert Plan.objects.filter(pk=draft.pk).exists()

    @pytest.mark.parametrize("is_ticked", [False, True])
    def test_a_plan_with_open_promises_stays(self, coordinator: Client, plan: Plan, is_ticked: bool):
        before = PlanFactory(centre=plan.centre, year=2025, phase=Plan.Phase.EVALUATED)
        PlanItemFactory(plan=before, outcome=Outcome.NOT_ACHIEVED)
        if is_ticked:
            sent = {"action": "delete_selected", "_selected_action": [str(before.pk)], "post": "yes"}
            coordinator.post(address("changelist", Plan), sent)
        else:
            answer = coordinator.post(address("delete", before, before.pk), {"post": "yes"})
            assert answer["Location"] == address("evaluate", before, before.pk)
        assert Plan.objects.filter(pk=before.pk).exists()

    @pytest.mark.parametrize("model", [Plan, PlanItem])
    def test_what_goes_on_is_deleted_together_with_what_it_goes_on_as(
        self, coordinator: Client, draft: Plan, model: Any
    ):
        later = PlanFactory(centre=draft.centre, year=2028, phase=Plan.Phase.DRAFTING)
        tie = ContinuationFactory(source__plan=draft, source__outcome=Outcome.NOT_STARTED, target__plan=later)
        both = [draft, later] if model is Plan else [tie.source, tie.target]
        ticked = [str(each.pk) for each in both]
        sent = {"action": "delete_selected", "_selected_action": ticked, "post": "yes"}

        coordinator.post(address("changelist", model), sent)

        assert not PlanItem.objects.exists()
        assert not model.objects.filter(pk__in=ticked).exists()

    @pytest.mark.parametrize("model", [Plan, PlanItem])
    def test_what_has_been_promised_stays_even_together_with_what_it_goes_on_as(
        self, coordinator: Client, draft: Plan, model: Any
    ):
        tie = ContinuationFactory(source__plan__centre=draft.centre, target__plan=draft)
        both = [tie.source.plan, draft] if model is Plan else [tie.source, tie.target]
        ticked = [str(each.pk) for each in both]
        sent = {"action": "delete_selected", "_selected_action": ticked, "post": "yes"}

        coordinator.post(address("changelist", model), sent)

        assert model.objects.filter(pk__in=ticked).count() == 2

    @pytest.mark.parametrize("is_ticked", [False, True])
    def test_an_open_promise_stays_and_the_way_to_drop_it_is_shown(
        self, coordinator: Client, posio: FamilyCentre, is_ticked: bool
    ):
        row = PlanItemFactory(plan__centre=posio, plan__year=2025, outcome=Outcome.PARTLY)
        many = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}
        path = address("changelist", row) if is_ticked else address("delete", row, row.pk)

        answer = coordinator.post(f"/en{path}", many if is_ticked else {"post": "yes"})

        if answer.status_code == 302:
            assert answer["Location"] == f"/en{address('evaluate_row', row.plan, row.plan_id, row.pk)}"
            answer = coordinator.get(answer["Location"])
        assert "This has been promised, and is not deleted." in answer.content.decode()
        assert PlanItem.objects.filter(pk=row.pk).exists()

    def test_what_nobody_could_count_on_yet_is_deleted(self, coordinator: Client, plan: Plan):
        rows = [
            PlanItemFactory(plan__centre=plan.centre, plan__year=2027),
            PlanItemFactory(
                plan__centre=plan.centre,
                plan__year=2025,
                plan__phase=Plan.Phase.DRAFTING,
                outcome=Outcome.DROPPED,
                drop_reason_fi="Vahinko.",
            ),
        ]

        for row in rows:
            coordinator.post(address("delete", row, row.pk), {"post": "yes"})

        assert not PlanItem.objects.exists()
