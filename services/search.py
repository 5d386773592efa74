"""The door to search: whatever finds rows by words stands behind this one function."""

from django.db.models import Q
from django.utils.translation import get_language

from centres.folding import fold
from centres.languages import column

# More words than this say nothing more, and cost the database a comparison each.
MAX_WORDS = 8


def search(queryset, text):
    """The offerings of `queryset` that hold every word of `text`, in the active language.

    Case and marks do not matter: "aiti" finds "Äiti". A text that is missing in the language counts in Finnish.
    A text without a single letter or digit finds nothing.
    """
    words = fold(text).split()[:MAX_WORDS]
    if not words:
        return queryset.none()
    key = column("search", get_language())
    for word in words:
        queryset = queryset.filter(Q(**{f"{key}__contains": word}) | Q(**{f"service__{key}__contains": word}))
    return queryset
