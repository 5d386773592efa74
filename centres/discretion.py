"""Pages that should leave as little trace as they can: on violence, substances, and what else is sensitive."""

from django.utils.cache import patch_cache_control


def discreet(response):
    """`response`, kept in no cache and named to nobody the reader goes on to."""
    patch_cache_control(response, no_store=True)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
