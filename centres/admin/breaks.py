"""Hiding a row for a time, for a summer say: its first and its last day away, as a form asks for them.

A row keeps the days on which families see it (`centres.publishing`): a break is a last day before a first one. Nobody
thinks of a break like that, and the two boxes of those days would mean one thing or the other by their order alone. So
a form has a pair of boxes for each, and a row fills one of them.
"""

from datetime import timedelta

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.admin.errors import DeskForm
from centres.admin.input import OVERRIDES

HIDDEN = ("hidden_from", "hidden_until")
SHOWN = ("published_from", "published_until")
DAY = timedelta(days=1)
EITHER = _("Give either the days it is hidden or the days it is shown, not both: empty the other two boxes.")
BOTH_ENDS = _("Give both the first and the last day it is hidden.")
BACKWARDS = _("The last day cannot be before the first.")


def days_on_form(row):
    """The days of `row` as its form has them, by the names of their boxes; None where a box is empty."""
    first, last = row.published_from, row.published_until
    days: dict[str, object] = dict.fromkeys((*HIDDEN, *SHOWN))
    # Away for no day at all is no break.
    if first and last and first - last > DAY:
        return days | dict(zip(HIDDEN, (last + DAY, first - DAY), strict=True))
    return days | dict(zip(SHOWN, (first, last), strict=True))


def _day(label, help_text):
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=AdminDateWidget,
        error_messages=OVERRIDES[models.DateField]["error_messages"],
    )


class PublishedForm(DeskForm):
    """The form of a row that is shown, or hidden, between two days."""

    # What the conflicts tell as it stands in its box: the row keeps it otherwise.
    kept_otherwise = SHOWN

    hidden_from = _day(_("Hide for a time: first day"), _("For a summer break, for example 1.6.2027."))
    hidden_until = _day(
        _("Hide for a time: last day"), _("For example 31.7.2027. The day after, it comes back by itself.")
    )

    class Meta:
        # Of a break the other pair of boxes tells.
        help_texts = {
            "published_from": _("Empty: at once. The first day it is shown."),
            "published_until": _("Empty: until further notice. The last day it is shown."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= days_on_form(self.instance)

    def clean(self):
        super().clean()
        first, last = (self.cleaned_data.get(name) for name in HIDDEN)
        if not (first or last) or self.errors.keys() & {*HIDDEN, *SHOWN}:
            return
        if any(self.cleaned_data.get(name) for name in SHOWN):
            self.add_error(HIDDEN[0], EITHER)
        elif not (first and last):
            self.add_error(HIDDEN[1] if first else HIDDEN[0], BOTH_ENDS)
        elif first > last:
            self.add_error(HIDDEN[1], BACKWARDS)
        else:
            self._hide_between(first, last)

    def _hide_between(self, first, last):
        """Hides the row from the day `first` to the day `last`: it is shown until the one before, and from the next."""
        try:
            days = (last + DAY, first - DAY)
        except OverflowError:  # the first and the last day of the calendar have no neighbour
            self.add_error(HIDDEN[0], self.fields[HIDDEN[0]].error_messages["invalid"])
        else:
            self.cleaned_data |= dict(zip(SHOWN, days, strict=True))
