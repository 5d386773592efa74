"""The centre of a request, and addresses that have moved."""

import re

from django.conf import settings
from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.contrib.redirects.models import Redirect
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseRedirect
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path

from centres.discretion import discreet
from centres.languages import FINNISH
from centres.models import RESERVED_SLUGS, FamilyCentre


class RedirectMiddleware(RedirectFallbackMiddleware):
    """Old addresses redirect: looked up, in one query, only when a page was not found."""

    def process_response(self, request, response):
        # PostgreSQL cannot even be asked for a text with a NUL in it.
        if response.status_code != 404 or "\x00" in request.path:
            return response
        path = request.path if request.path.endswith("/") else f"{request.path}/"
        wanted = {request.get_full_path(), request.path, path}
        found = (
            Redirect.objects.filter(site=settings.SITE_ID, old_path__in=wanted).order_by("-old_path").first()
        )
        if found is None:
            return response
        return self.response_redirect_class(found.new_path) if found.new_path else self.response_gone_class()


_SLUG = re.compile(r"[-a-z0-9_]{1,80}\Z")


def first_word(path):
    """The first word of `path` after its language prefix: "/en/posio/services/" → "posio"; "" for no slug."""
    words = path.split("/", 3)[1:]
    if get_language_from_path(path):
        words = words[1:]
    return words[0] if words and _SLUG.match(words[0]) else ""


class CentreMiddleware:
    """Sets ``request.centre`` from the first path word; None outside a centre.

    Views inside a centre do not take its slug: it is taken out of their arguments, and an unknown one is a 404. In a
    language that the centre does not publish in, readers are led to the same page in Finnish: what is kept in that
    language is not ready for them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        slug = first_word(request.path_info)
        # No centre has a word of ours, and the desk's pages need not ask.
        may_be_one = slug and slug not in RESERVED_SLUGS
        request.centre = FamilyCentre.objects.public().filter(slug=slug).first() if may_be_one else None
        if request.centre and get_language() not in (FINNISH, *request.centre.languages):
            address = request.get_full_path()
            if (in_finnish := translate_url(address, FINNISH)) != address:
                return HttpResponseRedirect(in_finnish)
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if view_kwargs.pop("centre", None) and request.centre is None:
            raise Http404("No such family centre.")


class NoTraceMiddleware:
    """A redirect or an error may carry the address of a sensitive page: neither is kept, nor told onward.

    Stands above all that redirects or refuses, https included. A page that shows its form again keeps its own policy
    (`accounts.refusals`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_form_again = getattr(response, "is_form_again", False)
        tells = response.status_code in (301, 302) or response.status_code >= 400
        return discreet(response) if tells and not is_form_again else response


class WellFormedMiddleware:
    """Passes on only what could be ours: PostgreSQL cannot even be asked for a NUL, and a cookie that is no cookie of
    ours would be answered with a new one, on pages that set none.
    """

    OURS = {
        settings.CSRF_COOKIE_NAME: re.compile(r"[a-zA-Z0-9]{32}([a-zA-Z0-9]{32})?"),
        settings.SESSION_COOKIE_NAME: re.compile(r"[a-z0-9]{32}"),
    }

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "/hallinta/" in request.path_info and "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("A NUL is no part of any text.")
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if self._is_well_formed(name, value)
        }
        return self.get_response(request)

    def _is_well_formed(self, name, value):
        pattern = self.OURS.get(name)
        return "\x00" not in value and (pattern is None or pattern.fullmatch(value) is not None)
