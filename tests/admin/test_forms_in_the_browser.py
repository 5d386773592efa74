"""The forms of the desk in a real browser: tabs, hints while one types, rows that are added, and what axe finds."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from centres.models import FamilyCentre
from services.models import Offering, Service
from tests.admin.forms import address
from tests.browser.pages import VIEWS
from tests.factories import (
    FACTORIES,
    ContactFactory,
    LevelNameFactory,
    LocalTaskFactory,
    OfferingFactory,
    OpeningSpanFactory,
    ProvisionFactory,
    ServicePointFactory,
    SpecialHoursFactory,
    UserFactory,
)

# Looked at in every view; the other forms are made of the same parts.
RICHEST = [Offering, Service, FamilyCentre]


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser says against the page: scripts and styles that the policy stopped, errors of our own."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def look_at(page: Page, transactional_db: None, live_server: Any) -> Callable[..., None]:
    """Opens a page of the desk as somebody who may do everything: `look_at("change", offering)`."""
    client, user = Client(), UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.emulate_media(reduced_motion="reduce")

    def open_it(name: str, row: Any) -> None:
        keys = () if isinstance(row, type) else (row.pk,)
        answer = page.goto(f"{live_server.url}{address(name, row, *(keys if name == 'change' else ()))}")
        assert answer is not None
        assert answer.status == 200

    return open_it


def dressed(model: type[Model]) -> Model:
    """A row of `model`, with the other rows that its form shows."""
    row = FACTORIES[model]()
    if isinstance(row, FamilyCentre):
        LevelNameFactory(centre=row)
        LocalTaskFactory(centre=row)
    elif isinstance(row, Service):
        ContactFactory(service=row)
        ProvisionFactory(service=row)
        OfferingFactory(service=row)
    elif isinstance(row, Offering):
        ContactFactory(offering=row)
        ProvisionFactory(offering=row)
        OpeningSpanFactory(point__offering=row)
    return row


@pytest.mark.axe
def test_axe_finds_nothing_on_any_form_or_list(
    page: Page, look_at: Callable[..., None], axe_violations: Callable[[Page], list[str]]
):
    found: list[str] = []
    models = [model for model in FACTORIES if admin.site.is_registered(model)]
    for number, model in enumerate(models):
        row = dressed(model)
        views = VIEWS if model in RICHEST else [VIEWS[number % len(VIEWS)]]
        for name in ("changelist", "change"):
            look_at(name, row)
            for view in views:
                view.show(page)
                found += [f"{model.__name__}, {name}, {view}: {each}" for each in axe_violations(page)]

    assert len(models) > len(RICHEST)
    assert found == []


def test_axe_finds_nothing_with_every_language_open_an_error_and_an_added_row(
    page: Page, look_at: Callable[..., None], axe_violations: Callable[[Page], list[str]]
):
    offering = dressed(Offering)
    look_at("change", offering)
    page.get_by_role("button", name="Lisää yhteystieto").click()
    page.locator("[name=points-0-hours]").fill("yhdeksästä kolmeen")
    page.locator("[name=_save]").last.click()
    expect(page.locator(".errornote")).to_be_visible()
    for view in VIEWS:
        view.show(page)
        for language in ("Ruotsi", "Suomi"):
            page.get_by_role("tab", name=language).first.click()
            assert axe_violations(page) == []


def test_axe_finds_nothing_while_a_row_is_being_chosen(
    page: Page, look_at: Callable[..., None], axe_violations: Callable[[Page], list[str]]
):
    point = ServicePointFactory(place__name_fi="Perhetalo")
    look_at("change", point.offering)
    box = page.get_by_role("combobox", name="Paikka Perhetalo")

    box.click()
    page.get_by_role("option", name="Perhetalo").wait_for()

    assert axe_violations(page) == []
    under = page.locator(".select2-dropdown").bounding_box()
    above = box.bounding_box()
    assert under is not None
    assert above is not None
    assert abs(under["x"] - above["x"]) < 2
    assert abs(under["y"] - above["y"] - above["height"]) < 40


def test_languages_are_walked_through_with_the_keyboard(
    page: Page, look_at: Callable[..., None], complaints: list[str]
):
    look_at("change", OfferingFactory().service)
    tabs = page.get_by_role("tablist", name="Tekstien kielet").first
    finnish, swedish = (
        tabs.get_by_role("tab", name="Suomi", exact=False).first,
        tabs.get_by_role("tab", name="Ruotsi"),
    )
    expect(finnish).to_have_attribute("aria-selected", "true")
    expect(page.locator("[name=summary_sv]")).to_be_hidden()

    finnish.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(swedish).to_be_focused()
    expect(swedish).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="Ruotsi")).to_be_visible()
    expect(page.locator("[name=summary_fi]")).to_be_hidden()
    page.keyboard.press("End")
    expect(tabs.get_by_role("tab", name="Pohjoissaame")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(finnish).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[role=tabpanel]').dataset.language") == "fi"
    assert complaints == []


def test_a_language_chosen_above_is_chosen_in_every_row(page: Page, look_at: Callable[..., None]):
    contact = ContactFactory(offering=OfferingFactory(), label_fi="Ajanvaraus")
    look_at("change", contact.offering)

    page.get_by_role("tab", name="Ruotsi").first.click()

    expect(page.locator("[name=contacts-0-label_sv]")).to_be_visible()
    expect(page.locator("[name=contacts-0-value]")).to_be_visible()


def test_the_finnish_beside_a_translation_is_that_of_now(page: Page, look_at: Callable[..., None]):
    look_at("change", OfferingFactory().service)
    page.locator("[name=summary_fi]").fill("Uusi lause.")

    page.get_by_role("tab", name="Ruotsi").first.click()

    expect(page.locator("[data-language=sv] [data-original=summary_fi]")).to_have_text("Uusi lause.")


def test_an_error_in_another_language_opens_its_tab(page: Page, look_at: Callable[..., None]):
    look_at("change", OfferingFactory().service)
    page.get_by_role("tab", name="Englanti").first.click()
    page.locator("[name=name_en]").evaluate(
        "box => { box.removeAttribute('maxlength'); box.value = 'x'.repeat(121) }"
    )
    page.get_by_role("tab", name="Suomi").first.click()
    page.locator("[name=_save]").last.click()

    expect(page.get_by_role("tab", name="Englanti puuttuu, korjattavaa")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(page.locator("[name=name_en]")).to_be_visible()


def test_what_is_to_be_corrected_is_where_one_begins_and_leads_into_its_box(
    page: Page, look_at: Callable[..., None]
):
    look_at("change", OfferingFactory().service)
    page.get_by_role("tab", name="Englanti").first.click()
    page.locator("[name=name_en]").evaluate(
        "box => { box.removeAttribute('maxlength'); box.value = 'x'.repeat(121) }"
    )
    page.locator("[name=summary_fi]").evaluate("box => { box.value = '' }")
    page.locator("[name=_save]").last.click()

    expect(page.locator(".faults")).to_be_focused()
    page.get_by_role("tab", name="Suomi").first.click()
    page.locator(".faults a").last.click()
    expect(page.locator("[name=name_en]")).to_be_focused()
    page.locator(".faults a").first.click()
    expect(page.locator("[name=summary_fi]")).to_be_focused()


def test_one_button_stands_out(page: Page, look_at: Callable[..., None]):
    look_at("change", OfferingFactory())
    buttons = page.locator(".submit-row").last.locator("input[type=submit]")

    grounds = buttons.evaluate_all(
        "boxes => boxes.map((box) => [box.name, getComputedStyle(box).backgroundColor])"
    )

    ((first, ground), *others) = grounds
    assert first == "_save"
    assert ground not in {colour for _name, colour in others}
    assert len({colour for _name, colour in others}) == 1


def test_an_added_row_is_whole_and_the_rows_that_stay_are_too(
    page: Page, look_at: Callable[..., None], complaints: list[str]
):
    look_at("change", OfferingFactory())
    add = page.get_by_role("button", name="Lisää yhteystieto")
    for _number in range(2):
        add.click()
    page.locator("#contacts-1").get_by_role("tab", name="Ruotsi").click()
    page.locator("[name=contacts-1-label_sv]").fill("Tidsbokning")
    page.locator("#contacts-0 .inline-deletelink").click()

    expect(page.locator("[name=contacts-0-label_sv]")).to_have_value("Tidsbokning")
    page.wait_for_function("!document.querySelector('#contacts-0 [aria-controls*=\"contacts-1\"]')")
    lost = page.evaluate(
        """[...document.querySelectorAll('#contacts-0 :is([aria-controls], [aria-labelledby], [aria-describedby])')]
        .flatMap(each => ['aria-controls', 'aria-labelledby', 'aria-describedby'].map(name => each.getAttribute(name)))
        .filter(id => id && !document.getElementById(id))"""
    )
    assert lost == []
    assert page.locator("#contacts-0 [aria-describedby]").count() > 0
    assert complaints == []


def test_the_length_and_what_is_hard_are_told_while_one_types(
    page: Page, look_at: Callable[..., None], complaints: list[str]
):
    look_at("change", OfferingFactory(service__summary_fi="Apua.").service)
    box = page.locator("[name=summary_fi]")
    line = page.locator(".field-summary_fi")

    box.fill("Omatoimisen yhteydenoton perusteella tehdään palvelutarpeen arviointi.")

    expect(line.locator(".count")).to_have_text("70 / 250")
    expect(line.get_by_role("status")).to_contain_text(
        "Pitkiä sanoja: Omatoimisen, yhteydenoton, palvelutarpeen."
    )
    box.fill("Saat apua heti.")
    expect(line.get_by_role("status")).to_have_text("")
    page.locator(".field-description_fi .ProseMirror[role=textbox]").click()
    page.keyboard.type("Omatoimisen yhteydenoton perusteella palvelutarpeen arviointi.")
    expect(page.locator(".field-description_fi").get_by_role("status")).to_contain_text("Pitkiä sanoja")
    assert complaints == []


def test_hours_are_understood_as_they_are_typed(
    page: Page, look_at: Callable[..., None], complaints: list[str]
):
    point = ServicePointFactory()
    SpecialHoursFactory(point=point, reason_fi="Jouluaatto")
    look_at("change", point.offering)
    box = page.locator("[name=points-0-hours]")
    said = page.locator("#points-0 .field-hours").get_by_role("status")

    box.fill("ma-pe 9-15, la kymmenestä")
    expect(said).to_have_text("En ymmärrä kohtaa ”kymmenestä”.")
    box.fill("ma-pe 9-15, la 10-14")
    expect(said).to_have_text("Ymmärretty: ma–pe 9–15, la 10–14")
    page.locator("[name=_continue]").last.click()

    expect(page.locator("[name=points-0-hours]")).to_have_value("ma–pe 9–15, la 10–14")
    expect(page.locator("[name=points-0-exceptions]")).to_have_value("24.12.2026 suljettu: Jouluaatto")
    assert complaints == []


@pytest.mark.parametrize("name", ["add", "change"])
@pytest.mark.parametrize(("width", "at_hand"), [(360, ["_save"]), (1280, None)])
def test_saving_is_at_hand_wherever_one_is_on_a_form(
    page: Page, look_at: Callable[..., None], name: str, width: int, at_hand: list[str] | None
):
    service = OfferingFactory().service
    page.set_viewport_size({"width": width, "height": 640})
    look_at(name, service)
    in_sight = """[...document.querySelectorAll("form[id$=_form] .submit-row > *")].filter((button) => {
        const box = button.getBoundingClientRect();
        return box.height && box.top >= 0 && box.bottom <= innerHeight;
    }).map((button) => button.name)"""

    for where in (0, 0.5):
        page.evaluate(f"scrollTo(0, {where} * document.documentElement.scrollHeight)")
        assert page.evaluate(in_sight)[:1] == ["_save"]
        if at_hand:
            assert page.evaluate(in_sight) == at_hand
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # At the end all of them stand below the last field, and what deletes comes last.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert "_continue" in page.evaluate(in_sight)
    last = page.locator("form[id$=_form] .submit-row > *").last.get_attribute("class")
    assert last == ("deletelink" if name == "change" else None)


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_focused_is_never_behind_the_button(page: Page, look_at: Callable[..., None], width: int):
    page.set_viewport_size({"width": width, "height": 640})
    look_at("change", OfferingFactory().service)
    page.locator("[name=name_fi]").focus()

    covered = []
    for _step in range(60):
        page.keyboard.press("Tab")
        covered += page.evaluate(
            """(() => {
                const focused = document.activeElement;
                const { top, bottom } = focused.getBoundingClientRect();
                const bar = document.querySelector("form[id$=_form] [name=_save]").getBoundingClientRect();
                // Of a long text it is the line of the caret.
                const end = focused.isContentEditable ? top + 24 : bottom;
                const isBehind = !focused.closest(".submit-row") && end > bar.top + 1 && top < bar.bottom;
                return isBehind ? [focused.outerHTML] : [];
            })()"""
        )
    assert covered == []


class TestLeaving:
    """A form with something typed and not sent is not left unasked."""

    @pytest.fixture
    def asked(self, page: Page) -> list[str]:
        heard: list[str] = []

        def answer(dialog: Any) -> None:
            heard.append(dialog.type)
            dialog.accept()

        page.on("dialog", answer)
        return heard

    def leave(self, page: Page) -> None:
        page.locator(".breadcrumbs a").first.click()
        page.wait_for_url(re.compile("/hallinta/$"))

    def test_it_asks_once_something_was_typed(
        self, page: Page, look_at: Callable[..., None], asked: list[str], complaints: list[str]
    ):
        look_at("change", OfferingFactory().service)
        page.locator("[name=name_fi]").press_sequentially("x")
        self.leave(page)

        assert (asked, complaints) == (["beforeunload"], [])

    def test_it_asks_when_rich_text_was_written(
        self, page: Page, look_at: Callable[..., None], asked: list[str]
    ):
        look_at("change", OfferingFactory().service)
        page.locator("[contenteditable=true]").first.press_sequentially("Uusi kappale.")
        self.leave(page)

        assert asked == ["beforeunload"]

    def test_it_asks_when_what_came_back_with_a_mistake_is_left(
        self, page: Page, look_at: Callable[..., None], asked: list[str]
    ):
        look_at("change", OfferingFactory().service)
        page.locator("[name=name_fi]").fill("")
        page.locator("[name=_save]").click()
        expect(page.locator(".errornote")).to_be_visible()
        assert asked == []
        self.leave(page)

        assert asked == ["beforeunload"]

    def test_it_asks_nothing_when_nothing_was_changed(
        self, page: Page, look_at: Callable[..., None], asked: list[str]
    ):
        look_at("change", OfferingFactory().service)
        page.locator("[name=name_fi]").press_sequentially("x")
        page.keyboard.press("Backspace")
        page.get_by_role("tab", name="Ruotsi").first.click()
        self.leave(page)

        assert asked == []

    def test_it_asks_nothing_when_the_form_is_sent(
        self, page: Page, look_at: Callable[..., None], asked: list[str]
    ):
        look_at("change", OfferingFactory().service)
        page.locator("[name=name_fi]").press_sequentially("x")
        page.locator("[name=_save]").click()
        expect(page.locator(".messagelist .success")).to_be_visible()

        assert asked == []

    def test_enter_saves(self, page: Page, look_at: Callable[..., None], asked: list[str]):
        service = OfferingFactory().service
        look_at("change", service)
        page.locator("[name=name_fi]").fill("Neuvola")
        page.locator("[name=name_fi]").press("Enter")
        expect(page.locator(".messagelist .success")).to_be_visible()

        assert asked == []
        service.refresh_from_db()
        assert service.name_fi == "Neuvola"


def test_users_have_no_languages(page: Page, look_at: Callable[..., None]):
    look_at("add", User)

    expect(page.get_by_role("tablist")).to_have_count(0)


def test_a_summary_that_is_too_long_is_taken_in_counted_aloud_and_refused_when_it_is_saved(
    page: Page, look_at: Callable[..., None]
):
    look_at("change", OfferingFactory().service)
    box, count = page.locator("[name=summary_fi]"), page.locator(".field-summary_fi .count")
    box.fill("a" * 250)
    expect(count).to_have_text("250 / 250")
    expect(count).to_have_attribute("aria-live", "off")
    box.press_sequentially("bcd")

    expect(box).to_have_value("a" * 250 + "bcd")
    expect(count).to_have_text("253 / 250")
    expect(count).to_have_attribute("aria-live", "polite")
    page.locator("[name=_save]").click()
    expect(page.locator(".field-summary_fi .errorlist li")).to_have_text(re.compile("250.*253"))
    expect(box).to_have_value("a" * 250 + "bcd")


def test_the_colours_of_a_centre_stand_in_one_column_on_a_phone(page: Page, look_at: Callable[..., None]):
    page.set_viewport_size({"width": 360, "height": 640})
    look_at("change", OfferingFactory().centre)

    places = page.locator("#id_accent .swatch").evaluate_all(
        "swatches => swatches.map((swatch) => swatch.getBoundingClientRect().x)"
    )
    assert len(places) > 1
    assert len(set(places)) == 1


def test_words_of_help_side_by_side_stand_apart(page: Page, look_at: Callable[..., None]):
    page.set_viewport_size({"width": 1280, "height": 800})
    look_at("change", ServicePointFactory().offering)

    gaps = page.locator("#points-0 .form-multiline:has([name$=always_open]) > div").evaluate_all(
        """boxes => boxes.slice(1).map((box, number) => {
            const [before, own] = [boxes[number], box].map((each) => each.getBoundingClientRect());
            return own.top >= before.bottom ? Infinity : own.left - before.right;
        })"""
    )
    assert len(gaps) == 2
    assert min(gaps) >= 16
