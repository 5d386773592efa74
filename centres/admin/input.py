"""How the desk takes in what is typed, and what it says when it cannot."""

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.admin.rich_text import RichTextFormField, RichTextWidget
from centres.models.slugs import lower_case
from centres.richtext import RichTextField


class SlugFormField(forms.SlugField):
    """A word of an address, with one sentence on what it may hold instead of Django's two."""

    default_validators = [lower_case]

    def __init__(self, *, help_text="", **kwargs):
        help_text = help_text or _("Seen in the page's address, for example mothers-group.")
        super().__init__(help_text=help_text, **kwargs)


TOO_LONG = _("Here is room for %(limit_value)d characters, and this has %(show_value)d. Make it shorter.")


class SentenceField(forms.CharField):
    """A sentence or two of one paragraph, with room to read them while they are written.

    What is too long is taken in and counted, and refused when it is saved: a text that is pasted is not cut off unseen.
    """

    def __init__(self, *, widget=None, **kwargs):
        super().__init__(widget=AdminTextareaWidget(attrs={"rows": 2}), **kwargs)
        self.validators = [
            MaxLengthValidator(self.max_length, TOO_LONG) if isinstance(each, MaxLengthValidator) else each
            for each in self.validators
        ]

    def widget_attrs(self, widget):
        attributes = super().widget_attrs(widget)
        return {name: value for name, value in attributes.items() if name != "maxlength"}

    def to_python(self, value):
        return " ".join((super().to_python(value) or "").split())


# Texts that may be longer than this do not fit a line.
LONGEST_LINE = 199


def takes_sentences(field):
    """Whether the field of a model holds a text of one paragraph that does not fit a line."""
    is_text = isinstance(field, models.CharField) and hasattr(field, "translated_field")
    return is_text and (field.max_length or 0) > LONGEST_LINE


# A number of a municipality, a postcode: a box of their length says what is asked for.
SHORT = 12


def fit(form_field):
    """Makes the box of a short text as long as the text may be."""
    most = getattr(form_field, "max_length", None)
    if most and most <= SHORT and isinstance(form_field.widget, AdminTextInputWidget):
        form_field.widget.attrs["size"] = most


# A time is typed ("9", "9.30"); on a phone the pad of numbers opens. Django's own widget offers "now", midnight, 6,
# noon and 18 instead: none of them opens a family centre.
HOURS = forms.TimeInput(attrs={"class": "hours", "inputmode": "decimal", "autocomplete": "off"})

# What hands write before a time, and figures without anything between hours and minutes.
CLOCK, FIGURES = re.compile(r"^\s*(kello|klo\.?|kl\.?)\s*", re.IGNORECASE), re.compile(r"^(\d{1,2})(\d\d)$")


class TimeFormField(forms.TimeField):
    """A time as it is written by hand: "14", "14.30", "1430", "klo 14"."""

    def to_python(self, value):
        if isinstance(value, str):
            value = FIGURES.sub(r"\1:\2", CLOCK.sub("", value).strip())
        return super().to_python(value)


# By model field, as Django's `formfield_overrides` has it.
OVERRIDES: "dict[type[models.Field[Any, Any]], dict[str, Any]]" = {
    RichTextField: {"form_class": RichTextFormField, "widget": RichTextWidget},
    models.SlugField: {"form_class": SlugFormField, "widget": AdminTextInputWidget},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    models.URLField: {"assume_scheme": "https"},
    models.TimeField: {
        "form_class": TimeFormField,
        "widget": HOURS,
        "error_messages": {"invalid": _("Write the time like this: 9.00.")},
    },
    models.DateField: {
        "error_messages": {"invalid": _("Write the date with its year, for example 1.6.2027.")},
    },
}
