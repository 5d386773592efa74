"""Addresses of the account pages, by allauth's own names; what is not named here answers nobody.

There is no sign-up, and no page for e-mail addresses: administrators change those.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy

from accounts import views
from accounts.views import private, proven


def page(words, view, name):
    return path(words, private(view), name=name)


# Translators: addresses: small letters a–z and hyphens only, each word followed by a slash.
urlpatterns = [
    page("", account.login, "account_login"),
    page(pgettext_lazy("address", "out/"), account.logout, "account_logout"),
    page(pgettext_lazy("address", "closed/"), account.account_inactive, "account_inactive"),
    page(pgettext_lazy("address", "again/"), account.reauthenticate, "account_reauthenticate"),
    page(pgettext_lazy("address", "password/"), proven(account.password_change), "account_change_password"),
    page(pgettext_lazy("address", "first-password/"), proven(account.password_set), "account_set_password"),
    page(pgettext_lazy("address", "forgotten/"), account.password_reset, "account_reset_password"),
    page(
        pgettext_lazy("address", "forgotten/sent/"),
        account.password_reset_done,
        "account_reset_password_done",
    ),
    page(
        pgettext_lazy("address", "forgotten/changed/"),
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    path(
        pgettext_lazy("address", "new-password/"),
        include(
            [
                re_path(
                    r"^(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
                    private(views.new_password),
                    name="account_reset_password_from_key",
                )
            ]
        ),
    ),
    page(pgettext_lazy("address", "own/"), proven(views.own_sign_in), "mfa_index"),
    page(pgettext_lazy("address", "onward/"), views.onward, "account_onward"),
    page(pgettext_lazy("address", "code/"), mfa.authenticate, "mfa_authenticate"),
    page(pgettext_lazy("address", "code/again/"), mfa.reauthenticate, "mfa_reauthenticate"),
    page(pgettext_lazy("address", "app/"), proven(views.TakeApp.as_view()), "mfa_activate_totp"),
    page(pgettext_lazy("address", "app/off/"), proven(totp.deactivate_totp), "mfa_deactivate_totp"),
    page(
        pgettext_lazy("address", "recovery-codes/"),
        proven(codes.view_recovery_codes),
        "mfa_view_recovery_codes",
    ),
    page(
        pgettext_lazy("address", "recovery-codes/new/"),
        proven(codes.generate_recovery_codes),
        "mfa_generate_recovery_codes",
    ),
    page(pgettext_lazy("address", "passkey/"), webauthn.login_webauthn, "mfa_login_webauthn"),
    page(
        pgettext_lazy("address", "passkey/again/"),
        webauthn.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    path(
        pgettext_lazy("address", "passkeys/"),
        include(
            [
                page("", proven(webauthn.list_webauthn), "mfa_list_webauthn"),
                page("<int:pk>/", proven(webauthn.edit_webauthn), "mfa_edit_webauthn"),
                page("<int:pk>/x/", proven(webauthn.remove_webauthn), "mfa_remove_webauthn"),
                page("+/", proven(views.TakePasskey.as_view()), "mfa_add_webauthn"),
            ]
        ),
    ),
    page(pgettext_lazy("address", "not-invited/"), views.not_invited, "account_not_invited"),
    page(pgettext_lazy("address", "not-signed-in/"), views.not_signed_in, "account_not_signed_in"),
]

# An organisation's own sign-in comes back here. The organisation has written the address down: it is the same in every
# language, and stands outside them.
organisation = [
    path("<slug:provider_id>/", views.through_organisation, name="openid_connect_login"),
    path("<slug:provider_id>/callback/", oidc.callback, name="openid_connect_callback"),
]
