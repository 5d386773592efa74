"""Where a form says what a row breaks: beside the field to put right, not above the form."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import TextInput
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import capfirst

from centres.admin.choosing import KnownRows
from centres.admin.copying import NamedForm
from centres.admin.vouching import VouchingForm
from centres.printable import is_unseen, unturned

# The end of a constraint's name, and the field that is looked at when it is broken.
BESIDE = {
    "_ages_forwards": "to_month",
    "_ages_from_pregnancy": "from_month",
    "_break_within_a_year": "published_from",
    "_slug_once_per_centre": "slug",
    "familycentre_notice_forwards": "notice_until",
    "familycentre_slug_not_reserved": "slug",
    "levelname_once_per_centre": "level",
    "localnetwork_once_per_centre": "centre",
    "localtask_once_per_centre": "task",
    "network_not_steered_by_itself": "parent",
    "networklink_once": "url",
    "offering_once_per_centre": "centre",
    "openingspan_forwards": "closes",
    "openingspan_season_forwards": "valid_until",
    "meetingplace_photo_in_words": "photo_alt_fi",
    "meeting_ends_after_start": "ends",
    "meeting_once_at_a_time": "starts",
    "organisation_not_part_of_itself": "parent",
    "place_both_coordinates": "longitude",
    "season_forwards": "last_day",
    "_finnish_first_drop_reason": "drop_reason_fi",
    "_finnish_first_evaluation": "evaluation_fi",
    "_is_somebody": "label_fi",
    "_network_or_organisation": "organisation",
    "continuation_not_of_itself": "target",
    "continuation_once": "target",
    "plan_once_a_year": "year",
    "plan_year": "year",
    "planitem_dropped_with_reason": "drop_reason_fi",
    "planitem_evaluation_has_outcome": "outcome",
    "planitem_month_has_quarter": "quarter",
    "planitem_month_in_quarter": "month",
    "planitem_not_its_own_goal": "parent",
    "planitem_number_in_range": "number",
    "planitem_number_once": "number",
    "planitem_only_actions_have_goals": "parent",
    "planitem_reason_of_something_dropped": "outcome",
    "season_within_a_year": "last_day",
    "session_once_a_day": "starts",
    "session_once_a_season": "starts",
    "session_once_from_a_day": "starts",
    "session_closed_group_can_be_joined": "how_to_join_fi",
    "sessionchange_once_a_day": "day",
    "seat_once_per_person": "person",
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


class DeskForm(KnownRows, NamedForm, VouchingForm):
    """The form of every row of the desk."""

    def clean(self):
        """What stands in one line is kept in one: a pasted line break would break the subject of a letter.

        Nor does any text turn round what stands after it on a page; text of which nothing would be seen is none.
        """
        said = super().clean() or self.cleaned_data
        for name, value in list(said.items()):
            if isinstance(value, str):
                in_one_line = isinstance(self.fields[name].widget, TextInput)
                said[name] = unturned(" ".join(value.split()) if in_one_line else value)
                if value and is_unseen(value):
                    self._leave_empty(name)
        return said

    def _leave_empty(self, name):
        """As if nothing had been typed in the box `name`."""
        field = self.fields[name]
        self.cleaned_data[name] = getattr(field, "empty_value", "")
        if field.required:
            self.add_error(name, field.error_messages["required"])

    def add_error(self, field, error):
        """What a row says of a field that the form does not ask, it says above the form."""
        if field is not None or not hasattr(error, "error_dict"):
            super().add_error(field, error)
            return
        for name, some in error.error_dict.items():
            super().add_error(name if name in self.fields else None, some)

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.cleaned_data.get(DELETION_FIELD_NAME):
            # What is taken away is asked nothing.
            self.errors.clear()
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

    def ask_again(self):
        """Asks for what was sent and is lost when the form comes back: usually nothing."""


@dataclass(frozen=True)
class Fault:
    """Something to correct on a page of forms: what it is about, what is wrong, and the id of the box to go to."""

    where: Any
    what: str
    box: str


def faults(form, inlines):
    """Everything to correct on a page, from top to bottom: in `form` and in the rows of `inlines` (Django's own)."""
    found = list(_faults_of(form))
    for inline in inlines:
        title = capfirst(inline.opts.verbose_name_plural)
        group = f"{inline.formset.prefix}-group"
        found += [Fault(title, what, group) for what in inline.formset.non_form_errors()]
        for row in inline.formset.forms:
            found += [
                Fault(f"{title}: {each.where}", each.what, each.box or group) for each in _faults_of(row)
            ]
    return found


def _faults_of(form):
    for name in form.fields:
        for what in form.errors.get(name, ()):
            yield Fault(form[name].label, what, form[name].id_for_label or f"id_{form[name].html_name}_0")
    if form.prefix:
        for what in form.non_field_errors():
            yield Fault(capfirst(form._meta.model._meta.verbose_name), what, "")
