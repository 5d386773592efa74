"""Whoever maintains the pages proves twice that it is they."""

import json
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from lxml import html
from reversion.models import Version

from accounts.sealing import seal, unseal
from centres.history.kinds import Kind
from tests.factories import KEY, PASSWORD, UserFactory
from tests.signing_in import code

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer():
    """Somebody on the staff who has signed in with a password and enrolled nothing yet."""
    return UserFactory(is_staff=True, enrolled=False, email="uusi@esimerkki.example")


@pytest.fixture
def signed_in(client, newcomer):
    assert client.post("/en/sign-in/", {"login": newcomer.email, "password": PASSWORD}).status_code == 302
    return client


def heading(answer):
    return html.fromstring(answer.content.decode()).xpath("string(//h1)")


def enrol_app(client):
    """The client takes an app into use; returns the answer to its first code."""
    page = html.fromstring(client.get("/en/sign-in/app/").content.decode())
    key = page.xpath("string(//*[@class='secret'])").replace(" ", "")
    return client.post("/en/sign-in/app/", {"code": code(key)})


def test_at_first_sign_in_the_desk_asks_for_one_and_then_leads_on(signed_in):
    wanted = "/en/hallinta/services/service/"

    choice = signed_in.get(wanted, follow=True)
    assert heading(choice) == "Make your sign-in safe"
    enrolled = enrol_app(signed_in)
    assert enrolled["Location"] == "/en/sign-in/recovery-codes/"
    codes = signed_in.get(enrolled["Location"])
    assert heading(codes) == "Keep your recovery codes"
    assert signed_in.get("/en/sign-in/onward/")["Location"] == wanted


def test_enrolment_leads_to_no_other_site(signed_in):
    signed_in.get("/en/sign-in/own/?next=https://evil.example/")

    assert signed_in.get("/en/sign-in/onward/")["Location"] == "/en/hallinta/"


def test_the_codes_are_shown_once_and_can_be_saved(signed_in):
    enrol_app(signed_in)
    page = html.fromstring(signed_in.get("/en/sign-in/recovery-codes/").content.decode())
    codes = page.xpath("//ul[@class='codes']/li/text()")
    (saved,) = page.xpath("//a[@download='recovery-codes.txt']/@href")

    assert len(codes) == 10
    assert saved == "data:text/plain;charset=utf-8," + "".join(f"{each}%0D%0A" for each in codes)
    again = signed_in.get("/en/sign-in/recovery-codes/").content.decode()
    assert not any(each in again for each in codes)


def test_a_recovery_code_lets_in_once(signed_in, newcomer):
    enrol_app(signed_in)
    page = html.fromstring(signed_in.get("/en/sign-in/recovery-codes/").content.decode())
    first = page.xpath("string(//ul[@class='codes']/li)")

    def come_in():
        client = Client()
        client.post("/en/sign-in/", {"login": newcomer.email, "password": PASSWORD})
        return client.post("/en/sign-in/code/", {"code": first}).status_code

    assert [come_in(), come_in()] == [302, 400]


def test_a_wrong_first_code_takes_nothing_into_use(signed_in, newcomer):
    signed_in.get("/en/sign-in/app/")
    answer = signed_in.post("/en/sign-in/app/", {"code": "000000"})

    assert "This code is not right." in answer.content.decode()
    assert not Authenticator.objects.filter(user=newcomer).exists()


def test_a_code_is_good_for_one_sign_in(client):
    user = UserFactory(is_staff=True)

    def come_in():
        client.logout()
        client.post("/en/sign-in/", {"login": user.email, "password": PASSWORD})
        return client.post("/en/sign-in/code/", {"code": code(KEY)}).status_code

    assert [come_in(), come_in()] == [302, 400]


def test_the_whole_desk_is_closed_without_one(signed_in):
    for path in ("/en/hallinta/", "/en/hallinta/jsi18n/", "/en/hallinta/autocomplete/"):
        assert signed_in.get(path)["Location"] == f"/en/hallinta/login/?next={path}"
    answer = signed_in.get("/en/hallinta/login/?next=/en/hallinta/")
    assert answer["Location"] == "/en/sign-in/own/?next=/en/hallinta/"


