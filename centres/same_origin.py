"""An Origin check in place of a CSRF cookie, for forms of readers, who get no cookie (ADR 10)."""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.http import is_same_domain
from django.views.decorators.csrf import csrf_exempt

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


def guarded_by_origin(refused):
    """Guards a view that writes for anonymous readers: what was not sent from one of our own pages goes to `refused`.

    `refused` is a view of the same arguments. For forms that rest on no session alone: the check asks whose page the
    form stood on, as a CSRF cookie does, but not who the reader is. The page with the form must not have the
    Referrer-Policy ``no-referrer`` (`centres.discretion`): from there browsers send ``Origin: null``.
    """

    def guard(view):
        @csrf_exempt
        @wraps(view)
        def guarded(request, *args, **kwargs):
            may_pass = request.method in SAFE or is_sent_from_here(request)
            return (view if may_pass else refused)(request, *args, **kwargs)

        return guarded

    return guard


def is_sent_from_here(request):
    """Whether the browser says that `request` comes from a page of this site, or of CSRF_TRUSTED_ORIGINS.

    Every browser sends an Origin with a POST. One that also sends Sec-Fetch-Site (only over https) must say there that
    it is the same origin: so the trusted origins are names that a proxy goes by in front of us, not other sites.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
    except ValueError:
        return False
    ours = [f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS]
    return any(_is(origin, urlsplit(each)) for each in ours)


def _is(origin, ours):
    """Whether `origin` is `ours`, whose host may begin with ``*.`` as in Django's own setting."""
    return origin.scheme == ours.scheme and is_same_domain(origin.netloc, ours.netloc.removeprefix("*"))
