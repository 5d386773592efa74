"""Addresses of pages in any language, many at a time."""

from functools import cache

from django.urls import reverse
from django.utils.translation import override

# What stands in a pattern for each part of an address that a row gives; no address has these by chance.
_STANDING_IN = {"slug": "slug-goes-here", "year": "900000001", "number": "900000002"}


def address_in(language, name, centre, slug=None, **numbers):
    """The path of the page `name` of `centre` (a slug) in `language`.

    `slug` where the page has one, `numbers` where it has a year, or a year and a number.
    """
    parts = numbers if slug is None else {"slug": slug, **numbers}
    address = _pattern(language, name, centre, frozenset(parts))
    for part, value in parts.items():
        address = address.replace(_STANDING_IN[part], str(value))
    return address


@cache
def _pattern(language, name, centre, parts):
    """Reversing costs; a sitemap does it once for each kind of page, not for each page."""
    with override(language):
        return reverse(name, kwargs={"centre": centre, **{part: _STANDING_IN[part] for part in parts}})
