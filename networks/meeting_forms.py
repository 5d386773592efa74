"""What narrows the meetings, and what one answers to a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from networks.models import Attendance, Meeting


class MeetingFilter(forms.Form):
    """Narrows meetings by network and kind; a bad value is a message, and narrows nothing."""

    network = forms.ChoiceField(label=_("Network"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *Meeting.Kind.choices], required=False)

    def __init__(self, data, counts):
        """`counts` are the `meetings.Counts` of all that can be shown."""
        super().__init__(data)
        self.counts = counts
        network: forms.ChoiceField = self.fields["network"]  # type: ignore[assignment]
        network.choices = [("", _("All")), *counts.names.items()]
        self.is_valid()

    @property
    def chosen(self):
        """The valid values that narrow the list, by filter."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def total(self):
        """How many meetings the choices leave."""
        return self.counts.total(**self.chosen)

    def narrow(self, meetings):
        """Those of `meetings` that the choices leave."""
        paths = {"network": "local_network__slug", "kind": "kind"}
        return meetings.filter(**{paths[name]: value for name, value in self.chosen.items()})


class AnswerForm(forms.Form):
    """Coming or not."""

    answer = forms.ChoiceField(choices=Attendance.Answer.choices)
