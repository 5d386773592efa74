"""The division of work, taken along to a later year."""

import pytest

from annual_plan.actions import carry_over
from annual_plan.models import Duty, Plan
from tests.admin.forms import changed_by
from tests.factories import DutyFactory, DutyHolderFactory, FamilyCentreFactory, PlanFactory, UserFactory
from tests.forbidden import complaints

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """With two duties, one of them with two who see to it."""
    plan = PlanFactory(year=2026)
    news = DutyFactory(plan=plan, task_fi="Tiedottaminen", task_sv="Information", order=1)
    DutyFactory(plan=plan, task_fi="Kahvinkeitto", order=2)
    for order, label in enumerate(["Koordinaattori", "Koko verkosto"]):
        DutyHolderFactory(duty=news, label_fi=label, order=order)
    return plan


def take_along(plan, **how):
    return carry_over(**{"centre": plan.centre, "year": 2027, "wishes": [], "duties_of": plan} | how)


def test_each_duty_comes_along_with_who_sees_to_it(plan):
    done = take_along(plan)
    duties = done.plan.duties.all()
    assert (done.is_new, done.duties) == (True, 2)
    assert [
        (duty.task_fi, duty.task_sv or "", [str(who) for who in duty.holders.all()]) for duty in duties
    ] == [
        ("Tiedottaminen", "Information", ["Koordinaattori", "Koko verkosto"]),
        ("Kahvinkeitto", "", []),
    ]
    assert plan.duties.count() == 2


def test_twice_changes_nothing_and_what_was_changed_since_stays(plan):
    take_along(plan)
    Duty.objects.filter(plan__year=2027, task_fi="Kahvinkeitto").update(task_sv="Kaffe", order=7)
    done = take_along(plan)
    assert not done
    assert Duty.objects.get(plan__year=2027, task_sv="Kaffe").order == 7
    assert Duty.objects.count() == 4


def test_only_those_that_are_lacking_come(plan):
    DutyFactory(plan=PlanFactory(centre=plan.centre, year=2027), task_fi=" tiedottaminen ")
    assert take_along(plan).duties == 1


def test_it_stands_in_the_history_of_the_later_plan(plan):
    later, user = PlanFactory(centre=plan.centre, year=2027), UserFactory()
    take_along(plan, user=user)
    assert changed_by(later) == [user, None]


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"year": 2025}, "A row goes on in the plan of a later year only."),
        ({"year": 2026}, "A row goes on in the plan of a later year only."),
        ({"year": 2028}, "The plan for 2028 is closed as evaluated."),
    ],
)
def test_it_goes_to_a_later_plan_that_is_not_closed(plan, how, sentence):
    PlanFactory(centre=plan.centre, year=2028, phase=Plan.Phase.EVALUATED)
    assert complaints(lambda: take_along(plan, **how)) == [sentence]


def test_it_does_not_leave_its_centre(plan):
    assert complaints(lambda: take_along(plan, centre=FamilyCentreFactory())) == [
        "A row goes on in a plan of its own family centre only."
    ]
    assert not Plan.objects.filter(year=2027).exists()
