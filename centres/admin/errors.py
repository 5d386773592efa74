"""Where a form says what a row breaks: beside the field to put right, not above the form."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

# The end of a constraint's name, and the field that is looked at when it is broken.
BESIDE = {
    "_ages_forwards": "to_month",
    "_ages_from_pregnancy": "from_month",
    "_shown_forwards": "published_until",
    "_slug_once_per_centre": "slug",
    "familycentre_slug_not_reserved": "slug",
    "levelname_once_per_centre": "level",
    "localtask_once_per_centre": "task",
    "offering_once_per_centre": "centre",
    "openingspan_forwards": "closes",
    "openingspan_season_forwards": "valid_until",
    "organisation_not_part_of_itself": "parent",
    "place_both_coordinates": "longitude",
    "servicepoint_once_per_place": "place",
    "specialhours_days_forwards": "last_day",
    "specialhours_forwards": "closes",
}


def fields_by_message(model):
    """The field beside which each constraint of `model` is told, by the constraint's sentence."""
    return {
        str(constraint.violation_error_message): field
        for constraint in model._meta.constraints
        for end, field in BESIDE.items()
        if constraint.name.endswith(end)
    }


class DeskForm(forms.ModelForm):
    """The form of every row of the desk."""

    def full_clean(self):
        super().full_clean()
        above = self.errors.get(NON_FIELD_ERRORS)
        if above is None:
            return
        beside = fields_by_message(type(self.instance))
        for error in above.as_data():
            field = beside.get(str(error.message))
            if field in self.fields:
                above.data.remove(error)
                self.add_error(field, error)
        if not above.data:
            del self.errors[NON_FIELD_ERRORS]
