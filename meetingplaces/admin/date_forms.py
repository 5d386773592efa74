"""The forms that say what is different on one date of a session; each makes its `SessionChange` of its kind."""

from collections import defaultdict
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.admin.input import HOURS, OVERRIDES, TimeFormField
from centres.languages import FINNISH, column
from centres.models import Place
from centres.reasons import in_languages
from centres.versions import OTHER_LANGUAGES
from meetingplaces.models import SessionChange
from meetingplaces.reasons import READY

IN_FINNISH = {"lang": FINNISH}
REASON = forms.TextInput(attrs=IN_FINNISH | {"autocomplete": "off"})


class DateForm(forms.ModelForm):
    """What all of them share: Finnish is typed, and what was said before in other languages does not outlive it."""

    # What becomes of the date; the heading, the button, and whether the ready reasons are buttons of their own, or
    # below what else is said.
    kind: SessionChange.Kind
    title: Any
    button: Any
    has_ready_buttons = False
    offers_reasons = False
    # Whether a place is asked for, and there is none to choose.
    has_no_places = False

    def becomes(self):
        """Of which kind the change will be."""
        return self.kind

    def refusal(self):
        """Why nothing like this can be said of the date, in the words of the model; empty where it can."""
        change = copy(self.instance)
        change.become(self.becomes())
        try:
            change.clean()
        except ValidationError as error:
            return " ".join(error.message_dict.get("day", []))
        return ""

    def _update_errors(self, errors):
        """What the model says of a column that is not on the form is said above it."""
        told = defaultdict(list)
        for name, found in errors.update_error_dict({}).items():
            told[name if name in self.fields else NON_FIELD_ERRORS] += found
        super()._update_errors(ValidationError(told))  # type: ignore[misc]

    def say(self, field, texts):
        """Sets the translated `field` of the change to `texts`, by language; empty in all others."""
        for code in OTHER_LANGUAGES:
            setattr(self.instance, column(field, code), texts.get(code, ""))

    def say_reason(self):
        if "reason_fi" in self.changed_data:
            reason = self.cleaned_data.get("reason_fi") or ""
            self.say(
                "reason", in_languages(reason, READY, self.instance.session.meeting_place.centre.languages)
            )


class CancelForm(DateForm):
    """Calls the date off: the reason is one of the ready ones, or typed."""

    kind = SessionChange.Kind.CANCELLED
    title = _("Cancel a date")
    button = _("Cancel with this reason")
    has_ready_buttons = True

    class Meta:
        model = SessionChange
        fields = ["reason_fi"]
        labels = {"reason_fi": _("Another reason, in Finnish")}
        widgets = {"reason_fi": REASON}
        error_messages = {"reason_fi": {"required": _("Write the reason: families read it.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason_fi"].required = True

    def clean(self):
        self.instance.become(self.kind)
        self.say_reason()


class MoveForm(DateForm):
    """Holds the date on another day, at another time or place. What is as usual is left out."""

    kind = SessionChange.Kind.MOVED
    title = _("Move a date")
    button = _("Move")
    offers_reasons = True

    class Meta:
        model = SessionChange
        fields = ["to_day", "starts", "ends", "place", "reason_fi"]
        field_classes = {"starts": TimeFormField, "ends": TimeFormField}
        labels = {
            "to_day": _("New date"),
            "starts": _("It starts"),
            "ends": _("It ends"),
            "reason_fi": _("Reason, in Finnish"),
        }
        help_texts = {
            "starts": _("Only where the time is another."),
            "ends": _("Empty: it is as long as usual."),
            "place": _("Only where the place is another."),
        }
        widgets = {
            # The phone's own calendar.
            "to_day": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "starts": HOURS,
            "ends": HOURS,
            "reason_fi": REASON,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        change, times = self.instance, OVERRIDES[type(SessionChange._meta.get_field("starts"))]
        self.initial["to_day"] = change.to_day or change.day
        for name in ("starts", "ends"):
            self.fields[name].error_messages |= times["error_messages"]
        centre = change.session.meeting_place.centre
        place: Any = self.fields["place"]
        place.queryset = Place.objects.filter(Q(home=None) | Q(home=centre))
        place.empty_label = _("as usual")
        self.has_no_places = not place.queryset.exists()

    def clean(self):
        said, session = self.cleaned_data, self.instance.session
        usual_place = session.place or session.meeting_place.place
        if said.get("to_day") == self.instance.day:
            said["to_day"] = None
        if said.get("starts") == session.starts:
            said["starts"] = None
        if not said.get("starts") and said.get("ends") == session.ends:
            said["ends"] = None
        if said.get("place") == usual_place:
            said["place"] = None
        self.instance.become(self.kind)
        self.say_reason()


class NoteForm(DateForm):
    """Adds what is special on the date: who visits, what to bring."""

    kind = SessionChange.Kind.NOTED
    title = _("Add a note to a date")
    button = _("Save the note")

    class Meta:
        model = SessionChange
        fields = ["note_fi"]
        labels = {"note_fi": _("Note, in Finnish")}
        help_texts = {"note_fi": _("For example who visits on that day.")}
        widgets = {"note_fi": forms.Textarea(attrs=IN_FINNISH | {"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note_fi"].required = True

    def becomes(self):
        """A date that is off or moved stays so."""
        return self.instance.kind if self.instance.pk else self.kind

    def clean(self):
        if self.instance.pk is None:
            self.instance.become(self.kind)
        if "note_fi" in self.changed_data:
            self.say("note", {})
