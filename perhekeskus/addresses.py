"""Addresses of pages in any language, many at a time."""

from functools import cache

from django.urls import reverse
from django.utils.translation import override

_SLUG = "slug-goes-here"


def address_in(language, name, centre, slug=None):
    """The path of the page `name` of `centre` (a slug) in `language`; `slug` where the page has one."""
    pattern = _pattern(language, name, centre, slug is not None)
    return pattern.replace(_SLUG, slug) if slug is not None else pattern


@cache
def _pattern(language, name, centre, has_slug):
    """Reversing costs; a sitemap does it once for each kind of page, not for each page."""
    kwargs = {"centre": centre} | ({"slug": _SLUG} if has_slug else {})
    with override(language):
        return reverse(name, kwargs=kwargs)
