"""Editors' text for documents that machines read: without what XML forbids and what calendars take for a new line."""

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def printable(text):
    """`text` with a space for each control character; a tab and a new line stay."""
    return _UNPRINTABLE.sub(" ", text)


def in_one_line(place):
    """Where `place` is: "Seurakuntatalo, Rauhankatu 70, Rovaniemi"."""
    return ", ".join(filter(None, (place.name, place.street_address, place.town)))
