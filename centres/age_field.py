"""A child's age as readers type it into a filter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from centres.ages import PREGNANCY, YEAR, is_in_years, read_age

MOST_YEARS = 99


class AgeField(forms.CharField):
    """A child's age as it is typed, in months from which to which: "4 v" and "4" are (48, 60), "7 kk" is (7, 8)."""

    default_error_messages = {"invalid": _("Write the age in years or months, for example 4, or 7 months.")}

    def to_python(self, value):
        text = super().to_python(value) or ""
        if not text:
            return None
        try:
            age = int(text) * YEAR if text.isdecimal() else read_age(text)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if age > MOST_YEARS * YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if age == PREGNANCY:
            return PREGNANCY, 0
        # Who says whole years means all of that year.
        return age, age + (YEAR if text.isdecimal() or is_in_years(text) else 1)
