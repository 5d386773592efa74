"""Coming in, in a real browser: an invitation, a second factor, a passkey; and how all of it looks to axe."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core import mail
from playwright.sync_api import expect

from accounts.models import User
from centres.models import Invitation
from tests.admin.forms import address
from tests.browser.pages import VIEWS
from tests.factories import PASSWORD, InvitationFactory, MembershipFactory, UserFactory
from tests.signing_in import code, let_in, sign_in

NEW_PASSWORD = "lumi sade ja 7 poroa"
SUBMIT = ".account__form [type=submit]"


@pytest.fixture
def complaints(page: Any) -> list[str]:
    """What the browser says against the pages: scripts and styles that the policy stopped, files not found."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    return heard


@pytest.fixture
def well(page: Any, axe_violations: Any) -> Any:
    """Call it on a page: axe finds nothing there in any view, and nothing runs out of it to the side."""

    def look() -> None:
        for view in VIEWS:
            view.show(page)
            page.evaluate("document.getAnimations().forEach(each => each.finish())")  # Django's links fade
            assert axe_violations(page) == [], (page.url, str(view))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, str(view))

    return look


@pytest.fixture
def passkeys(page: Any) -> Any:
    """The browser's own device that makes passkeys and knows its user's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def forget() -> None:
        session.send("WebAuthn.clearCredentials", {"authenticatorId": device})

    return forget


def newcomer() -> User:
    return UserFactory(is_staff=True, is_superuser=True, enrolled=False)


def enrol_app(page: Any) -> None:
    key = page.locator(".secret").inner_text().replace(" ", "")
    page.locator("[name=code]").fill(code(key))
    page.locator(SUBMIT).click()


@pytest.mark.axe
def test_a_colleague_is_invited_and_comes_to_the_desk(
    page: Any, new_context: Any, live_server: Any, transactional_db: None, complaints: list[str], well: Any
):
    # Given a coordinator, who invites a colleague by an address alone
    coordinator = UserFactory(is_staff=True, name="Kaisa")
    coordinator.user_permissions.set(Permission.objects.filter(codename__endswith="_invitation"))
    MembershipFactory(user=coordinator)
    desk = new_context().new_page()
    let_in(desk, live_server.url, coordinator)
    desk.goto(f"{live_server.url}{address('add', Invitation)}")
    desk.locator("[name=email]").fill("anna@esimerkki.example")
    desk.locator("[name=_save]").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    # When the colleague opens the link in the e-mail, and writes a name and a password
    page.goto(re.findall(r"http://\S+", mail.outbox[0].body)[0])
    expect(page.locator("h1")).to_have_text("Tervetuloa")
    well()
    page.locator("[name=name]").fill("Anna Niemi")
    page.locator("[name=password1]").fill(NEW_PASSWORD)
    page.locator(SUBMIT).click()
    # And takes an app into use, and keeps the codes
    expect(page.locator("h1")).to_have_text("Varmista kirjautumisesi")
    well()
    page.get_by_role("link", name="Todennussovellus").click()
    well()
    enrol_app(page)
    expect(page.locator("h1")).to_have_text("Pane varakoodit talteen")
    well()
    page.get_by_role("link", name="Ne ovat tallessa").click()
    # Then the colleague is at the desk, and welcome
    expect(page.locator(".messagelist")).to_contain_text("Tervetuloa! Voit nyt aloittaa.")
    assert User.objects.get(email="anna@esimerkki.example").memberships.count() == 1
    assert complaints == []


def test_with_a_passkey_nothing_is_typed_at_the_next_sign_in(
    page: Any, live_server: Any, transactional_db: None, complaints: list[str], passkeys: Any
):
    user = newcomer()
    # Given somebody who chooses a passkey at first sign-in
    page.goto(f"{live_server.url}/hallinta/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(SUBMIT).click()
    page.get_by_role("link", name="Pääsyavain").click()
    page.get_by_role("button", name="Luo pääsyavain").click()
    expect(page.locator("h1")).to_have_text("Pane varakoodit talteen")
    page.get_by_role("link", name="Ne ovat tallessa").click()
    page.wait_for_url(f"{live_server.url}/hallinta/")
    assert Authenticator.objects.get(type="webauthn").wrap().is_passwordless
    # When they sign out and come again
    page.locator("#logout-form button").click()
    page.goto(f"{live_server.url}/hallinta/services/service/")
    page.get_by_role("button", name="Kirjaudu pääsyavaimella").click()
    # Then one tap was enough, and they are where they were going
    page.wait_for_url(f"{live_server.url}/hallinta/services/service/")
    assert complaints == []


def test_a_passkey_is_a_second_factor_after_the_password_too(
    page: Any, live_server: Any, transactional_db: None, passkeys: Any
):
    user = newcomer()
    let_in(page, live_server.url, user)
    page.goto(f"{live_server.url}/kirjaudu/avaimet/+/")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(SUBMIT).click()
    page.get_by_role("button", name="Luo pääsyavain").click()
    expect(page.locator("h1")).to_have_text("Pane varakoodit talteen")
    page.context.clear_cookies()

    page.goto(f"{live_server.url}/hallinta/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(SUBMIT).click()
    page.get_by_role("button", name="Käytä pääsyavainta").click()

    page.wait_for_url(f"{live_server.url}/hallinta/")


def test_an_invitation_for_somebody_else_signs_out_and_goes_on(
    page: Any, live_server: Any, transactional_db: None
):
    row = InvitationFactory()
    let_in(page, live_server.url, UserFactory())
    page.goto(f"{live_server.url}/kutsu/{row.email[::-1]}/")

    page.get_by_role("button", name="Kirjaudu ulos ja jatka").click()

    expect(page.locator("h1")).to_have_text("Tervetuloa")


def test_a_passkey_that_is_gone_says_so_and_the_password_still_works(
    page: Any, live_server: Any, transactional_db: None, passkeys: Any
):
    page.goto(f"{live_server.url}/kirjaudu/")
    failed = page.get_by_text("Se ei onnistunut.")
    expect(failed).to_be_hidden()
    # A browser without any passkey gives up by itself only when nobody answers; here it is told to.
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('')) }")
    page.get_by_role("button", name="Kirjaudu pääsyavaimella").click()

    expect(failed).to_be_visible()
    sign_in(page, UserFactory(is_staff=True).email)
    page.wait_for_url(f"{live_server.url}/hallinta/")


def test_by_its_number_an_address_offers_no_passkey(page: Any, live_server: Any, transactional_db: None):
    page.goto(f"{live_server.url.replace('localhost', '127.0.0.1')}/kirjaudu/")

    expect(page.get_by_role("button", name="Kirjaudu sisään")).to_be_visible()
    expect(page.get_by_role("button", name="Kirjaudu pääsyavaimella")).to_be_hidden()


def test_a_password_can_be_looked_at(page: Any, live_server: Any, transactional_db: None):
    page.goto(f"{live_server.url}/kirjaudu/")
    field = page.locator("[name=password]")

    page.get_by_role("button", name="Näytä").click()
    assert field.get_attribute("type") == "text"
    page.get_by_role("button", name="Näytä").click()
    assert field.get_attribute("type") == "password"


@pytest.mark.axe
def test_axe_finds_nothing_on_the_account_pages(
    page: Any, live_server: Any, transactional_db: None, complaints: list[str], well: Any
):
    user, root = UserFactory(is_staff=True), live_server.url
    gone = InvitationFactory(withdrawn_at="2026-11-17 10:00Z")
    for path in (
        "unohtunut/", "unohtunut/lahetetty/", "unohtunut/vaihdettu/", "uusi-salasana/1-x/", "suljettu/", "ei-kutsua/",
        "ei-kirjautunut/",
    ):  # fmt: skip
        page.goto(f"{root}/kirjaudu/{path}")
        well()
    page.goto(f"{root}/kutsu/{gone.email[::-1]}/")
    well()
    # A wrong password, a wrong code
    page.goto(f"{root}/kirjaudu/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill("vaara")
    page.locator(SUBMIT).click()
    well()
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(SUBMIT).click()
    page.locator("[name=code]").fill("000000")
    page.locator(SUBMIT).click()
    well()
    page.locator("[name=code]").fill(code())
    page.locator(SUBMIT).click()
    for path in (
        "oma/",
        "salasana/",
        "sovellus/pois/",
        "varakoodit/uudet/",
        "avaimet/",
        "avaimet/+/",
        "ulos/",
    ):
        page.goto(f"{root}/kirjaudu/{path}")
        well()
    # Chromium reports answers of 400 and above itself.
    assert [words for words in complaints if "Failed to load resource" not in words] == []
    # The desk's own pages, on which axe itself runs into the policy
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    for path in (address("add", Invitation), address("changelist", Invitation)):
        page.goto(f"{root}{path}")
        well()
