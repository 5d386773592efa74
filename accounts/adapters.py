"""Where the portal differs from allauth: nobody signs up by themselves, secrets are sealed, words are ours."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from accounts.mail import send_meanwhile
from accounts.models import User
from accounts.sealing import seal, unseal
from accounts.second_factor import comes_through_organisation, signed_in_recently

logger = logging.getLogger(__name__)

OURS = "allauth.mfa.stages.AuthenticateStage"

WRONG_CODE = _("This code is not right. Codes change every half a minute: type the one you see now.")
TOO_MANY = _("There have been too many attempts. Wait five minutes and try again.")
WAYS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code from your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}
# What is told on the next page, by allauth's own names; of what is not named here nothing is told.
DONE = {
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "account/messages/password_set.txt": _("Your password has been kept."),
    "account/messages/logged_out.txt": _("You have signed out."),
    "mfa/messages/totp_activated.txt": _("The app is in use."),
    "mfa/messages/totp_deactivated.txt": _("The app is out of use."),
    "mfa/messages/webauthn_added.txt": _("The passkey is in use."),
    "mfa/messages/webauthn_removed.txt": _("The passkey has been removed."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is wrong. Check both."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your present password."),
        "incorrect_code": WRONG_CODE,
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request):
        """Never: people come by invitation."""
        return False

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        if words := message or DONE.get(message_template):
            messages.add_message(request, level, words)

    def send_mail(self, template_prefix, email, context):
        """Meanwhile: e-mails go to known addresses alone, and an answer that waited for one would tell that it went."""
        send_meanwhile(self.render_mail(template_prefix, email, {"request": self.request, **context}))

    def get_reauthentication_methods(self, user):
        """Each in our words."""
        return [way | {"description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def pre_authenticate(self, request, **credentials):
        """Refuses who has guessed too often with a page of its own and the status that says so."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error

    def forget_wrong_passwords(self, user):
        """Lets `user`, who has chosen a new password, try it at once.

        allauth does so by its own table of addresses, which is empty here.
        """
        # Private, and there is no public way to it (allauth 65.22): the key that attempts are counted by is made in
        # there. A test tries the new password at once, and fails if this goes.
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def is_safe_url(self, url):
        """Nor is what is no address at all: allauth would stumble over it."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def is_ajax(self, request):
        """Nobody but the script that asks for a passkey: every other answer is a page."""
        return request.resolver_match.view_name == "mfa_login_webauthn" and super().is_ajax(request)

    def get_login_stages(self):
        """Without our second factor for whoever comes through their organisation, which asks for its own."""
        stages = super().get_login_stages()
        return [stage for stage in stages if stage != OURS or not comes_through_organisation(self.request)]

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not of those who have just signed in: enrolling a second factor is the first thing they do."""
        return super().is_reauthentication_required(app=app) and not signed_in_recently(self.request)

    def get_login_redirect_url(self, request):
        """The desk for those who maintain the pages, the front page for others."""
        return super().get_login_redirect_url(request) if request.user.is_staff else reverse("choose_centre")

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user, type):  # noqa: A002 allauth's name
        return str(_("My passkey"))

    def get_public_key_credential_rp_entity(self):
        """The portal as the device that keeps the passkey calls it."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """Signs in those whom somebody has invited, by an address that their organisation has verified."""

    def pre_social_login(self, request, sociallogin):
        """Finds the user of a first sign-in by the address, and remembers the two as one.

        allauth's own way would take away the user's password, for it cannot know that our addresses were verified.
        """
        if sociallogin.is_existing:
            return
        verified = [each.email.lower() for each in sociallogin.email_addresses if each.verified]
        user = User.objects.filter(email__in=verified).first()
        if user is None:
            raise ImmediateHttpResponse(back_to("account_not_invited", sociallogin.state))
        sociallogin.connect(request, user)

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Cancelled there, or wrongly set up here: one page for all, with the sign-in page one tap away."""
        if exception:
            logger.warning("Sign-in by an organisation failed: %s", exception)
        raise ImmediateHttpResponse(back_to("account_not_signed_in", (extra_context or {}).get("state")))


def back_to(page, state):
    """Leads to an account page, in the language that the user left for the organisation in.

    `state` says in its ``next`` where the user was going; None when the organisation did not bring it back.
    """
    language = get_language_from_path((state or {}).get("next") or "") or settings.LANGUAGE_CODE
    with override(language):
        return HttpResponseRedirect(reverse(page))
