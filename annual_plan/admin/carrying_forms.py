"""What is asked when a plan is carried over: into which, and of each row whether it goes on, as what, and when."""

import re

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from annual_plan.ahead import Ahead, look_ahead
from annual_plan.carrying import Wish, in_one_line
from annual_plan.forms import titles_in
from annual_plan.models import PlanItem
from annual_plan.offering import OFFERED, Part, left_behind
from centres.languages import FINNISH

ALL_YEAR = _("all year round")
_TICK = re.compile(r"row-([0-9]{1,18})-go_on")


class RowForm(forms.Form):
    """Whether the `row` goes on, as what and when; what is typed for one that is not ticked is asked nothing of."""

    go_on = forms.BooleanField(required=False)
    titles = forms.CharField(
        label=_("What it goes on as"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": FINNISH}),
    )
    quarter = forms.TypedChoiceField(
        label=_("When"),
        choices=[("", ALL_YEAR), *PlanItem.Quarter.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, data, row, *, is_ticked):
        self.row = row
        prefix = f"row-{row.pk}"
        initial = {"go_on": is_ticked, "titles": row.title_fi, "quarter": row.quarter}
        # A row that was not on the page when it was sent stands on it as if it were new.
        is_sent = data is not None and f"{prefix}-titles" in data
        super().__init__(data if is_sent else None, prefix=prefix, initial=initial)

    def clean_titles(self):
        if not self.cleaned_data["go_on"]:
            return []
        titles = titles_in(self.cleaned_data["titles"])
        if not titles:
            raise forms.ValidationError(_("Say in a few words what it goes on as."))
        return titles

    @property
    def wishes(self):
        said = self.cleaned_data if self.is_bound else {"titles": []}
        return [Wish(self.row.pk, title, said["quarter"]) for title in said["titles"]]


class CarryForm(forms.Form):
    """Into which plan, whether the division of work comes along, and, once it is shown, what would be done (`ahead`).

    `rows` are the `RowForm`s by the key of their row; `stale` are sentences about those that were ticked and cannot go
    on any more, and `is_lost` says whether any of these does not go on elsewhere either.
    """

    year = forms.TypedChoiceField(label=_("Carried over to"), coerce=int)
    duties = forms.BooleanField(
        label=_("Take the division of work along"),
        required=False,
        help_text=_("Duties that stand in the later plan already stay as they are."),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, plan, offer, years, number_of_duties):
        first = next(iter(years), None)
        has_none = first is not None and (years[first] is None or not years[first].duties.exists())
        super().__init__(data, initial={"year": first, "duties": has_none})
        self.plan, self.years = plan, years
        self.ahead: Ahead | None = None
        self.fields["year"].choices = [(year, in_words(year, each)) for year, each in years.items()]  # type: ignore[attr-defined]
        if not number_of_duties:
            del self.fields["duties"]
        self.rows = {
            row.pk: RowForm(data, row, is_ticked=part == Part.UNFINISHED)
            for part in OFFERED
            for row in offer.parts[part]
        }
        ticked = {int(found[1]) for name in data or () if (found := _TICK.fullmatch(name))}
        found = left_behind(plan, offer, ticked)
        missed = sorted(ticked - self.rows.keys())
        self.stale = [why_left_out(found.get(key), data.get(f"row-{key}-titles", "")) for key in missed]
        self.is_lost = any(key not in found or not found[key].goes_on for key in missed)

    def clean(self):
        said = super().clean() or self.cleaned_data
        wrong = [each for each in self.rows.values() if each.is_bound and not each.is_valid()]
        if not wrong and not self.errors:
            wishes = [wish for each in self.rows.values() for wish in each.wishes]
            plan = self.years[said["year"]]
            self.ahead = look_ahead(year=said["year"], plan=plan, wishes=wishes, duties_of=self.duties_of)
            said["wishes"] = wishes
        return said

    @property
    def duties_of(self):
        """The plan whose division of work is taken along; None where it is not."""
        return self.plan if self.cleaned_data.get("duties") else None

    @property
    def is_looked_through(self):
        """Whether just what would be done was shown before."""
        return self.ahead is not None and bool(self.ahead) and self.cleaned_data["shown"] == self.ahead.name


def why_left_out(row, titles):
    """Why `row` (None: it is gone), which was to go on as `titles`, cannot go on any more, with what was typed."""
    written = " / ".join(filter(None, map(in_one_line, titles.splitlines())))
    if row is None:
        return _("Deleted meanwhile: %(titles)s") % {"titles": written or "…"}
    said = {"year": row.plan.year, "row": row, "reason": row.drop_reason}
    if row.goes_on:
        why = _("%(year)s: %(row)s – goes on already")
    elif row.drop_reason_fi:
        why = _("%(year)s: %(row)s – dropped meanwhile: %(reason)s")
    else:
        why = _("%(year)s: %(row)s – has changed meanwhile")
    if not written or written == in_one_line(row.title_fi):
        return why % said
    return format_lazy("{} ({})", why % said, _("It was to go on as: %(titles)s") % {"titles": written})


def in_words(year, plan):
    """What is done with the plan for `year`, which stands as `plan` or would be opened (None)."""
    if plan is None:
        return _("%(year)s: a new plan is opened, as a draft") % {"year": year}
    return _("%(year)s: added to the plan that stands (%(phase)s)") % {
        "year": year,
        "phase": plan.get_phase_display(),
    }
