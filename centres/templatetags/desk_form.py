"""What the templates of the desk's forms need: languages as tabs, and the Finnish text beside its translation."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.conf import settings
from django.contrib.admin.utils import display_for_value, flatten
from django.core.exceptions import FieldDoesNotExist
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from centres.admin.ages import takes_age
from centres.admin.by_language import HEADING, HEADINGS, is_translated, label_of, language_class
from centres.admin.merging import in_its_box
from centres.admin.rich_text import RichTextFormField
from centres.admin.version_states import WORDS, published_languages, version_state
from centres.admin.vouching import vouch_name
from centres.ages import write_age
from centres.languages import FINNISH
from centres.richtext import RichTextField, sanitised

register = template.Library()

# The class of a fieldset that stands after some rows begins so, and ends in their prefix.
AFTER = "after-"

# What stands where nothing does, as in Django's admin.
NOTHING = "-"

# In a drawing too, so that no state is told by colour alone.
ICONS = {
    "missing": "pencil",
    "partly": "puzzle",
    "older": "clock-alert",
    "whole": "circle-check",
    "unpublished": "eye-off",
}


@dataclass
class Panel:
    """The fieldsets of one language, each with its number on the form; the state of that version, in words."""

    code: str
    heading: Any
    state: str
    words: Any
    icon: str
    fieldsets: list[tuple[int, Any]] = field(default_factory=list)
    vouch: Any = None

    @property
    def has_errors(self):
        return any(line.errors() for _number, fieldset in self.fieldsets for line in fieldset)


@dataclass
class Part:
    """A part of a form: one numbered fieldset, or the panels of its languages, if need be under a heading."""

    number: int
    fieldset: Any = None
    heading: Any = None
    panels: list[Panel] = field(default_factory=list)

    @property
    def place(self):
        """The prefix of the rows after which it stands; empty where it says none."""
        classes = self.heading.classes.split() if self.heading else []
        return next((each.removeprefix(AFTER) for each in classes if each.startswith(AFTER)), "")

    @property
    def is_open(self):
        """Whether what can be folded is open: it holds something, or something to correct."""
        held = [
            getattr(fieldset.form.instance, name)
            for panel in self.panels
            for _number, fieldset in panel.fieldsets
            for name in flatten(fieldset.fields)
        ]
        return any(held) or any(panel.has_errors for panel in self.panels)

    @property
    def open_code(self):
        """The language whose panel is open at first: one with something to correct, else Finnish."""
        wrong = [panel.code for panel in self.panels if panel.has_errors]
        return (wrong or [self.panels[0].code])[0]


@register.filter
def in_parts(fieldsets):
    """The parts of a form, from its `fieldsets` in the order of `by_language.in_languages`."""
    parts: list[Part] = []
    published = None
    for number, fieldset in enumerate(fieldsets):
        code = _language_of(fieldset)
        if HEADING in fieldset.classes.split():
            parts.append(Part(number, heading=fieldset))
            continue
        if code is None:
            parts.append(Part(number, fieldset=fieldset))
            continue
        if not parts or parts[-1].fieldset:
            parts.append(Part(number))
        panels = parts[-1].panels
        if not panels:
            published = published_languages(_owner(fieldset))
        if not panels or panels[-1].code != code:
            panels.append(_panel(code, fieldset.form, published))
        panels[-1].fieldsets.append((number, fieldset))
    return parts


@register.filter
def before_rows(parts, inlines):
    """Those of the `parts` of a form that stand before all rows: not after any of its `inlines`."""
    prefixes = {inline.formset.prefix for inline in inlines}
    return [part for part in parts if part.place not in prefixes]


@register.filter
def after_rows(parts, inline):
    """Those of the `parts` of a form that stand after the rows of `inline`."""
    return [part for part in parts if part.place == inline.formset.prefix]


def _owner(fieldset):
    """The row that says where the fieldset's row is published: of a row of an inline, the one whose form it is on."""
    formset = getattr(fieldset, "formset", None)
    return getattr(formset, "instance", None) or fieldset.form.instance


