"""A plan goes on in a later one, at the desk: what is offered, what is looked through, and what is then done."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from annual_plan.models import Continuation, Outcome, Plan, PlanItem
from centres.models import FamilyCentre
from tests.admin.forms import address, beside, changed_by, filled
from tests.admin.two_people import in_one_line
from tests.factories import (
    ContinuationFactory,
    DutyFactory,
    FamilyCentreFactory,
    PlanFactory,
    PlanItemFactory,
    UserFactory,
)
from tests.harness.meanwhile import while_another

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(posio: FamilyCentre) -> Plan:
    """Posio's plan for 2026, with a row in every part of the page."""
    plan = PlanFactory(centre=posio, year=2026)

    def row(number: int, title: str, outcome: str, **values: Any) -> PlanItem:
        return PlanItemFactory(plan=plan, number=number, title_fi=title, outcome=outcome, **values)

    row(1, "Kysely", Outcome.NOT_ACHIEVED, quarter=1)
    row(2, "Juttutuokio", Outcome.PARTLY, quarter=2)
    row(3, "Palveluopas", Outcome.UNDER_WAY, quarter=4)
    row(4, "Perehdytys", Outcome.ACHIEVED, quarter=None)
    row(5, "Avajaiset", Outcome.ACHIEVED, quarter=3)
    row(6, "Lehtijuttu", Outcome.DROPPED, drop_reason_fi="Lehti lopetti.")
    earlier = PlanFactory(centre=posio, year=2023)
    PlanItemFactory(plan=earlier, number=7, title_fi="Palvelupolut", outcome=Outcome.NOT_ACHIEVED)
    ContinuationFactory(
        source=row(8, "Esite", Outcome.PARTLY),
        target=PlanItemFactory(
            plan=PlanFactory(centre=posio, year=2028), number=1, title_fi="Esite ja verkkosivu", quarter=1
        ),
    )
    return plan


def page_of(plan: Plan) -> str:
    return f"/en{address('carry_over', plan, plan.pk)}"


def key(title: str) -> str:
    return f"row-{PlanItem.objects.get(title_fi=title, plan__year__lte=2026).pk}"


def send(client: Client, plan: Plan, values: dict[str, Any]) -> Any:
    return client.post(page_of(plan), {name: value for name, value in values.items() if value is not None})


@pytest.fixture
def form(coordinator: Client, plan: Plan) -> dict[str, Any]:
    """The page's form as it opens."""
    return filled(coordinator.get(page_of(plan)))


def shown(client: Client, plan: Plan, values: dict[str, Any]) -> dict[str, Any]:
    """The form once what it comes to is shown."""
    answer = send(client, plan, values | {"show": "1"})
    assert answer.status_code == 200
    return filled(answer)


def done(client: Client, plan: Plan, values: dict[str, Any]) -> Any:
    return send(client, plan, shown(client, plan, values) | {"make": "1"})


def tree(answer: Any) -> Any:
    return html.fromstring(answer.content.decode())


def parts(answer: Any) -> dict[str, list[str]]:
    """The rows of each part of the page, ticked ones with a star, by the part's heading."""
    found = {}
    for part in tree(answer).xpath(
        "//section[not(contains(@class, 'ahead'))] | //details[@class='carry__more']"
    ):
        rows = part.xpath(".//*[@class='carry__row']")
        found[in_one_line(part.xpath("./h2 | ./summary")[0])] = [
            in_one_line(row.xpath(".//label")[0]) + ("*" if row.xpath(".//input[@checked]") else "")
            for row in rows
        ] or [in_one_line(row) for row in part.xpath("./ul/li")]
    return found


def ahead(answer: Any) -> list[str]:
    """What would be made."""
    rows = tree(answer).xpath("//*[@class='carry__made']/li")
    return [in_one_line(row).replace("Joined from:", " joined:").replace("from:", " from:") for row in rows]


def left_out(answer: Any) -> list[str]:
    """What was ticked and cannot go on any more, with why."""
    return [in_one_line(row) for row in tree(answer).xpath("//*[@class='carry__notice'][@role='alert']//li")]