def test_recovery_codes_alone_are_none(signed_in, newcomer):
    Authenticator.objects.create(
        user=newcomer, type=Authenticator.Type.RECOVERY_CODES, data={"seed": seal("x"), "used_mask": 0}
    )

    assert signed_in.get("/en/hallinta/").status_code == 302


def test_who_is_no_staff_is_told_so(client):
    client.force_login(UserFactory())
    answer = client.get("/en/hallinta/", follow=True)

    assert answer.status_code == 403
    assert heading(answer) == "You have no right to this page."


def test_who_has_one_already_comes_straight_in(client):
    client.force_login(UserFactory(is_staff=True))

    assert client.get("/hallinta/").status_code == 200


def test_after_a_quarter_of_an_hour_the_password_is_asked_again_and_nothing_is_lost(signed_in, time_machine):
    page = html.fromstring(signed_in.get("/en/sign-in/app/").content.decode())
    key = page.xpath("string(//*[@class='secret'])").replace(" ", "")
    time_machine.move_to(timezone.now() + timedelta(minutes=15, seconds=1))

    asked = signed_in.post("/en/sign-in/app/", {"code": code(key)})
    assert asked["Location"] == "/en/sign-in/again/?next=%2Fen%2Fsign-in%2Fapp%2F"
    wrong = signed_in.post(asked["Location"], {"password": "vaara", "next": "/en/sign-in/app/"})
    assert "This is not your present password." in wrong.content.decode()
    answer = signed_in.post(asked["Location"], {"password": PASSWORD, "next": "/en/sign-in/app/"})
    assert answer["Location"] == "/en/sign-in/recovery-codes/"


def test_every_page_of_ones_own_sign_in_answers(client):
    client.post("/en/sign-in/", {"login": UserFactory().email, "password": PASSWORD})
    enrol_app(client)

    paths = [
        "own/",
        "app/off/",
        "recovery-codes/new/",
        "passkeys/",
        "passkeys/+/",
        "password/",
        "again/",
        "code/again/",
    ]
    assert {path: client.get(f"/en/sign-in/{path}").status_code for path in paths} == dict.fromkeys(
        paths, 200
    )


def test_the_app_is_taken_out_of_use_and_the_desk_asks_again(client):
    user = UserFactory(is_staff=True)
    client.post("/en/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/en/sign-in/code/", {"code": code(KEY)})

    assert client.post("/en/sign-in/app/off/")["Location"] == "/en/sign-in/own/"
    assert heading(client.get("/en/hallinta/", follow=True)) == "Make your sign-in safe"


class TestASessionBegunBefore:
    """Somebody who has found out the password signs in before the owner enrols, and stays signed in."""

    @pytest.fixture
    def thief(self, newcomer):
        client = Client()
        client.post("/en/sign-in/", {"login": newcomer.email, "password": PASSWORD})
        return client

    def test_enrolment_ends_it(self, thief, signed_in):
        assert thief.get("/en/sign-in/own/").status_code == 200
        enrol_app(signed_in)

        assert "_auth_user_id" not in thief.session
        assert signed_in.get("/en/hallinta/").status_code == 200

    def test_enrolment_signs_nobody_else_out(self, client, newcomer):
        other = UserFactory(is_staff=True)
        client.force_login(other)
        owner = Client()
        owner.post("/en/sign-in/", {"login": newcomer.email, "password": PASSWORD})
        enrol_app(owner)

        assert client.get("/en/hallinta/").status_code == 200

    @pytest.mark.parametrize(
        "page", ["own/", "app/", "app/off/", "recovery-codes/new/", "passkeys/+/", "password/"]
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_must_begin_anew_before_anything(self, thief, newcomer, page, method):
        TOTP.activate(newcomer, KEY)  # as by a device whose enrolment did not end this session

        answer = getattr(thief, method)(f"/en/sign-in/{page}")
        assert answer["Location"].startswith("/en/sign-in/?next=")
        assert "_auth_user_id" not in thief.session
        assert thief.get("/en/hallinta/").status_code == 302
        assert Authenticator.objects.get(user=newcomer).type == Authenticator.Type.TOTP


class TestSecrets:
    def test_the_database_holds_them_sealed(self, signed_in, newcomer):
        page = html.fromstring(signed_in.get("/en/sign-in/app/").content.decode())
        key = page.xpath("string(//*[@class='secret'])").replace(" ", "")
        signed_in.post("/en/sign-in/app/", {"code": code(key)})
        stored = json.dumps(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))

        assert key not in stored
        assert unseal(re.findall(r'"secret": "([^"]+)"', stored)[0]) == key

    def test_another_key_opens_nothing_and_a_retired_one_does(self, settings):
        sealed = seal("salaisuus")

        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another"
        assert unseal(sealed) == "salaisuus"
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(InvalidToken):
            unseal(sealed)


