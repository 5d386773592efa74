"""Ready reasons for what is not as usual: chosen with one tap, and ready in every language.

Short and familiar words: plain Finnish has the same. Nothing is ready in Northern Sámi.
"""

from django.utils.translation import override

from centres.languages import FINNISH, INTERFACE
from centres.versions import PLAIN_FINNISH


def in_language(reason, language):
    """What `reason`, a ready one, is in `language`."""
    with override(language):
        return str(reason)


def in_finnish(ready):
    """The reasons `ready` as (the Finnish text, what it is in the language of now)."""
    return [(in_language(reason, FINNISH), reason) for reason in ready]


def in_languages(text, ready, languages):
    """`text`, a Finnish reason, by language: in all of `languages` if it is one of `ready`; else in Finnish alone."""
    reason = next((each for each in ready if in_language(each, FINNISH) == text), None)
    codes = [code for code in languages if code in (*INTERFACE, PLAIN_FINNISH)] if reason else []
    return {code: in_language(reason, code) for code in codes} | {FINNISH: text}
