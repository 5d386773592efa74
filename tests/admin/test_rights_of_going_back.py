"""Going back to an earlier state is a change like any other: it asks what the forms ask."""

from typing import Any

import pytest
from django.test import Client
from reversion.models import Revision

from centres.models import FamilyCentre, Membership
from services.models import Contact, Proposal, Service
from tests.admin.forms import address, save
from tests.factories import (
    PASSWORD,
    ContactFactory,
    FamilyCentreFactory,
    MembershipFactory,
    OfferingFactory,
    ProposalFactory,
    ServiceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def posio() -> FamilyCentre:
    return FamilyCentreFactory(slug="posio")


@pytest.fixture
def coordinator(posio: FamilyCentre) -> Client:
    user = MembershipFactory(centre=posio, user=UserFactory(is_staff=True)).user
    client = Client()
    assert client.login(username=user.email, password=PASSWORD)
    return client


def go_back(client: Client, row: Any) -> int:
    """Goes back to the oldest state of `row` that its history knows."""
    oldest = Revision.objects.earliest("pk").pk
    return client.post(address("revert", row, row.pk, oldest)).status_code


def test_what_only_administrators_say_stays(desk: Client, coordinator: Client, posio: FamilyCentre):
    save(desk, address("change", posio, posio.pk), status="draft", order="77", intro_fi="Uusi.")

    assert go_back(coordinator, posio) == 302

    posio.refresh_from_db()
    assert (posio.status, posio.order, posio.intro_fi or "") == ("draft", 77, "")


def test_nobody_hands_a_row_to_all_by_going_back(desk: Client, coordinator: Client, posio: FamilyCentre):
    service = ServiceFactory(name_fi="Kerho")
    save(desk, address("change", service, service.pk), home=str(posio.pk))

    assert go_back(coordinator, service) == 403
    assert Service.objects.get(pk=service.pk).home == posio


def test_what_has_moved_to_another_centre_is_not_taken_back(
    desk: Client, coordinator: Client, posio: FamilyCentre
):
    ours, theirs = OfferingFactory(centre=posio), OfferingFactory()
    contact = ContactFactory(offering=ours, kind="phone", value="040 1234567")
    save(desk, address("change", ours, ours.pk), how_to_get_fi="Soita.")
    save(desk, address("change", contact, contact.pk), offering=str(theirs.pk))

    assert go_back(coordinator, ours) == 403
    assert Contact.objects.get(pk=contact.pk).offering == theirs


def test_an_answer_to_a_proposal_is_not_taken_back(desk: Client, coordinator: Client, posio: FamilyCentre):
    proposal = ProposalFactory(centre=posio)
    save(desk, address("change", proposal, proposal.pk), answer="declined")

    assert go_back(coordinator, proposal) == 403
    assert Proposal.objects.get().answer == "declined"


def test_a_service_is_taken_back_on_the_page_of_its_offering(coordinator: Client, posio: FamilyCentre):
    offering = OfferingFactory(centre=posio, service__home=posio, service__summary_fi="Oikea.")
    save(coordinator, address("change", offering, offering.pk), **{"service-0-summary_fi": "Väärä."})

    assert go_back(coordinator, offering) == 302
    assert Service.objects.get().summary_fi == "Oikea."


def test_a_keeper_of_users_makes_nobody_a_coordinator(posio: FamilyCentre, coordinator: Client):
    membership = Membership.objects.get()

    assert coordinator.get(address("add", Membership)).status_code == 403
    assert coordinator.post(address("delete", membership, membership.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "query", ["name_fi__regex=(", "id__range=1", "updated_at__year=99999", "status__iregex=^(a%2B)%2B$"]
)
def test_a_list_is_not_asked_what_keeps_the_database_busy(desk: Client, query: str):
    assert desk.get(f"{address('changelist', Service)}?{query}").status_code == 400


@pytest.mark.parametrize("words", ["0401234567", "040 123 4567", "+358401234567", "040-1234567"])
def test_a_number_is_found_however_it_is_spaced(desk: Client, words: str):
    contact = ContactFactory(kind="phone", value="040 1234 567")
    ContactFactory(kind="phone", value="040 7654321")

    assert list(desk.get(address("changelist", Contact), {"q": words}).context["cl"].queryset) == [contact]
