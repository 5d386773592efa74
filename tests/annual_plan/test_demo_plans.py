"""The demo content's annual plans: every goal of the handbooks, and the threads that their texts show."""

from collections import Counter, defaultdict
from datetime import date

import pytest
from django.db.models import Q
from modeltranslation.translator import translator

from annual_plan.models import Continuation, Duty, DutyHolder, Outcome, Plan, PlanItem, Responsible
from centres.languages import column

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

TODAY = date(2026, 11, 18)
IN_FULL = ("fi", "sv", "en")
PROMISES = (Plan, PlanItem, Responsible, Duty, DutyHolder, Continuation)
# How many rows the handbooks' figures have: all year round, and by quarter.
HANDBOOKS = {
    ("posio", 2023): {None: 4, 1: 8, 2: 5, 3: 4, 4: 4},
    ("posio", 2024): {None: 5, 1: 4, 2: 3, 3: 3, 4: 4},
    ("posio", 2025): {None: 7, 1: 4, 2: 4, 3: 5, 4: 3},
    ("posio", 2026): {None: 9, 1: 6, 2: 4, 3: 5, 4: 4},
    ("rovaniemi", 2025): {None: 18, 1: 6, 2: 4, 3: 3, 4: 7},
}
# How many rows of Posio serve each national task; None: how many serve none.
TASKS = {1: 1, 3: 27, 5: 2, 6: 1, 7: 19, None: 51}
MEETINGS = {
    2024: "LAPE-työryhmän kokoontuminen",
    2025: "PEKE-työryhmän kokoontuminen",
    2026: "PEKE-työryhmän kokoontuminen",
}


def rows(centre, year):
    return PlanItem.objects.filter(plan__centre__slug=centre, plan__year=year)


def goes_on(centre, year, title):
    """What the row of that title goes on as: (year, quarter, title, kind of continuation), in order."""
    threads = Continuation.objects.filter(source__in=rows(centre, year).filter(title_fi=title))
    found = threads.order_by("target__number").values_list(
        "target__plan__year", "target__quarter", "target__title_fi", "kind"
    )
    return list(found)


def with_outcome(centre, year, *outcomes):
    return list(rows(centre, year).filter(outcome__in=outcomes).values_list("title_fi", flat=True))


def test_every_row_keeps_its_own_rules():
    for model in PROMISES:
        for row in model._default_manager.order_by("pk"):
            row.full_clean()


@pytest.mark.parametrize(("centre", "year"), HANDBOOKS)
def test_the_plan_has_as_many_rows_by_quarter_as_the_handbook(centre, year):
    assert Counter(rows(centre, year).values_list("quarter", flat=True)) == HANDBOOKS[centre, year]


def test_numbers_run_without_gaps_year_round_rows_first_and_then_by_quarter():
    for plan in Plan.objects.all():
        found = list(plan.items.order_by("number").values_list("number", "quarter"))
        assert [number for number, _quarter in found] == list(range(1, len(found) + 1))
        quarters = [quarter or 0 for _number, quarter in found]
        assert quarters == sorted(quarters)


@pytest.mark.parametrize("model", PROMISES[:-1])
def test_a_text_that_is_there_in_one_language_is_there_in_all_three(model):
    halves = []
    for field in translator.get_options_for_model(model).fields:
        for row in model._default_manager.order_by("pk"):
            texts = [bool(getattr(row, column(field, code))) for code in IN_FULL]
            if any(texts) and not all(texts):
                halves.append((str(row), field))
    assert halves == []


def test_every_plan_has_its_introduction_and_the_evaluated_ones_their_year_in_short_in_plain_finnish_too():
    for plan in Plan.objects.all():
        codes = (*IN_FULL, "fi-simple")
        assert all(getattr(plan, column("intro", code)) for code in codes)
        assert all(bool(getattr(plan, column("reflection", code))) == plan.is_evaluated for code in codes)


def test_every_title_of_2026_is_there_in_plain_finnish():
    of_2026 = PlanItem.objects.filter(plan__year=2026)
    assert of_2026.count() == 42
    assert list(of_2026.filter(Q(title_fi_simple=None) | Q(title_fi_simple=""))) == []


def test_every_row_of_an_evaluated_plan_says_how_it_went_or_why_it_was_dropped():
    silent = PlanItem.objects.filter(
        plan__phase=Plan.Phase.EVALUATED, evaluation_fi=None, drop_reason_fi=None
    )
    assert list(silent) == []


