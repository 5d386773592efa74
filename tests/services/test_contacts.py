"""Contacts: what the form refuses, and what a tap opens."""

import pytest
from django.utils.translation import override

from services.models import Contact
from services.phones import Phone
from tests.factories import ContactFactory, OfferingFactory, ServiceFactory
from tests.forbidden import complaints

PHONE, EMAIL, WEB = Contact.Kind.PHONE, Contact.Kind.EMAIL, Contact.Kind.WEB
ESERVICE, CHAT = Contact.Kind.ESERVICE, Contact.Kind.CHAT

NO_NUMBER = (
    "This number does not work. Write one number and no other text, for example 040 1234567. "
    "Times belong under “When”."
)
NO_EMAIL = "Enter a valid email address."
NO_ADDRESS = "Write the whole address, for example https://www.posio.fi."


@pytest.mark.django_db
class TestForm:
    @pytest.mark.parametrize(
        ("kind", "value", "sentence"),
        [
            (PHONE, "soita meille", NO_NUMBER),
            (PHONE, "123", NO_NUMBER),
            (PHONE, "040 12", NO_NUMBER),
            (PHONE, "11²", NO_NUMBER),
            (PHONE, "neuvola@esimerkki.example", NO_NUMBER),
            (EMAIL, "neuvola", NO_EMAIL),
            (EMAIL, "neuvola@", NO_EMAIL),
            (EMAIL, "040 123 4567", NO_EMAIL),
            *(
                (kind, value, NO_ADDRESS)
                for kind in (WEB, ESERVICE, CHAT)
                for value in (
                    "javascript:alert(1)",
                    "ftp://esimerkki.example/",
                    "https://",
                    "112",
                )
            ),
        ],
    )
    def test_what_cannot_be_reached_is_refused_with_a_sentence(self, kind, value, sentence):
        contact = ContactFactory()
        contact.kind, contact.value = kind, value
        assert complaints(contact.full_clean) == [sentence]

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            (PHONE, "112"),
            (PHONE, "116 111"),
            (PHONE, "016 322 2020"),
            (PHONE, "+46 8 123 456 78"),
            (EMAIL, "neuvola@esimerkki.example"),
            (WEB, "https://esimerkki.example/"),
            (ESERVICE, "https://esimerkki.example/asiointi?kieli=fi"),
            (CHAT, "http://esimerkki.example/chat"),
        ],
    )
    def test_what_can_be_reached_is_taken(self, kind, value):
        ContactFactory(kind=kind, value=value).full_clean()


class TestTap:
    @pytest.mark.parametrize(
        ("kind", "value", "href"),
        [
            (PHONE, "116 111", "tel:116111"),
            (PHONE, "040 123 4567", "tel:+358-40-1234567"),
            (PHONE, "vanha numero", ""),
            (EMAIL, "neuvola@esimerkki.example", "mailto:neuvola@esimerkki.example"),
            (WEB, "https://esimerkki.example/", "https://esimerkki.example/"),
            (ESERVICE, "https://esimerkki.example/", "https://esimerkki.example/"),
            (CHAT, "https://esimerkki.example/", "https://esimerkki.example/"),
        ],
    )
    def test_every_contact_opens_what_it_is(self, kind, value, href):
        assert ContactFactory.build(kind=kind, value=value, service=None).href == href

    def test_only_a_phone_has_a_number(self):
        assert ContactFactory.build(kind=PHONE, value="112", service=None).phone == Phone(
            "112", "tel:112", short=True, free=True
        )
        assert ContactFactory.build(kind=WEB, value="https://112.example/", service=None).phone is None

    @pytest.mark.parametrize("kind", Contact.Kind.values)
    def test_every_kind_has_a_picture(self, kind):
        assert ContactFactory.build(kind=kind, service=None).icon != ""

    def test_a_web_address_tells_its_host(self):
        assert (
            ContactFactory.build(value="https://www.esimerkki.example/a?b", service=None).host
            == "www.esimerkki.example"
        )

    def test_a_contact_is_called_by_its_kind_and_value(self):
        with override("en"):
            assert str(ContactFactory.build(kind=PHONE, value="112", service=None)) == "phone: 112"


@pytest.mark.django_db
def test_contacts_stand_in_the_coordinator_s_order():
    service = ServiceFactory()
    third, first, second = (ContactFactory(service=service, order=order) for order in (3, 1, 2))
    assert list(Contact.objects.all()) == [first, second, third]


@pytest.mark.django_db
def test_a_contact_belongs_to_a_service_or_to_an_offering():
    offering = OfferingFactory()
    of_service, of_offering = ContactFactory(service=offering.service), ContactFactory(offering=offering)
    assert (of_service.service, of_service.offering) == (offering.service, None)
    assert (of_offering.service, of_offering.offering) == (None, offering)
