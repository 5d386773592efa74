"""The account pages that are not allauth's own, and what all of them have in common."""

import logging
from contextlib import suppress
from functools import wraps
from http import HTTPStatus

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url, url_str_to_user_pk
from allauth.mfa.base import views as mfa
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from requests import RequestException

from accounts.account_forms import SignInForm
from accounts.actions import end_other_sessions
from accounts.adapters import back_to
from accounts.models import User
from accounts.refusals import form_again
from accounts.second_factor import ENROLLED, begin_anew, lacks_second_factor

logger = logging.getLogger(__name__)

ONWARD = "account_onward"
WELCOME = "account_welcome"


def private(view):
    """`view` of an account page: kept in no cache, found by no search engine, named to no other site.

    Not ``no-referrer``: browsers would then send its forms without an origin, and Django would refuse them.
    """

    @wraps(view)
    def private_view(request, *args, **kwargs):
        request.is_private = True
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == HTTPStatus.OK and _has_errors(response):
            form_again(response)
        patch_cache_control(response, no_store=True)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return private_view


def _has_errors(response):
    """Whether the page shows a form that was refused; where a code is asked for, a second one takes a passkey."""
    context = getattr(response, "context_data", None) or {}
    return any(context[name].errors for name in ("form", "webauthn_form") if context.get(name))


def proven(view):
    """`view` of a page that says how one signs in: a session that knows the password alone must begin anew.

    Or whoever has found out a password could add a second factor of their own, or take the owner's away.
    """

    @wraps(view)
    def proven_view(request, *args, **kwargs):
        if lacks_second_factor(request):
            return begin_anew(request, request.get_full_path())
        return view(request, *args, **kwargs)

    return proven_view


class Enrolling:
    """A page that takes a second factor into use: whoever has just done so is not asked for it at once.

    Only a form that was right comes this far; other answers of these pages lead on too, and prove nothing.
    """

    request: HttpRequest

    def form_valid(self, form):
        response = super().form_valid(form)  # type: ignore[misc] # of allauth's page beside it
        self.request.session[ENROLLED] = True
        end_other_sessions(user=self.request.user, session_key=self.request.session.session_key)
        return response


class TakeApp(Enrolling, ActivateTOTPView):
    pass


class TakePasskey(Enrolling, AddWebAuthnView):
    pass


@login_required
@require_safe
def own_sign_in(request):
    """How one signs in, and the choice of a second factor; remembers where its user was going."""
    if onward := get_next_redirect_url(request):
        request.session[ONWARD] = onward
    return mfa.index(request)


@login_required
@require_safe
def onward(request):
    """From enrolment on to where its user was going, with a word of welcome the first time."""
    if request.session.pop(WELCOME, False):
        messages.success(request, _("Welcome! You are ready to begin."))
    return HttpResponseRedirect(
        request.session.pop(ONWARD, None) or get_adapter(request).get_login_redirect_url(request)
    )


@transaction.atomic
def new_password(request, uidb36, key):
    """A new password by the link in an e-mail; 410 where the link is used, too old or made up.

    Of several forms sent at the same moment the first takes the link: the others see the user only after it.
    """
    with suppress(ValueError):  # of a link that is made up
        User.objects.select_for_update().filter(pk=url_str_to_user_pk(uidb36)).first()
    response = account.password_reset_from_key(request, uidb36=uidb36, key=key)
    if (getattr(response, "context_data", None) or {}).get("token_fail"):
        response.status_code = HTTPStatus.GONE
    return response


def sign_in(request, *, email, password, onward):
    """Signs in whoever has just chosen `password`, as the sign-in page would, and leads `onward`."""
    form = SignInForm({"login": email, "password": password}, request=request)
    return form.login(request, onward) if form.is_valid() else redirect("account_login")


@require_safe
def through_organisation(request, provider_id):
    """To an organisation's own sign-in, which may be out of reach.

    allauth would take more from the address: what to ask the organisation for, and whether to tie it to another user.
    """
    if set(request.GET) - {"next"}:
        raise BadRequest("Only where to go next is said here.")
    try:
        return oidc.login(request, provider_id)
    except RequestException as error:
        logger.warning("An organisation's sign-in does not answer: %s", error)
        return back_to("account_not_signed_in", request.GET)


@require_safe
def not_invited(request):
    """Somebody's organisation knows them, and we do not."""
    return render(request, "socialaccount/not_invited.html", status=403)


@require_safe
def not_signed_in(request):
    """An organisation's own sign-in was left half-way, or is wrongly set up."""
    return render(request, "socialaccount/authentication_error.html", status=401)
