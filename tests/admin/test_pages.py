"""Every model has its pages at the desk, and they answer."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client

from tests.admin.forms import address, pages_of
from tests.factories import FACTORIES, OfferingFactory, UserFactory

ALONE = [model for model in FACTORIES if admin.site.is_registered(model)]
OURS = ["accounts", "centres", "services"]


def test_every_model_is_on_a_form_of_its_own_or_on_that_of_another_row():
    inlines = {
        inline.model for model_admin in admin.site._registry.values() for inline in model_admin.inlines
    }
    models = {model for app in OURS for model in apps.get_app_config(app).get_models()}

    assert models - set(ALONE) - inlines == set()


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_every_page_of_a_row_answers(desk: Client, model: type[Model]):
    row = FACTORIES[model]()

    assert [desk.get(path).status_code for path in pages_of(row)] == [200, 200, 200, 200, 200]


@pytest.mark.parametrize("path", ["", "password_change/", "jsi18n/", "services/", "centres/", "accounts/"])
def test_the_desks_own_pages_answer(desk: Client, path: str):
    assert desk.get(f"/hallinta/{path}").status_code == 200


@pytest.mark.parametrize("prefix", ["", "/fi-simple", "/sv", "/en", "/se"])
def test_the_desk_speaks_the_language_of_its_address(desk: Client, prefix: str):
    offering = OfferingFactory(service__name_fi="Neuvola", service__name_sv="Rådgivning")
    page = desk.get(f"{prefix}{address('change', offering.service, offering.service.pk)}")

    assert page.status_code == 200
    assert f'<html lang="{prefix.removeprefix("/") or "fi"}"' in page.content.decode()


def test_names_are_in_the_language_of_the_desk(desk: Client):
    OfferingFactory(service__name_fi="Neuvola", service__name_sv="Rådgivning")

    assert "Rådgivning" in desk.get("/sv/hallinta/services/service/").content.decode()
    assert "Rådgivning" not in desk.get("/hallinta/services/service/").content.decode()


def test_anonymous_readers_are_asked_to_sign_in(client: Client, db: None):
    answer = client.get("/en/hallinta/services/service/")

    assert (answer.status_code, answer["Location"]) == (
        302,
        "/en/hallinta/login/?next=/en/hallinta/services/service/",
    )


def test_somebody_without_permission_is_refused(client: Client, db: None):
    client.force_login(UserFactory(is_staff=True))
    row = OfferingFactory()

    assert [client.get(path).status_code for path in pages_of(row)] == [403, 403, 403, 403, 403]


def test_somebody_who_is_not_staff_does_not_come_in(client: Client, db: None):
    client.force_login(UserFactory())

    assert client.get("/hallinta/").status_code == 302


def test_services_come_first(desk: Client):
    labels = [room["app_label"] for room in desk.get("/hallinta/").context["app_list"]]

    assert labels[:3] == ["services", "centres", "accounts"]


def test_a_form_leads_to_the_page_that_readers_see(desk: Client):
    offering = OfferingFactory(slug="neuvola", centre__slug="posio")
    page = desk.get(f"/en{address('change', offering, offering.pk)}").content.decode()

    assert re.search(r'href="/en/posio/[a-z]+/neuvola/" class="viewsitelink"', page)


@pytest.mark.parametrize("hidden", ["status", "service__status", "centre__status"])
def test_a_form_leads_nowhere_while_readers_see_nothing(desk: Client, hidden: str):
    offering = OfferingFactory(**{hidden: "draft"})

    assert "viewsitelink" not in desk.get(address("change", offering, offering.pk)).content.decode()
