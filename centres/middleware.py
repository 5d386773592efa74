"""The centre of a request, and addresses that have moved."""

from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.http import Http404
from django.utils.translation import get_language_from_path

from centres.models import FamilyCentre


class RedirectMiddleware(RedirectFallbackMiddleware):
    """Old slugs redirect: looked up only when a page was not found."""


def first_word(path):
    """The first word of `path` after its language prefix: "/en/posio/services/" → "posio"."""
    words = path.split("/", 3)[1:]
    if get_language_from_path(path):
        words = words[1:]
    return words[0] if words else ""


class CentreMiddleware:
    """Sets ``request.centre`` from the first path word; None outside a centre.

    Views inside a centre do not take its slug: it is taken out of their arguments, and an unknown one is a 404.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        slug = first_word(request.path_info)
        request.centre = FamilyCentre.objects.public().filter(slug=slug).first() if slug else None
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if view_kwargs.pop("centre", None) and request.centre is None:
            raise Http404("No such family centre.")