def test_what_was_written_before_its_year_has_no_outcomes():
    for centre, year in (("posio", 2026), ("rovaniemi", 2025)):
        assert set(rows(centre, year).values_list("outcome", flat=True)) == {Outcome.NOT_STARTED}


def test_posio_reached_most_of_its_goals_and_these_not():
    unfinished = [Outcome.PARTLY, Outcome.NOT_ACHIEVED, Outcome.DROPPED]
    assert with_outcome("posio", 2023, *unfinished) == [
        "Perhekeskustoimintamallin selkiyttäminen verkostoille ja kuntalaisille",
        "Palvelupolkujen kuvaaminen",
    ]
    assert with_outcome("posio", 2024, *unfinished) == [
        "Uusien perhekeskusverkoston työntekijöiden perehdyttäminen perhekeskustoimintaan",
        "Perhekeskus-toimintamallin tutuksi ja näkyväksi tekeminen",
        "Palautekysely verkostolle perhekeskuskehittämisestä Posiolla v. 2024",
    ]
    assert with_outcome("posio", 2025, *unfinished) == [
        "Kehitettyjen toimintamallien jatkon turvaaminen",
        "Sähköisen perhekeskuksen ajantasaisuus",
        "Uusien perhekeskusverkoston työntekijöiden perehdyttäminen perhekeskustoimintaan",
        "ELO ry:n toiminnan käynnistyminen Posiolla",
        "Sähköisen perhekeskuksen esille nostaminen",
        "Palautekysely verkostolle ja kuntalaisille Posion perhekeskuksesta",
        "Pyydä apua -palvelun esille nostaminen",
        "Verkostolle suunnattu opastus sähköiseen perhekeskukseen",
    ]


def test_what_posio_promised_and_neither_kept_nor_carried_nor_gave_up_is_found():
    open_now = PlanItem.objects.filter(plan__centre__slug="posio").open_promises(TODAY)
    assert list(open_now.order_by("plan__year").values_list("plan__year", "title_fi")) == [
        (2023, "Palvelupolkujen kuvaaminen"),
        (2025, "ELO ry:n toiminnan käynnistyminen Posiolla"),
    ]


def test_what_rovaniemi_planned_for_2025_is_open_until_somebody_evaluates_it():
    open_now = PlanItem.objects.filter(plan__centre__slug="rovaniemi").open_promises(TODAY)
    assert set(open_now) == set(rows("rovaniemi", 2025))


def test_two_actions_for_being_seen_became_one_goal_all_year_round_and_two_actions():
    goal = "Yhteistyön tiivistäminen kunnan viestinnän kanssa"
    online, help_now = (
        "Sähköisen perhekeskuksen esille nostaminen",
        "Pyydä apua -palvelun esille nostaminen",
    )
    assert goes_on("posio", 2025, online) == [(2026, None, goal, "split"), (2026, 2, online, "split")]
    assert goes_on("posio", 2025, help_now) == [(2026, None, goal, "split"), (2026, 3, help_now, "split")]
    actions = rows("posio", 2026).filter(parent__title_fi=goal)
    assert list(actions.values_list("kind", "title_fi")) == [("action", online), ("action", help_now)]


def test_what_the_network_knew_already_was_dropped_with_its_reason_and_goes_nowhere():
    dropped = PlanItem.objects.get(plan__centre__slug="posio", outcome=Outcome.DROPPED)
    assert dropped.title_fi == "Verkostolle suunnattu opastus sähköiseen perhekeskukseen"
    assert dropped.drop_reason_fi == "Verkoston jäsenet osaavat jo käyttää sivuja."
    assert dropped.continuations.count() == 0


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_meetings_of_the_working_group_are_repeated_quarter_by_quarter(year):
    meetings = Continuation.objects.filter(source__in=rows("posio", year).filter(title_fi=MEETINGS[year]))
    found = meetings.order_by("source__quarter").values_list("source__quarter", "target__quarter", "kind")
    assert list(found) == [(quarter, quarter, "repeated") for quarter in (1, 2, 3, 4)]
    titles = set(meetings.values_list("target__title_fi", flat=True))
    assert all(title.startswith(MEETINGS[year + 1]) for title in titles)


