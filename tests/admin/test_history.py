"""The history of a row is in Finnish, whatever the language of the desk was when it was saved."""

import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils.translation import override

from centres.admin.by_language import LABELS
from services.models import Service
from tests.admin.forms import address, save
from tests.factories import ContactFactory, ServiceFactory


def written() -> list[Any]:
    """The last entry as the database has it."""
    return json.loads(LogEntry.objects.latest("pk").change_message)


def finnish(model: Any, field: str) -> str:
    with override("fi"):
        name = str(model._meta.get_field(field).verbose_name)
        return name[0].upper() + name[1:]


@pytest.mark.parametrize("prefix", ["", "/en", "/sv"])
def test_changed_fields_are_called_by_their_finnish_labels(desk: Client, prefix: str):
    service = ServiceFactory()

    save(desk, f"{prefix}{address('change', service, service.pk)}", summary_fi="Uusi.", level="1")

    fields = {finnish(Service, "summary"), finnish(Service, "level")}
    assert [set(entry["changed"]["fields"]) for entry in written()] == [fields]


def test_rows_of_inlines_are_called_by_their_finnish_names(desk: Client):
    contact = ContactFactory(service__name_fi="Neuvola", service__name_en="Clinic", kind="phone", value="112")
    service = contact.service

    save(desk, f"/en{address('change', service, service.pk)}", **{"contacts-0-hours_fi": "arkisin"})

    with override("fi"):
        name, row, field = str(contact._meta.verbose_name), str(contact), finnish(type(contact), "hours")
    assert written() == [{"changed": {"name": name, "object": row, "fields": [field]}}]
    assert LogEntry.objects.latest("pk").object_repr == "Neuvola"


def test_the_history_says_which_language_was_changed(desk: Client):
    service = ServiceFactory()

    save(desk, f"/en{address('change', service, service.pk)}", summary_sv="Stöd i vardagen.")

    with override("fi"):
        label = str(LABELS["sv"]).format(field=finnish(Service, "summary"))
    assert written() == [{"changed": {"fields": [label]}}]
    assert label in desk.get(address("history", service, service.pk)).content.decode()


def test_what_is_added_and_deleted_is_told_in_finnish_too(desk: Client):
    save(
        desk,
        f"/en{address('add', Service)}",
        name_fi="Neuvola",
        name_en="Clinic",
        summary_fi="Apua.",
        slug="neuvola",
        level="1",
        sector="health",
    )
    service = Service.objects.get()
    assert (written(), LogEntry.objects.latest("pk").object_repr) == ([{"added": {}}], "Neuvola")

    desk.post(f"/en{address('delete', service, service.pk)}", {"post": "yes"})

    assert LogEntry.objects.latest("pk").object_repr == "Neuvola"


def test_saving_without_a_change_says_so(desk: Client):
    service = ServiceFactory()

    save(desk, address("change", service, service.pk))

    assert written() == []
