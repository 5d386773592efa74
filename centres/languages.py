"""Which language versions of a text there are, and which one a reader gets.

Finnish is always there; a text that is missing in the reader's language is shown in Finnish and marked so.
"""

from django.conf import settings

FINNISH = "fi"
# Languages whose interface stands in from another: nobody has written the Sámi one yet, and none is invented.
STAND_IN = {"se": FINNISH}


def column(field, language):
    """The name of the column that holds `field` in `language`: ("name", "fi-simple") → "name_fi_simple"."""
    return f"{field}_{language.replace('-', '_')}"


def columns(*fields, language):
    """The columns needed to show `fields` in `language`: its own and Finnish, which stands in for it."""
    return [column(field, code) for field in fields for code in dict.fromkeys((language, FINNISH))]


def page_language(language):
    """The language that a page for readers of `language` is mostly in: that of its interface."""
    return STAND_IN.get(language, language)


def language_shown(row, field, language):
    """The language that a reader of `language` gets `field` of `row` in; None when there is no text at all."""
    for code in (language, FINNISH):
        if getattr(row, column(field, code)):
            return code
    return None


def mark_of(shown, language):
    """`shown`, the language of a text, when readers of `language` must be told: it is not the page's. Else empty."""
    return "" if shown in (None, page_language(language)) else shown


def mark(row, field, language):
    """The language to mark `field` of `row` with for readers of `language`; empty when it is the page's own."""
    return mark_of(language_shown(row, field, language), language)


def falls_back(rows, fields, language):
    """Whether any of `fields` of any of `rows` is shown to readers of `language` in Finnish instead."""
    return any(
        language_shown(row, field, language) not in (language, None) for row in rows for field in fields
    )


# The languages that the interface is whole in: a page without rows of its own is held in these.
INTERFACE = ("fi", "sv", "en")


def held(row, *fields):
    """The languages that `row` has any of `fields` in."""
    return [
        code
        for code, _name in settings.LANGUAGES
        if any(getattr(row, column(field, code)) for field in fields)
    ]


def held_with_interface(row, *fields):
    """The languages of the interface, and those that `row` has any of `fields` in besides."""
    own = held(row, *fields)
    return [code for code, _name in settings.LANGUAGES if code in INTERFACE or code in own]
