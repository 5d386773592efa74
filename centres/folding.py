"""Text folded for finding and sorting, kept in columns of its own.

Neither SQLite nor PostgreSQL finds "äiti" when the reader writes "aiti", nor sorts å ä ö after z in the same way:
so both are said here once, and the database compares plain ASCII.
"""

import re
import unicodedata
from html import unescape
from itertools import filterfalse

from django.db import models
from django.db.models import Q

from centres.languages import column
from centres.richtext import sanitised

# Letters that Unicode does not take apart into a base letter and a mark; a soft hyphen only says where to break.
_WHOLE_LETTERS = str.maketrans(
    {"đ": "d", "ŋ": "n", "ŧ": "t", "ø": "o", "æ": "a", "ß": "s", "þ": "t", "ð": "d", "\u00ad": ""}
)
_NOT_WORDS = re.compile(r"[^0-9a-z]+")
_TAGS = re.compile(r"<[^>]*>")
# The order of the Finnish alphabet, foreign marks folded away (SFS 4600: å ä ö are letters of their own).
_ALPHABET = " 0123456789abcdefghijklmnopqrstuvwxyzåäö"
_SORT_LENGTH = 60


def fold(text):
    """`text` without case, marks or punctuation: words of a–z and 0–9, one space between."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE_LETTERS))
    return _NOT_WORDS.sub(" ", "".join(filterfalse(unicodedata.combining, spread))).strip()


def sort_key(text):
    """A string of digits that sorts as a Finn sorts `text`, in any database and any collation."""
    letters = unicodedata.normalize("NFC", text.casefold())
    letters = "".join(letter if letter in "åäö" else fold(letter) or " " for letter in letters)
    ranks = [_ALPHABET.index(letter) for letter in " ".join(letters.split())[:_SORT_LENGTH]]
    return "".join(f"{rank:02d}" for rank in ranks)


# What stands between two words of a key.
WORD_BREAK = sort_key("a b")[2:4]


def fits_of_name(key, text):
    """How well a name can fit `text`, best first, as conditions on `key`, which holds the name's `sort_key`.

    It is the name, its first words, its beginning, a later word's beginning, or somewhere in it; none without a word.
    """
    wanted = sort_key(text)
    if not wanted:
        return []
    return [
        Q(**{key: wanted}),
        Q(**{f"{key}__startswith": f"{wanted}{WORD_BREAK}"}),
        Q(**{f"{key}__startswith": wanted}),
        Q(**{f"{key}__contains": f"{WORD_BREAK}{wanted}"}),
        Q(**{f"{key}__contains": wanted}),
    ]


def plain(html):
    """`html` as plain text, without what sanitising takes away."""
    return unescape(_TAGS.sub(" ", sanitised(html)))


class FoldedTextField(models.TextField):
    """The row's `search_sources` in one `language`, each falling back to Finnish, folded for search.

    With `sources` of its own it holds those alone: what may be looked for by whoever may not look for a name.
    """

    def __init__(self, *args, language="fi", sources=(), **kwargs):
        self.language, self.sources = language, tuple(sources)
        super().__init__(*args, **kwargs | {"editable": False, "blank": True, "default": ""})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        own = {"sources": self.sources} if self.sources else {}
        return name, path, args, kwargs | {"language": self.language} | own

    def pre_save(self, model_instance, add):
        folded = self.folded(model_instance)
        setattr(model_instance, self.attname, folded)
        return folded

    def folded(self, row):
        """The text to search in; the Finnish name is always in it, for it is what professionals say aloud."""
        sources = self.sources or row.search_sources
        texts = [_in_language(row, source, self.language) for source in sources]
        name = [] if self.sources else [_in_language(row, "name", "fi")]
        return fold(plain(" ".join(texts + name)))


class SortKeyField(models.CharField):
    """The row's name (or its `sort_source`) in one `language`, falling back to Finnish, as a key to sort on."""

    def __init__(self, *args, language="fi", **kwargs):
        self.language = language
        fixed = {"editable": False, "blank": True, "default": "", "max_length": 2 * _SORT_LENGTH}
        super().__init__(*args, **kwargs | fixed)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"language": self.language}

    def pre_save(self, model_instance, add):
        source = getattr(model_instance, "sort_source", "name")
        key = sort_key(_in_language(model_instance, source, self.language))
        setattr(model_instance, self.attname, key)
        return key


def _in_language(row, field, language):
    """What `field` of `row` says in `language`, or in Finnish; what is the same in every language has one column."""
    if not hasattr(row, column(field, "fi")):
        return getattr(row, field) or ""
    return getattr(row, column(field, language)) or getattr(row, column(field, "fi")) or ""


class Findable(models.Model):
    """Columns to find and sort a row by, one of each for every language of the portal."""

    search_sources = ("name",)

    search_fi = FoldedTextField(language="fi")
    search_fi_simple = FoldedTextField(language="fi-simple")
    search_sv = FoldedTextField(language="sv")
    search_en = FoldedTextField(language="en")
    search_se = FoldedTextField(language="se")
    sort_fi = SortKeyField(language="fi")
    sort_fi_simple = SortKeyField(language="fi-simple")
    sort_sv = SortKeyField(language="sv")
    sort_en = SortKeyField(language="en")
    sort_se = SortKeyField(language="se")

    class Meta:
        abstract = True