def test_the_ten_duties_of_posio_have_the_holders_that_the_handbook_names():
    holders = DutyHolder.objects.filter(duty__plan__centre__slug="posio")
    by_duty = Counter(holders.values_list("duty__order", "label_fi"))
    assert [label for (_order, label) in sorted(by_duty)] == [
        "PEKE-työryhmä",
        "Sivistysjohtaja",
        "PEKE-työryhmä",
        "Sivistysjohtaja",
        "PEKE-työryhmä",
        "Koko perhekeskusverkosto",
        "Koko perhekeskusverkosto",
        "Sivistysjohtaja",
        "Koko perhekeskusverkosto",
        "Nuorisovaltuusto",
        "Vanhempainyhdistys",
    ]


def test_rovaniemi_has_four_goals_and_every_other_row_is_an_action():
    goals = rows("rovaniemi", 2025).filter(kind=PlanItem.Kind.GOAL)
    assert list(goals.values_list("number", flat=True)) == [1, 2, 3, 4]
    named = Counter(rows("rovaniemi", 2025).exclude(parent=None).values_list("parent__number", flat=True))
    assert named == {1: 1, 2: 5, 3: 5, 4: 4}


def test_rovaniemis_dated_events_have_their_months_and_tell_the_day():
    dated = rows("rovaniemi", 2025).exclude(month=None)
    assert list(dated.values_list("title_fi", "month", "description_fi")) == [
        ("Perheiden tori -tapahtuma perheille 12.4.2025", 4, "Tapahtuma on lauantaina 12.4.2025."),
        ("Torilla tavataan -tapahtuma perheille 24.5.2025", 5, "Tapahtuma on lauantaina 24.5.2025."),
    ]


def test_what_the_core_group_always_does_is_no_division_of_work_of_2025():
    assert list(Duty.objects.filter(plan__centre__slug="rovaniemi")) == []


def test_of_which_the_handbook_says_nothing_is_partly_achieved_and_tells_so():
    silent = PlanItem.objects.filter(evaluation_fi__startswith="Käsikirjan arviointi ei mainitse")
    assert list(silent.values_list("plan__centre__slug", "plan__year", "number", "outcome")) == [
        ("posio", 2025, 2, Outcome.PARTLY),
        ("posio", 2025, 6, Outcome.PARTLY),
    ]


def test_what_stands_in_the_plans_of_several_years_serves_the_same_national_tasks():
    found = PlanItem.objects.filter(plan__centre__slug="posio").prefetch_related("tasks")
    served = defaultdict(set)
    for row in found:
        served[row.title_fi].add(tuple(task.number for task in row.tasks.all()))
    assert {title: tasks for title, tasks in served.items() if len(tasks) > 1} == {}


def test_what_serves_families_has_its_national_tasks_and_housekeeping_has_none():
    posio = PlanItem.objects.filter(plan__centre__slug="posio")
    assert Counter(posio.values_list("tasks__number", flat=True)) == TASKS
    for housekeeping in ("työryhmän kokoontuminen", "erhekeskustyöpaja", "käsikirja"):
        assert posio.filter(title_fi__contains=housekeeping).exclude(tasks=None).count() == 0


def test_the_fictional_centre_shows_every_state():
    made_up = PlanItem.objects.filter(plan__centre__slug="esimerkkila")
    assert set(made_up.values_list("plan__phase", flat=True)) == set(Plan.Phase.values)
    assert set(made_up.values_list("outcome", flat=True)) == set(Outcome.values)
    assert set(Continuation.objects.filter(source__in=made_up).values_list("kind", flat=True)) == set(
        Continuation.Kind.values
    )
    assert made_up.filter(is_internal=True).count() == 2
    assert made_up.filter(parent__title_fi="Perheet löytävät avun yhdestä paikasta").count() == 3
    given_up = [row.outcome for row in made_up if row.drop_reason_fi]
    assert Counter(given_up) == {Outcome.DROPPED: 2, Outcome.PARTLY: 1}
    # Of this year, and of the last one.
    assert {row.title_fi: row.plan.year for row in made_up.open_promises(TODAY)} == {
        "Uusien työntekijöiden tutustumispäivä": 2026,
        "Isien ilta": 2025,
    }


@pytest.mark.parametrize("number", [7, 19, 23])
def test_what_is_done_together_with_the_communications_is_the_networks_first(number):
    told = Responsible.objects.filter(item__in=rows("posio", 2026).filter(number=number)).order_by("order")
    assert [each.said for each in told] == ["Koko perhekeskusverkosto", "Kunnan viestintä"]
