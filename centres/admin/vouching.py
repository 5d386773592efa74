"""Saying of a language version that it still tells what the Finnish tells, though the Finnish has changed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from centres.versions import OTHER_LANGUAGES, Versioned, VersionState

# Translators: beside a box to tick, under the texts of one language.
STILL_RIGHT = _("I have checked: this says what the Finnish says now.")


def vouch_name(code):
    """The name of the box to tick for the language `code`."""
    return f"vouch_{code.replace('-', '_')}"


class VouchingForm(forms.ModelForm):
    """The form of a row, with a box to tick for each version that is older than the Finnish."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in self.older_versions():
            self.fields[vouch_name(code)] = forms.BooleanField(label=STILL_RIGHT, required=False)

    def older_versions(self):
        """The languages whose version was made from an earlier Finnish text."""
        row = self.instance
        if not isinstance(row, Versioned) or row.pk is None:
            return []
        return [code for code in OTHER_LANGUAGES if row.state_in(code) == VersionState.OLDER]

    def save(self, commit=True):
        for code in self.older_versions():
            if self.cleaned_data.get(vouch_name(code)):
                self.instance.vouch_for(code)
        return super().save(commit)
