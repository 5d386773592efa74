"""A form of the desk with something wrong in it: its answer says so by its status, and it can be sent again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import Invitation, Place
from services.models import Contact, Service
from tests.admin.forms import address, errors, save
from tests.factories import ContactFactory, FamilyCentreFactory, PlaceFactory, ServiceFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_mistake_in_a_field_answers_400(desk: Client):
    place = PlaceFactory(postcode="97900")

    answer = save(desk, address("change", place, place.pk), postcode="kaksi")

    assert (answer.status_code, len(errors(answer))) == (400, 1)
    place.refresh_from_db()
    assert place.postcode == "97900"


def test_a_new_row_with_a_mistake_answers_400(desk: Client):
    answer = save(desk, address("add", Place), name_fi="")

    assert (answer.status_code, Place.objects.count()) == (400, 0)


def test_a_mistake_in_a_row_of_the_row_answers_400(desk: Client):
    service = ServiceFactory(cost_fi="5 euroa")
    ContactFactory(service=service, kind="phone", value="040 123 4567")

    answer = save(
        desk, address("change", service, service.pk), cost_fi="6 euroa", **{"contacts-0-value": "soita"}
    )

    assert (answer.status_code, len(errors(answer))) == (400, 1)
    service.refresh_from_db()
    assert (service.cost_fi, service.contacts.get().value) == ("5 euroa", "040 123 4567")


def test_an_invitation_to_no_address_answers_400(desk: Client):
    FamilyCentreFactory()

    answer = save(desk, address("add", Invitation), email="anna")

    assert (answer.status_code, Invitation.objects.count()) == (400, 0)


def test_a_weak_password_answers_400(desk: Client):
    user = UserFactory()

    answer = desk.post(
        reverse("admin:auth_user_password_change", args=[user.pk]),
        {"usable_password": "true", "password1": "salasana", "password2": "salasana"},
    )

    assert answer.status_code == 400
    password = user.password
    user.refresh_from_db()
    assert user.password == password


@pytest.mark.parametrize(
    "path", [address("add", Service), address("import", Service), address("import", Contact)]
)
def test_a_refused_form_can_be_sent_again(desk: Client, path: str):
    """Browsers send no origin with a form of a page without a referrer, and Django would refuse the second try."""
    answer = desk.post(path, {})

    assert (answer.status_code, answer["Referrer-Policy"]) == (400, "strict-origin-when-cross-origin")
    assert "no-store" in answer["Cache-Control"]


def test_an_error_of_the_desk_that_shows_no_form_is_told_to_nobody(desk: Client):
    answer: Any = desk.get(address("changelist", Service), {"name__regex": "x"})

    assert (answer.status_code, answer["Referrer-Policy"]) == (400, "no-referrer")
