"""Whatever is asked for, the answer is a page or a clear 4xx in the reader's language, never a 500."""

import re
import string

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

PATHS = [
    "/",
    "/robots.txt",
    "/sitemap.xml",
    "/rovaniemi/",
    "/rovaniemi/sitemap.xml",
    "/rovaniemi/manifest.webmanifest",
    "/rovaniemi/palvelut/",
    "/en/posio/services/",
    "/posio/palvelut/neuvola/",
    "/posio/ikaryhmat/1-6-vuotiaat/",
    "/rovaniemi/teemat/erotilanne/",
    "/rovaniemi/koonnit/vertaisryhmat/",
    "/posio/toimijat/",
    "/posio/toimijat/lapha/",
    "/posio/mika-on-perhekeskus/",
    "/posio/apua-heti/",
    "/posio/saavutettavuus/",
    "/posio/tietosuoja/",
    "/hallinta/",
]
FILTERS = [
    "q",
    "age",
    "group",
    "theme",
    "level",
    "way",
    "sector",
    "free",
    "language",
    "sort",
    "page",
    "nosuch",
]
HOSTILE = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        ["\x00", "%00", "' OR 1=1 --", "<script>alert(1)</script>", "9" * 4000, "-1", "1e309", "../../etc"]
    ),
    st.integers().map(str),
    st.sampled_from(["1-6-vuotiaat", "erotilanne", "3", "verkko", "on", "fi", "level", "2"]),
)


def ask(path, query=None):
    client = Client(raise_request_exception=False)
    return client.get(path, query or {}, headers={"accept-language": "sv"})


@settings(max_examples=150)
@given(path=st.sampled_from(PATHS), query=st.dictionaries(st.sampled_from(FILTERS), HOSTILE, max_size=5))
def test_no_query_breaks_a_page(path, query):
    assert ask(path, query).status_code in (200, 302)


@settings(max_examples=80)
@given(path=st.sampled_from(PATHS), raw=st.text(alphabet=string.printable, max_size=200))
def test_no_raw_query_string_breaks_a_page(path, raw):
    response = Client(raise_request_exception=False).get(path, QUERY_STRING=raw)
    assert response.status_code in (200, 302, 400)


@settings(max_examples=150)
@given(
    start=st.sampled_from(
        ["/", "/en/", "/rovaniemi/", "/posio/palvelut/", "/sv/posio/teman/", "/posio/toimijat/"]
    ),
    rest=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="?#"), max_size=120),
)
def test_no_path_breaks_the_portal(start, rest):
    assert ask(start + rest).status_code in (200, 301, 302, 400, 404)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nosuchcentre/", "Sivua ei löytynyt"),
        ("/rovaniemi/ikaryhmat/nosuch/", "Sivua ei löytynyt"),
        ("/rovaniemi/teemat/nosuch/", "Sivua ei löytynyt"),
        ("/rovaniemi/palvelut/nosuch/", "Sivua ei löytynyt"),
        ("/en/rovaniemi/services/nosuch/", "This page was not found"),
        ("/sv/rovaniemi/tjanster/nosuch/", "Sidan hittades inte"),
        ("/xx/rovaniemi/", "Sivua ei löytynyt"),
    ],
)
def test_what_is_not_there_gets_a_page_with_a_way_onward(path, words):
    response = ask(path)
    html = response.content.decode()
    assert response.status_code == 404
    assert words in html
    ways = re.findall(r'href="([^"]+)"', html.split("<main")[1].split("</main>")[0])
    prefix = path[:4] if path[:4] in ("/en/", "/sv/") else "/"
    assert f"{prefix}rovaniemi/" in ways


def test_a_bad_filter_value_leaves_the_page_with_a_message():
    response = ask("/en/rovaniemi/services/", {"age": "four", "level": "3"})
    html = response.content.decode()
    assert response.status_code == 200
    assert 'aria-invalid="true"' in html
    assert 'value="four"' in html


def test_a_page_number_that_is_not_there_leaves_the_first_page_with_a_message():
    response = ask("/en/rovaniemi/services/", {"page": "999"})
    assert response.status_code == 200
    assert response.context["page_is_wrong"] is True
    assert response.context["page"].number == 1
