"""The rows of a draft are numbered again: all year round first, then quarter by quarter."""

import pytest
from django.core.exceptions import ValidationError

from annual_plan.models import Plan, PlanItem
from annual_plan.numbering import number_again
from tests.admin.forms import changed_by
from tests.factories import ContinuationFactory, PlanFactory, PlanItemFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return PlanFactory(phase=Plan.Phase.DRAFTING)


def row(plan, number, quarter, month=None):
    return PlanItemFactory(plan=plan, number=number, quarter=quarter, month=month, title_fi=f"Rivi{number}")


def titles(plan):
    return list(plan.items.order_by("number").values_list("number", "title_fi"))


def test_all_year_round_first_then_by_quarter_month_and_number(plan):
    for number, quarter, month in [
        *[(2, 4, None), (3, 1, None), (5, 1, 3), (6, None, None)],
        *[(7, 1, 1), (9, 3, None), (9999, None, None)],
    ]:
        row(plan, number, quarter, month)
    assert number_again(plan=plan) == 7
    assert titles(plan) == [
        *[
            (1, "Rivi6"),
            (2, "Rivi9999"),
            (3, "Rivi7"),
            (4, "Rivi5"),
            (5, "Rivi3"),
            (6, "Rivi9"),
            (7, "Rivi2"),
        ]
    ]


def test_those_in_their_place_are_left_alone_and_twice_is_once(plan):
    first, second, third = row(plan, 1, None), row(plan, 2, 4), row(plan, 3, 2)
    assert (number_again(plan=plan), number_again(plan=plan)) == (2, 0)
    versions = dict(PlanItem.objects.order_by("pk").values_list("pk", "sequence"))
    assert versions == {first.pk: 0, second.pk: 1, third.pk: 1}


def test_threads_stay_and_it_is_recorded(plan):
    user = UserFactory()
    tie = ContinuationFactory(
        target=row(plan, 4, 2), source__plan__centre=plan.centre, source__plan__year=plan.year - 1
    )
    number_again(plan=plan, user=user)
    tie.target.refresh_from_db()
    assert (tie.target.number, list(tie.source.continuations.all())) == (1, [tie])
    assert changed_by(tie.target) == [user, None]


def test_another_plan_keeps_its_numbers(plan):
    other = row(PlanFactory(centre=plan.centre, year=2030), 5, 1)
    row(plan, 5, 1)
    number_again(plan=plan)
    other.refresh_from_db()
    assert other.number == 5


@pytest.mark.parametrize("phase", [Plan.Phase.RUNNING, Plan.Phase.EVALUATED])
def test_only_a_draft(plan, phase):
    row(plan, 5, 1)
    Plan.objects.update(phase=phase)
    with pytest.raises(ValidationError):
        number_again(plan=plan)
    assert titles(plan) == [(5, "Rivi5")]