def _language_of(fieldset):
    classes = fieldset.classes.split()
    return next((code for code, _name in settings.LANGUAGES if language_class(code) in classes), None)


def _panel(code, form, published):
    state = str(version_state(form.instance, code, published))
    name = vouch_name(code)
    vouch = form[name] if name in form.fields else None
    return Panel(code, HEADINGS[code], state or "nothing", WORDS[state], ICONS.get(state, ""), vouch=vouch)


@dataclass(frozen=True)
class Original:
    """The Finnish text that a text is a translation of, and the name of the box it is written in."""

    text: Any
    box: str


@dataclass(frozen=True)
class Box:
    """A field of a form as the template needs it, whether it is filled in (Django's AdminField) or only read."""

    shown: Any
    name: str
    heading: Any
    contents: Any
    language: str
    is_readonly: bool
    is_checkbox: bool
    is_hidden: bool
    is_required: bool
    help_text: Any
    help_id: str
    errors: Any
    original: Original | None


@dataclass(frozen=True)
class Line:
    """A line of a form: one field, or several beside each other."""

    errors: Any
    is_hidden: bool
    boxes: list[Box]

    @property
    def alone(self):
        return len(self.boxes) == 1


@register.filter
def lines(fieldset):
    """The lines of a fieldset of Django's admin."""
    return [
        Line(line.errors(), not line.has_visible_field, [_box(each) for each in line]) for line in fieldset
    ]


def _box(shown):
    if shown.is_readonly:
        return _read_only(shown)
    bound = shown.field
    help_id = f"{bound.id_for_label}_helptext" if bound.id_for_label else ""
    return Box(
        shown,
        bound.name,
        bound.label,
        "",
        "",
        False,
        shown.is_checkbox,
        bound.is_hidden,
        bound.field.required,
        bound.help_text,
        help_id,
        shown.errors(),
        _original(bound),
    )


def _read_only(shown):
    """What is only read says its language as a field that is filled in does, and is read as families read it."""
    name, help_text = shown.field["name"], shown.field["help_text"]
    name = name if isinstance(name, str) else ""
    field = _field_of(shown.form.instance, name)
    language = field.language if field is not None and is_translated(field) else ""
    if language:
        shown.field["label"] = label_of(field)
        help_text = help_text if language == FINNISH else ""
    contents = shown.contents()
    value = getattr(shown.form.instance, name) if field is not None else None
    if isinstance(field, RichTextField) and value:
        contents = mark_safe(sanitised(value))  # noqa: S308 -- sanitised just now
    elif field is not None and takes_age(field) and value is not None:
        contents = write_age(value, get_language())
    elif name in getattr(shown.form, "kept_otherwise", ()):
        contents = display_for_value(shown.form.initial[name], NOTHING)
    elif field is None and name in shown.form.fields:  # a box of the form alone
        box = shown.form.fields[name]
        shown.field["label"], help_text = box.label, box.help_text
        contents = in_its_box(shown.form, name) or NOTHING
    return Box(
        shown,
        name,
        shown.field["label"],
        contents,
        language,
        is_readonly=True,
        is_checkbox=False,
        is_hidden=False,
        is_required=False,
        help_text=help_text,
        help_id="",
        errors="",
        original=None,
    )


def _field_of(row, name):
    try:
        return row._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _original(bound):
    name = getattr(bound.field, "original", None)
    if name not in bound.form.fields:
        return None
    finnish = bound.form[name]
    text = finnish.value() or ""
    is_rich = isinstance(finnish.field, RichTextFormField)
    shown = mark_safe(sanitised(text)) if is_rich else text  # noqa: S308 -- sanitised just now
    return Original(shown, "" if is_rich else finnish.html_name)


@register.filter
def is_pattern(row):
    """Whether a row of an inline is the empty one that scripts copy new rows from."""
    return row.form.prefix.endswith("__prefix__")
