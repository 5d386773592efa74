"""How the desk takes in what is typed, and what it says when it cannot."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
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


# A time is typed ("9", "9.30"); on a phone the pad of numbers opens. Django's own widget offers "now", midnight, 6,
# noon and 18 instead: none of them opens a family centre.
HOURS = forms.TimeInput(attrs={"class": "hours", "inputmode": "decimal", "autocomplete": "off"})

# By model field, as Django's `formfield_overrides` has it.
OVERRIDES: "dict[type[models.Field[Any, Any]], dict[str, Any]]" = {
    RichTextField: {"form_class": RichTextFormField, "widget": RichTextWidget},
    models.SlugField: {"form_class": SlugFormField, "widget": AdminTextInputWidget},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    models.URLField: {"assume_scheme": "https"},
    models.TimeField: {
        "widget": HOURS,
        "error_messages": {"invalid": _("Write the time like this: 9.00.")},
    },
    models.DateField: {
        "error_messages": {"invalid": _("Write the date with its year, for example 1.6.2027.")},
    },
}
