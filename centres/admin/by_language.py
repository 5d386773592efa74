"""The languages of a form: Finnish first, each other language in a fieldset of its own, which become tabs."""

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.languages import FINNISH, column
from centres.versions import OTHER_LANGUAGES

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

# The class of a fieldset without fields: what stands above the tabs that follow it.
HEADING = "above-languages"


def is_translated(field):
    """Whether a field of a model holds the text of one language."""
    return hasattr(field, "translated_field")


def translated_names(model):
    """The fields of `model` that have a text for each language, as they were declared: ["name", "summary"]."""
    fields = model._meta.get_fields()
    return list(dict.fromkeys(field.translated_field.name for field in fields if is_translated(field)))


def in_languages(model, fieldsets):
    """`fieldsets` with each translated field in Finnish, and after the Finnish texts one fieldset for each language.

    The class of a fieldset tells the language that it holds: `desk_form.in_parts` makes tabs of those.
    """
    translated = translated_names(model)
    pieces = [piece for fieldset in fieldsets for piece in _pieces(fieldset, translated)]
    holding = [number for number, (_title, options) in enumerate(pieces) if _shown(options, translated)]
    if not holding:
        return fieldsets
    first, last = holding[0], holding[-1] + 1
    heading, texts = _heading(pieces[first:last])
    shown = [name for piece in pieces for name in _shown(piece[1], translated)]
    return [
        *pieces[:first],
        *heading,
        *[_in_finnish_tab(piece, translated) for piece in texts],
        *[_fieldset(code, shown) for code in OTHER_LANGUAGES],
        *pieces[last:],
    ]


def _pieces(fieldset, translated):
    """`fieldset` as what comes before its first text, its texts, and what follows them where no heading says more.

    So what is the same in every language, a phone number for example, stands beside the tabs and not in one of them.
    """
    title, options = fieldset
    lines = list(options["fields"])
    texts = [number for number, line in enumerate(lines) if set(_flat([line])) & set(translated)]
    if not texts:
        return [fieldset]
    first, last = texts[0], len(lines) if title else texts[-1] + 1
    parts = [part for part in (lines[:first], lines[first:last], lines[last:]) if part]
    bare = {name: value for name, value in options.items() if name != "description"}
    return [(title, options | {"fields": parts[0]}), *[(None, bare | {"fields": part}) for part in parts[1:]]]


def _heading(texts):
    """The heading over all languages of `texts`, in a list, and the rest: those of one heading have it above tabs."""
    (title, options), *others = texts
    if not title or others:
        return [], texts
    classes = [*options.get("classes", ()), HEADING]
    return [(title, options | {"fields": [], "classes": classes})], [(None, {"fields": options["fields"]})]


def _shown(options, translated):
    return [name for name in _flat(options["fields"]) if name in translated]


def _in_finnish_tab(fieldset, translated):
    title, options = fieldset
    classes = [*options.get("classes", ()), language_class(FINNISH)]
    return title, options | {"fields": _in_finnish(options["fields"], translated), "classes": classes}


def _fieldset(code, fields):
    return HEADINGS[code], {
        "fields": [column(field, code) for field in fields],
        "description": GUIDANCE.get(code, OTHERS),
        "classes": [language_class(code)],
    }


def language_class(code):
    """The class of a fieldset that holds texts in a language."""
    return f"in-{code}"


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


def label_of(field):
    """What the translated `field` of a model is called on a form: "Name" in Finnish, "Name in Swedish"."""
    label = capfirst(field.translated_field.verbose_name)
    return label if field.language == FINNISH else format_lazy(LABELS[field.language], field=label)


def tell_language(form_field, field):
    """Tells the writer, the spelling checker and the screen reader which language the translated `field` is in."""
    form_field.widget.attrs["lang"] = field.language
    form_field.label = label_of(field)
    if field.language != FINNISH:
        form_field.help_text = ""  # said once, in Finnish
        # What is translated: shown beside the text.
        form_field.original = column(field.translated_field.name, FINNISH)
