"""Ages as they are typed: "8 kk", "4 v". They are kept in months."""

from functools import partial

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centres.admin.checks import CHECKS, UNDERSTOOD, Said, check_attributes
from centres.ages import YEAR, AgeRange, label, read_age, write_age

NOT_UNDERSTOOD = _(
    "Write the age with its unit, for example 8 months or 4 years. Ages go from pregnancy to 99 years."
)

# The two ends of a range, and whose words say what one of them means alone.
ENDS = {
    "from_month": lambda age: label(age, None),
    "to_month": lambda age: label(None, age),
}


def takes_age(field):
    """Whether the field of a model holds an age in months."""
    return issubclass(field.model, AgeRange) and field.name in ENDS


def age_of(text):
    """The age in months that `text` tells, or None; a ValidationError in plain words where it cannot be read."""
    try:
        return read_age(text)
    except ValueError as error:
        raise ValidationError(NOT_UNDERSTOOD, code="age") from error


class AgeFormField(forms.CharField):
    """An age, typed with its unit: its value is in months."""

    def __init__(self, *, end, **kwargs):
        attributes = {"size": 14} | check_attributes(end.replace("_", "-"))
        super().__init__(**kwargs | {"widget": AdminTextInputWidget(attrs=attributes)})

    def prepare_value(self, value):
        return write_age(value, get_language()) if isinstance(value, int) else value

    def to_python(self, value):
        return age_of(super().to_python(value) or "")

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def run_validators(self, value):
        """An age is no text whose letters could be measured."""


def check_age(text, end):
    """What is said while an age is being typed: what it means as the `end` of a range."""
    try:
        age = age_of(text)
    except ValidationError:
        return Said(NOT_UNDERSTOOD, trouble=True)
    if age is None:
        return Said("")
    # Families are told ages in whole months or years.
    is_whole = age < YEAR or age % YEAR == 0
    return Said(format_lazy(UNDERSTOOD, what=ENDS[end](age) if is_whole else write_age(age, get_language())))


for end in ENDS:
    CHECKS[end.replace("_", "-")] = partial(check_age, end=end)
