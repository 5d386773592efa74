"""Pages that should leave as little trace as they can: on violence, substances, and what else is sensitive."""

from django.shortcuts import render
from django.utils.cache import patch_cache_control


def discreet(response):
    """`response`, kept in no cache and named to nobody the reader goes on to."""
    patch_cache_control(response, no_store=True)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def render_page(request, template, context):
    """The page as `django.shortcuts.render` gives it; discreet when its context says that it is ``sensitive``.

    So the header and the quick exit, which the template shows by the same word, cannot disagree.
    """
    response = render(request, template, context)
    return discreet(response) if context.get("sensitive") else response
