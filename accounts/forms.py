"""The desk's forms of a user, who has an e-mail address where Django expects a username."""

from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.forms import EmailField
from django.utils.translation import gettext_lazy as _

from accounts.models import User


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
