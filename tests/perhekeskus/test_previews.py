"""A draft as families will see it, by a link that can be sent and that expires."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from centres.models import RESERVED_SLUGS
from centres.previews import token_of
from tests.conftest import NOW
from tests.factories import (
    AgeGroupFactory,
    ContactFactory,
    FamilyCentreFactory,
    OfferingFactory,
    PlaceFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
)


def address(row: Any, language: str = "fi") -> str:
    with override(language):
        return reverse("preview", kwargs={"token": token_of(row)})


@pytest.fixture
def same_second(time_machine: Any) -> None:
    """A link says when it was made: made again in the same second it is the same."""
    time_machine.move_to(NOW, tick=False)


def body(answer: Any) -> str:
    """What the page holds between its header and its footer."""
    (found,) = re.findall(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    return found


@pytest.fixture
def draft(db: Any) -> Any:
    """A draft of a service in a centre that readers know; its service is a draft too."""
    offering = OfferingFactory(
        centre__slug="posio",
        slug="neuvola",
        status="draft",
        service__status="draft",
        service__name_fi="Neuvola",
        service__name_sv="Rådgivning",
    )
    ContactFactory(offering=offering, kind="phone", value="040 123 4567")
    return offering


@pytest.mark.usefixtures("same_second")
def test_a_draft_is_shown_as_families_will_see_it(client: Client, draft: Any):
    public = "/posio/palvelut/neuvola/"
    assert client.get(public).status_code == 404

    shown = client.get(address(draft))
    draft.status = draft.service.status = "published"
    draft.save()
    draft.service.save()
    seen = client.get(public)

    assert shown.status_code == 200
    assert shown.templates[0].name == "services/detail.html"
    without_addresses = body(shown)
    for language, path in (("sv", "/sv/posio/tjanster/neuvola/"), ("fi", public)):
        without_addresses = without_addresses.replace(address(draft, language), path)
    assert without_addresses == body(seen)


def test_it_says_what_it_is_and_until_when(client: Client, draft: Any):
    page = client.get(address(draft)).content.decode()

    assert "Esikatselu: näin perheet näkevät sivun. Linkin viimeinen päivä on 25.11.2026." in page
    assert page.count('class="preview"') == 1


def test_it_is_kept_nowhere_found_by_nobody_and_told_to_nobody(client: Client, draft: Any):
    answer = client.get(address(draft))

    assert "no-store" in answer["Cache-Control"]
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
    assert 'rel="canonical"' not in answer.content.decode()
    assert answer.cookies == {}


@pytest.mark.usefixtures("same_second")
def test_its_switcher_stays_within_the_preview(client: Client, draft: Any):
    page = client.get(address(draft)).content.decode()
    in_swedish = address(draft, "sv")

    assert f'href="{in_swedish}" lang="sv"' in page
    swedish = client.get(in_swedish).content.decode()
    assert ("Rådgivning</h1>" in swedish, 'class="preview"' in swedish) == (True, True)


def test_its_other_names_lead_to_the_same_preview_in_their_languages(
    client: Client, draft: Any, same_second: None
):
    page = html.fromstring(client.get(address(draft)).content.decode())

    (link,) = page.xpath("//dl[@class='facts']//a[@hreflang='sv']/@href")
    assert link == address(draft, "sv")
    assert client.get(link).status_code == 200


def test_whoever_works_at_the_desk_has_the_link_to_send_above_it(
    client: Client, draft: Any, same_second: None
):
    client.force_login(UserFactory(is_staff=True))

    page = html.fromstring(client.get(address(draft, "sv")).content.decode())

    (field,) = page.xpath("//aside//input[@id=//aside//label/@for]")
    assert (field.value, field.get("readonly")) == (f"http://testserver{address(draft, 'sv')}", "readonly")
    # Without a script the field stands, and no button that would do nothing.
    (button,) = page.xpath("//aside//button")
    assert ("hidden" in button.attrib, button.get("data-copy")) == (True, field.value)


@pytest.mark.parametrize("staff", [None, False])
def test_nobody_else_is_shown_a_link(client: Client, draft: Any, staff: bool | None):
    if staff is not None:
        client.force_login(UserFactory(is_staff=staff))

    page = html.fromstring(client.get(address(draft)).content.decode())

    assert page.xpath("//aside[@class='preview']//input | //aside[@class='preview']//script") == []


@pytest.mark.parametrize(
    ("factory", "template"),
    [
        (ThemeFactory, "perhekeskus/theme.html"),
        (AgeGroupFactory, "perhekeskus/age_group.html"),
        (FamilyCentreFactory, "perhekeskus/front.html"),
    ],
)
def test_every_kind_of_page_has_one(client: Client, db: None, factory: Any, template: str):
    values = {} if factory is AgeGroupFactory else {"status": "draft"}

    answer = client.get(address(factory(**values)))

    assert (answer.status_code, answer.templates[0].name) == (200, template)


def test_a_centre_that_is_a_draft_shows_its_pages_too(client: Client, draft: Any):
    draft.centre.status = "draft"
    draft.centre.save()

    assert client.get(address(draft)).status_code == 200
    assert client.get("/posio/").status_code == 404


def test_a_compilation_out_of_season_is_shown_as_in_season(client: Client, db: None):
    theme = ThemeFactory(kind="collection", published_from="2027-06-01", published_until="2027-08-31")

    assert client.get(address(theme)).templates[0].name == "perhekeskus/theme.html"


def test_nothing_else_that_is_a_draft_is_shown(client: Client, draft: Any):
    topic = TopicFactory()
    draft.service.topics.set([topic])
    other = OfferingFactory(
        centre=draft.centre, status="draft", service__name_fi="Salainen", service__topics=[topic]
    )
    theme = ThemeFactory(centre=draft.centre, topics=[topic], status="draft")

    for row in (draft, theme, draft.centre):
        assert "Salainen" not in client.get(address(row)).content.decode()
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_the_link_expires_after_seven_days(client: Client, draft: Any, time_machine: Any):
    path, in_english = address(draft), address(draft, "en")

    time_machine.move_to(NOW + timedelta(days=6, hours=23))
    assert client.get(path).status_code == 200
    time_machine.move_to(NOW + timedelta(days=7, hours=1))
    answers = [client.get(path), client.get(in_english)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "Esikatselulinkki on vanhentunut" in answers[0].content.decode()
    assert "Ask whoever sent it for a new link." in answers[1].content.decode()
    assert "Neuvola" not in answers[0].content.decode()


def forged(row: Any) -> list[str]:
    """Links that nobody here has made."""
    token = token_of(row)
    what, made, signature = token.rsplit(":", 2)
    return [
        "abc",
        "x" * 3000,
        token[:-1],
        token + "x",
        f"{what[:-1]}9:{made}:{signature}",
        f"{what}:zzzzzz:{signature}",
        TimestampSigner().sign(what),
        TimestampSigner(key="guessed", salt="perhekeskus.preview").sign(what),
        "%00",
    ]


def test_a_forged_link_shows_nothing_and_says_so(client: Client, draft: Any):
    for token in forged(draft):
        answer = client.get(f"/en/esikatselu/{token}/")
        assert answer.status_code == 404, token
        assert "Ask whoever sent it to send it again." in answer.content.decode(), token


def test_a_row_that_is_gone_or_has_no_page_is_not_found(client: Client, draft: Any):
    path, place = address(draft), address(PlaceFactory())
    draft.delete()

    assert [client.get(path).status_code, client.get(place).status_code] == [404, 404]


def test_it_only_shows(client: Client, draft: Any):
    assert client.post(address(draft)).status_code == 405


def test_no_centre_takes_its_word(db: None):
    assert "esikatselu" in RESERVED_SLUGS
