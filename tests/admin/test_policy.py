"""The desk keeps the portal's Content-Security-Policy, and asks no other host for anything."""

import gettext
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from centres.admin.rich_text import EDITOR_STYLE
from tests.admin.forms import address, pages_of
from tests.admin.test_pages import ALONE
from tests.factories import FACTORIES, ServiceFactory
from tests.harness.catalogues import read_po
from tests.harness.machine import ROOT

OWN_PAGES = [
    "/hallinta/",
    "/hallinta/password_change/",
    "/hallinta/password_change/done/",
    "/hallinta/jsi18n/",
]

INLINE_STYLE_OR_HANDLER = re.compile(r"<[a-z][^>]*\s(?:style|on[a-z]+)=|<style")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)([^>]*)>")
# What a browser would fetch, run or send: not the links that a coordinator may choose to follow.
OTHER_HOST = re.compile(
    r"<(?:script|link|img|iframe|form|source)\b[^>]*(?:src|href|action)=[\"'](?:https?:)?//"
)


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";")]
    return {name: sources for name, *sources in parts}


def faults(policy: str, page: str) -> Iterator[str]:
    nonces = re.findall(r"'nonce-([^']+)'", policy)
    if "unsafe" in policy:
        yield "the policy allows something unsafe"
    if INLINE_STYLE_OR_HANDLER.search(page):
        yield "an inline style or event handler"
    if any(
        f'nonce="{nonces[0]}"' not in script if nonces else True for script in INLINE_SCRIPT.findall(page)
    ):
        yield "an inline script without the nonce"
    if OTHER_HOST.search(page):
        yield "something from another host"


def test_every_page_of_the_desk_keeps_the_policy(desk: Client):
    rows = [FACTORIES[model]() for model in ALONE]
    found = []
    for path in OWN_PAGES + [path for row in rows for path in pages_of(row)]:
        answer = desk.get(path)
        found += [
            f"{path}: {fault}" for fault in faults(answer["Content-Security-Policy"], answer.content.decode())
        ]

    assert found == []


def test_the_sign_in_page_keeps_the_policy(client: Client, db: None):
    answer = client.get("/kirjaudu/")

    assert list(faults(answer["Content-Security-Policy"], answer.content.decode())) == []


def test_a_form_with_the_editor_has_one_inline_script_and_its_nonce(desk: Client):
    answer = desk.get("/hallinta/services/service/add/")
    (script,) = INLINE_SCRIPT.findall(answer.content.decode())
    (nonce,) = re.findall(r"'nonce-([^']+)'", answer["Content-Security-Policy"])

    assert 'type="importmap"' in script
    assert f'nonce="{nonce}"' in script


def test_the_editors_style_sheet_is_admitted_on_forms_alone(desk: Client):
    row = ServiceFactory()

    def styles(page: str, *args: object) -> list[str]:
        return directives(desk.get(address(page, row, *args))["Content-Security-Policy"])["style-src"]

    assert styles("change", row.pk) == ["'self'", EDITOR_STYLE]
    assert styles("changelist") == ["'self'"]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_words_of_the_scripts_are_translated_and_compiled(language: str):
    path = ROOT / "locale" / language / "LC_MESSAGES" / "djangojs.po"
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    _header, *entries = read_po(path)

    assert [entry.key for entry in entries if entry.fuzzy or not all(entry.translations)] == []
    assert {entry.texts["msgid"] for entry in entries} == set(compiled) - {""}
    assert all(compiled[entry.texts["msgid"]] == entry.texts["msgstr"] for entry in entries)
    scripts = " ".join(script.read_text() for script in (ROOT / "perhekeskus/static/desk").glob("*.js"))
    assert set(re.findall(r'gettext\("([^"]+)"\)', scripts)) <= set(compiled)
