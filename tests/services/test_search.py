"""The words filter: every word, whatever its case and marks, in the reader's language with Finnish behind it."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from services.models import Offering
from services.search import MAX_WORDS, search
from tests.factories import FamilyCentreFactory, OfferingFactory, ServiceFactory

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
