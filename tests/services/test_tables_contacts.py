"""Contacts as a table: whose each is, and what one may be."""

import pytest

from services.models import Contact
from services.tables.outcome import Change
from tests.factories import (
    ContactFactory,
    OfferingFactory,
)
from tests.services.tables import save, told

pytestmark = pytest.mark.django_db


def test_a_number_reaches_no_contact_of_another_service():
    mine, other = ContactFactory(service__slug="oma"), ContactFactory(service__slug="muu")

    headings = ["Tunniste", "Palvelu", "Numero tai osoite"]
    sentence = (
        "This number belongs to a contact of another service or family centre. Leave the cell in the column "
        "“Tunniste” empty if the row is to be a new contact."
    )
    assert told(Contact, headings, [str(other.pk), "oma", "https://x.example/"]) == [
        (2, "Tunniste", sentence)
    ]
    other.refresh_from_db()
    assert other.value == mine.value


def test_contacts_are_added_to_the_service_or_to_its_offering():
    offering = OfferingFactory(service__slug="neuvola", centre__slug="posio")

    headings = ["Palvelu", "Perhekeskus", "Tyyppi", "Numero tai osoite", "Selite (suomi)"]
    outcome, saved = save(
        Contact,
        headings,
        ["neuvola", "", "verkkosivu", "www.posio.fi", "Sivut"],
        ["neuvola", "posio", "puhelin", "+358 40 1234567", ""],
    )

    assert (saved, outcome.problems, outcome.new) == (True, [], 2)
    web, phone = Contact.objects.order_by("pk")
    assert (web.service, web.offering, web.value) == (offering.service, None, "https://www.posio.fi")
    assert (phone.service, phone.offering, phone.value) == (None, offering, "+358 40 1234567")
    assert outcome.rows[0].changes[1] == Change("Numero tai osoite", "", "https://www.posio.fi")


def test_a_contact_obeys_its_model():
    ContactFactory(service__slug="neuvola")

    not_a_number = (
        "This number does not work. Write one number and no other text, for example 040 1234567. Times belong "
        "under “When”."
    )
    assert told(
        Contact,
        ["Palvelu", "Perhekeskus", "Tyyppi", "Numero tai osoite"],
        ["neuvola", "", "puhelin", "soita"],
        ["neuvola", "posio", "puhelin", "040 1234567"],
        ["ei-ole", "", "puhelin", "040 1234567"],
    ) == [
        (2, "Numero tai osoite", not_a_number),
        (3, "Perhekeskus", "There is no “neuvola / posio” here that you may choose."),
        (4, "Palvelu", "There is no “ei-ole” here that you may choose."),
    ]
