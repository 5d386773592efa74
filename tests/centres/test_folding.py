"""What readers write finds what stands there, and lists stand as a Finn sorts them."""

import string

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from centres.folding import fold, plain, sort_key
from tests.factories import OrganisationFactory, ServiceFactory

ALPHABET = string.ascii_lowercase + "åäö"
words = st.text(ALPHABET, min_size=1, max_size=12)
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)


def in_the_alphabet(text):
    """The key that a dictionary sorts by: letter after letter, a space before every letter."""
    return [(" " + ALPHABET).index(letter) for letter in text]


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("ÄITI", "aiti"),
            ("Äiti ja isä", "aiti ja isa"),
            ("Åbo", "abo"),
            ("ÖITÄ", "oita"),
            ("Davvisámegiella", "davvisamegiella"),
            ("áâčđŋšŧž", "aacdnstz"),
            ("ÁÂČĐŊŠŦŽ", "aacdnstz"),
            ("søster og brødre", "soster og brodre"),
            ("Straße", "strasse"),
            ("A\u0308iti", "aiti"),
            ("perhe-\u00adneuvola", "perhe neuvola"),
            ("  0–11 kk!  ", "0 11 kk"),
            ("1/2 päivää", "1 2 paivaa"),
            ("äiti@esimerkki.example", "aiti esimerkki example"),
            ("…!?", ""),
            ("", ""),
            ("Перекур 5", "5"),
        ],
    )
    def test_case_marks_and_punctuation_go(self, text, folded):
        assert fold(text) == folded

    @given(st.text())
    def test_folding_twice_changes_nothing_more(self, text):
        assert fold(fold(text)) == fold(text)

    @given(st.text())
    def test_only_words_of_plain_letters_and_digits_remain(self, text):
        folded = fold(text)
        assert set(folded) <= set(string.ascii_lowercase + string.digits + " ")
        assert folded == " ".join(folded.split())

    @given(phrases)
    def test_capitals_fold_as_small_letters_do(self, text):
        assert fold(text.upper()) == fold(text)


class TestSortKey:
    @given(phrases, phrases)
    def test_the_order_is_that_of_the_finnish_alphabet(self, one, other):
        assert (sort_key(one) < sort_key(other)) == (in_the_alphabet(one) < in_the_alphabet(other))

    @given(phrases, phrases)
    def test_two_texts_have_one_key_only_when_they_are_one(self, one, other):
        assert (sort_key(one) == sort_key(other)) == (one == other)

    @given(st.text())
    def test_every_text_has_a_key_of_digits_that_fits_its_column(self, text):
        key = sort_key(text)
        assert set(key) <= set(string.digits)
        assert len(key) <= 120

    def test_a_ring_a_dots_and_o_dots_are_the_last_letters_in_that_order(self):
        names = ["Öljymäki", "Ärjä", "Åbo", "Zeppeliini", "Aurinko", "Oulu"]
        assert sorted(names, key=sort_key) == ["Aurinko", "Oulu", "Zeppeliini", "Åbo", "Ärjä", "Öljymäki"]

    def test_case_and_foreign_marks_do_not_part_names(self):
        assert sort_key("ÁNNÁ") == sort_key("anna")
        assert sort_key("Đuro") == sort_key("duro")

    def test_composed_and_decomposed_letters_sort_alike(self):
        assert sort_key("a\u0308iti") == sort_key("äiti")

    def test_digits_come_before_letters_and_a_space_before_both(self):
        assert sorted(["ab", "a b", "a1"], key=sort_key) == ["a b", "a1", "ab"]

    def test_punctuation_counts_as_one_space(self):
        assert sort_key("MLL – Rovaniemi") == sort_key("mll rovaniemi")


class TestPlain:
    def test_tags_part_words_and_entities_are_read(self):
        assert plain("<p>Tukea</p><p>&auml;idille &amp; is&auml;lle</p>").split() == [
            "Tukea",
            "äidille",
            "&",
            "isälle",
        ]


@pytest.mark.django_db
class TestColumns:
    def test_every_language_has_its_own_text_and_a_missing_one_is_finnish(self):
        row = OrganisationFactory(name_fi="Äitien tupa", summary_fi="Tule käymään", name_sv="Mammornas stuga")
        row.refresh_from_db()
        assert row.search_fi == "aitien tupa tule kaymaan aitien tupa"
        assert row.search_sv == "mammornas stuga tule kaymaan aitien tupa"
        assert row.search_en == "aitien tupa tule kaymaan aitien tupa"
        assert row.search_fi_simple == row.search_se == row.search_en

    def test_every_language_has_its_own_order_and_a_missing_name_sorts_as_the_finnish_one(self):
        row = OrganisationFactory(name_fi="Äitien tupa", name_sv="Mammornas stuga")
        row.refresh_from_db()
        assert row.sort_fi == row.sort_en == row.sort_se == sort_key("äitien tupa")
        assert row.sort_sv == sort_key("mammornas stuga")

    def test_the_columns_follow_a_change_of_the_text_whatever_language_is_active(self):
        row = OrganisationFactory(name_fi="Äitien tupa")
        with override("sv"):
            row.name_fi = "Isien tupa"
            row.save()
        row.refresh_from_db()
        assert (row.search_fi, row.sort_fi) == ("isien tupa isien tupa", sort_key("isien tupa"))

    def test_rich_text_is_searched_without_its_tags(self):
        row = ServiceFactory(
            name_fi="Neuvola", summary_fi="Odotus", description_fi="<p>Koko <strong>perheelle</strong></p>"
        )
        row.refresh_from_db()
        assert row.search_fi == "neuvola odotus koko perheelle neuvola"
