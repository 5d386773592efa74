"""Every list of the desk can be put in order by each of its columns."""

import pytest
from django.db.models import Model
from django.test import Client

from tests.admin.forms import address
from tests.admin.test_pages import ALONE
from tests.factories import FACTORIES, PlanFactory, PlanItemFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_a_list_is_put_in_order_by_each_column_both_ways(desk: Client, model: type[Model]):
    FACTORIES[model]()
    path = address("changelist", model)
    columns = range(1, len(desk.get(path).context["cl"].list_display) + 1)

    answers = [desk.get(path, {"o": f"{way}{column}"}).status_code for column in columns for way in ("", "-")]

    assert answers == [200] * len(answers)


def test_plans_are_put_in_order_by_the_number_of_their_rows(desk: Client):
    few, many = PlanFactory(), PlanFactory()
    PlanItemFactory.create_batch(2, plan=many)
    PlanItemFactory(plan=few)
    path = address("changelist", type(few))
    columns = desk.get(path).context["cl"].list_display

    by_rows = desk.get(path, {"o": f"-{columns.index('rows')}"}).context["cl"].queryset

    assert list(by_rows) == [many, few]
