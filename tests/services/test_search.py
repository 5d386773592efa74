"""The words filter: every word, whatever its case and marks, in the reader's language with Finnish behind it."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from services.models import Offering
from services.search import MAX_WORDS, best_match_first, search
from tests.factories import (
    FamilyCentreFactory,
    OfferingFactory,
    OrganisationFactory,
    ProvisionFactory,
    ServiceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def found(text, language="fi"):
    with override(language):
        rows = list(search(Offering.objects.by_name(language), text))
    return [row.slug for row in rows]


@pytest.fixture
def offerings():
    """Three services of one centre, the first of them in several languages."""
    centre = FamilyCentreFactory()
    services = {
        "neuvola": ServiceFactory(
            name_fi="Äitiysneuvola",
            name_sv="Mödrarådgivning",
            name_en="Maternity clinic",
            summary_fi="Odottavan perheen terveysneuvontaa",
            summary_sv="Hälsoråd för väntande familjer",
            keywords_fi="raskaus, ultraääni",
            description_fi="<p>Käynnit <strong>terveydenhoitajan</strong> luona</p>",
        ),
        "kerho": ServiceFactory(
            name_fi="Isä–lapsi-kerho", summary_fi="Yhdessä tekemistä iseille ja lapsille"
        ),
        "kotiapu": ServiceFactory(name_fi="Perhetyö", summary_fi="Apua kotiin lapsiperheille"),
    }
    for slug, service in services.items():
        OfferingFactory(slug=slug, centre=centre, service=service)


class TestWhereWordsAreFound:
    def test_in_the_name_of_an_organisation_that_gives_it_here_or_everywhere(self):
        company = OrganisationFactory(name_fi="Pohjolan Hoiva Oy", name_sv="Nordens Vård Ab")
        here, everywhere, other = (OfferingFactory(slug=slug) for slug in ("taalla", "kaikkialla", "muu"))
        ProvisionFactory(offering=here, organisation=company)
        ProvisionFactory(service=everywhere.service, organisation=company)
        assert set(found("pohjolan")) == {"taalla", "kaikkialla"}
        assert set(found("vard", "sv")) == {"taalla", "kaikkialla"}
        assert found("kunta") == []
        assert found(other.service.name) == ["muu"]

    def test_in_the_name_of_a_topic(self):
        OfferingFactory(
            slug="laina", service__topics=[TopicFactory(name_fi="Raha ja velat", name_en="Money")]
        )
        OfferingFactory(slug="muu")
        assert found("velat") == ["laina"]
        assert found("money", "en") == ["laina"]

    def test_a_short_word_is_found_where_a_word_begins(self):
        OfferingFactory(slug="ero", service__name_fi="Apua: ero ja lapset")
        OfferingFactory(slug="kerho", service__name_fi="Kerho terojen teroittajille")
        assert found("ero") == ["ero"]
        assert found("eroj") == []
        assert found("erojen") == ["kerho"]


class TestBestMatch:
    def test_the_name_itself_comes_first_then_names_that_begin_with_it_then_those_that_hold_it(self):
        names = ["Apua neuvolasta", "Neuvolakerho", "Äitiysneuvola", "Neuvola", "Neuvola Posiolla", "Muu"]
        for number, name in enumerate(names):
            OfferingFactory(slug=f"n{number}", service__name_fi=name, service__keywords_fi="neuvola")
        rows = best_match_first(search(Offering.objects.all(), "neuvola"), "neuvola", "fi")
        assert [row.title for row in rows] == [
            "Neuvola", "Neuvola Posiolla", "Neuvolakerho", "Apua neuvolasta", "Äitiysneuvola", "Muu"
        ]  # fmt: skip

    def test_a_whole_word_anywhere_comes_before_a_longer_one_in_the_name(self):
        OfferingFactory(slug="puhelin", service__name_fi="Nuorten puhelin")
        OfferingFactory(slug="terapia", service__name_fi="Terapia", service__keywords_fi="kieli, puhe")
        OfferingFactory(slug="here", service__name_fi="Aamu", how_to_get_fi="<p>Kun puhe huolettaa.</p>")
        OfferingFactory(slug="name", service__name_fi="Puheterapia")
        rows = best_match_first(search(Offering.objects.all(), "puhe"), "puhe", "fi")
        assert [row.slug for row in rows] == ["name", "terapia", "here", "puhelin"]

    def test_a_local_name_counts_as_the_name(self):
        OfferingFactory(slug="a", service__name_fi="Aamukerho neuvola")
        OfferingFactory(slug="b", name_fi="Neuvola", service__name_fi="Terveysneuvonta")
        rows = best_match_first(search(Offering.objects.all(), "neuvola"), "neuvola", "fi")
        assert [row.slug for row in rows] == ["b", "a"]


@pytest.mark.usefixtures("offerings")
class TestWords:
    @pytest.mark.parametrize(
        ("text", "slugs"),
        [
            ("äitiysneuvola", ["neuvola"]),
            ("ÄITIYSNEUVOLA", ["neuvola"]),
            ("aitiysneuvola", ["neuvola"]),
            ("neuvola", ["neuvola"]),
            ("lapsi", ["kerho", "kotiapu"]),
            ("lapsi apua", ["kotiapu"]),
            ("apua lapsi", ["kotiapu"]),
            ("lapsi, apua!", ["kotiapu"]),
            ("lapsi neuvola", []),
            ("isa lapsi", ["kerho"]),
            ("ultraaani", ["neuvola"]),
            ("terveydenhoitaja", ["neuvola"]),
            ("strong", []),
            ("olematon", []),
        ],
    )
    def test_every_word_must_be_found_whatever_its_case_and_marks(self, text, slugs):
        assert found(text) == slugs

    @pytest.mark.parametrize("text", ["", " ", "!?", "…", "%", "_", "\\", "'", "–"])
    def test_a_text_without_letters_or_digits_finds_nothing(self, text):
        assert found(text) == []

    def test_words_past_the_last_that_counts_change_nothing(self):
        assert found("neuvola " * MAX_WORDS + "olematon") == ["neuvola"]
        assert found("neuvola " * (MAX_WORDS - 1) + "olematon") == []

    @given(st.text(max_size=40))
    def test_any_text_can_be_searched_for(self, text):
        assert set(found(text)) <= {"neuvola", "kerho", "kotiapu"}


@pytest.mark.usefixtures("offerings")
class TestLanguages:
    def test_the_reader_s_language_is_searched(self):
        assert found("rådgivning", "sv") == ["neuvola"]
        assert found("radgivning", "sv") == ["neuvola"]
        assert found("rådgivning", "fi") == []
        assert found("maternity", "en") == ["neuvola"]

    def test_a_text_that_is_missing_counts_in_finnish(self):
        assert found("terveysneuvontaa", "en") == ["neuvola"]
        assert found("terveysneuvontaa", "sv") == []
        assert found("kotiin", "se") == ["kotiapu"]

    @pytest.mark.parametrize("language", ["sv", "en", "se", "fi-simple"])
    def test_the_finnish_name_is_found_in_every_language(self, language):
        assert found("äitiysneuvola", language) == ["neuvola"]


class TestOfferings:
    def test_the_local_name_finds_the_offering_that_has_it_and_no_other(self):
        service = ServiceFactory(name_fi="Perheneuvola")
        OfferingFactory(slug="posiolla", service=service, name_fi="Hoivatien perheneuvonta")
        OfferingFactory(slug="rovaniemella", service=service)
        assert found("hoivatie") == ["posiolla"]
        assert sorted(found("perheneuvola")) == ["posiolla", "rovaniemella"]

    def test_one_word_may_stand_in_the_local_text_and_another_in_the_shared_one(self):
        OfferingFactory(
            slug="posiolla",
            service__name_fi="Perheneuvola",
            service__summary_fi="Keskusteluapua",
            how_to_get_fi="Soita Hoivatielle",
        )
        assert found("hoivatie keskustelu") == ["posiolla"]

    def test_the_search_narrows_what_it_is_given(self):
        here, there = OfferingFactory(service__name_fi="Neuvola"), OfferingFactory(service__name_fi="Neuvola")
        assert list(search(Offering.objects.in_centre(here.centre), "neuvola")) == [here]
        assert list(search(Offering.objects.in_centre(there.centre), "neuvola")) == [there]
