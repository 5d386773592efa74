"""How each kind of value stands in a cell, in Finnish, and how it is read back.

A cell that cannot be read is a ValueError in plain words.
"""

import re
from collections import defaultdict
from datetime import date, datetime
from difflib import get_close_matches

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.widgets import Widget

from centres.ages import read_age, write_age
from centres.folding import fold
from centres.languages import FINNISH

# Characters that no cell can hold (XML 1.0).
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LARGEST = 32_767
# So many words are all named where none of them was written.
_FEW = 12
_BETWEEN = re.compile(r"[,;\n]")


class Text(Widget):
    """Text as it is, also that of rich text: its HTML."""

    def __init__(self, *, empty=""):
        super().__init__()
        self.empty = empty

    def render(self, value, obj=None, **kwargs):
        return _CONTROLS.sub("", str(value or "").replace("\r\n", "\n")).strip()

    def clean(self, value, row=None, **kwargs):
        return value or self.empty


class Number(Widget):
    """A whole number, nought or more."""

    def __init__(self, *, empty=None):
        super().__init__()
        self.empty = empty

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)

    def clean(self, value, row=None, **kwargs):
        if not value:
            return self.empty
        if not re.fullmatch("[0-9]{1,5}", value) or int(value) > _LARGEST:
            raise ValueError(_("Write a whole number, for example 1."))
        return int(value)


class YesNo(Widget):
    def render(self, value, obj=None, **kwargs):
        return "kyllä" if value else "ei"

    def clean(self, value, row=None, **kwargs):
        word = value.casefold()
        if word in ("kyllä", "k", "x", "1", "tosi", "true"):
            return True
        if word in ("", "ei", "e", "0", "epätosi", "false"):
            return False
        raise ValueError(_("Write “kyllä” or “ei”."))


class Day(Widget):
    """A date as Finns write it; read as computers write it too."""

    def render(self, value, obj=None, **kwargs):
        return f"{value.day}.{value.month}.{value.year}" if value else ""

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
            try:
                return date(*datetime.strptime(value, pattern).timetuple()[:3])  # noqa: DTZ007 – a day has no zone
            except ValueError:
                continue
        raise ValueError(_("Write the date with its year, for example 1.6.2027."))


class Age(Widget):
    """An age in months as it is said: "9 kk", "7 v", "2 v 6 kk", "raskaus"."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else write_age(value, FINNISH)

    def clean(self, value, row=None, **kwargs):
        try:
            return read_age(value)
        except ValueError as error:
            raise ValueError(
                _(
                    "Write the age with its unit: “9 kk”, “7 v”, “2 v 6 kk” or “raskaus”. Ages go from pregnancy "
                    "to 99 years."
                )
            ) from error


class Choice(Widget):
    """One of a field's choices by its Finnish word; its code is read too."""

    def __init__(self, choices, *, empty=""):
        super().__init__()
        with override(FINNISH):
            self.words = {code: str(word) for code, word in choices if code not in ("", None)}
        self.codes = {word.casefold(): code for code, word in self.words.items()}
        self.codes |= {str(code).casefold(): code for code in self.words}
        self.empty = empty

    def render(self, value, obj=None, **kwargs):
        return self.words.get(value, str(value or ""))

    def clean(self, value, row=None, **kwargs):
        if not value:
            return self.empty
        if (code := self.codes.get(value.casefold())) is None:
            raise ValueError(_("Write one of these: %(words)s.") % {"words": ", ".join(self.words.values())})
        return code


class Row(Widget):
    """A row of another table, by its slug; its Finnish name, as people see it, is read too."""

    def __init__(self, rows):
        """`rows` is the queryset of those that may be chosen."""
        super().__init__()
        self._rows = rows

    @cached_property
    def _by_slug(self):
        return {row.slug: row for row in self._rows}

    @cached_property
    def _by_word(self):
        """The rows by their folded names and slugs, as "Äidit ja isät" and "aidit ja isat"; two may share a name."""
        words = defaultdict(list)
        for row in self._by_slug.values():
            for word in {fold(row.name_fi), fold(row.slug)}:
                words[word].append(row)
        return words

    def called(self, text):
        """The rows that `text` may mean: of a slug the one that has it, else those of the name."""
        if text in self._by_slug:
            return [self._by_slug[text]]
        return self._by_word.get(fold(text), [])

    def one(self, text):
        """The row that `text` means; ValueError says what else to write."""
        found = self.called(text)
        if len(found) == 1:
            return found[0]
        words = {"name": text, "slugs": ", ".join(row.slug for row in found)}
        raise ValueError(
            _("Several are called “%(name)s”. Write the one you mean by its address: %(slugs)s.") % words
            if found
            else f"{_nothing_called(text)} {self._to_write(text)}".strip()
        )

    def _to_write(self, text):
        """What could stand in the cell instead: all there is where that is little, else what is nearest to `text`."""
        names = [row.name_fi for row in self._by_slug.values()]
        if 0 < len(names) <= _FEW:
            return _("Write one of these: %(words)s.") % {"words": ", ".join(names)}
        near = get_close_matches(fold(text), self._by_word, n=3)
        rows = dict.fromkeys(row.name_fi for word in near for row in self._by_word[word])
        return _("Did you mean one of these: %(words)s?") % {"words": ", ".join(rows)} if rows else ""

    def render(self, value, obj=None, **kwargs):
        return value.slug if value else ""

    def clean(self, value, row=None, **kwargs):
        return self.one(value) if value else None


class Tags(Row):
    """Rows of a vocabulary, with commas between; a name may have a comma in it."""

    def render(self, value, obj=None, **kwargs):
        rows = value.all() if hasattr(value, "all") else value or ()
        return ", ".join(sorted(row.slug for row in rows))

    def clean(self, value, row=None, **kwargs):
        parts = [part for text in _BETWEEN.split(value) if (part := text.strip())]
        return list(dict.fromkeys(self.one(name) for name in self._names(parts)))

    def _names(self, parts):
        """What stands between commas, put together again where that is a name."""
        while parts:
            lengths = range(len(parts), 1, -1)
            length = next((n for n in lengths if self.called(", ".join(parts[:n]))), 1)
            yield ", ".join(parts[:length])
            parts = parts[length:]


def _nothing_called(name):
    return _("There is no “%(name)s” here that you may choose.") % {"name": name}
