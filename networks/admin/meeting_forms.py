"""What the desk asks of a meeting, alone or in a season: where it is, and why it is off."""

from django.utils.translation import gettext as _

from centres.admin.errors import DeskForm


class SomewhereForm(DeskForm):
    """A meeting that nobody can find is of no use to anybody."""

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if {"place", "remote_link"}.isdisjoint(self.errors) and not (
            said.get("place") or said.get("remote_link")
        ):
            self.add_error("place", _("Tell where it is: choose a place, give a remote link, or both."))


class MeetingForm(SomewhereForm):
    """One meeting: called off here as on the page that asks for the reason."""

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("is_cancelled") and "reason_fi" not in self.errors and not said.get("reason_fi"):
            self.add_error("reason_fi", _("Write the reason: who was coming reads it."))