def messages(client: Client, answer: Any) -> list[str]:
    page = html.fromstring(client.get(f"/en{answer.url.removeprefix('/en')}").content.decode())
    return [in_one_line(each) for each in page.xpath("//ul[@class='messagelist']/li")]


def refusals(answer: Any) -> list[str]:
    return [in_one_line(each) for each in tree(answer).xpath("//ul[contains(@class, 'errorlist')]/li")]


def rows_of_later_plans() -> list[tuple[int, str, int | None]]:
    rows = PlanItem.objects.filter(plan__year__gt=2026).order_by("plan__year", "number")
    return list(rows.values_list("plan__year", "title_fi", "quarter"))


class TestWhatIsOffered:
    def test_each_row_stands_in_one_part_and_what_is_unfinished_is_ticked(
        self, coordinator: Client, plan: Plan
    ):
        assert parts(coordinator.get(page_of(plan))) == {
            "Not finished": ["1. Kysely*", "2. Juttutuokio*"],
            "No outcome yet": ["3. Palveluopas"],
            "Open promises of earlier years": ["2023: 7. Palvelupolut"],
            "Achieved all year round: repeat?": ["4. Perehdytys"],
            "Achieved in a quarter: repeat? (1)": ["5. Avajaiset"],
            "These go on already": ["8. Esite → 2028: 1. Esite ja verkkosivu (carried over)"],
            "Dropped, with a reason": ["6. Lehtijuttu: Lehti lopetti."],
        }

    def test_next_year_s_plan_comes_first_though_it_be_opened_for_this(self, coordinator: Client, plan: Plan):
        PlanFactory(centre=plan.centre, year=2029, phase=Plan.Phase.EVALUATED)
        page = tree(coordinator.get(page_of(plan)))
        assert [in_one_line(each) for each in page.xpath("//select[@name='year']/option")] == [
            "2027: a new plan is opened, as a draft",
            "2028: added to the plan that stands (under way)",
        ]

    def test_an_open_promise_of_another_centre_is_not_offered(self, coordinator: Client, plan: Plan):
        PlanItemFactory(plan__year=2024, title_fi="Muualla", outcome=Outcome.PARTLY)
        assert "Muualla" not in coordinator.get(page_of(plan)).content.decode()

    def test_a_plan_without_rows_says_so(self, coordinator: Client, posio: FamilyCentre):
        answer = coordinator.get(page_of(PlanFactory(centre=posio)))
        assert "There is no row that could go on." in answer.content.decode()
        assert send(coordinator, PlanFactory(centre=posio, year=2025), {"year": "2026"}).status_code == 400

    def test_after_the_last_year_there_is_nowhere_to_go(self, coordinator: Client, posio: FamilyCentre):
        plan = PlanFactory(centre=posio, year=2100)
        assert coordinator.get(page_of(plan)).status_code == 200
        assert send(coordinator, plan, {"year": "2101", "make": "1"}).status_code == 400


