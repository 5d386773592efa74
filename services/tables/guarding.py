"""Texts that a spreadsheet program would take for something else, and how they are kept from it.

A cell that begins like a formula is run when the file is opened ("CSV injection", OWASP), and "040 1234567" loses its
zero. An apostrophe before them keeps them texts; reading takes it away again, so that every text comes back as it was.
"""

import re

# What begins a formula, in one program or another; full-width forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Only digits and what stands between them: taken for a number or a date.
_NUMBER_WITH_ZERO = re.compile(r"0[\d\s./-]*\d")
MARK = "'"


def begins_like_a_formula(text):
    return text.startswith(_FORMULA)


def _must_be_marked(text):
    if begins_like_a_formula(text) or _NUMBER_WITH_ZERO.fullmatch(text):
        return True
    return is_marked(text)


def is_marked(text):
    """Whether reading would take the first apostrophe of `text` for our mark."""
    return text.startswith(MARK) and _must_be_marked(text[1:])


def marked(text):
    """`text` so that no program takes it for a formula or a number."""
    return f"{MARK}{text}" if _must_be_marked(text) else text


def unmarked(text):
    """The text that `marked` was given; any other text as it stands."""
    return text[1:] if is_marked(text) else text
