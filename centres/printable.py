"""Editors' text for documents that machines read: without what XML forbids and what calendars take for a new line."""

import re
import unicodedata

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# What turns the direction of all text after it; scripts that run from the right need none of these.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


# Letters and marks that show nothing, though they are no white space: fillers of several scripts, a cell without dots.
_BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}


def printable(text):
    """`text` with a space for each control character, without any that turns text round; tabs and new lines stay."""
    return _UNPRINTABLE.sub(" ", unturned(text))


def unturned(text):
    """`text` without what would turn round the text after it."""
    return _TURNING.sub("", text)


def is_unseen(text):
    """Whether nothing of `text` would be seen: it is empty, or white space, control and format characters alone."""
    return all(sign in _BLANK or unicodedata.category(sign) in _UNSEEN for sign in text)


def in_one_line(place):
    """Where `place` is: "Seurakuntatalo, Rauhankatu 70, Rovaniemi"."""
    return ", ".join(filter(None, (place.name, place.street_address, place.town)))
