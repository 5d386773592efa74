"""The languages of a form: Finnish first and open, each other language in a closed fieldset of its own."""

from django.conf import settings
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.languages import FINNISH, column

# The languages in the language of the desk: a coordinator reads Finnish, not "davvisámegiella".
# Each heading stands above the texts in that language.
HEADINGS = {
    "fi": pgettext_lazy("language", "Finnish"),
    "fi-simple": pgettext_lazy("language", "Plain Finnish"),
    "sv": pgettext_lazy("language", "Swedish"),
    "en": pgettext_lazy("language", "English"),
    "se": pgettext_lazy("language", "Northern Sámi"),
}
# Translators: {field} is the name of a field: "Name in Swedish".
LABELS = {
    "fi-simple": _("{field} in plain Finnish"),
    "sv": _("{field} in Swedish"),
    "en": _("{field} in English"),
    "se": _("{field} in Northern Sámi"),
}

# What whoever writes in a language should know. All other languages share the last sentence.
GUIDANCE = {
    "fi-simple": _(
        "Plain Finnish: short sentences, one thing in each, familiar words. "
        "What is left empty is shown in ordinary Finnish."
    ),
    "se": _(
        "Write only Sámi that a speaker of the language has checked. What is left empty is shown in Finnish."
    ),
}
OTHERS = _("What is left empty is shown in Finnish, and marked as Finnish.")


def is_translated(field):
    """Whether a field of a model holds the text of one language."""
    return hasattr(field, "translated_field")


def translated_names(model):
    """The fields of `model` that have a text for each language, as they were declared: ["name", "summary"]."""
    fields = model._meta.get_fields()
    return list(dict.fromkeys(field.translated_field.name for field in fields if is_translated(field)))


def in_languages(model, fieldsets):
    """`fieldsets` with each translated field in Finnish, then one closed fieldset for each other language."""
    translated = translated_names(model)
    shown = [name for _title, options in fieldsets for name in _flat(options["fields"]) if name in translated]
    finnish = [
        (title, options | {"fields": _in_finnish(options["fields"], shown)}) for title, options in fieldsets
    ]
    if not shown:
        return finnish
    others = [code for code, _name in settings.LANGUAGES if code != FINNISH]
    return finnish + [_fieldset(code, shown) for code in others]


def _fieldset(code, fields):
    return HEADINGS[code], {
        "fields": [column(field, code) for field in fields],
        "description": GUIDANCE.get(code, OTHERS),
        "classes": ["collapse"],
    }


def _flat(fields):
    for field in fields:
        yield from [field] if isinstance(field, str) else field


def _in_finnish(fields, translated):
    """`fields`, lines of several included, with those that are `translated` named by their Finnish column."""
    return [
        (column(field, FINNISH) if field in translated else field)
        if isinstance(field, str)
        else _in_finnish(field, translated)
        for field in fields
    ]


def tell_language(form_field, field):
    """Tells the writer, the spelling checker and the screen reader which language the translated `field` is in."""
    form_field.widget.attrs["lang"] = field.language
    label = capfirst(field.translated_field.verbose_name)
    if field.language == FINNISH:
        form_field.label = label
    else:
        form_field.label = format_lazy(LABELS[field.language], field=label)
        form_field.help_text = ""  # said once, in Finnish
