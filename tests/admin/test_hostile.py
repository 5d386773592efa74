"""What no page of the desk would send: it gets a clear answer, and never a fault."""

from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from centres.models import FamilyCentre
from services.models import Contact, Offering, Service
from tests.admin.forms import address, filled
from tests.factories import OfferingFactory, ServiceFactory, TopicFactory

# A word, a number that no column can hold, one that Python takes for a digit but not for a number, a fraction.
STRANGE = ["abc", "9" * 23, "²", "1.5"]


def post(client: Client, path: str, values: dict[str, Any]) -> int:
    data = urlencode(values, doseq=True)
    return client.post(path, data, content_type="application/x-www-form-urlencoded").status_code


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Offering, ["service", "centre", "owner", "reviewed_on", "status", "updated_at"]),
        (Service, ["topics", "home", "owner", "from_month"]),
    ],
)
def test_an_address_cannot_fill_a_form_with_what_is_no_row(desk: Client, model: Any, fields: list[str]):
    for field, value in product(fields, STRANGE):
        assert desk.get(address("add", model), {field: value}).status_code == 200, (field, value)


@pytest.mark.parametrize("field", ["service", "centre", "owner", "contacts-0-id", "contacts-TOTAL_FORMS"])
def test_a_form_refuses_what_is_no_row(desk: Client, field: str):
    offering = OfferingFactory(slug="vanha")
    path = address("change", offering, offering.pk)
    values = filled(desk.get(path)) | {"contacts-TOTAL_FORMS": "1", "contacts-0-kind": "web", "slug": "uusi"}

    for value in STRANGE:
        assert post(desk, path, values | {field: value}) == 400, value

    offering.refresh_from_db()
    assert offering.slug == "vanha"


@pytest.mark.parametrize("field", ["topics", "ways", "languages", "home", "from_month"])
def test_a_form_refuses_to_tick_what_is_no_row(desk: Client, field: str):
    service = ServiceFactory(slug="vanha", topics=[TopicFactory()])
    path = address("change", service, service.pk)
    values = filled(desk.get(path)) | {"slug": "uusi"}

    for value in STRANGE:
        assert post(desk, path, values | {field: value}) == 400, value

    service.refresh_from_db()
    assert (service.slug, service.topics.count()) == ("vanha", 1)


def test_a_topic_that_is_there_can_be_ticked(desk: Client):
    service, topic = ServiceFactory(), TopicFactory()
    path = address("change", service, service.pk)

    assert post(desk, path, filled(desk.get(path)) | {"topics": [str(topic.pk)]}) == 302
    assert list(service.topics.all()) == [topic]


def test_an_action_on_what_is_no_row_is_a_bad_request(desk: Client):
    ServiceFactory()

    for value in STRANGE:
        values = {"action": "delete_selected", "_selected_action": value, "index": "0"}
        assert post(desk, address("changelist", Service), values) == 400, value
    assert Service.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["p", "o", "home__id__exact", "offerings__centre__id__exact", "status", "pk"]
)
def test_a_list_narrowed_by_what_is_no_row_is_no_fault(desk: Client, name: str):
    ServiceFactory()

    for value in STRANGE:
        answer = desk.get(address("changelist", Service), {name: value})
        assert answer.status_code in (200, 302, 400), value


@pytest.mark.parametrize("page", ["changelist", "export"])
@pytest.mark.parametrize(
    "query",
    [
        {"name_fi__regex": "(.*)(.*)(.*)!!"},
        {"id__regex": "("},
        {"name_fi__iregex": "x"},
        {"updated_at__year": "2026"},
    ],
)
def test_no_address_makes_the_database_search_by_a_pattern(desk: Client, page: str, query: dict[str, str]):
    ServiceFactory()

    assert desk.get(address(page, Service), query).status_code == 400


def test_a_lookup_that_not_every_database_has_is_no_fault(desk: Client):
    # PostgreSQL looks into such a column, SQLite does not.
    answer = desk.get(address("changelist", FamilyCentre), {"languages__contains": '"fi"'})

    assert answer.status_code == (400 if connection.vendor == "sqlite" else 200)


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_the_page_of_what_is_no_row_leads_to_the_desk(desk: Client, page: str):
    answers = [desk.get(address(page, Contact, value)) for value in STRANGE]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/hallinta/")}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"page": "abc"}, 404),
        ({"page": "9" * 23}, 404),
        ({"field_name": "slug"}, 403),
        ({"field_name": "nothing"}, 403),
        ({"model_name": "nothing"}, 403),
        ({"term": "x" * 5000}, 200),
    ],
)
def test_an_autocomplete_refuses_what_the_desk_does_not_ask(desk: Client, query: dict[str, str], status: int):
    usual = {"app_label": "services", "model_name": "offering", "field_name": "service", "term": ""}

    assert desk.get("/hallinta/autocomplete/", usual | query).status_code == status
