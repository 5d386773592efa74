"""Every model has its pages at the desk, and they answer."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.redirects.models import Redirect
from django.db.models import Model
from django.test import Client, RequestFactory

from accounts.models import User
from annual_plan.models import Plan, PlanItem
from centres.admin.base import DeskAdmin
from centres.admin.by_language import HEADINGS, LABELS, translated_names
from centres.languages import FINNISH
from centres.models import LinkCheck
from meetingplaces.models import Coming
from networks.models import Attendance, CardOpening
from tests.admin.forms import address, pages_of
from tests.factories import FACTORIES, OfferingFactory, UserFactory

ALONE = [model for model in FACTORIES if admin.site.is_registered(model)]
OURS = ["accounts", *settings.ROOMS]
# Made by the database or by Django: nobody types them.
NOBODY_TYPES = {"id"}
# Of what has been promised no page asks whether it shall be deleted: tests/admin/test_plans_deleted.py.
LIKE = {PlanItem: {"plan__phase": Plan.Phase.DRAFTING}}
# Written by a command of cron, by families or by each professional alone, and shown on pages of their own.
OF_MACHINES = {LinkCheck, Coming, Attendance, CardOpening}


def test_every_page_of_the_desk_stands_on_the_one_base():
    strangers = [model for model, pages in admin.site._registry.items() if not isinstance(pages, DeskAdmin)]

    assert strangers == []
    assert set(admin.site._registry) - set(ALONE) == {Redirect}


def test_old_addresses_can_be_looked_up_and_not_written(desk: Client):
    redirect = Redirect.objects.create(site_id=1, old_path="/posio/vanha/", new_path="/posio/uusi/")
    list_, add, change, history, _delete = pages_of(redirect)

    assert "/posio/vanha/" in desk.get(list_).content.decode()
    assert [desk.get(path).status_code for path in (add, change, history)] == [403, 200, 200]
    assert desk.post(change, {"old_path": "/x/", "new_path": "/y/"}).status_code == 403


def typed(model: type[Model]) -> set[str]:
    """The fields of `model` that somebody must be able to fill in, each language by itself."""
    fields = {
        field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many] if field.editable
    }
    return fields - set(translated_names(model)) - NOBODY_TYPES


def on_form(pages: Any, request: Any) -> set[str]:
    return set(flatten_fieldsets(pages.get_fieldsets(request, pages.model())))


def test_every_field_is_on_its_form(rf: RequestFactory, administrator: User):
    request = rf.get("/hallinta/")
    request.user = administrator
    of_forms = {
        model: on_form(pages, request) for model, pages in admin.site._registry.items() if model in ALONE
    }
    of_inlines = {
        inline.model: on_form(inline(pages.model, admin.site), request) | {inline_key(inline, pages.model)}
        for pages in admin.site._registry.values()
        for inline in pages.inlines
        if inline.model not in of_forms
    }

    lacking = {model: typed(model) - fields for model, fields in (of_forms | of_inlines).items()}
    assert {model: fields for model, fields in lacking.items() if fields} == {}


def inline_key(inline: Any, parent: type[Model]) -> str:
    """The field that ties a row of `inline` to the row it stands on."""
    return next(field.name for field in inline.model._meta.fields if field.related_model is parent)


def test_every_model_is_on_a_form_of_its_own_or_on_that_of_another_row():
    inlines = {
        inline.model for model_admin in admin.site._registry.values() for inline in model_admin.inlines
    }
    models = {model for app in OURS for model in apps.get_app_config(app).get_models()}

    assert models - set(ALONE) - inlines == OF_MACHINES


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_every_page_of_a_row_answers(desk: Client, model: type[Model]):
    row = FACTORIES[model](**LIKE.get(model, {}))

    assert {path: desk.get(path).status_code for path in pages_of(row)} == dict.fromkeys(pages_of(row), 200)


@pytest.mark.parametrize("path", ["", "jsi18n/", "services/", "centres/", "accounts/"])
def test_the_desks_own_pages_answer(desk: Client, path: str):
    assert desk.get(f"/hallinta/{path}").status_code == 200


@pytest.mark.parametrize("prefix", ["", "/fi-simple", "/sv", "/en", "/se"])
def test_the_desk_speaks_the_language_of_its_address(desk: Client, prefix: str):
    offering = OfferingFactory(service__name_fi="Neuvola", service__name_sv="Rådgivning")
    page = desk.get(f"{prefix}{address('change', offering.service, offering.service.pk)}")

    assert page.status_code == 200
    assert f'<html lang="{prefix.removeprefix("/") or "fi"}"' in page.content.decode()


def test_every_language_has_a_name_in_the_language_of_the_desk():
    codes = {code for code, _name in settings.LANGUAGES}

    assert set(HEADINGS) == codes
    assert set(LABELS) == codes - {FINNISH}


def test_languages_and_fields_in_them_are_named_in_the_language_of_the_desk(desk: Client):
    page = desk.get("/en/hallinta/services/service/add/").content.decode()

    assert all(f"{words}:</label>" in page for words in ("Name in Swedish", "Name in plain Finnish"))
    assert "davvisámegiella" not in page


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

    assert [client.get(path).status_code for path in pages_of(row)] == [403, 403, 403, 302, 403]


def test_somebody_who_is_not_staff_does_not_come_in(client: Client, db: None):
    client.force_login(UserFactory())

    assert client.get("/hallinta/").status_code == 302


def test_services_come_first(desk: Client):
    labels = [room["app_label"] for room in desk.get("/hallinta/").context["app_list"]]

    assert labels[:6] == ["services", "meetingplaces", "networks", "annual_plan", "centres", "accounts"]


def test_a_form_leads_to_the_page_that_readers_see(desk: Client):
    offering = OfferingFactory(slug="neuvola", centre__slug="posio")
    page = desk.get(f"/en{address('change', offering, offering.pk)}").content.decode()

    assert re.search(r'href="/en/posio/[a-z]+/neuvola/" class="viewsitelink"', page)


@pytest.mark.parametrize("hidden", ["status", "service__status", "centre__status"])
def test_a_form_leads_nowhere_while_readers_see_nothing(desk: Client, hidden: str):
    offering = OfferingFactory(**{hidden: "draft"})

    assert "viewsitelink" not in desk.get(address("change", offering, offering.pk)).content.decode()