class TestLostDevice:
    def test_a_command_takes_it_away_and_the_history_tells(self, capsys):
        user = UserFactory(is_staff=True)

        call_command("reset_second_factor", user.email.upper())

        assert not Authenticator.objects.exists()
        assert resets(user) == [None]
        assert user.email in capsys.readouterr().out

    def test_the_command_knows_nobody_by_another_address(self):
        with pytest.raises(CommandError, match=r"^Nobody signs in with this address\.$"):
            call_command("reset_second_factor", "ei@esimerkki.example")

    def test_an_administrator_takes_it_away_at_the_desk(self, client):
        administrator, user = UserFactory(is_staff=True, is_superuser=True), UserFactory(is_staff=True)
        client.force_login(administrator)

        act(client, user)

        assert [each.user for each in Authenticator.objects.all()] == [administrator]
        assert resets(user) == [administrator]

    def test_nobody_else_does(self, client):
        keeper, user = UserFactory(is_staff=True), UserFactory(is_staff=True)
        keeper.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
        client.force_login(keeper)

        act(client, user)

        assert Authenticator.objects.filter(user=user).exists()


def resets(user):
    """Who reset the second factor of `user`, as their history tells it."""
    versions = Version.objects.get_for_object(user).select_related("revision__user")
    return [each.revision.user for each in versions if each.revision.comment == Kind.SECOND_FACTOR]


def act(client, user):
    values = {"action": "reset_second_factor", "_selected_action": str(user.pk)}
    return client.post("/hallinta/accounts/user/", values)


FORGED = [
    "",
    "1",
    "[]",
    "{}",
    '"x"',
    '{"id": 1}',
    '{"id": "x", "response": {}}',
    '{"response": {"userHandle": 5}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "userHandle": "MQ"}}',
    # What makes the reader of JSON itself fail.
    "[" * 5000,
    "9" * 5000,
    '{"id": ' * 400 + "1" + "}" * 400,
    '"' + "x" * 60_000 + '"',
]


class TestForgedPasskeys:
    @pytest.mark.parametrize("credential", FORGED)
    def test_at_sign_in(self, client, credential):
        client.get("/en/sign-in/passkey/", headers={"accept": "application/json"})
        answer = client.post("/en/sign-in/passkey/", {"credential": credential})

        assert answer["Location"] == "/en/sign-in/"
        page = html.fromstring(client.get("/en/sign-in/").content.decode())
        (said,) = page.xpath("//*[@role='status']")
        assert said.text_content() in (
            "That did not work. Try again, or choose another way.",
            "This field is required.",
        )

    @pytest.mark.parametrize("credential", FORGED)
    def test_as_the_second_factor(self, client, credential):
        client.post("/en/sign-in/", {"login": UserFactory(is_staff=True).email, "password": PASSWORD})
        client.get("/en/sign-in/code/")

        answer = client.post("/en/sign-in/code/", {"credential": credential})
        assert (answer.status_code, heading(answer)) == (400, "One more thing: your code")
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("credential", FORGED)
    def test_as_a_new_one(self, signed_in, newcomer, credential):
        signed_in.get("/en/sign-in/passkeys/+/")

        assert signed_in.post("/en/sign-in/passkeys/+/", {"credential": credential}).status_code == 400
        assert not Authenticator.objects.exists()
