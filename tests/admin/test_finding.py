"""Finding a row at the desk, whatever the letters, and at the same cost whatever their number."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from services.models import Service
from tests.admin.forms import address
from tests.admin.test_pages import ALONE
from tests.factories import (
    FACTORIES,
    ContactFactory,
    FamilyCentreFactory,
    OfferingFactory,
    ProvisionFactory,
    ServiceFactory,
)

MANY = 6  # as many as there are different tasks to make beside the first


def found(desk: Client, model: type[Model], words: str) -> list[Any]:
    return list(desk.get(address("changelist", model), {"q": words}).context["cl"].queryset)


def cost(desk: Client, path: str) -> int:
    """The queries of one page; what Django remembers between requests was asked before."""
    assert desk.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        desk.get(path)
    return len(queries)


@pytest.mark.parametrize("words", ["äitiryhmä", "AITI", "ryhmä äiti", "Mammagrupp"])
def test_a_service_is_found_in_any_letters_order_and_language(desk: Client, words: str):
    service = ServiceFactory(name_fi="Äitiryhmä", name_sv="Mammagrupp")
    ServiceFactory(name_fi="Isäryhmä")

    assert found(desk, Service, words) == [service]


def test_a_service_in_a_centre_is_found_by_its_shared_name(desk: Client):
    offering = OfferingFactory(service__name_fi="Äitiryhmä")
    OfferingFactory()

    assert found(desk, type(offering), "äiti") == [offering]


def test_a_number_is_found_wherever_it_stands(desk: Client):
    contact = ContactFactory(kind="phone", value="040 123 4567")
    ContactFactory(kind="phone", value="116 111")

    assert found(desk, type(contact), "123 4567") == [contact]


def test_autocompletes_find_in_the_same_way(desk: Client):
    service = ServiceFactory(name_fi="Äitiryhmä")
    ServiceFactory(name_fi="Isäryhmä")

    answer = desk.get(
        "/hallinta/autocomplete/",
        {"term": "AITI", "app_label": "services", "model_name": "offering", "field_name": "service"},
    )

    assert answer.json()["results"] == [{"id": str(service.pk), "text": "Äitiryhmä"}]


def test_a_service_in_a_centre_is_found_by_its_centre(desk: Client):
    offering = OfferingFactory(centre__slug="esimerkkila", centre__municipality_fi="Esimerkkilä")
    OfferingFactory()

    assert found(desk, type(offering), "Esimerkkilä") == [offering]


def test_choices_of_a_service_name_the_centre_that_keeps_it(desk: Client):
    service = ServiceFactory(name_fi="Esiopetus", home=FamilyCentreFactory(municipality_fi="Posio"))
    contact = ContactFactory(service=service)
    query = {"term": "esi", "app_label": "services", "model_name": "contact", "field_name": "service"}

    found_by_typing = desk.get("/hallinta/autocomplete/", query).json()["results"]
    chosen = desk.get(address("change", contact, contact.pk)).content.decode()

    assert found_by_typing == [{"id": str(service.pk), "text": "Esiopetus (Posio)"}]
    assert f'<option value="{service.pk}" selected>Esiopetus (Posio)</option>' in chosen


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_a_list_costs_the_same_with_one_row_and_with_many(desk: Client, model: type[Model]):
    path = address("changelist", model)

    FACTORIES[model]()
    one = cost(desk, path)
    for _number in range(MANY):
        FACTORIES[model]()

    assert cost(desk, path) == one <= 15


def test_a_form_costs_the_same_with_one_contact_and_with_many(desk: Client):
    offering = OfferingFactory()
    path = address("change", offering.service, offering.service.pk)

    ContactFactory(service=offering.service)
    one = cost(desk, path)
    for _number in range(MANY):
        ContactFactory(service=offering.service)
        OfferingFactory(service=offering.service)

    assert cost(desk, path) == one <= 30


def test_a_form_with_many_providers_stays_within_its_budget(desk: Client):
    service = ServiceFactory()
    for _number in range(MANY):
        ProvisionFactory(service=service)

    assert cost(desk, address("change", service, service.pk)) <= 30
