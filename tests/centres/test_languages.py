"""Which language version a reader gets, and how the page says so."""

import pytest
from django.conf import settings
from django.utils.translation import override

from centres.languages import column, columns, falls_back, held, language_shown
from centres.templatetags.languages import fallback_notice, lang_of
from tests.factories import TopicFactory, WayFactory

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize(
    ("language", "name"), [("fi", "name_fi"), ("fi-simple", "name_fi_simple"), ("se", "name_se")]
)
def test_every_language_has_its_column(language, name):
    assert column("name", language) == name
    assert hasattr(TopicFactory.build(), name)


def test_a_reader_s_columns_are_their_own_and_finnish():
    assert columns("name", "summary", language="sv") == ["name_sv", "name_fi", "summary_sv", "summary_fi"]


def test_a_finnish_reader_needs_the_finnish_columns_only():
    assert columns("name", "summary", language="fi") == ["name_fi", "summary_fi"]


@pytest.mark.parametrize("missing", [None, ""])
def test_a_text_missing_in_the_reader_s_language_is_shown_in_finnish(missing):
    row = TopicFactory.build(name_fi="Ero", name_sv=missing, name_en="Separation")
    assert [language_shown(row, "name", code) for code in LANGUAGES] == ["fi", "fi", "fi", "en", "fi"]


def test_a_text_that_is_nowhere_is_shown_in_no_language():
    row = TopicFactory.build(name_fi="", name_sv="")
    assert [language_shown(row, "name", code) for code in LANGUAGES] == [None] * 5


def test_a_list_falls_back_when_one_text_of_one_row_does():
    swedish = TopicFactory.build(name_fi="Ero", name_sv="Separation")
    finnish = TopicFactory.build(name_fi="Raha")
    assert falls_back([swedish], ["name"], "sv") is False
    assert falls_back([swedish, finnish], ["name"], "sv") is True
    assert falls_back([swedish, finnish], ["name"], "fi") is False
    assert falls_back([], ["name"], "sv") is False


def test_a_text_that_is_nowhere_does_not_fall_back():
    assert falls_back([TopicFactory.build(name_fi="")], ["name"], "sv") is False


def test_a_page_holds_the_languages_that_any_of_its_texts_is_in():
    row = TopicFactory.build(name_fi="Ero", name_sv="", name_en="Separation", name_fi_simple=None)
    assert held(row, "name") == ["fi", "en"]


class TestTags:
    @pytest.mark.parametrize(
        ("language", "attribute"), [("fi", ""), ("sv", ' lang="fi"'), ("en", ""), ("fi-simple", ' lang="fi"')]
    )
    def test_a_text_that_stands_in_is_marked_with_its_own_language(self, language, attribute):
        row = TopicFactory.build(name_fi="Ero", name_en="Separation")
        with override(language):
            assert lang_of(row, "name") == attribute

    def test_no_text_is_not_marked(self):
        with override("sv"):
            assert lang_of(TopicFactory.build(name_fi=""), "name") == ""

    def test_the_notice_is_given_for_one_row_and_for_several(self):
        swedish, finnish = TopicFactory.build(name_sv="Separation"), WayFactory.build()
        with override("sv"):
            assert fallback_notice(swedish, "name") == {"falls_back": False, "language": "sv"}
            assert fallback_notice(finnish, "name") == {"falls_back": True, "language": "sv"}
            assert fallback_notice([swedish, finnish], "name") == {"falls_back": True, "language": "sv"}
        assert fallback_notice([swedish, finnish], "name") == {"falls_back": False, "language": "fi"}
