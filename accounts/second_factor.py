"""Who has proved twice that it is they: with a second factor or a passkey, or to their own organisation."""

import time

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

# Recovery codes are for the day when these are lost; alone they are no second factor.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
BY_ORGANISATION = "socialaccount"
# In the session that enrolled a second factor.
ENROLLED = "account_enrolled"


def has_second_factor(request):
    """Whether the request's user, who is signed in, has proved in this session that it is they.

    An organisation that signs its people in asks for theirs.
    """
    if not hasattr(request, "has_second_factor"):
        records = get_authentication_records(request, request.user)
        by_organisation = any(record["method"] == BY_ORGANISATION for record in records)
        request.has_second_factor = by_organisation or (
            is_mfa_enabled(request.user, FACTORS) and _was_asked(request, records)
        )
    return request.has_second_factor


def _was_asked(request, records):
    """Whether this session gave a second factor or enrolled it: another, begun before, knows the password alone."""
    gave = not records or any(record["method"] == "mfa" for record in records)
    return gave or bool(request.session.get(ENROLLED))


def lacks_second_factor(request):
    """Whether the request's user has a second factor that this session has not proved: it was enrolled elsewhere."""
    user = request.user
    return user.is_authenticated and is_mfa_enabled(user, FACTORS) and not has_second_factor(request)


def begin_anew(request, onward):
    """Ends the session of a user who lacks the second factor, and leads to sign-in, which asks for it."""
    logout(request)
    return redirect_to_login(onward)


def comes_through_organisation(request):
    """Whether the organisation has just signed in whoever is signing in."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or [{"method": ""}]
    return records[-1]["method"] == BY_ORGANISATION


def signed_in_recently(request):
    """Whether the user signed in so lately that it would be vexing to ask for the password again."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT


def sign_in_first(request):
    """The way to where the request's ``next`` leads, for who may not go there: sign-in, or enrolment."""
    onward = get_next_redirect_url(request) or request.get_full_path()
    if not request.user.is_authenticated:
        return redirect_to_login(onward)
    if not request.user.is_staff:
        raise PermissionDenied("The desk is for those who maintain these pages.")
    if has_second_factor(request):
        return HttpResponseRedirect(get_next_redirect_url(request) or reverse("admin:index"))
    if lacks_second_factor(request):
        return begin_anew(request, onward)
    return redirect_to_login(onward, reverse("mfa_index"))
