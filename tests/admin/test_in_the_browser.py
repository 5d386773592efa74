"""The desk in a real browser, which tells what the policy stopped."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from playwright.sync_api import expect

from accounts.models import User
from centres.models import FamilyCentre, Theme
from services.models import Offering, Service, ServicePoint
from tests.admin.forms import address, pages_of
from tests.factories import (
    FACTORIES,
    ContactFactory,
    LevelNameFactory,
    OfferingFactory,
    OpeningSpanFactory,
    ProvisionFactory,
    ServicePointFactory,
    UserFactory,
)
from tests.signing_in import let_in

# The forms with all there is: the editor, dates, boxes to tick, autocompletes and inlines of both kinds.
# With its menu: before that it is not ready to be typed into.
EDITOR = ".field-description_fi .prose-menubar + .ProseMirror[role=textbox]"
RICHEST = [User, FamilyCentre, Theme, Service, Offering, ServicePoint]


@pytest.fixture
def complaints(page: Any) -> list[str]:
    """What the browser says against the pages: scripts and styles that the policy stopped, files not found."""
    heard: list[str] = []

    def hear(message: Any) -> None:
        if message.type in ("error", "warning"):
            heard.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on("response", lambda answer: heard.append(answer.url) if answer.status >= 400 else None)
    return heard


@pytest.fixture
def sign_in(page: Any, live_server: Any) -> Callable[[User], None]:
    def as_user(user: User) -> None:
        let_in(page, live_server.url, user)
        page.goto(f"{live_server.url}/hallinta/")

    return as_user


def coordinator() -> User:
    """Whoever keeps what all centres share."""
    return UserFactory(is_staff=True, is_superuser=True)


def test_a_coordinator_edits_a_text_and_saves_it(
    page: Any, sign_in: Callable[[User], None], complaints: list[str], transactional_db: None
):
    service = OfferingFactory(
        service__name_fi="Neuvola", service__description_fi="<p>Vanha lause.</p>"
    ).service

    # Given a coordinator who has come to the service
    sign_in(coordinator())
    page.click("#content-main th a[href$='/services/service/']")
    page.click("#result_list >> text=Neuvola")

    # When she writes a heading and a bold word under the text, and saves
    editor = page.locator(EDITOR)
    editor.click()
    expect(editor).to_be_focused()
    page.wait_for_timeout(
        200
    )  # the editor takes the place of a click a moment later, and would undo the next key
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("## Tervetuloa")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Heti")
    page.keyboard.press("Control+b")
    page.keyboard.type(" tänään.")
    page.click("[name=_save] >> nth=0")

    # Then it is kept as she wrote it, and the browser had nothing to complain of
    page.wait_for_selector(".messagelist .success")
    service.refresh_from_db()
    assert service.description_fi == (
        "<p>Vanha lause.</p><h2>Tervetuloa</h2><p><strong>Heti</strong> tänään.</p>"
    )
    assert "heti tanaan" in service.search_fi
    assert complaints == []


def test_the_editor_makes_only_what_is_kept(
    page: Any,
    sign_in: Callable[[User], None],
    complaints: list[str],
    transactional_db: None,
    live_server: Any,
):
    service = OfferingFactory(service__description_fi="").service
    kept = (
        "<h2>Otsikko</h2><h3>Väliotsikko</h3><ul><li><p>yksi</p></li></ul><ol><li><p>toinen</p></li></ol>"
        '<p><em>näin</em> <a href="https://esimerkki.example/">linkki</a></p>'
    )
    Service.objects.filter(pk=service.pk).update(
        description_fi=f"<h1>Liian iso</h1>{kept}<blockquote><p>x</p></blockquote>"
    )
    sign_in(coordinator())
    page.goto(f"{live_server.url}{address('change', service, service.pk)}")
    page.locator(EDITOR).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    page.click("[name=_save] >> nth=0")
    page.wait_for_selector(".messagelist .success")

    service.refresh_from_db()
    assert service.description_fi == f"<p>Liian iso</p>{kept}<p>x!</p>"
    assert complaints == []


def test_no_page_runs_into_the_policy(
    page: Any,
    sign_in: Callable[[User], None],
    complaints: list[str],
    transactional_db: None,
    live_server: Any,
):
    rows = [FACTORIES[model]() for model in RICHEST]
    for row in rows:
        dress(row)
    sign_in(UserFactory(is_staff=True, is_superuser=True))
    for path in [*(path for row in rows for path in pages_of(row)), "/hallinta/password_change/"]:
        page.goto(f"{live_server.url}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for choice in page.locator(".select2-selection:visible").all()[:1]:
            choice.click()
            page.locator(".select2-results__option").first.wait_for()
            page.keyboard.press("Escape")

    assert complaints == []


def dress(row: Model) -> None:
    """Gives a row the other rows that its form shows."""
    if isinstance(row, FamilyCentre):
        LevelNameFactory(centre=row)
    elif isinstance(row, Service):
        ContactFactory(service=row)
        ProvisionFactory(service=row)
        OfferingFactory(service=row)
    elif isinstance(row, Offering):
        ContactFactory(offering=row)
        ServicePointFactory(offering=row)
    elif isinstance(row, ServicePoint):
        OpeningSpanFactory(point=row)


def test_the_editor_speaks_the_language_of_the_desk_and_says_what_it_is(
    page: Any,
    sign_in: Callable[[User], None],
    complaints: list[str],
    transactional_db: None,
    live_server: Any,
):
    service = OfferingFactory(service__description_fi="<ol><li><p>yksi</p></li></ol>").service
    sign_in(coordinator())
    page.goto(f"{live_server.url}{address('change', service, service.pk)}")
    frame = page.locator(".field-description_fi .prose-editor")

    # Its box has the label of the field, and its language
    box = frame.get_by_role("textbox", name="Kuvaus")
    assert box.get_attribute("lang") == "fi"
    assert page.locator(".field-description_sv .ProseMirror[role=textbox]").get_attribute("lang") == "sv"
    # Its buttons are called in Finnish, to the eye and to the ear
    box.click()
    for name in ("luettelo", "numeroitu luettelo", "lihavointi", "kursivointi", "lisää linkki", "kumoa"):
        button = frame.get_by_role("button", name=name, exact=True)
        assert button.get_attribute("title") == name
    assert frame.get_by_role("button", name="List properties", include_hidden=True).count() == 0
    # So is the choice of what kind of text it is, also after it was used
    page.keyboard.press("Control+a")
    frame.locator(".prose-menubar__selected").click()
    frame.get_by_role("button", name="Väliotsikko", exact=True).click()
    assert frame.get_by_role("button", name="Tekstin laji: väliotsikko").is_visible()
    # And the small window of a link
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    assert page.locator("dialog").locator("h3, label, button").all_inner_texts() == [
        "Linkki",
        "Verkko-osoite",
        "Selite (ei pakollinen)",
        "Tallenna linkki",
        "Peruuta",
    ]
    assert complaints == []


def test_a_choice_by_typing_is_called_by_its_label(
    page: Any,
    sign_in: Callable[[User], None],
    complaints: list[str],
    transactional_db: None,
    live_server: Any,
):
    provision = ProvisionFactory(organisation__name_fi="Posion kunta")
    sign_in(UserFactory(is_staff=True, is_superuser=True))
    page.goto(f"{live_server.url}{address('change', provision, provision.pk)}")

    page.get_by_role("combobox", name="Organisaatio Posion kunta").click()
    assert page.get_by_role("searchbox", name="Organisaatio").is_visible()
    page.get_by_role("option", name="Posion kunta").wait_for()

    # In a table, whose fields have no labels, and in a row that was added
    page.goto(f"{live_server.url}{address('change', provision.service, provision.service.pk)}")
    page.get_by_role("combobox", name="Organisaatio Posion kunta").wait_for()
    page.click("#provisions-group .add-row a")
    assert page.locator("#id_provisions-1-organisation_choice").get_attribute("aria-label") == "Organisaatio"
    assert complaints == []


def test_a_new_form_begins_in_its_first_field(
    page: Any, sign_in: Callable[[User], None], transactional_db: None, live_server: Any
):
    sign_in(coordinator())
    page.goto(f"{live_server.url}{address('add', Service)}")

    page.wait_for_function("document.activeElement.id === 'id_name_fi'")


def test_on_a_phone_the_buttons_stand_once(
    page: Any, sign_in: Callable[[User], None], transactional_db: None, live_server: Any
):
    service = OfferingFactory().service
    sign_in(coordinator())
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{live_server.url}{address('change', service, service.pk)}")

    assert page.locator("[name=_save]:visible").count() == 1
