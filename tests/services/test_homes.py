"""What one centre keeps for itself, no other centre uses."""

import pytest
from django.core.exceptions import ValidationError

from centres.models import Organisation
from tests.factories import (
    FamilyCentreFactory,
    OfferingFactory,
    OrganisationFactory,
    PlaceFactory,
    ProvisionFactory,
    ServiceFactory,
    ServicePointFactory,
)

pytestmark = pytest.mark.django_db


def of_another_centre(factory):
    return factory(home=FamilyCentreFactory())


@pytest.mark.parametrize(
    ("make", "field", "factory"),
    [
        (OfferingFactory, "service", ServiceFactory),
        (ServicePointFactory, "place", PlaceFactory),
        (
            lambda **row: ProvisionFactory(offering=OfferingFactory(), **row),
            "organisation",
            OrganisationFactory,
        ),
    ],
    ids=["service", "place", "organisation"],
)
def test_a_row_of_another_centre_is_refused_beside_the_field(make, field, factory):
    row = make(**{field: of_another_centre(factory)})
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_a_centre_uses_its_own_rows_and_those_that_all_share():
    here = FamilyCentreFactory()
    own, shared, _elsewhere = (
        OrganisationFactory(home=here),
        OrganisationFactory(),
        of_another_centre(OrganisationFactory),
    )
    assert list(Organisation.objects.usable_in(here)) == [own, shared]
    offering = OfferingFactory(centre=here, service=ServiceFactory(home=here))
    offering.full_clean()
    ServicePointFactory(offering=offering, place=PlaceFactory(home=here)).full_clean()


def test_a_shared_service_may_be_given_by_anybody_anywhere():
    ProvisionFactory(organisation=of_another_centre(OrganisationFactory)).full_clean()


def test_no_organisation_is_above_itself_however_far():
    top = OrganisationFactory()
    middle = OrganisationFactory(parent=top)
    top.parent = OrganisationFactory(parent=middle)
    with pytest.raises(ValidationError) as refused:
        top.full_clean()
    assert list(refused.value.message_dict) == ["parent"]
