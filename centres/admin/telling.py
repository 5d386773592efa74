"""Changes of rows in words: fields by their labels and languages, choices and other rows by their names."""

import re
from dataclasses import dataclass
from html import unescape

from django.db import models
from django.utils.formats import date_format, time_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from centres.admin.ages import takes_age
from centres.admin.by_language import HEADINGS, LABELS, is_translated
from centres.admin.marked import added, joined, marked, marked_list, removed
from centres.ages import write_age
from centres.history.registry import recorded
from centres.history.snapshots import Key
from centres.history.story import FieldChange, RowChange
from centres.languages import FINNISH
from centres.richtext import RichTextField
from centres.versions import MadeFromField

_END_OF_LINE = re.compile(r"</(?:p|h2|h3|li)>|<br>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class ToldField:
    """A change of a field: its label, the language of its text if it has one, and what became of it."""

    label: str
    language: str
    text: SafeString


@dataclass(frozen=True)
class ToldRow:
    """A change of a row: what it is called (empty for the row that the page is about), and what became of it."""

    title: str
    what: str
    fields: list[ToldField]


def _named(model, keys):
    """The rows of `model` with these `keys`, with what their names are made of."""
    rows = model._default_manager.filter(pk__in=keys).order_by("pk")
    return rows.select_related(*recorded(model).named_by) if recorded(model) else rows


class Teller:
    """Tells changes; the names of the rows that they lead to are fetched at once, one query for each kind of row."""

    def __init__(self, changes: list[RowChange]):
        wanted: dict[type[models.Model], set[str]] = {}
        for change in (change for row in changes for change in row.fields):
            if change.field.is_relation:
                keys = wanted.setdefault(change.field.related_model._meta.concrete_model, set())
                keys.update(str(pk) for pk in [*_many(change.before), *_many(change.after)])
        # Of rows that are not there the name that is remembered.
        self.names = {change.row.key: change.row.name for change in changes} | {
            Key(model, str(row.pk)): str(row) for model, keys in wanted.items() for row in _named(model, keys)
        }

    def told(self, changes, about):
        """`changes` (RowChanges) in words, on the page of the row whose key is `about`."""
        return [
            ToldRow(_title(each, about), _what(each), [self._told_field(field) for field in each.fields])
            for each in changes
        ]

    def _told_field(self, change: FieldChange):
        field = change.field
        language = field.language if is_translated(field) else ""
        return ToldField(label_of(field), language, self._marked(change))

    def _marked(self, change):
        before, after = (self.value(change.field, value) for value in (change.before, change.after))
        if isinstance(before, list) or isinstance(after, list):
            return marked_list(before or [], after or [])
        if before and after and isinstance(change.field, models.TextField | models.CharField):
            return marked(before, after) if not change.field.choices else _instead(before, after)
        return _instead(before, after)

    def value(self, field, value):
        """A field's `value`, as JSON has it, as people say it; a list where it is several."""
        if isinstance(field, MadeFromField):
            return _("checked: it says what the Finnish says") if value else ""
        if value is None or value == "":
            return ""
        if isinstance(value, list):
            return [self._name(field, each) for each in value]
        if field.is_relation:
            return self._name(field, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return _plain(field, value)

    def _name(self, field, value):
        if not field.is_relation:  # languages, by their codes
            return str(HEADINGS.get(value, value))
        key = Key(field.related_model._meta.concrete_model, str(value))
        return self.names.get(key) or _("(deleted)")


def label_of(field):
    """What a field is called on the form, with its language."""
    if isinstance(field, MadeFromField):
        return capfirst(str(HEADINGS[field.language]))
    if not is_translated(field):
        return capfirst(field.verbose_name)
    label = capfirst(field.translated_field.verbose_name)
    return label if field.language == FINNISH else str(LABELS[field.language]).format(field=label)


def _many(value):
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _instead(before, after):
    return joined([removed(before), added(after)], between=" ")


def _plain(field, value):
    value = field.to_python(value)
    if takes_age(field):
        return write_age(value, get_language())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DateField):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(field, models.TimeField):
        return time_format(value)
    if isinstance(field, RichTextField):
        return unescape(_TAG.sub("", _END_OF_LINE.sub("\n", value))).strip()
    return str(value)


def _title(change, about):
    """The row's name, after those of the rows that it belongs to; nothing for the page's own row."""
    row = change.row
    if row.key == about:
        return ""
    names = [owner.name for owner in change.owners if owner.key != about]
    return " › ".join([*names, f"{capfirst(row.key.model._meta.verbose_name)}: {row.name}"])


def _what(change):
    if change.before is None:
        return _("added")
    return _("removed") if change.after is None else ""
