"""Finding a row at the desk, whatever the letters, and at the same cost whatever their number."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from annual_plan.models import Duty, PlanItem
from centres.models import CheckInterval
from services.models import Contact, Offering, Service
from tests.admin.forms import address
from tests.admin.test_pages import ALONE
from tests.factories import (
    FACTORIES,
    ContactFactory,
    DutyFactory,
    FamilyCentreFactory,
    OfferingFactory,
    PlanItemFactory,
    ProvisionFactory,
    ServiceFactory,
)

MANY = 6  # as many as there are different tasks to make beside the first
FEWER = {CheckInterval: 4}


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


@pytest.mark.parametrize(
    "words",
    ["YLLÄPITÄMINEN", "yllapitaminen", "PEKE-tyoryhma", "3. Kohtaamis", "Posio 2026", "uppratthallande", "3"],
)
def test_a_row_of_a_plan_is_found_in_any_letters_and_as_it_is_listed(desk: Client, words: str):
    posio = FamilyCentreFactory(slug="posio")
    row = PlanItemFactory(
        plan__centre=posio,
        number=3,
        title_fi="Kohtaamispaikan ylläpitäminen, PEKE-työryhmä",
        title_sv="Upprätthållande av mötesplatsen",
    )
    PlanItemFactory(plan__year=2023, number=13, title_fi="Jokin muu")

    assert found(desk, PlanItem, words) == [row]


def test_autocompletes_find_a_row_of_a_plan_by_what_they_call_it(desk: Client):
    row = PlanItemFactory(plan__centre__slug="posio", number=3, title_fi="Äitiryhmä")
    PlanItemFactory(plan=row.plan, number=4, title_fi="Isäryhmä")
    asked = {"app_label": "annual_plan", "model_name": "continuation", "field_name": "target"}

    answer = desk.get("/hallinta/autocomplete/", asked | {"term": "posio 2026: 3. AITI"})

    assert [each["id"] for each in answer.json()["results"]] == [str(row.pk)]


@pytest.mark.parametrize("words", ["päivitys", "PÄIVITYS", "paivitys 2026"])
def test_a_duty_is_found_in_any_letters(desk: Client, words: str):
    duty = DutyFactory(task_fi="Sivujen päivitys")
    DutyFactory(plan__year=2025, task_fi="Tiedottaminen")

    assert found(desk, Duty, words) == [duty]


@pytest.mark.parametrize("model", [PlanItem, Duty])
def test_a_search_in_plans_costs_the_same_with_one_row_and_with_many(desk: Client, model: type[Model]):
    path = f"{address('changelist', model)}?q=2026"

    FACTORIES[model]()
    one = cost(desk, path)
    for _number in range(MANY):
        FACTORIES[model]()

    assert cost(desk, path) == one <= 15


def nothing_found(desk: Client, model: type[Model], words: str, **chosen: str) -> Any:
    page = desk.get(f"/en{address('changelist', model)}", {"q": words} | chosen).content.decode()
    return html.fromstring(page).xpath("//div[@class='nothing-found']")


@pytest.mark.parametrize("model", [Service, Offering])
def test_where_nothing_is_found_it_says_what_to_try_and_leads_to_a_new_service(
    desk: Client, model: type[Model]
):
    OfferingFactory(service__name_fi="Neuvola")

    (said,) = nothing_found(desk, model, "mopokerho", status__exact="published")
    (link,) = said.xpath(".//a")

    assert (
        "Nothing was found with “mopokerho”. Try one word, or only its beginning. The filters narrow what is found "
        "too: clear them."
    ) in said.text_content()
    assert (link.text, link.get("href")) == ("Publish a new service", f"/en{address('add', Service)}")
    assert not nothing_found(desk, model, "neuvola")


def test_in_a_list_of_something_else_no_service_is_offered(desk: Client):
    (said,) = nothing_found(desk, Contact, "mopokerho")

    assert not said.xpath(".//a")


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


# As they are listed where nothing is searched for: by name. The last holds the word in its text alone.
NAMES = ["Apua neuvolasta", "Muu", "Neuvola", "Neuvola Posiolla", "Neuvolakerho", "Äitiysneuvola"]
BEST_FIRST = ["Neuvola", "Neuvola Posiolla", "Neuvolakerho", "Apua neuvolasta", "Äitiysneuvola", "Muu"]


def test_the_name_itself_comes_first_then_names_that_begin_with_it_then_the_rest(desk: Client):
    for name in NAMES:
        OfferingFactory(service__name_fi=name, service__keywords_fi="neuvola")

    assert [row.name_fi for row in found(desk, Service, "neuvola")] == BEST_FIRST
    assert [row.title for row in found(desk, Offering, "NEUVOLA")] == BEST_FIRST
    typing = {"term": "neuvola", "app_label": "services", "model_name": "contact", "field_name": "service"}
    choices = desk.get("/hallinta/autocomplete/", typing).json()["results"]
    assert [each["text"] for each in choices] == BEST_FIRST


def test_a_contact_of_the_service_that_was_meant_comes_first(desk: Client):
    for name in NAMES:
        ContactFactory(service__name_fi=name, service__keywords_fi="neuvola")

    rows = found(desk, Contact, "neuvola")
    assert [row.service.name_fi for row in rows] == BEST_FIRST


def test_the_number_itself_comes_before_numbers_that_hold_it(desk: Client):
    for value in ("040 011 2112", "112", "+358 11 212 3456"):
        ContactFactory(kind="phone", value=value)

    assert [row.value for row in found(desk, Contact, "112")] == ["112", "040 011 2112", "+358 11 212 3456"]


def test_a_column_that_was_chosen_to_sort_by_is_sorted_by(desk: Client):
    for name in NAMES:
        ServiceFactory(name_fi=name, keywords_fi="neuvola")

    answer: Any = desk.get(address("changelist", Service), {"q": "neuvola", "o": "1"})
    assert [row.name_fi for row in answer.context["cl"].queryset] == NAMES


@pytest.mark.parametrize("words", ["?", "—", "٣"])
def test_words_without_a_letter_are_no_fault(desk: Client, words: str):
    ServiceFactory()

    assert desk.get(address("changelist", Service), {"q": words}).status_code == 200


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
    for _number in range(FEWER.get(model, MANY)):
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
