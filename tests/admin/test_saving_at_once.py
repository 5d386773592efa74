"""Two people who save forms of the desk at the same moment wait for each other, and neither waits for ever."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from centres.history.locking import lock
from centres.history.snapshots import Key
from centres.models import FamilyCentre
from services.models import Offering
from tests.admin.forms import save
from tests.admin.two_people import Opening, change
from tests.factories import (
    ContactFactory,
    FamilyCentreFactory,
    MembershipFactory,
    OfferingFactory,
    UserFactory,
)
from tests.harness.meanwhile import while_another

pytestmark = pytest.mark.django_db(transaction=True)


def coordinator_of(centre: FamilyCentre) -> Client:
    user, client = UserFactory(is_staff=True), Client()
    user.user_permissions.set(Permission.objects.all())
    MembershipFactory(user=user, centre=centre)
    client.force_login(user)
    return client


def test_a_contacts_own_form_and_its_services_form_wait_for_each_other(colleague: Client, opened: Opening):
    contact = ContactFactory(kind="phone", value="040 123 4567")
    send = opened(contact.service)

    answer = while_another(
        lambda: save(colleague, change(contact), value="040 765 4321"),
        lambda: send(**{"contacts-0-value": "040 111 1111"}),
    )

    contact.refresh_from_db()
    assert (answer.status_code, contact.value) == (409, "040 765 4321")


def test_the_forms_of_a_service_and_of_its_offering_do_not_wait_for_each_other_for_ever(opened: Opening):
    offering = OfferingFactory()
    send = opened(offering)

    answer = while_another(
        lambda: lock([Key.of(offering.service)]),
        lambda: send(how_to_get_fi="Soita."),
        then=lambda: Offering.objects.filter(pk=offering.pk).update(name_fi="Neuvola"),
    )

    offering.refresh_from_db()
    assert (answer.status_code, offering.how_to_get_fi) == (302, "Soita.")


def test_a_deletion_and_a_form_do_not_wait_for_each_other_for_ever(desk: Client):
    """Deleting begins with the rows below, and a form with those above."""
    offering = OfferingFactory()

    answer = while_another(
        lambda: lock([Key.of(offering.service)]),
        lambda: desk.post(f"{change(offering.service).removesuffix('change/')}delete/", {"post": "yes"}),
        then=lambda: Offering.objects.filter(pk=offering.pk).update(name_fi="Neuvola"),
    )

    assert (answer.status_code, Offering.objects.count()) == (302, 0)


def test_what_is_not_on_the_form_is_saved_as_whoever_was_waited_for_left_it(desk: Client):
    centre = FamilyCentreFactory(status="published", municipality="Posio")
    coordinator = coordinator_of(centre)

    answer = while_another(
        lambda: save(desk, change(centre), status="draft"),
        lambda: save(coordinator, change(centre), coordinator_email="posio@esimerkki.example"),
    )

    centre.refresh_from_db()
    assert (answer.status_code, centre.status) == (302, "draft")
    assert centre.coordinator_email == "posio@esimerkki.example"
