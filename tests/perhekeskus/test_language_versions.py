"""The switcher, canonical and alternate links, and texts that stand in for a missing translation."""

import re

import pytest
from django.utils import translation

from centres.models import FamilyCentre
from services.models import Service

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def links(html, rel):
    found = re.findall(rf'<link rel="{rel}"(?: hreflang="([^"]+)")? href="http://testserver([^"]+)"', html)
    return dict(found)


def switcher(html):
    return dict(re.findall(r'<a href="([^"]+)" lang="([^"]+)" hreflang="[^"]+"', html))


def test_the_switcher_keeps_the_page_and_the_query(client):
    html = client.get("/rovaniemi/palvelut/?age=4&q=neuvola").content.decode()
    assert switcher(html.split("<main")[0].replace("&amp;", "&")) == {
        "/rovaniemi/palvelut/?age=4&q=neuvola": "fi",
        "/fi-simple/rovaniemi/palvelut/?age=4&q=neuvola": "fi-simple",
        "/sv/rovaniemi/tjanster/?age=4&q=neuvola": "sv",
        "/en/rovaniemi/services/?age=4&q=neuvola": "en",
        "/se/rovaniemi/palvelut/?age=4&q=neuvola": "se",
    }


def test_alternate_links_name_the_languages_that_the_page_is_held_in_and_finnish_by_default(client):
    html = client.get("/en/posio/services/neuvola/").content.decode()
    assert links(html, "canonical") == {"": "/en/posio/services/neuvola/"}
    assert links(html, "alternate") == {
        "fi": "/posio/palvelut/neuvola/",
        "x-default": "/posio/palvelut/neuvola/",
        "fi-simple": "/fi-simple/posio/palvelut/neuvola/",
        "sv": "/sv/posio/tjanster/neuvola/",
        "en": "/en/posio/services/neuvola/",
    }


def test_a_language_that_the_centre_does_not_publish_in_leads_to_the_page_in_finnish(client):
    Service.objects.filter(slug="neuvola").update(name_se="Ii dárkkistuvvon")
    response = client.get("/se/posio/palvelut/neuvola/?a=b")
    assert (response.status_code, response.headers["Location"]) == (302, "/posio/palvelut/neuvola/?a=b")
    FamilyCentre.objects.filter(slug="posio").update(languages=["fi"])
    assert client.get("/en/posio/services/").headers["Location"] == "/posio/palvelut/"
    assert 'hreflang="en"' not in client.get("/posio/").content.decode()
    assert client.get("/en/posio/no-such-page/").status_code == 404


def test_a_page_that_holds_nothing_of_its_own_in_a_language_is_not_for_search_engines(client):
    html = client.get("/se/rovaniemi/palvelut/neuvola/").content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert links(html, "alternate") == {}


def test_a_text_missing_in_the_readers_language_is_finnish_and_marked_so(client):
    Service.objects.filter(slug="neuvola").update(summary_sv="")
    finnish = Service.objects.get(slug="neuvola").summary_fi
    html = client.get("/sv/posio/tjanster/neuvola/").content.decode()
    assert re.search(rf'<p[^>]* lang="fi"[^>]*>\s*{re.escape(finnish)}', html)
    with translation.override("sv"):
        assert translation.gettext("Part of this page is in Finnish.") in html


def test_a_page_whole_in_the_readers_language_says_nothing_of_finnish(client):
    html = client.get("/posio/palvelut/neuvola/").content.decode()
    assert 'class="lang-note"' not in html
    assert re.findall(r'<(?!html|a )[a-z0-9]+[^>]* lang="(?!en">choose language)', html) == []


def test_an_accepted_language_does_not_move_the_reader(client):
    response = client.get("/posio/", headers={"accept-language": "sv"})
    assert '<html lang="fi"' in response.content.decode()
