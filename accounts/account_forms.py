"""The forms of the account pages: allauth's, with our words, and without what nobody needs to type twice."""

import struct

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

PASSWORD_HELP = _("At least 12 characters. Three or four words after one another are easy to remember.")
NO_PASSKEY = _("That did not work. Try again, or choose another way.")
# What the parsers of passkeys raise when somebody sends them something else; to allauth these would be faults.
FORGED = (
    AssertionError,
    AttributeError,
    InvalidSignature,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
CODE_HELP = _("The six digits that your app shows now, or one of your recovery codes.")


class Plain(forms.Form):
    """Labels say what a field is for: no second word inside it that goes away as one types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


def new_password():
    return SetPasswordField(label=_("New password"), help_text=PASSWORD_HELP)


def present_password():
    return PasswordField(label=_("Password"), autocomplete="current-password")


class SignInForm(Plain, account.LoginForm):
    """Ties what did not fit to both fields: neither is told to be the wrong one."""

    ERROR_ID = "form-error"

    password = present_password()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean(self):
        try:
            return super().clean()
        except ValidationError:
            for field in self.fields.values():
                field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": self.ERROR_ID}
            raise


class PasswordAgainForm(Plain, account.ReauthenticateForm):
    password = present_password()


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    oldpassword = PasswordField(label=_("Present password"), autocomplete="current-password")
    password1 = new_password()
    password2 = None


class SetPasswordForm(Plain, account.SetPasswordForm):
    password1 = new_password()
    password2 = None


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    password1 = new_password()
    password2 = None

    def save(self):
        super().save()
        get_adapter().forget_wrong_passwords(self.user)


class Code(Plain):
    """A code from an app: digits, which a telephone's own keyboard of numbers types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = CODE_HELP
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "code"}


class CodeForm(Code, mfa.AuthenticateForm):
    pass


class CodeAgainForm(Code, mfa.ReauthenticateForm):
    pass


class FirstCodeForm(Code, ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("The six digits that the app shows now.")


class PasskeyField(forms.JSONField):
    """What a browser says of a passkey, as JSON: a few thousand characters."""

    LONGEST = 50_000

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, error_messages={"invalid": NO_PASSKEY})

    def to_python(self, value):
        """Refuses too what makes the reader of JSON itself fail: lists in lists, numbers without an end."""
        if len(value or "") > self.LONGEST:
            raise ValidationError(NO_PASSKEY, code="invalid")
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise ValidationError(NO_PASSKEY, code="invalid") from error

    def bound_data(self, data, initial):
        """Nothing: what was refused once is not sent again."""
        return InvalidJSONInput("")


class Passkey(Plain):
    """What a browser says of a passkey. Anything else that is sent in its place is refused in words."""

    credential = PasskeyField()

    def clean_credential(self):
        try:
            return super().clean_credential()  # type: ignore[misc] # of allauth's form beside it
        except FORGED as error:
            raise ValidationError(NO_PASSKEY, code="forged") from error
        except ValidationError as error:
            raise in_our_words(error) from error


def in_our_words(error):
    """`error`, which calls a passkey that is not right a wrong code."""
    return ValidationError(NO_PASSKEY, code=error.code) if error.code == "incorrect_code" else error


class PasskeySignInForm(Passkey, webauthn.LoginWebAuthnForm):
    pass


class PasskeyForm(Passkey, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(Passkey, webauthn.ReauthenticateWebAuthnForm):
    pass


class NewPasskeyForm(Plain, webauthn.AddWebAuthnForm):
    credential = PasskeyField()
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=100,
        help_text=_("By which you know it later, for example “My phone”."),
    )
    passwordless = forms.BooleanField(
        label=_("I sign in with it alone, without a password"),
        required=False,
        initial=True,
        help_text=_("Take the tick away if it is an older security key that knows no fingerprint or PIN."),
    )
    field_order = ["name", "passwordless", "credential"]

    def clean(self):
        try:
            return super().clean()
        except FORGED:
            self.add_error("credential", ValidationError(NO_PASSKEY, code="forged"))
        except ValidationError as error:
            self.add_error("credential", in_our_words(error))
        return self.cleaned_data


class PasskeyNameForm(Plain, webauthn.EditWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=100)
