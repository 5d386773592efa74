"""Abbreviations explained in place: the first time on a page, whole words, never within a tag or a link."""

import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from centres.richtext import sanitised
from centres.terms import Term, Terms
from networks.terms import terms_of
from tests.factories import (
    FamilyCentreFactory,
    LocalNetworkFactory,
    NetworkFactory,
    OfferingFactory,
    ServiceFactory,
)

MARAK = Term("MARAK", 'Moniammatillinen "arvio"', "", "/verkostot/marak/")
LASTA = Term("LASTA", "Lapsen asia", "fi", "/verkostot/lasta/")
LAS = Term("LAS", "Lapsi", "", "/verkostot/las/")
R_AND_D = Term("R&D", "Tutkimus <ja> kehitys", "", "/verkostot/rd/")
NASTY = Term("amp", "Merkki", "", "/verkostot/amp/")

SHOWN = '<a href="/verkostot/marak/"><abbr title="Moniammatillinen &quot;arvio&quot;">MARAK</abbr></a>'


def explained(html, *terms, path=""):
    return str(Terms(lambda: list(terms), path).explain(html))


class TestWhereATermIsExplained:
    def test_as_a_link_to_its_page_with_its_full_name(self):
        assert explained("<p>MARAK auttaa.</p>", MARAK) == f"<p>{SHOWN} auttaa.</p>"

    def test_in_the_language_of_its_name(self):
        assert '<abbr title="Lapsen asia" lang="fi">LASTA</abbr>' in explained("LASTA", LASTA)

    def test_only_the_first_time_on_a_page(self):
        terms = Terms(lambda: [MARAK])
        assert terms.explain("MARAK ja MARAK") == f"{SHOWN} ja MARAK"
        assert terms.explain("MARAK") == "MARAK"

    def test_not_on_its_own_page(self):
        assert explained("MARAK", MARAK, path=MARAK.url) == "MARAK"

    @pytest.mark.parametrize("text", ["MARAK-työryhmä", "(MARAK)", "MARAK:iin", "MARAK.", "„MARAK“", "MARAK"])
    def test_beside_what_ends_a_word(self, text):
        assert explained(text, MARAK) == text.replace("MARAK", SHOWN)

    @pytest.mark.parametrize(
        "text",
        [
            *("MARAKin", "KARMARAK", "marak", "Marak", "ÄMARAK", "MARAKÄ", "MARAK2", "_MARAK"),
            *("MARAK@esimerkki.example", "https://esimerkki.example/MARAK", "MARAK.example", "hanke@MARAK"),
        ],
    )
    def test_not_within_a_word_nor_an_address(self, text):
        assert explained(text, MARAK) == text

    @pytest.mark.parametrize(
        "html",
        [
            '<a href="/x/">MARAK</a>',
            '<a href="/MARAK/">ks. <strong>MARAK</strong></a>',
            "<A HREF='/x/'>MARAK</A>",
            '<abbr title="MARAK">MARAK</abbr>',
            "<dfn>MARAK</dfn>",
            '<p title="MARAK > MARAK">x</p>',
            "<p data-x='MARAK \">'>x</p>",
        ],
    )
    def test_not_within_a_tag_or_a_link(self, html):
        assert explained(html, MARAK) == html

    def test_behind_a_link_again(self):
        html = '<a href="/x/">MARAK</a> MARAK'
        assert explained(html, MARAK) == f'<a href="/x/">MARAK</a> {SHOWN}'

    def test_a_tag_that_only_begins_like_a_link_is_none(self):
        assert explained("<article>MARAK</article>", MARAK) == f"<article>{SHOWN}</article>"

    def test_of_two_that_begin_alike_the_longer(self):
        assert "LASTA</abbr>" in explained("LASTA", LAS, LASTA)
        assert "LAS</abbr>" in explained("LAS", LAS, LASTA)

    def test_not_within_an_entity(self):
        assert explained("Kuusi &amp; mänty", NASTY) == "Kuusi &amp; mänty"

    def test_with_an_ampersand_of_its_own(self):
        assert "Tutkimus &lt;ja&gt; kehitys" in explained("R&amp;D täällä", R_AND_D)

    def test_stray_brackets_change_nothing(self):
        assert explained("a < b MARAK", MARAK) == f"a < b {SHOWN}"
        assert explained("MARAK <", MARAK) == f"{SHOWN} <"

    @given(st.text(alphabet="<>&\"'/ aMARK@.-=;", max_size=40))
    def test_whatever_comes_in_nothing_is_lost(self, text):
        html = explained(text, MARAK)
        assert html.replace(SHOWN, "MARAK") == text
        assert html.count(SHOWN) <= 1

    @given(st.text(alphabet="<>&\"' aMARK=hrefp/", max_size=60))
    def test_rich_text_stays_as_clean_as_it_was(self, text):
        clean = sanitised(f"<p>MARAK {text}</p>")
        html = explained(clean, MARAK)
        unlinked = re.sub("</?abbr[^>]*>", "", html)
        assert sanitised(unlinked) == unlinked


