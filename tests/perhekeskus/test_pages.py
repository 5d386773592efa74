"""Every public page of the demo content, as anonymous readers get it."""

import re

import pytest
from django.conf import settings
from django.urls import resolve, reverse
from django.utils.translation import override

from centres.languages import page_language
from centres.models import FamilyCentre
from perhekeskus.sitemaps import entries

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

CENTRES = ("rovaniemi", "posio", "esimerkkila")
LANGUAGES = [code for code, _name in settings.LANGUAGES]
MOST_QUERIES = 10
MOST_QUERIES_OF_THE_FILTERED_LIST = 15


def pages(centre, language, today):
    return [entry.path for entry in entries(FamilyCentre.objects.get(slug=centre), language, today)]


def one_of_each_kind(paths):
    """The first page of each view."""
    return list({resolve(path).view_name: path for path in reversed(paths)}.values())


@pytest.mark.parametrize("centre", CENTRES)
def test_every_page_in_finnish_answers_anonymous_readers_within_the_budget(
    centre, client, today, django_assert_max_num_queries
):
    for path in pages(centre, "fi", today):
        is_list = resolve(path).view_name == "services:index"
        most = MOST_QUERIES_OF_THE_FILTERED_LIST if is_list else MOST_QUERIES
        with django_assert_max_num_queries(most, info=path):
            response = client.get(path)
        html = response.content.decode()
        assert response.status_code == 200, path
        assert len(re.findall(r"<h1[ >]", html)) == 1, path
        assert '<html lang="fi"' in html, path
        assert response.cookies == {}, path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("centre", CENTRES)
def test_one_page_of_each_kind_answers_in_every_language(centre, language, client, today):
    for match in [resolve(path) for path in one_of_each_kind(pages(centre, "fi", today))]:
        with override(language):
            address = reverse(match.view_name, kwargs=match.kwargs)
        response = client.get(address)
        if language not in FamilyCentre.objects.get(slug=centre).languages:
            assert response.status_code == 302, address
            continue
        assert response.status_code == 200, address
        assert f'<html lang="{page_language(language)}"' in response.content.decode(), address


def test_pages_load_nothing_from_another_host_and_run_no_inline_code(client, today):
    for path in one_of_each_kind(pages("esimerkkila", "fi", today)):
        html = client.get(path).content.decode()
        loaded = re.findall(r'<(?:script|img|iframe|source|use)[^>]+(?:src|href)="([^"]+)"', html)
        loaded += re.findall(r'<link[^>]+rel="(?:stylesheet|preload|icon|manifest)"[^>]+href="([^"]+)"', html)
        assert [address for address in loaded if not address.startswith("/")] == [], path
        assert re.findall(r'<script(?! src=| type="application/ld\+json")', html) == [], path
        assert re.findall(r"<style| style=| on[a-z]+=", html) == [], path


def test_the_policy_allows_no_inline_code_anywhere(client, today):
    for path in [*one_of_each_kind(pages("rovaniemi", "fi", today)), "/kirjaudu/"]:
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert "default-src 'none'" in policy, path


def test_with_one_centre_the_first_page_leads_straight_there(client):
    FamilyCentre.objects.exclude(slug="posio").update(status="draft")
    assert client.get("/").headers["Location"] == "/posio/"


def test_the_first_page_offers_every_centre(client):
    html = client.get("/").content.decode()
    assert [f'href="/{slug}/"' in html for slug in CENTRES] == [True, True, True]


def test_the_finnish_prefix_leads_to_the_address_without_it(client):
    response = client.get("/fi/posio/palvelut/?age=4")
    assert (response.status_code, response.headers["Location"]) == (301, "/posio/palvelut/?age=4")
