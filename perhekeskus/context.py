"""What every page needs to know."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

from centres.languages import FINNISH, INTERFACE, page_language
from centres.models import FamilyCentre
from centres.terms import Terms
from networks.terms import terms_of
from perhekeskus.stylesheets import JOINED, PARTS


@dataclass(frozen=True)
class LanguageVersion:
    """The page in one language: its code, the language's own name, its address with the query kept."""

    code: str
    name: str
    url: str
    current: bool

    @property
    def path(self):
        """The address without the query."""
        return self.url.split("?", 1)[0]

    @property
    def short(self):
        """A few letters for a narrow screen, where more would break the centre's name; plain Finnish is no "FI"."""
        return "Selko" if self.code == "fi-simple" else self.code[:2].upper()


def page(request):
    """Context of every template; a view's own words for `sensitive`, `held_in` and `page_picture` win over these."""
    centre = getattr(request, "centre", None)
    preview = getattr(request, "preview", None)
    return {
        "centre": centre,
        "gives_notice": centre is not None and centre.gives_notice(timezone.localdate()),
        "language": get_language(),
        "page_language": page_language(get_language()),
        "versions": SimpleLazyObject(lambda: versions(request)),
        "site_root": site_root(request),
        "stylesheets": PARTS if settings.TESTING else (JOINED,),
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "is_front": getattr(request.resolver_match, "view_name", "") == "front"
        or (preview is not None and preview.model is FamilyCentre),
        "preview": preview,
        "preview_link": getattr(request, "preview_link", ""),
        "preview_form": getattr(request, "preview_form", ""),
        "sensitive": False,
        # The languages that the page holds a text of its own in; the interface is whole in these. None for a page that
        # is nobody's to find.
        "held_in": () if getattr(request, "is_private", False) else INTERFACE,
        # The abbreviations that the page explains where it says them first; asked for by the first text that may.
        "terms": Terms(lambda: _terms(centre), request.path),
        # The address of a picture to show where the page is shared; empty: the portal's own.
        "page_picture": "",
    }


def _terms(centre):
    """The terms of the networks of `centre`; none outside a centre."""
    return terms_of(centre, timezone.localdate(), get_language()) if centre else []


def site_root(request):
    """Scheme and host of the request; empty when it named a host that is not ours, and gets an error page."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def versions(request):
    """The page in every language that its centre publishes in, or that the portal speaks outside a centre."""
    centre = getattr(request, "centre", None)
    codes = centre.languages if centre else [code for code, _name in settings.LANGUAGES]
    current = get_language()
    return [
        LanguageVersion(code, name.capitalize(), _address(request, code), current=code == current)
        for code, name in settings.LANGUAGES
        if code in codes or code in (FINNISH, current)
    ]


def _address(request, code):
    """The request's own address in another language; its start page where the address means nothing."""
    path = request.get_full_path()
    translated = translate_url(path, code)
    if translated == path and code != get_language():
        centre = getattr(request, "centre", None)
        with override(code):
            return centre.get_absolute_url() if centre else reverse("choose_centre")
    return translated
