"""Signing in through an organisation, against a real OpenID Connect provider."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone
from lxml import html

from accounts.models import User
from perhekeskus.settings import OIDC
from tests.factories import PASSWORD, UserFactory
from tests.harness.provider import running_provider

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def provider():
    with running_provider(timezone.now()) as running:
        yield running


@pytest.fixture
def switched_on(provider, settings):
    """The portal as OIDC_ISSUER and the rest would make it."""
    app = OIDC | {"name": "Lapha", "client_id": "perhekeskus", "secret": "salaisuus"}
    app["settings"] = OIDC["settings"] | {"server_url": provider.url}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return provider


def button(client, page="/en/sign-in/"):
    """Where the organisation's button on the sign-in page leads; None without one."""
    links = html.fromstring(client.get(page).content.decode()).xpath(
        "//a[contains(@class, 'button')][starts-with(@href, '/oidc/')]"
    )
    return links[0].get("href") if links else None


def sign_in(client, provider, page="/en/sign-in/", **answer):
    """Taps the button, answers the organisation, and comes back; returns the portal's answer to that."""
    asked = client.get(button(client, page))["Location"]
    back = urlsplit(provider.answer(asked, **answer))
    return client.get(f"{back.path}?{back.query}")


def heading(answer):
    return html.fromstring(answer.content.decode()).xpath("string(//h1)")


def test_without_an_issuer_there_is_no_button_and_no_address(client):
    assert button(client) is None
    assert client.get("/oidc/organisation/").status_code == 404
    assert client.get("/oidc/organisation/callback/").status_code == 404


def test_the_button_names_the_organisation_and_asks_with_a_proof_key(client, switched_on):
    page = client.get("/sv/logga-in/").content.decode()
    asked = urlsplit(client.get(button(client))["Location"])
    query = parse_qs(asked.query)

    assert "Logga in: Lapha" in page
    assert f"{asked.scheme}://{asked.netloc}" == switched_on.url
    assert query["client_id"] == ["perhekeskus"]
    assert query["redirect_uri"] == ["http://testserver/oidc/organisation/callback/"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["code_challenge"][0]) == 43


def test_whoever_was_invited_is_at_the_desk_without_a_second_factor_of_ours(client, switched_on):
    user = UserFactory(email="anna@esimerkki.example", is_staff=True, enrolled=False)
    switched_on.know("anna", email="Anna@Esimerkki.example", email_verified=True)

    answer = sign_in(client, switched_on, "/en/sign-in/?next=/en/hallinta/services/service/", sub="anna")

    assert answer["Location"] == "/en/hallinta/services/service/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/en/hallinta/").status_code == 200
    assert not Authenticator.objects.exists()


def test_whoever_has_a_second_factor_of_ours_is_not_asked_for_it_either(client, switched_on):
    user = UserFactory(email="anna@esimerkki.example", is_staff=True)
    switched_on.know("anna", email=user.email, email_verified=True)

    assert sign_in(client, switched_on, sub="anna")["Location"] == "/en/hallinta/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_after_that_the_password_alone_does_not_do(client, switched_on):
    user = UserFactory(email="anna@esimerkki.example", is_staff=True)
    switched_on.know("anna", email=user.email, email_verified=True)
    sign_in(client, switched_on, sub="anna")
    client.post("/en/sign-in/out/")

    answer = client.post("/en/sign-in/", {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == "/en/sign-in/code/"


@pytest.mark.parametrize("more", ["process=connect", "scope=everything", "auth_params=a=b"])
def test_an_address_says_nothing_but_where_to_go_next(client, switched_on, more):
    assert client.get(f"/oidc/organisation/?next=/&{more}").status_code == 400


def test_the_own_password_stays(client, switched_on):
    user = UserFactory(email="anna@esimerkki.example")
    switched_on.know("anna", email=user.email, email_verified=True)

    sign_in(client, switched_on, sub="anna")

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_person_is_known_again_when_the_address_has_changed(client, switched_on):
    user = UserFactory(email="anna@esimerkki.example")
    switched_on.know("anna", email=user.email, email_verified=True)
    sign_in(client, switched_on, sub="anna")
    client.logout()
    switched_on.know("anna", email="anna.niemi@esimerkki.example", email_verified=True)

    sign_in(client, switched_on, sub="anna")

    assert client.session["_auth_user_id"] == str(user.pk)
    assert SocialAccount.objects.get().user == user


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/kirjaudu/", "Sinua ei ole vielä kutsuttu"),
        ("/sv/logga-in/", "Du har inte blivit inbjuden ännu"),
        ("/en/sign-in/", "You have not been invited yet"),
    ],
)
def test_whoever_was_not_invited_is_told_whom_to_ask_and_no_account_is_made(client, switched_on, page, words):
    switched_on.know("outo", email="outo@esimerkki.example", email_verified=True)

    answer = client.get(sign_in(client, switched_on, page, sub="outo")["Location"])

    assert (answer.status_code, heading(answer)) == (403, words)
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_an_address_that_nobody_verified_opens_nothing(client, switched_on):
    UserFactory(email="anna@esimerkki.example")
    switched_on.know("varas", email="anna@esimerkki.example", email_verified=False)

    assert sign_in(client, switched_on, sub="varas")["Location"] == "/en/sign-in/not-invited/"
    assert "_auth_user_id" not in client.session


def test_a_provider_may_be_said_to_verify_all(client, switched_on, settings):
    user = UserFactory(email="anna@esimerkki.example")
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["verified_email"] = True
    switched_on.know("anna2", email="anna@esimerkki.example")

    sign_in(client, switched_on, sub="anna2")

    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_closed_account_stays_closed(client, switched_on):
    UserFactory(email="anna@esimerkki.example", is_active=False)
    switched_on.know("anna", email="anna@esimerkki.example", email_verified=True)

    assert sign_in(client, switched_on, sub="anna")["Location"].endswith("/suljettu/")
    assert "_auth_user_id" not in client.session


def test_who_turns_back_is_told_that_nothing_happened(client, switched_on):
    answer = client.get(sign_in(client, switched_on, action="deny")["Location"])

    assert (answer.status_code, heading(answer)) == (401, "Kirjautuminen ei onnistunut")


def test_an_answer_that_nobody_asked_for_opens_nothing(client, switched_on):
    answer = client.get("/oidc/organisation/callback/?code=x&state=y")

    assert answer["Location"] == "/kirjaudu/ei-kirjautunut/"


def test_a_provider_that_does_not_answer_is_no_fault(client, switched_on, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:1"
    )

    assert client.get(button(client))["Location"] == "/en/sign-in/not-signed-in/"
