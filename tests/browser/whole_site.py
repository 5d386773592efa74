"""Every page of every centre, in every language and all four views: what `make audit` runs, and `make test` does not.

The pages are those of the centre's Finnish sitemap; a page that holds nothing in the reader's language is looked at
in that language too, with its Finnish text.
"""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page

from centres.models import FamilyCentre
from perhekeskus.addresses import address_in
from perhekeskus.demo import CENTRES
from perhekeskus.sitemaps import entries
from tests.browser.pages import LANGUAGES, VIEWS

# There each page leads to its Finnish one (`test_pages.py`), which is looked at already.
NOT_PUBLISHED = {("posio", "se"), ("esimerkkila", "se")}
every_centre_and_language = pytest.mark.parametrize(
    ("centre", "language"),
    [pair for pair in product(CENTRES, LANGUAGES) if pair not in NOT_PUBLISHED],
)
pytestmark = pytest.mark.django_db


def addresses(centre: str, language: str, today: date) -> list[str]:
    """Every page of the centre's Finnish sitemap, by its address in `language`."""
    rows = entries(FamilyCentre.objects.get(slug=centre), "fi", today)
    matches = [resolve(row.path) for row in rows]
    return [address_in(language, match.view_name, **match.kwargs) for match in matches if match.view_name]


@every_centre_and_language
def test_axe_finds_nothing(
    centre: str,
    language: str,
    today: date,
    page: Page,
    portal: str,
    axe_violations: Callable[[Page], list[str]],
    record_property: Callable[[str, Any], None],
) -> None:
    found = []
    pages = addresses(centre, language, today)
    for address in pages:
        page.goto(f"{portal}{address}")
        for view in VIEWS:
            view.show(page)
            found += [f"{address} ({view}): {line}" for line in axe_violations(page)]
    record_property("looked at", f"{len(pages)} pages in {len(VIEWS)} views, {len(found)} violations")
    assert found == []


@every_centre_and_language
def test_the_html_is_valid(
    centre: str,
    language: str,
    today: date,
    client: Client,
    demo: None,
    invalid_html: Callable[[Mapping[str, str]], list[str]],
    record_property: Callable[[str, Any], None],
) -> None:
    pages = {path: client.get(path).content.decode() for path in addresses(centre, language, today)}
    found = invalid_html(pages)
    record_property("looked at", f"{len(pages)} documents, {len(found)} errors")
    assert found == []
