"""How the language versions of a row stand, as the tabs of its form tell it."""

from typing import Any

from django.utils.translation import pgettext_lazy

from centres.admin.by_language import translated_names
from centres.languages import FINNISH, column
from centres.models import FamilyCentre
from centres.versions import VersionState

ORIGINAL = "original"
UNPUBLISHED = "unpublished"

# Under the name of the language.
WORDS: dict[str, Any] = {
    ORIGINAL: pgettext_lazy("language version", "the original"),
    UNPUBLISHED: pgettext_lazy("language version", "not published here"),
    **{state: state.label for state in VersionState},
}

# From a row to the rows that say in which centre families see it.
_TOWARDS_CENTRE = ("centre", "home", "offering", "service", "point", "meeting", "local_network", "network")
# From a row that several centres share to its places in them.
_IN_CENTRES = ("offerings", "local_networks")


def version_state(row, code, published):
    """How the version of `row` in the language `code` stands: a `VersionState`, ORIGINAL or UNPUBLISHED.

    `published` are the row's `published_languages`.
    """
    if code == FINNISH:
        return ORIGINAL
    if published is not None and code not in published:
        return UNPUBLISHED
    if hasattr(row, "state_in") and row.pk:
        return row.state_in(code)
    return _state_by_texts(row, code)


def _state_by_texts(row, code):
    """Of a row that keeps no record of its versions: which of its Finnish texts lack it."""
    names = translated_names(row)
    original, own = ([getattr(row, column(name, each)) for name in names] for each in (FINNISH, code))
    if any(text and not version for text, version in zip(original, own, strict=True)):
        return VersionState.PARTLY if any(own) else VersionState.MISSING
    return VersionState.WHOLE if any(own) else VersionState.NOTHING


def published_languages(row):
    """The languages in which families see `row`; None where no centre says."""
    if isinstance(row, FamilyCentre):
        return row.languages
    for name in _TOWARDS_CENTRE:
        if getattr(row, f"{name}_id", None):
            return published_languages(getattr(row, name))
    places = next((name for name in _IN_CENTRES if row.pk and hasattr(row, name)), None)
    if places is None:
        return None
    return {code for place in getattr(row, places).all() for code in place.centre.languages} or None