class TestLookingThrough:
    def test_it_shows_what_will_be_made_and_makes_nothing(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        before = rows_of_later_plans()
        answer = send(coordinator, plan, form | {"year": "2027", "show": "1"})
        assert answer.status_code == 200
        assert ahead(answer) == [
            "Kysely, 1st quarter from: 2026: 1. Kysely",
            "Juttutuokio, 2nd quarter from: 2026: 2. Juttutuokio",
        ]
        assert rows_of_later_plans() == before

    def test_rows_are_split_joined_and_led_to_what_stands_there(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        values = form | {
            "year": "2028",
            f"{key('Kysely')}-titles": "Kysely\r\n\r\n  esite JA verkkosivu ",
            f"{key('Juttutuokio')}-titles": "kysely",
            f"{key('Juttutuokio')}-quarter": "1",
        }
        answer = send(coordinator, plan, values | {"show": "1"})
        assert ahead(answer) == [
            "Kysely, 1st quarter joined: 2026: 1. Kysely; 2026: 2. Juttutuokio",
            "1. Esite ja verkkosivu from: 2026: 1. Kysely",
        ]
        done(coordinator, plan, values)
        assert rows_of_later_plans() == [(2028, "Esite ja verkkosivu", 1), (2028, "Kysely", 1)]
        ties = Continuation.objects.exclude(source__title_fi="Esite").order_by(
            "source__number", "target__number"
        )
        assert list(ties.values_list("source__title_fi", "target__title_fi", "kind")) == [
            ("Kysely", "Esite ja verkkosivu", "split"),
            ("Kysely", "Kysely", "split"),
            ("Juttutuokio", "Kysely", "carried"),
        ]

    def test_what_is_changed_after_it_was_shown_is_shown_once_more(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        before = rows_of_later_plans()
        values = shown(coordinator, plan, form)
        answer = send(coordinator, plan, values | {f"{key('Kysely')}-titles": "Muu", "make": "1"})
        assert answer.status_code == 200
        assert "This is something else than before: look it through once more." in answer.content.decode()
        assert rows_of_later_plans() == before

    def test_a_joined_row_shows_the_clarification_that_it_will_have(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        for title, said in (("Kysely", "Verkossa."), ("Juttutuokio", "Kirjastossa.")):
            PlanItem.objects.filter(title_fi=title).update(description_fi=said)
        values = form | {
            f"{key('Juttutuokio')}-titles": "Kysely",
            f"{key('Juttutuokio')}-quarter": "1",
        }
        (shown_,) = ahead(send(coordinator, plan, values | {"year": "2027", "show": "1"}))
        assert [words in shown_ for words in ("Verkossa.", "Kirjastossa.", "joined:")] == [True] * 3
        done(coordinator, plan, values | {"year": "2027"})
        assert PlanItem.objects.get(plan__year=2027).description_fi == "Verkossa.\n\nKirjastossa."

    def test_a_row_without_an_outcome_goes_on_with_a_plain_warning(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        values = form | {"year": "2027", f"{key('Palveluopas')}-go_on": "on"}
        page = tree(send(coordinator, plan, values | {"show": "1"}))
        (warning,) = page.xpath("//*[@class='carry__notice']")
        assert in_one_line(warning).startswith("Nobody has said yet what became of these.")
        assert [in_one_line(row) for row in warning.xpath(".//li")] == ["3. Palveluopas"]
        assert done(coordinator, plan, values).status_code == 302


class TestDoing:
    def test_the_lost_promise_and_the_ticked_rows_are_carried_over(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        values = form | {
            "year": "2027",
            f"{key('Palvelupolut')}-go_on": "on",
            f"{key('Perehdytys')}-go_on": "on",
            f"{key('Juttutuokio')}-go_on": None,
        }
        answer = done(coordinator, plan, values)
        later = Plan.objects.get(year=2027)
        assert (answer.status_code, later.phase) == (302, Plan.Phase.DRAFTING)
        assert [row.plan for row in coordinator.get(answer.url).context["cl"].queryset] == [later] * 3
        assert list(later.items.order_by("number").values_list("title_fi", "quarter", "origins__kind")) == [
            ("Kysely", 1, "carried"),
            ("Palvelupolut", 1, "carried"),
            ("Perehdytys", None, "repeated"),
        ]
        assert [user.email for user in changed_by(later)] == [
            coordinator.get("/hallinta/").wsgi_request.user.email
        ]

    def test_twice_changes_nothing_and_says_so(self, coordinator: Client, plan: Plan, form: dict[str, Any]):
        values = shown(coordinator, plan, form | {"year": "2027"})
        _first, answer = [send(coordinator, plan, values | {"make": "1"}) for _time in range(2)]
        assert len(rows_of_later_plans()) == 3
        assert messages(coordinator, answer)[1:] == [
            "Nothing has changed: all of this goes on in a later plan already."
        ]

    def test_once_everything_unfinished_goes_on_the_page_says_so_and_complains_of_nothing(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        more = {f"{key(title)}-go_on": "on" for title in ("Palveluopas", "Palvelupolut")}
        done(coordinator, plan, form | more | {"year": "2027"})
        again = coordinator.get(page_of(plan))
        sent = send(coordinator, plan, filled(again) | {"show": "1"})
        for answer in (again, sent):
            assert answer.status_code == 200
            assert "Everything unfinished goes on already." in answer.content.decode()
            assert refusals(answer) == []

    def test_what_goes_on_or_is_dropped_meanwhile_is_told_and_left_out(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        values = shown(coordinator, plan, form | {"year": "2027"})
        PlanItem.objects.filter(title_fi="Kysely").update(
            outcome=Outcome.DROPPED, drop_reason_fi="Ei tarvita."
        )
        answer = send(coordinator, plan, values | {"make": "1"})
        assert ahead(answer) == ["Juttutuokio, 2nd quarter from: 2026: 2. Juttutuokio"]
        assert left_out(answer) == ["2026: 1. Kysely – dropped meanwhile: Ei tarvita."]
        assert not Plan.objects.filter(year=2027).exists()

    def test_where_none_of_what_is_ticked_can_go_on_the_page_says_why_and_keeps_the_words(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        typed = {
            f"{key('Kysely')}-titles": "Kysely\r\nKutsu",
            f"{key('Juttutuokio')}-titles": "Juttu",
            f"{key('Palvelupolut')}-go_on": "on",
        }
        values = shown(coordinator, plan, form | {"year": "2027"} | typed)
        rows = {row.title_fi: row for row in PlanItem.objects.filter(plan__year__lte=2026)}
        PlanItem.objects.filter(pk=rows["Kysely"].pk).update(outcome="dropped", drop_reason_fi="Ei tarvita.")
        rows["Juttutuokio"].delete()
        ContinuationFactory(source=rows["Palvelupolut"], target__plan=Plan.objects.get(year=2028))

        answer = send(coordinator, plan, values | {"make": "1"})

        assert answer.status_code == 409
        assert refusals(answer) == ["Nothing was carried over: what was ticked cannot go on any more."]
        assert left_out(answer) == [
            "2026: 1. Kysely – dropped meanwhile: Ei tarvita. (It was to go on as: Kysely / Kutsu)",
            "Deleted meanwhile: Juttu",
            "2023: 7. Palvelupolut – goes on already",
        ]

    def test_the_preview_says_what_everybody_sees_at_once_and_whose_time_is_over(
        self, coordinator: Client, plan: Plan
    ):
        last = PlanFactory(centre=plan.centre, year=2025)
        for number, quarter in enumerate((2, 4, None), start=1):
            title = f"Rivi {number}"
            PlanItemFactory(plan=last, number=number, title_fi=title, quarter=quarter, outcome=Outcome.PARTLY)
        values = filled(coordinator.get(page_of(last)))

        answer = send(coordinator, last, values | {"year": "2026", "show": "1"})

        assert ahead(answer) == [
            "Rivi 1, 2nd quarter (its time is over) from: 2025: 1. Rivi 1",
            "Rivi 2, 4th quarter from: 2025: 2. Rivi 2",
            "Rivi 3, all year round from: 2025: 3. Rivi 3",
        ]
        words = "The plan is under way: everybody sees these rows at once, except internal ones."
        assert words in answer.content.decode()
        Plan.objects.filter(year=2026).update(phase=Plan.Phase.DRAFTING)
        answer = send(coordinator, last, values | {"year": "2026", "show": "1"})
        assert words not in answer.content.decode()

    def test_duties_alone_are_told_alone_and_lead_to_the_plan(self, coordinator: Client, posio: FamilyCentre):
        plan = PlanFactory(centre=posio, year=2026)
        DutyFactory.create_batch(2, plan=plan)
        found = tree(coordinator.get(f"/en{address('change', plan, plan.pk)}")).xpath("//a/@href")
        assert page_of(plan) in found

        answer = done(coordinator, plan, filled(coordinator.get(page_of(plan))))

        later = Plan.objects.get(year=2027)
        assert answer.url == f"/en{address('change', later, later.pk)}"
        assert messages(coordinator, answer) == ["2 duties were taken along."]

    def test_the_division_of_work_comes_along_where_the_later_plan_has_none(
        self, coordinator: Client, plan: Plan
    ):
        DutyFactory(plan=plan, task_fi="Tiedottaminen")
        values = filled(coordinator.get(page_of(plan)))
        assert values["duties"] == ["on"]
        answer = done(coordinator, plan, values | {"year": "2027"})
        assert "1 duty was taken along." in messages(coordinator, answer)[0]
        assert Plan.objects.get(year=2027).duties.get().task_fi == "Tiedottaminen"

    def test_the_division_of_work_alone_may_come_and_twice_is_once(self, coordinator: Client, plan: Plan):
        DutyFactory(plan=plan, task_fi="Tiedottaminen")
        DutyFactory(plan=Plan.objects.get(year=2028), task_fi="Kahvi")
        PlanFactory(centre=plan.centre, year=2027, phase=Plan.Phase.EVALUATED)
        values = filled(coordinator.get(page_of(plan)))
        assert "duties" not in values
        values |= {f"{key(title)}-go_on": None for title in ("Kysely", "Juttutuokio")}
        values = shown(coordinator, plan, values | {"year": "2028", "duties": "on"})
        _first, answer = [send(coordinator, plan, values | {"make": "1"}) for _time in range(2)]
        assert Plan.objects.get(year=2028).duties.count() == 2
        assert messages(coordinator, answer)[-1].startswith("Nothing has changed")


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("titles", "why"),
        [
            (" \r\n ", "Say in a few words what it goes on as."),
            ("\u200b\r\n\u2060", "Say in a few words what it goes on as."),
            ("x" * 201, "One of these is too long: 200 characters at most."),
            ("\r\n".join("abcdefghijk"), "At most 10 rows can be made of one."),
            ("\0", "Null characters are not allowed."),
        ],
        ids=["empty", "unseen", "long", "many", "null"],
    )
    def test_what_cannot_be_is_said_beside_its_box_and_nothing_typed_is_lost(
        self, coordinator: Client, plan: Plan, form: dict[str, Any], titles: str, why: str
    ):
        typed = {f"{key('Kysely')}-titles": titles, f"{key('Palvelupolut')}-titles": "Kesken"}
        for button in ("show", "make"):
            answer = send(coordinator, plan, form | typed | {button: "1"})
            assert answer.status_code == 400
            assert beside(answer, f"{key('Kysely')}-titles") == refusals(answer) == [why]
            assert filled(answer)[f"{key('Palvelupolut')}-titles"] == ["\nKesken"]

    def test_of_what_is_not_ticked_nothing_is_asked(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        values = form | {f"{key('Palveluopas')}-titles": "x" * 300}
        assert len(ahead(send(coordinator, plan, values | {"show": "1"}))) == 2

    @pytest.mark.parametrize("year", ["2025", "2026", "2029", "2031", "x", ""])
    def test_it_goes_on_in_a_later_year_that_is_offered(
        self, coordinator: Client, plan: Plan, form: dict[str, Any], year: str
    ):
        PlanFactory(centre=plan.centre, year=2029, phase=Plan.Phase.EVALUATED)
        answer = send(coordinator, plan, form | {"year": year, "show": "1"})
        assert (answer.status_code, len(beside(answer, "year"))) == (400, 1)

    @pytest.mark.parametrize("quarter", ["5", "x"])
    def test_a_year_has_four_quarters(
        self, coordinator: Client, plan: Plan, form: dict[str, Any], quarter: str
    ):
        values = form | {f"{key('Kysely')}-quarter": quarter, "show": "1"}
        answer = send(coordinator, plan, values)
        assert (answer.status_code, len(beside(answer, f"{key('Kysely')}-quarter"))) == (400, 1)

    def test_nothing_ticked_is_told(self, coordinator: Client, plan: Plan, form: dict[str, Any]):
        nothing = {f"{key(title)}-go_on": None for title in ("Kysely", "Juttutuokio")}
        answer = send(coordinator, plan, form | nothing | {"show": "1"})
        assert answer.status_code == 400
        assert refusals(answer) == ["Nothing is ticked that would go on. Tick at least one row."]

    def test_rows_of_another_centre_or_plan_and_dropped_ones_are_passed_over(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        other = PlanItemFactory(plan__year=2026, outcome=Outcome.PARTLY, title_fi="Muualla")
        dropped = PlanItem.objects.get(title_fi="Lehtijuttu")
        strange = {
            f"row-{pk}-{name}": value
            for pk in (other.pk, dropped.pk, 10**30)
            for name, value in (("go_on", "on"), ("titles", "Kaapattu"))
        }
        done(coordinator, plan, form | strange | {"year": "2027"})
        assert not PlanItem.objects.filter(title_fi="Kaapattu").exists()
        assert Plan.objects.get(year=2027).items.count() == 2

    def test_a_plan_that_is_closed_between_two_presses_takes_nothing(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        values = shown(coordinator, plan, form | {"year": "2028"})
        Plan.objects.filter(year=2028).update(phase=Plan.Phase.EVALUATED)
        PlanItem.objects.filter(plan__year=2028).update(outcome=Outcome.ACHIEVED)
        answer = send(coordinator, plan, values | {"make": "1"})
        assert (answer.status_code, len(beside(answer, "year"))) == (400, 1)
        assert rows_of_later_plans() == [(2028, "Esite ja verkkosivu", 1)]


class TestWhoMay:
    def test_another_centre_s_plan_is_not_carried_over(self, coordinator: Client, plan: Plan):
        other = PlanItemFactory(plan__centre=FamilyCentreFactory(), outcome=Outcome.PARTLY).plan
        for answer in (coordinator.get(page_of(other)), send(coordinator, other, {"make": "1"})):
            assert answer.status_code in {302, 403}
        assert not Plan.objects.filter(year=2027).exists()

    def test_somebody_who_is_no_coordinator_is_sent_to_the_sign_in(self, client: Client, plan: Plan):
        assert client.get(page_of(plan)).status_code == 302

    def test_staff_without_rights_are_kept_out(self, client: Client, plan: Plan):
        client.force_login(UserFactory(is_staff=True))
        assert client.get(page_of(plan)).status_code in {302, 403}

    def test_a_plan_that_is_not_there_leads_back(self, coordinator: Client, plan: Plan):
        plan.pk = 10**9
        assert coordinator.get(page_of(plan)).status_code == 302


class TestManyRows:
    def test_a_hundred_rows_cost_no_more_than_a_few(self, coordinator: Client, plan: Plan):
        def cost(**values: Any) -> int:
            form = filled(coordinator.get(page_of(plan)))
            with CaptureQueriesContext(connection) as queries:
                coordinator.get(page_of(plan))
                send(coordinator, plan, form | {"year": "2028", "show": "1"})
            return len(queries)

        cost()
        few = cost()
        for number in range(100, 200):
            PlanItemFactory(plan=plan, number=number, outcome=Outcome.PARTLY)
        earlier = PlanFactory(centre=plan.centre, year=2024)
        for number in range(100):
            PlanItemFactory(plan=earlier, number=number + 1, outcome=Outcome.PARTLY)
        assert cost() == few <= 40

    def test_a_hundred_rows_are_carried_over_at_once(self, coordinator: Client, plan: Plan):
        for number in range(100, 200):
            PlanItemFactory(plan=plan, number=number, outcome=Outcome.PARTLY)
        answer = done(coordinator, plan, filled(coordinator.get(page_of(plan))) | {"year": "2027"})
        assert answer.status_code == 302
        assert Plan.objects.get(year=2027).items.count() == 102

    def test_a_form_of_more_rows_than_can_be_sent_is_never_shown(
        self, coordinator: Client, plan: Plan, settings: Any
    ):
        earlier = PlanFactory(centre=plan.centre, year=2024)
        PlanItem.objects.bulk_create(
            PlanItem(plan=earlier, number=number + 1, title_fi=f"Lupaus {number}", outcome="partly")
            for number in range(300)
        )
        answer = coordinator.get(page_of(plan))
        sent = sum(len(values) for values in filled(answer).values())
        assert sent + 250 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        assert "56 more rows have no room on this page." in in_one_line(tree(answer))


class TestTwoAtOnce:
    @pytest.fixture
    def values(self, transactional_db: None, coordinator: Client, plan: Plan) -> dict[str, Any]:
        form = filled(coordinator.get(page_of(plan)))
        return shown(coordinator, plan, form | {"year": "2028"}) | {"make": "1"}

    def test_who_comes_second_is_told_that_nothing_changed(
        self, coordinator: Client, colleague: Client, plan: Plan, values: dict[str, Any]
    ):
        answer = while_another(lambda: send(colleague, plan, values), lambda: send(coordinator, plan, values))
        assert answer.status_code == 302
        assert len(rows_of_later_plans()) == 3
        assert messages(coordinator, answer) == [
            "Nothing has changed: all of this goes on in a later plan already."
        ]

    def test_a_row_that_somebody_adds_by_hand_meanwhile_takes_no_number_from_another(
        self, coordinator: Client, plan: Plan, values: dict[str, Any]
    ):
        later = Plan.objects.get(year=2028)
        answer = while_another(
            lambda: PlanItemFactory(plan=later, number=2, title_fi="Käsin"),
            lambda: send(coordinator, plan, values),
        )
        if connection.vendor == "postgresql":
            # Both took the same number: who comes second looks once more, and then it is done.
            assert (answer.status_code, refusals(answer)) == (
                409,
                ["Somebody else has just changed this plan. Look through it once more."],
            )
            answer = send(coordinator, plan, filled(answer) | {"make": "1"})
        assert answer.status_code == 302
        numbers = list(later.items.order_by("number").values_list("number", "title_fi"))
        assert numbers == [(1, "Esite ja verkkosivu"), (2, "Käsin"), (3, "Kysely"), (4, "Juttutuokio")]


class TestWaysIn:
    @pytest.mark.parametrize("page", ["change", "evaluate"])
    def test_the_plan_and_its_evaluation_lead_there(self, coordinator: Client, plan: Plan, page: str):
        found = tree(coordinator.get(f"/en{address(page, plan, plan.pk)}")).xpath("//a/@href")
        assert page_of(plan) in found

    @pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.ACHIEVED])
    def test_a_plan_without_rows_leads_there_where_an_earlier_promise_is_open(
        self, coordinator: Client, posio: FamilyCentre, outcome: str
    ):
        empty = PlanFactory(centre=posio, year=2026)
        PlanItemFactory(plan__centre=posio, plan__year=2024, outcome=outcome)
        found = tree(coordinator.get(f"/en{address('change', empty, empty.pk)}")).xpath("//a/@href")
        assert (page_of(empty) in found) == (outcome == Outcome.PARTLY)

    def test_it_ends_among_the_rows_of_the_later_plan_with_the_way_to_its_form(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        answer = done(coordinator, plan, form | {"year": "2027"})
        page = coordinator.get(answer.url)
        later = Plan.objects.get(year=2027)
        assert [row.title_fi for row in page.context["cl"].result_list] == ["Kysely", "Juttutuokio"]
        (said,) = tree(page).xpath("//ul[@class='messagelist']/li")
        assert in_one_line(said) == "2 rows were carried over to the plan for 2027. Open the plan for 2027"
        assert said.xpath(".//a/@href") == [f"/en{address('change', later, later.pk)}"]

    def test_a_draft_says_what_comes_next_and_not_what_lacks_an_outcome(
        self, coordinator: Client, plan: Plan, form: dict[str, Any]
    ):
        done(coordinator, plan, form | {"year": "2027"})
        later = Plan.objects.get(year=2027)
        page = tree(coordinator.get(f"/en{address('change', later, later.pk)}"))
        (said,) = page.xpath("//div[@class='word-before']/p")
        assert in_one_line(said) == (
            "Next: add goals and actions, then set the phase to “under way” when the year begins."
        )
