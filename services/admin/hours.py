"""Opening hours typed as text on a service point's row: "ma–pe 9–15", and its exceptions, one a line."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from calendars.days_text import format_days, parse_days
from calendars.hours_text import DAYS, NotUnderstoodError, Trouble, format_week, parse_week
from centres.admin.checks import CHECKS, UNDERSTOOD, Said, check_attributes
from centres.admin.errors import DeskForm
from centres.languages import FINNISH
from services.actions import set_coming_days, set_week
from services.models import SpecialHours
from services.opening import coming_days, is_seasonal, week_of

# Translators: {bit} is what somebody typed, in part.
SENTENCES = {
    Trouble.UNKNOWN: _("“{bit}” was not understood."),
    Trouble.NO_DAY: _("Which day does “{bit}” belong to? Write the day first: Mon 9–15."),
    Trouble.NO_HOURS: _("From when to when is it open on “{bit}”? If it is closed, write “closed”."),
    Trouble.BACKWARDS: _("“{bit}” ends before it begins. Hours past midnight are two: Fri 20–24, Sat 0–2."),
    Trouble.OVERLAP: _("Hours of one day overlap at “{bit}”: give each day its hours once."),
    Trouble.NO_SUCH_DAY: _("There is no such day: “{bit}”."),
}
DAYS_BACKWARDS = _("“{bit}”: the last day or hour comes before the first.")


def language_of_hours():
    """The language of the desk if hours can be written in it; else Finnish."""
    language = get_language() or FINNISH
    return language if language in DAYS else FINNISH


def sentence(error, sentences=SENTENCES):
    """What `error`, a NotUnderstoodError, tells the writer."""
    return format_lazy(sentences[error.trouble], bit=error.bit)


class TypedField(forms.CharField):
    """A text that is read into rows: its value is what was read, and shown again as text."""

    sentences = SENTENCES

    def read(self, text):
        """The rows that `text` tells, as a tuple. NotUnderstoodError names what is in the way."""
        raise NotImplementedError

    def write(self, rows):
        """`rows` as `read` understands them, in the language of the desk."""
        raise NotImplementedError

    def prepare_value(self, value):
        return self.write(value) if isinstance(value, tuple) else value

    def to_python(self, value):
        try:
            return self.read(super().to_python(value))
        except NotUnderstoodError as error:
            raise ValidationError(sentence(error, self.sentences), code="hours") from error

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != tuple(initial or ())
        except ValidationError:
            return True

    def run_validators(self, value):
        """What was read is no text whose length could be measured."""

    def check(self, text):
        """What is said while `text` is being typed: how it was understood, or what was not."""
        try:
            understood = self.write(self.read(text))
        except NotUnderstoodError as error:
            return Said(sentence(error, self.sentences), trouble=True)
        return Said(format_lazy(UNDERSTOOD, what=understood) if understood else "")


class WeekField(TypedField):
    """The hours of a week that hold the year round, as a tuple of `calendars.opening.Span`."""

    def read(self, text):
        return parse_week(text)

    def write(self, spans):
        return format_week(spans, language_of_hours())


class DaysField(TypedField):
    """Exceptions from today on, as a tuple of `calendars.opening.SpecialDay`."""

    sentences = SENTENCES | {Trouble.BACKWARDS: DAYS_BACKWARDS}
    longest_reason = SpecialHours._meta.get_field("reason").max_length or 0

    def read(self, text):
        days = parse_days(text, timezone.localdate())
        for day in days:
            if len(day.reason) > self.longest_reason:
                raise NotUnderstoodError(day.reason)
        return days

    def write(self, days):
        return format_days(days, language_of_hours())


class HoursForm(DeskForm):
    """A service point with its week and its coming exceptions as text."""

    hours = WeekField(
        label=_("Opening hours"),
        required=False,
        help_text=_("For example: Mon–Fri 9–15, Sat 10–14. Two spans in a day: Mon 9–12 and 13–16."),
        widget=forms.TextInput(attrs={"class": "vTextField"} | check_attributes("hours")),
    )
    exceptions = DaysField(
        label=_("Exceptional days"),
        required=False,
        help_text=_("One a line: 24.12. closed: Christmas Eve, or 2.1. 10–14."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"} | check_attributes("exceptions")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        self.initial["hours"] = week_of(self.instance)
        self.initial["exceptions"] = coming_days(self.instance, timezone.localdate())
        if any(is_seasonal(span) for span in self.instance.spans.all()):
            self.fields["hours"].help_text = _(
                "The hours outside the seasons. It has hours for a season as well: they are on the service point's "
                "own page, and stay as they are."
            )

    def save(self, commit=True):
        point = super().save(commit)
        if commit and "hours" in self.changed_data:
            set_week(point=point, spans=self.cleaned_data["hours"])
        if commit and "exceptions" in self.changed_data:
            set_coming_days(point=point, days=self.cleaned_data["exceptions"], today=timezone.localdate())
        return point


CHECKS["hours"] = WeekField().check
CHECKS["exceptions"] = DaysField().check
