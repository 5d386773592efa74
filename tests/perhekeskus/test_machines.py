"""robots.txt, sitemaps, the manifest and structured data."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders

from centres.models import FamilyCentre
from perhekeskus.addresses import address_in
from tests.harness.schema_org import faults

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def read(client, path):
    return ElementTree.fromstring(client.get(path).content)


def test_robots_txt_names_the_sitemaps_and_keeps_machines_from_the_desk(client):
    assert client.get("/robots.txt").content.decode().split("\n") == [
        "User-agent: *",
        "Disallow: /hallinta/",
        "Disallow: /*/hallinta/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
        "",
    ]


def test_the_index_names_a_sitemap_for_each_centre_and_language(client):
    locations = [element.text for element in read(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]
    assert "http://testserver/rovaniemi/sitemap.xml" in locations
    assert "http://testserver/en/posio/sitemap.xml" in locations
    for location in locations:
        assert client.get(location.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("centre", ["rovaniemi", "posio", "esimerkkila"])
def test_the_versions_of_a_page_name_each_other(centre, client):
    told = {}
    for language in FamilyCentre.objects.get(slug=centre).languages:
        for url in read(client, address_in(language, "sitemap", centre)):
            versions = {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
            told[url.findtext(f"{SITEMAP}loc")] = versions
    assert len(told) > 50
    for location, versions in told.items():
        assert location in versions.values()
        assert versions["x-default"] == versions["fi"]
        for other in versions.values():
            assert told[other] == versions


def test_the_manifest_has_the_centres_name_and_icons_that_are_there(client):
    manifest = client.get("/en/posio/manifest.webmanifest").json()
    assert (manifest["lang"], manifest["start_url"], manifest["scope"]) == ("en", "/en/posio/", "/en/posio/")
    assert len(manifest["icons"]) == 3
    assert [finders.find(icon["src"].removeprefix("/static/")) is None for icon in manifest["icons"]] == [
        False
    ] * 3


def structured(client, path):
    html = client.get(path).content.decode()
    return [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    ]


def test_a_public_service_is_a_government_service_with_its_provider_and_channels(client):
    (data,) = structured(client, "/posio/palvelut/neuvola/")
    assert (data["@context"], data["@type"], data["name"]) == (
        "https://schema.org",
        "GovernmentService",
        "Neuvola",
    )
    assert [provider["name"] for provider in data["provider"]] == ["Coronaria"]
    assert data["areaServed"] == {"@type": "AdministrativeArea", "name": "Posio"}


def test_opening_hours_stand_on_the_place(client):
    sitemap = client.get("/esimerkkila/sitemap.xml").content.decode()
    paths = re.findall(r"<loc>http://testserver([^<]+)</loc>", sitemap)
    places = [
        channel["serviceLocation"]
        for path in paths
        if "/palvelut/" in path
        for data in structured(client, path)
        for channel in data.get("availableChannel", [])
        if "serviceLocation" in channel
    ]
    assert len(places) > 2
    assert any(
        str(hours["dayOfWeek"]).startswith("https://schema.org/")
        for place in places
        for hours in place.get("openingHoursSpecification", [])
    )


def test_all_structured_data_keeps_to_the_vocabulary_of_schema_org(client):
    for prefix in ("", "/en"):
        for centre in ("rovaniemi", "posio", "esimerkkila"):
            sitemap = client.get(f"{prefix}/{centre}/sitemap.xml").content.decode()
            for path in re.findall(r"<loc>http://testserver([^<]+)</loc>", sitemap):
                for data in structured(client, path):
                    assert list(faults(data)) == [], path


def test_a_page_with_the_centres_own_plain_finnish_is_found_in_it(client):
    html = client.get("/fi-simple/posio/").content.decode()
    assert 'rel="canonical"' in html
    assert "/fi-simple/posio/" in client.get("/fi-simple/posio/sitemap.xml").content.decode()
    FamilyCentre.objects.filter(slug="posio").update(intro_fi_simple="")
    assert 'content="noindex"' in client.get("/fi-simple/posio/").content.decode()


def test_the_accessibility_statement_names_who_answers_when_it_was_drawn_up_and_what_holds_here(client):
    html = client.get("/en/posio/accessibility/").content.decode()
    assert "Who answers for the pages: Municipality of Posio." in html
    assert "26 November 2026" in html
    assert "Sámi" not in html
    assert "Sámi" in client.get("/en/rovaniemi/accessibility/").content.decode()
