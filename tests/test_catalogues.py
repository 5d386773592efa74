"""The interface's catalogues are whole: every text of the code is in them, translated, and the compiled ones agree."""

import gettext
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from centres.languages import STAND_IN
from tests.harness.catalogues import (
    Entry,
    parse_po,
    read_po,
    texts_in_python,
    texts_in_source,
    texts_in_template,
)
from tests.harness.machine import ROOT

# The interface is whole in these; in Northern Sámi would be only what is known to be right (DESIGN 5).
WHOLE = ("fi", "sv", "en")
ALL = (*WHOLE, "se")

# What Python, Django's templates and its addresses put in, and the HTML of a sentence.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[a-z]+:\w+>|</?[a-z]+[^>]*>")
# Words of small letters without marks, and slugs; or the name of a file.
ADDRESS = re.compile(r"(([a-z]+(-[a-z]+)*|<slug:slug>|<str:week>)/)+|[a-z]+\.(csv|xlsx|json|ics)")
AROUND = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)


def path_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def header_and_entries(language: str) -> tuple[Entry, list[Entry]]:
    header, *entries = read_po(path_of(language))
    assert header.texts["msgid"] == ""
    return header, entries


def entries_of(language: str) -> list[Entry]:
    return header_and_entries(language)[1]


def translated(language: str) -> list[tuple[Entry, str, str]]:
    """(entry, the text it translates, the translation), for each plural form too."""
    rows = []
    for entry in entries_of(language):
        _context, singular, plural = entry.key
        for number, text in enumerate(entry.translations):
            if text:
                rows.append((entry, plural if plural and number else singular, text))
    return rows


@pytest.mark.parametrize("language", ALL)
def test_every_text_of_the_code_is_in_the_catalogue_once_and_no_other(language):
    in_catalogue = Counter(entry.key for entry in entries_of(language))
    in_source = texts_in_source()
    assert sorted(in_source - set(in_catalogue), key=str) == [], "make messages collects them"
    assert sorted(set(in_catalogue) - in_source, key=str) == [], "make messages takes them away"
    assert [key for key, count in in_catalogue.items() if count > 1] == []


@pytest.mark.parametrize("language", WHOLE)
def test_no_text_lacks_a_translation(language):
    assert [entry.key for entry in entries_of(language) if not all(entry.translations)] == []


@pytest.mark.parametrize("language", ALL)
def test_no_translation_is_a_guess_of_gettext(language):
    assert [entry.key for entry in entries_of(language) if entry.fuzzy] == []


@pytest.mark.parametrize("language", ALL)
def test_a_plural_has_as_many_forms_as_the_language(language):
    header, entries = header_and_entries(language)
    (forms,) = re.findall(r"nplurals=(\d)", header.texts["msgstr"])
    counted = {entry.key: len(entry.translations) for entry in entries if entry.key[2]}
    assert set(counted.values()) == {int(forms)}, counted


@pytest.mark.parametrize("language", ALL)
def test_the_compiled_catalogue_is_the_one_that_was_written(language):
    with path_of(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written = dict(pair for entry in read_po(path_of(language)) for pair in entry.compiled())
    # msgfmt leaves out when the texts were collected.
    written[""] = re.sub(r"POT-Creation-Date: .*\n", "", written[""])
    assert compiled == written


def test_english_is_what_the_code_says():
    assert [(text, said) for _entry, text, said in translated("en") if text != said] == []


@pytest.mark.parametrize("language", ALL)
def test_a_translation_has_the_placeholders_and_the_html_of_its_text(language):
    different = [
        (text, said)
        for _entry, text, said in translated(language)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(said))
    ]
    assert different == []


@pytest.mark.parametrize("language", ALL)
def test_a_translation_begins_and_ends_with_the_same_space_as_its_text(language):
    different = [
        (text, said)
        for _entry, text, said in translated(language)
        if AROUND.findall(text) != AROUND.findall(said) or "  " in said
    ]
    assert different == []


@pytest.mark.parametrize("language", ALL)
def test_a_translation_ends_its_sentence_as_its_text_does(language):
    """A lost full stop, colon or question mark is seen by nobody until it stands on a page."""
    different = [
        (text, said)
        for _entry, text, said in translated(language)
        if (text[-1] in ".:?!") != (said[-1] in ".:?!")
    ]
    assert different == []


@pytest.mark.parametrize("language", ALL)
def test_words_of_addresses_are_plain_letters_and_lead_to_one_page(language):
    words = [said for entry, _text, said in translated(language) if entry.key[0] == "address"]
    assert [word for word in words if not ADDRESS.fullmatch(word)] == []
    assert len(words) == len(set(words))
    assert bool(words) == (language in WHOLE)


@pytest.mark.parametrize("language", STAND_IN)
def test_a_page_that_declares_its_interface_finnish_has_no_other_words_in_it(language):
    assert [said for _entry, _text, said in translated(language)] == []


def test_plain_finnish_has_no_catalogue_of_its_own_and_every_other_language_has():
    folders = {path.name for path in (ROOT / "locale").iterdir() if path.is_dir()}
    assert folders == {code for code, _name in settings.LANGUAGES} - {"fi-simple"}


class TestWhatReadsTheCatalogues:
    """The reader of catalogues and of source is our own, so that no GNU gettext is needed: it is tested too."""

    @pytest.mark.parametrize(
        ("source", "texts"),
        [
            ("_('Hello')", [(None, "Hello", None)]),
            ("gettext_lazy('Hel' 'lo')", [(None, "Hello", None)]),
            ("translation.pgettext('address', 'help/')", [("address", "help/", None)]),
            ("ngettext('%(n)s day', '%(n)s days', n)", [(None, "%(n)s day", "%(n)s days")]),
            ("npgettext('stay', 'a day', '%(n)s days', n)", [("stay", "a day", "%(n)s days")]),
            ("_(greeting)", []),
            ("print('Hello')", []),
        ],
    )
    def test_it_finds_the_texts_of_python(self, source, texts):
        assert list(texts_in_python(source)) == texts

    @pytest.mark.parametrize(
        ("source", "texts"),
        [
            ('<p title="(a">{% translate "Hello (you)" %}</p> gettext', [(None, "Hello (you)", None)]),
            ('{% translate "May" context "month" as month %}', [("month", "May", None)]),
            ('{{ name|default:_("nobody") }}', [(None, "nobody", None)]),
            (
                "{% blocktranslate trimmed count n=n %}\n {{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
                [(None, "%(n)s day", "%(n)s days")],
            ),
            ('{# {% translate "Hello" %} #}', []),
        ],
    )
    def test_it_finds_the_texts_of_a_template(self, source, texts):
        assert list(texts_in_template(source)) == texts

    def test_it_reads_an_entry_as_gettext_does(self):
        po = """
#: a.py
#, fuzzy, python-format
#| msgid "old"
msgctxt "stay"
msgid "a day"
msgid_plural ""
"%(n)s "
"days"
msgstr[0] "päivä"
msgstr[1] "%(n)s \\"päivää\\""
"""
        (entry,) = parse_po(po)
        assert entry.key == ("stay", "a day", "%(n)s days")
        assert entry.translations == ["päivä", '%(n)s "päivää"']
        assert entry.fuzzy
        assert list(entry.compiled()) == []
        entry.fuzzy = False
        assert dict(entry.compiled()) == {
            ("stay\x04a day", 0): "päivä",
            ("stay\x04a day", 1): '%(n)s "päivää"',
        }
