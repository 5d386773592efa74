"""Two people's changes of one form put together: what only one of them changed stands as that one left it.

Every row of the form is compared as the form showed it, as it is now, and as it was sent. What is compared is what a
browser sends of a field, so that texts, choices, boxes to tick and hours typed as text are all compared alike.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from centres.admin.by_language import HEADINGS, is_translated
from centres.admin.rows_sent import keys_sent, take_out
from centres.admin.telling import label_of
from centres.admin.vouching import vouch_name
from centres.history.registry import recorded
from centres.history.reverting import row_with_owned
from centres.history.snapshots import Key, Snapshot
from centres.languages import FINNISH, column
from centres.versions import OTHER_LANGUAGES


@dataclass(frozen=True)
class States:
    """The rows of a form as it `shown` them, and as they are `now`.

    `answered` is how they were before anything was in question: as shown, but on a form that came back with questions,
    and shows what it asks about.
    """

    answered: Snapshot
    shown: Snapshot
    now: Snapshot


@dataclass(frozen=True)
class Part:
    """The rows of one kind on a form: the class of their forms, and the prefix of their set; none for the first"""

    form: type[forms.BaseModelForm]
    model: type[Model]
    prefix: str = ""


class Words(str):
    """What is told as it stands, and is no value of a field."""

    __slots__ = ()


NOTHING = Words()


@dataclass(frozen=True)
class Told:
    """What became of the row `key`, or of one of its fields: what it is called, and what it is now and as it was sent.

    `theirs` and `mine` are values of `field`, a model's field as JSON has it, or Words.
    """

    key: Key
    label: str
    theirs: Any
    mine: Any = NOTHING
    field: Any = None


@dataclass
class Merge:
    """What was sent, with what only somebody else changed as they left it (`kept`), and what both changed (`asked`)."""

    data: QueryDict
    kept: list[Told] = field(default_factory=list)
    asked: list[Told] = field(default_factory=list)
    rows: set[Key] = field(default_factory=set)


def merge(data, files, key, parts, states):
    """The `Merge` of what was sent of the row `key`; the first of `parts` is its own form."""
    merged = Merge(data.copy())
    top, *others = parts
    _merge_row(merged, SentRow(top.form, key, None, (data, files), states))
    for part in others:
        out = []
        for number, pk in enumerate(keys_sent(data, part.prefix)):
            key, prefix = Key(part.model, pk), f"{part.prefix}-{number}"
            if key in states.shown or key in states.now:
                row = SentRow(part.form, key, prefix, (data, files), states)
                out += [number] if _merge_row(merged, row) else []
        take_out(merged.data, part.prefix, out)
    return merged


def _merge_row(merged, row):
    """Puts together what became of one row; whether it is to be taken out of what was sent."""
    merged.rows.add(row.key)
    if row.now is None:
        return _merge_gone(merged, row)
    if row.is_deleted:
        if any(row.was_changed(name) for name in row.names):
            merged.asked.append(Told(row.key, "", Words(_("changed")), Words(_("removed"))))
        return False
    for name in row.names:
        _merge_field(merged, row, name)
    merged.asked += row.made_from_earlier()
    return False


def _merge_gone(merged, row):
    """Somebody else deleted the row: that stands, if it is as it was shown or deleted here too."""
    if row.is_deleted or all(row.is_as(row.shown, name) for name in row.names):
        merged.kept.append(Told(row.key, "", Words(_("removed"))))
        return True
    comes_back = Words(_("still there: it comes back when you save yours"))
    merged.asked.append(Told(row.key, "", Words(_("removed")), comes_back))
    return False


def _merge_field(merged, row, name):
    if row.is_as(row.shown, name):
        if sent_by(row.now, name) != sent_by(row.shown, name):
            merged.kept.append(row.told(name))
            for html_name, values in sent_by(row.now, name).items():
                merged.data.setlist(html_name, values)
                if not values:
                    del merged.data[html_name]
    elif row.was_changed(name) and not row.is_as(row.now, name):
        merged.asked.append(row.told(name))


class SentRow:
    """A row as it was sent, `mine`, beside the forms of it in each of its `states`; None where it was not there."""

    def __init__(self, form, key, prefix, sent, states):
        self.key, self.prefix, self.states = key, prefix, states
        self.answered, self.shown, self.now = (
            _form(form, key, prefix, rows) for rows in (states.answered, states.shown, states.now)
        )
        there = next(each for each in (self.now, self.shown) if each)
        self.mine: Any = form(*sent, prefix=prefix, instance=there.instance)

    @property
    def is_deleted(self):
        return self.prefix is not None and f"{self.prefix}-DELETE" in self.mine.data

    @cached_property
    def names(self):
        """The fields to compare: those that are recorded, and texts that are read into rows that are."""
        of_model = {each.name for each in self.key.model._meta.get_fields()}
        kept = recorded(self.key.model).fields
        return [
            name
            for name, each in self.mine.fields.items()
            if not each.disabled and (name in kept or name not in of_model)
        ]

    def is_as(self, form, name):
        """Whether a field was sent as `form` has it; never where that is None, and nobody knows."""
        if form is None:
            return False
        shown, data = sent_by(form, name), self.mine.data
        if shown == {html_name: _plain(data.getlist(html_name)) for html_name in shown}:
            return True
        return not self.mine.fields[name].has_changed(form[name].initial, self.mine[name].data)

    def was_changed(self, name):
        """Whether somebody else changed a field since nothing was in question."""
        return self.answered is None or sent_by(self.now, name) != sent_by(self.answered, name)

    def told(self, name):
        """A field, as it is now and as it was sent."""
        model_field = self._kept_as(name)
        if model_field is None:
            values = (in_its_box(form, name) for form in (self.now, self.mine))
            return Told(self.key, str(self.mine[name].label), *values)
        theirs = self.states.now[self.key].fields[name]
        return Told(self.key, label_of(model_field), theirs, _typed(self.mine[name]), model_field)

    def _kept_as(self, name):
        """The model's field of what stands on the form under `name`; None where the row keeps it otherwise."""
        if name in getattr(self.mine, "kept_otherwise", ()):
            return None
        try:
            return self.key.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None

    def made_from_earlier(self):
        """The Finnish texts that somebody else changed while a version of them was written, or vouched for, here."""
        for text in self._finnish_texts():
            name = text.name
            if self.was_changed(name) and (self.is_as(self.shown, name) or self.is_as(self.now, name)):
                codes = [code for code in OTHER_LANGUAGES if self._goes_with(text, code)]
                languages = ", ".join(str(HEADINGS[code]) for code in codes)
                if codes:
                    # Translators: beside a text that somebody else has changed; {languages} is a list of languages.
                    mine = _("the text in another language goes with the earlier one: {languages}")
                    theirs = self.states.now[self.key].fields[name]
                    yield Told(
                        self.key, label_of(text), theirs, Words(mine.format(languages=languages)), text
                    )

    def _finnish_texts(self):
        texts = [each for each in self.key.model._meta.get_fields() if is_translated(each)]
        return [each for each in texts if each.language == FINNISH and each.name in self.names]

    def _goes_with(self, text, code):
        """Whether the version of the Finnish `text` in a language was typed here, or said to be right."""
        name = column(text.translated_field.name, code)
        typed = name in self.names and not self.is_as(self.shown, name) and not self.is_as(self.now, name)
        return typed or self.mine.add_prefix(vouch_name(code)) in self.mine.data