def rendered(template, **context):
    return Template(template).render(Context(context))


def test_plain_text_is_escaped():
    html = rendered("{{ text|explained:terms }}", text="<b>MARAK</b>", terms=Terms(lambda: [MARAK]))
    assert html == f"&lt;b&gt;{SHOWN}&lt;/b&gt;"


def test_safe_text_stays_as_it_is():
    html = rendered(
        "{{ text|explained:terms }}", text=mark_safe("<b>MARAK</b>"), terms=Terms(lambda: [MARAK])
    )
    assert html == f"<b>{SHOWN}</b>"


def test_an_empty_text_asks_for_no_terms():
    assert explained("") == ""
    assert str(Terms(None).explain("")) == ""


@pytest.mark.django_db
class TestTheTermsOfACentre:
    @pytest.fixture
    def centre(self):
        centre = FamilyCentreFactory()
        network = NetworkFactory(name_fi="Riskinarviointi", name_sv="Riskbedömning", abbreviation="MARAK")
        LocalNetworkFactory(centre=centre, slug="marak", network=network)
        hidden = NetworkFactory(abbreviation="PIILO", status="draft")
        LocalNetworkFactory(centre=centre, network=hidden)
        LocalNetworkFactory(centre=centre, network=NetworkFactory(abbreviation="LUONNOS"), status="draft")
        LocalNetworkFactory(network=NetworkFactory(abbreviation="MUUALLA"))
        LocalNetworkFactory(centre=centre)
        return centre

    def test_are_those_that_readers_may_see_there(self, centre, today):
        assert [term.word for term in terms_of(centre, today, "fi")] == ["MARAK"]

    def test_speak_the_reader_s_language_or_say_that_they_do_not(self, centre, today):
        with override("sv"):
            (term,) = terms_of(centre, today, "sv")
            assert (term.name, term.lang) == ("Riskbedömning", "")
        with override("en"):
            (term,) = terms_of(centre, today, "en")
            assert (term.name, term.lang) == ("Riskinarviointi", "fi")

    def test_a_local_name_stands_before_the_shared_one(self, today):
        local = LocalNetworkFactory(name_fi="Täällä näin", network=NetworkFactory(abbreviation="TN"))
        (term,) = terms_of(local.centre, today, "fi")
        assert term.name == "Täällä näin"

    def test_are_also_names_of_one_word(self, client, centre, today):
        for slug, name in (("motti", "Motti"), ("neuvosto", "Lasten neuvosto"), ("pieni", "pienella")):
            LocalNetworkFactory(centre=centre, slug=slug, network=NetworkFactory(name_fi=name))
        assert [term.word for term in terms_of(centre, today, "fi")] == ["MARAK", "Motti"]
        service = ServiceFactory(summary_fi="Motti auttaa, Motti tukee; Lasten neuvosto ei.")
        html = client.get(OfferingFactory(centre=centre, service=service).get_absolute_url()).content.decode()
        way = reverse("networks:detail", kwargs={"centre": centre.slug, "slug": "motti"})
        assert f'<a href="{way}">Motti</a> auttaa, Motti tukee; Lasten neuvosto ei.' in html

    def test_names_of_one_word_are_links_on_the_page_of_a_network(self, client, centre):
        LocalNetworkFactory(centre=centre, slug="motti", network=NetworkFactory(name_fi="Motti"))
        other = LocalNetworkFactory(centre=centre, network=NetworkFactory(summary_fi="Kun Motti ei auta."))
        way = reverse("networks:detail", kwargs={"centre": centre.slug, "slug": "motti"})
        html = client.get(other.get_absolute_url()).content.decode()
        assert f'Kun <a href="{way}">Motti</a> ei auta.' in html

    def test_are_explained_on_the_page_of_a_service(self, client, centre):
        service = ServiceFactory(
            summary_fi="Tukea ja MARAK.", description_fi="<p>MARAK kokoontuu.</p>", how_to_get_fi="PIILO <b>"
        )
        offering = OfferingFactory(centre=centre, service=service)
        html = client.get(offering.get_absolute_url()).content.decode()
        assert html.count('<abbr title="Riskinarviointi">MARAK</abbr>') == 1
        assert "<p>MARAK kokoontuu.</p>" in html
        assert "PIILO &lt;b&gt;" in html

    def test_cost_a_page_of_a_service_one_query(self, client, centre):
        path = OfferingFactory(centre=centre).get_absolute_url()
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert sum("abbreviation" in query["sql"] for query in asked) == 1
        assert len(asked) <= 10
