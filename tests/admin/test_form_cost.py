"""What the richest form costs, however many rows it has."""

from django.test import Client

from tests.admin.forms import address
from tests.admin.test_finding import cost
from tests.factories import (
    ContactFactory,
    OfferingFactory,
    OpeningSpanFactory,
    ProvisionFactory,
    ServicePointFactory,
    SpecialHoursFactory,
)


def test_a_form_of_a_service_in_a_centre_costs_the_same_with_one_contact_and_with_sixty(desk: Client):
    offering = OfferingFactory()
    path = address("change", offering, offering.pk)

    ContactFactory(offering=offering)
    one = cost(desk, path)
    for _number in range(59):
        ContactFactory(offering=offering)

    assert cost(desk, path) == one <= 30


def test_points_with_hours_and_providers_cost_no_more_when_there_are_many(desk: Client):
    offering = OfferingFactory()
    path = address("change", offering, offering.pk)

    def more() -> None:
        point = ServicePointFactory(offering=offering)
        OpeningSpanFactory(point=point)
        SpecialHoursFactory(point=point)

    more()
    ProvisionFactory(offering=offering)
    one = cost(desk, path)
    for _number in range(5):
        more()

    assert cost(desk, path) == one <= 30
