"""The first thing to do is one that the page can be used for."""

from datetime import datetime

import pytest
from django.utils.translation import override

from calendars.wall_time import HELSINKI
from services.detail import detail_of
from services.first_step import first_step
from services.models import Offering
from tests.factories import ContactFactory, OfferingFactory, ServicePointFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=HELSINKI)


def said(offering):
    with override("en"):
        detail = detail_of(offering, Offering.objects.none(), NOW, "en", offering.centre)
        return first_step(offering.service, detail)


def open_to_all():
    return OfferingFactory(service__access="open")


def test_nobody_is_told_to_come_where_there_is_no_place():
    assert said(open_to_all()) == "Get in touch yourself. You do not need a referral."


def test_a_place_with_a_door_is_to_be_come_to_and_one_by_appointment_is_not():
    offering = open_to_all()
    point = ServicePointFactory(offering=offering, by_appointment=True)
    assert said(offering) == "Get in touch yourself. You do not need a referral."
    point.by_appointment = False
    point.save()
    assert said(offering) == "Just come in. You do not have to book."


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("phone", "116111", "Call."),
        ("chat", "https://esimerkki.example/", "Write in the chat."),
        ("web", "https://esimerkki.example/", "Get in touch yourself. You do not need a referral."),
    ],
)
def test_without_a_place_the_first_contact_says_what_to_do(kind, value, sentence):
    offering = open_to_all()
    ContactFactory(offering=offering, kind=kind, value=value)
    assert said(offering) == sentence


@pytest.mark.parametrize(
    ("access", "sentence"),
    [
        ("booking", "Book an appointment first."),
        ("application", "You apply for this."),
        ("referral", "A professional refers you. Ask the one you already know."),
        ("", ""),
    ],
)
def test_other_ways_in_are_told_as_they_are(access, sentence):
    offering = OfferingFactory(service__access=access)
    ServicePointFactory(offering=offering)
    assert said(offering) == sentence
