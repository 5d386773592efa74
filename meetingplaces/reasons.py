"""The commonest reasons why a date is not as usual: chosen with one tap, and ready in every language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from centres.languages import FINNISH, INTERFACE
from centres.versions import PLAIN_FINNISH

# Each is said after a colon: "Cancelled: the instructor is ill". Short and familiar words: plain Finnish has the same.
READY = [
    _("the instructor is ill"),
    _("the room cannot be used"),
    _("the staff are at a training"),
    _("the weather is too bad"),
]


def in_language(reason, language):
    """What `reason`, one of `READY`, is in `language`."""
    with override(language):
        return str(reason)


def ready_in_finnish():
    """The ready reasons as (the Finnish text, what it is in the language of now)."""
    return [(in_language(reason, FINNISH), reason) for reason in READY]


def in_languages(text, languages):
    """`text`, a Finnish reason, by language: in all of `languages` if it is a ready one; else in Finnish alone.

    Nothing is ready in Northern Sámi.
    """
    reason = next((each for each in READY if in_language(each, FINNISH) == text), None)
    ready = [code for code in languages if code in (*INTERFACE, PLAIN_FINNISH)] if reason else []
    return {code: in_language(reason, code) for code in ready} | {FINNISH: text}
