"""What stands in one line stays in one, however it was sent."""

import pytest
from django.core import mail
from django.test import Client

from accounts.mail import MAIL_FAULTS
from tests.admin.forms import address, save
from tests.factories import FamilyCentreFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_line_break_in_a_name_becomes_a_space(client: Client):
    centre = FamilyCentreFactory()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    save(client, address("change", centre, centre.pk), name_fi="Perhekeskus\r\nBcc: joku@esimerkki.example")
    centre.refresh_from_db()
    assert centre.name_fi == "Perhekeskus Bcc: joku@esimerkki.example"


def test_what_turns_text_round_is_left_out(client: Client):
    centre = FamilyCentreFactory()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    save(
        client,
        address("change", centre, centre.pk),
        name_fi="Perhe\u202ekeskus",
        intro_fi="Terve\u2066tuloa.",
    )
    centre.refresh_from_db()
    assert (centre.name_fi, centre.intro_fi) == ("Perhekeskus", "Tervetuloa.")


def test_a_subject_with_a_line_break_is_one_of_the_faults_of_sending():
    letter = mail.EmailMessage("Perhekeskus\nBcc: joku@esimerkki.example", "", None, ["a@esimerkki.example"])
    with pytest.raises(MAIL_FAULTS):
        letter.send()
