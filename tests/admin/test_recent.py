"""What its reader changed last, on the desk's front page."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from centres.history.recording import recording
from perhekeskus.desk.recent import LOOKED_AT, changed_last
from services.models import Service
from tests.admin.forms import address, save
from tests.factories import ContactFactory, PlaceFactory, ServiceFactory, UserFactory

pytestmark = pytest.mark.django_db


def names(user: User) -> list[str]:
    return [each.name for each in changed_last(admin.site, user)]


def change(user: User, *services: Service, cost: Any = "5 euroa") -> None:
    """Changes all `services` in one go."""
    with recording(services, user=user):
        Service.objects.filter(pk__in=[each.pk for each in services]).update(cost_fi=cost)


def test_each_row_stands_once_where_it_was_changed_last(administrator: User):
    first, second = ServiceFactory(name_fi="Neuvola"), ServiceFactory(name_fi="Kerho")
    change(administrator, first)
    change(administrator, second)
    change(administrator, first, cost="6 euroa")

    assert names(administrator) == ["Neuvola", "Kerho"]


def test_a_row_with_much_that_belongs_to_it_hides_no_other(administrator: User):
    PlaceFactory()
    small, large = ServiceFactory(name_fi="Pieni"), ServiceFactory(name_fi="Suuri")
    for _number in range(90):
        ContactFactory(service=large)
    change(administrator, small)
    change(administrator, large)

    assert names(administrator) == ["Suuri", "Pieni"]


def test_at_most_six_in_one_query(administrator: User):
    change(administrator, *(ServiceFactory() for _number in range(8)))
    names(administrator)  # the kinds of rows are asked for once

    with CaptureQueriesContext(connection) as queries:
        assert len(names(administrator)) == 6
    assert len(queries) == 1


def test_what_others_changed_and_what_is_long_past_is_not_told(administrator: User):
    old, new = ServiceFactory(name_fi="Vanha"), ServiceFactory(name_fi="Uusi")
    change(UserFactory(), old)
    assert names(administrator) == []

    change(administrator, old, cost="6 euroa")
    for number in range(LOOKED_AT):
        change(administrator, new, cost=f"{number} euroa")

    assert names(administrator) == ["Uusi"]


def test_what_was_deleted_leads_nowhere(desk: Client, administrator: User):
    service = ServiceFactory(name_fi="Neuvola")
    save(desk, address("change", service, service.pk), cost_fi="5 euroa")
    desk.post(address("delete", service, service.pk), {"post": "yes"})

    assert [(each.name, each.url) for each in changed_last(admin.site, administrator)] == [("Neuvola", "")]
