"""What must never be in the tables of the services room."""

from datetime import date, time

import pytest

from services.models import Provision
from tests.factories import (
    ContactFactory,
    OfferingFactory,
    OpeningSpanFactory,
    OrganisationFactory,
    ProposalFactory,
    ProvisionFactory,
    ServiceFactory,
    ServicePointFactory,
    SpecialHoursFactory,
)
from tests.forbidden import (
    Forbidden,
    assert_database_refuses,
    assert_field_is_unique,
    assert_form_refuses,
    but,
    unique_fields_of,
    untested,
)

pytestmark = pytest.mark.django_db

JUNE_1, JUNE_2 = date(2026, 6, 1), date(2026, 6, 2)


def offering_at_the_address_of_another():
    first = OfferingFactory(slug="neuvola")
    return but(OfferingFactory(centre=first.centre), slug="neuvola")


def offering_of_a_service_that_is_offered():
    first = OfferingFactory()
    return but(OfferingFactory(centre=first.centre), service=first.service)


def same_part_again(**belongs_to):
    first = ProvisionFactory(**belongs_to)
    return but(
        ProvisionFactory(**belongs_to, organisation=OrganisationFactory()), organisation=first.organisation
    )


def second_door_at_a_place():
    first = ServicePointFactory()
    return but(ServicePointFactory(offering=first.offering), place=first.place)


FORBIDDEN = [
    *(
        Forbidden(
            f"services_{name}_break_within_a_year",
            "a break of more than a year",
            lambda factory=factory: but(
                factory(), published_from=date(2027, 6, 2), published_until=date(2026, 5, 31)
            ),
        )
        for name, factory in (("offering", OfferingFactory), ("service", ServiceFactory))
    ),
    Forbidden(
        "services_service_ages_forwards",
        "ages that end before they begin",
        lambda: but(ServiceFactory(), from_month=84, to_month=12),
    ),
    Forbidden(
        "services_service_ages_forwards",
        "ages that end where they begin",
        lambda: but(ServiceFactory(), from_month=12, to_month=12),
    ),
    Forbidden(
        "services_service_ages_from_pregnancy",
        "ages from before pregnancy",
        lambda: but(ServiceFactory(), from_month=-10),
    ),
    Forbidden("service_known_level", "a fifth level", lambda: but(ServiceFactory(), level=5), choices=True),
    Forbidden(
        "service_known_level", "a level below the first", lambda: but(ServiceFactory(), level=0), choices=True
    ),
    Forbidden(
        "services_offering_slug_once_per_centre",
        "two services at one address",
        offering_at_the_address_of_another,
    ),
    Forbidden(
        "offering_once_per_centre",
        "a service offered twice in a centre",
        offering_of_a_service_that_is_offered,
    ),
    Forbidden(
        "provision_of_service_or_offering", "a part in nothing", lambda: but(ProvisionFactory(), service=None)
    ),
    Forbidden(
        "provision_of_service_or_offering",
        "a part in a service and in an offering",
        lambda: but(ProvisionFactory(), offering=OfferingFactory()),
    ),
    Forbidden(
        "provision_once_per_service",
        "the same part twice in a service",
        lambda: same_part_again(service=ServiceFactory()),
    ),
    Forbidden(
        "provision_once_per_offering",
        "the same part twice in an offering",
        lambda: same_part_again(offering=OfferingFactory()),
    ),
    Forbidden(
        "contact_of_service_or_offering", "a contact of nothing", lambda: but(ContactFactory(), service=None)
    ),
    Forbidden(
        "contact_of_service_or_offering",
        "a contact of a service and of an offering",
        lambda: but(ContactFactory(), offering=OfferingFactory()),
    ),
    Forbidden(
        "contact_web_address",
        "an address that runs",
        lambda: but(ContactFactory(), kind="web", value="javascript:alert(1)"),
        choices=True,
    ),
    Forbidden("servicepoint_once_per_place", "two doors at one place", second_door_at_a_place),
    Forbidden(
        "openingspan_known_weekday",
        "an eighth day",
        lambda: but(OpeningSpanFactory(), weekday=7),
        choices=True,
    ),
    Forbidden(
        "openingspan_forwards",
        "closes before it opens",
        lambda: but(OpeningSpanFactory(), opens=time(16), closes=time(8)),
    ),
    Forbidden(
        "openingspan_forwards",
        "closes when it opens",
        lambda: but(OpeningSpanFactory(), opens=time(8), closes=time(8)),
    ),
    Forbidden(
        "openingspan_forwards",
        "hours that pass midnight",
        lambda: but(OpeningSpanFactory(), opens=time(20), closes=time(2)),
    ),
    Forbidden(
        "openingspan_season_forwards",
        "a season that ends before it begins",
        lambda: but(OpeningSpanFactory(), valid_from=JUNE_2, valid_until=JUNE_1),
    ),
    Forbidden(
        "specialhours_days_forwards",
        "a last day before the first",
        lambda: but(SpecialHoursFactory(), first_day=JUNE_2, last_day=JUNE_1),
    ),
    Forbidden(
        "specialhours_forwards",
        "closes before it opens",
        lambda: but(SpecialHoursFactory(), opens=time(16), closes=time(8)),
    ),
    Forbidden(
        "specialhours_forwards",
        "closes when it opens",
        lambda: but(SpecialHoursFactory(), opens=time(8), closes=time(8)),
    ),
    Forbidden(
        "specialhours_forwards", "opens and never closes", lambda: but(SpecialHoursFactory(), opens=time(8))
    ),
    Forbidden(
        "specialhours_forwards",
        "closes and never opened",
        lambda: but(SpecialHoursFactory(), closes=time(16)),
    ),
    Forbidden(
        "specialhours_forwards",
        "closes at midnight and never opened",
        lambda: but(SpecialHoursFactory(), closes=time(0)),
    ),
    Forbidden(
        "proposal_says_something", "proposes nothing", lambda: but(ProposalFactory(), text=""), choices=True
    ),
]


@pytest.mark.parametrize("state", FORBIDDEN, ids=str)
def test_a_form_refuses_with_a_sentence(state):
    assert_form_refuses("services", state)


@pytest.mark.parametrize("state", FORBIDDEN, ids=str)
def test_the_database_refuses(state):
    assert_database_refuses(state.row())


@pytest.mark.parametrize(("model", "field"), unique_fields_of("services"))
def test_no_two_rows_share(model, field):
    assert_field_is_unique(model, field)


def test_every_constraint_is_tested():
    assert untested("services", FORBIDDEN) == set()


def test_one_organisation_may_answer_for_a_service_and_produce_it():
    first = ProvisionFactory(role=Provision.Role.RESPONSIBLE)
    ProvisionFactory(
        service=first.service, organisation=first.organisation, role=Provision.Role.PRODUCER
    ).full_clean()


def test_several_organisations_may_answer_for_one_offering():
    first = ProvisionFactory(offering=OfferingFactory())
    ProvisionFactory(offering=first.offering).full_clean()


def test_a_service_may_be_offered_in_two_centres_under_one_slug():
    first = OfferingFactory(slug="neuvola")
    OfferingFactory(slug="neuvola", service=first.service).full_clean()


@pytest.mark.parametrize("make", [OpeningSpanFactory, SpecialHoursFactory])
def test_hours_may_end_at_midnight_and_last_the_whole_day(make):
    make(opens=time(20), closes=time(0)).full_clean()
    make(opens=time(0), closes=time(0)).full_clean()
