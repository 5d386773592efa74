"""The desk's forms of a user, who has an e-mail address where Django expects a username."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.forms import EmailField
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignInForm(AdminAuthenticationForm):
    """Says in one sentence what did not fit, and ties it to both fields: neither is told to be the wrong one."""

    ERROR_ID = "sign-in-error"

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": _("The e-mail address or the password is wrong. Check both."),
    }

    def clean(self):
        try:
            return super().clean()
        except ValidationError:
            for field in self.fields.values():
                field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": self.ERROR_ID}
            raise


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]
        field_classes = {"email": EmailField}

    def clean_email(self):
        return cleaned_email(self)


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes = {"email": EmailField}

    def clean_email(self):
        return cleaned_email(self)


def cleaned_email(form):
    """The address in small letters; nobody else's, in any letters."""
    email = form.cleaned_data["email"].lower()
    if User.objects.filter(email__iexact=email).exclude(pk=form.instance.pk).exists():
        raise ValidationError(_("Somebody already signs in with this e-mail address."), code="unique")
    return email
