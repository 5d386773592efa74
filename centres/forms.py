"""The form by which somebody who was invited comes in."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.account_forms import new_password
from accounts.models import User


class AcceptForm(forms.Form):
    """A name and a password for the new user of `email`, who keeps pages, or only reads (`reads`)."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("Your colleagues see it beside your changes. Families do not."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password1 = new_password()

    def __init__(self, *args, email, reads=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        if reads:
            self.fields["name"].help_text = _("Colleagues see it. Families do not.")
        self.fields["password1"].label = _("Password")
        self.fields["password1"].widget.attrs.pop("placeholder", None)

    def clean_name(self):
        """On one line: it stands in e-mails."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password
