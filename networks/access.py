"""Who is let in to people and meetings (`centres.rights.is_let_in`), and what the others are told.

One door: every view that shows a person, or anything that only professionals may know, stands behind `for_insiders`,
or asks `is_insider` which of two pages it shows. `docs/access.md` says what each role sees; its tests are made from it.
"""

from functools import wraps
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from centres.models import Membership
from centres.rights import is_let_in
from centres.webfield import mailto


def is_insider(request):
    """Whether the reader is let in to the people and meetings of the request's centre: asked once in a request.

    With it `request.coordinators`: for insiders of a centre that has no address to write to, the ways to those who
    keep it, as pairs of what a tap opens and a name.
    """
    if not hasattr(request, "insider"):
        request.insider, request.coordinators = _asked(request.user, request.centre, timezone.localdate())
    return request.insider


def _asked(user, centre, today):
    if not user.is_authenticated or centre.coordinator_email:
        return is_let_in(user, centre, today), []
    # The query that `is_let_in` would make, and what it need not make another for.
    keeps = Q(role=Membership.Role.COORDINATOR, user__is_active=True)
    found = Membership.objects.letting_in(centre, today).filter(Q(user=user) | keeps)
    rows = list(
        found.order_by("user__name", "user__email").values_list("user", "role", "user__name", "user__email")
    )
    if not user.is_superuser and not any(pk == user.pk for pk, *_rest in rows):
        return False, []
    to_write_to = Membership.Role.COORDINATOR
    return True, [(mailto(email), name or email) for _pk, role, name, email in rows if role == to_write_to]


def kept_private(response):
    """`response`, kept in no cache, found by no search engine, named to no other site.

    Not ``no-referrer``: browsers would then send its forms without an origin, and Django would refuse them.
    """
    patch_cache_control(response, private=True, no_store=True)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def for_insiders(view):
    """`view` for whoever is let in; others are led to sign in, or told that they are not let in, and how to ask."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        request.is_private = True
        if not request.user.is_authenticated:
            return kept_private(redirect_to_login(request.get_full_path()))
        if not is_insider(request):
            return kept_private(not_let_in(request))
        return kept_private(view(request, *args, **kwargs))

    return guarded


def more_for_insiders(view):
    """`view`, which is open to all and shows insiders more: what these get is theirs alone."""

    @wraps(view)
    def shown(request, *args, **kwargs):
        if not is_insider(request):
            return view(request, *args, **kwargs)
        request.is_private = True
        return kept_private(view(request, *args, **kwargs))

    return shown


def not_let_in(request):
    """The page for whoever is signed in and not let in here."""
    return render(request, "networks/not_let_in.html", status=HTTPStatus.FORBIDDEN)