def _form(form, key, prefix, rows):
    """The form of the row `key` as the snapshot `rows` has it, sent by nobody."""
    if key not in rows:
        return None
    return form(instance=row_with_owned(key, rows), prefix=prefix)


def sent_by(form, name):
    """What a browser sends of a field that nobody touched, as ``{name in HTML: values}``, without what is empty."""
    bound = form[name]
    return {
        html_name: _plain(values)
        for html_name, values in _sent(bound.field.widget, bound.html_name, bound.value())
    }


def in_its_box(form, name):
    """What stands in the box of a field, as it is read there."""
    return Words(", ".join(value for values in sent_by(form, name).values() for value in values))


def _sent(widget: Any, name, value):
    widget = getattr(widget, "widget", widget)  # within Django's wrapper
    if isinstance(widget, forms.MultiWidget):
        boxes: Any = widget
        values = value if isinstance(value, list | tuple) else boxes.decompress(value)
        for suffix, each, part in zip(boxes.widgets_names, boxes.widgets, values, strict=True):
            yield from _sent(each, name + suffix, part)
    elif isinstance(widget, forms.CheckboxInput):
        yield name, ["on"] if value else []
    else:
        shown = widget.format_value(value)
        yield name, shown if isinstance(shown, list) else [shown]


def _plain(values):
    """What was sent, whichever line ends a browser writes, and without the line break that HTML drops at the start."""
    texts = [str(each).replace("\r\n", "\n").strip() for each in values if each is not None]
    return [text for text in texts if text]


def _typed(bound):
    """What was typed into a field, as JSON has it where it is a row or rows; Words where the field refuses it."""
    try:
        value = bound.field.clean(bound.data)
    except ValidationError:
        raw = bound.value()
        return Words(", ".join(map(str, raw)) if isinstance(raw, list) else raw or "")
    if isinstance(value, QuerySet):
        return [row.pk for row in value]
    return value.pk if isinstance(value, Model) else value
