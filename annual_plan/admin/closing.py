"""The year in short, and the end of a plan: closing it as evaluated."""

from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annual_plan.actions import close
from annual_plan.models import Plan
from centres.history.recording import recording
from centres.languages import FINNISH, column

# The button that closes the plan.
CLOSE = "close"
# What the form writes: the introduction, or what was said in another language meanwhile, stays as it is.
WRITTEN = ["reflection", column("reflection", FINNISH), "updated_at"]


def why_not_closed(plan, today):
    """Why `plan` is not closed on the date `today`, whatever is said of its rows, as a sentence; "" where it may be."""
    if plan.year > today.year:
        return _("The year %(year)s has not begun yet: the plan is closed once it has.") % {"year": plan.year}
    if not plan.items.exists():
        return _("The plan has no rows: it is closed once there is something to evaluate.")
    return ""


class ClosingForm(forms.ModelForm):
    """The year in short, in Finnish; with the button `CLOSE` it closes the plan as well.

    The hidden `seen` says what the form was opened on; was the plan saved since, nothing is overwritten:
    `is_overtaken` is True, and the form comes back as it was typed. `stands` is the plan as it is.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Plan
        fields = ["reflection_fi"]
        labels = {"reflection_fi": gettext_lazy("The year in short, in Finnish")}
        help_texts = {
            "reflection_fi": gettext_lazy("How the year went as a whole, in a few plain sentences.")
        }
        widgets = {"reflection_fi": forms.Textarea(attrs={"rows": 6, "lang": FINNISH})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stands, self.is_overtaken = copy(self.instance), False
        self.initial["seen"] = self.instance.updated_at.isoformat()
        self.fields["reflection_fi"].required = False

    def full_clean(self):
        super().full_clean()
        if self.is_bound and {"seen", "reflection_fi"} <= set(self.changed_data):
            self.is_overtaken = True
            self.data = dict(self.data.items()) | {"seen": self.initial["seen"]}
            words = _(
                "Somebody else has changed the plan since you opened it. Compare with what it says now, and save once "
                "more."
            )
            self.add_error(None, words)

    def keep(self, *, user):
        """Saves it, and closes the plan where that is asked; False, with the sentence in the form, where it cannot.

        What was written is saved though the plan cannot be closed: it may be the longest text of the year.
        """
        is_written = "reflection_fi" in self.changed_data
        if is_written or CLOSE not in self.data:
            with recording([self.instance], user=user):
                self.instance.save(update_fields=WRITTEN)
        if CLOSE not in self.data:
            return True
        try:
            close(plan=self.instance, user=user)
        except ValidationError as error:
            self.add_error(None, [*error.messages, *([_("The text was saved.")] if is_written else [])])
            self.data = dict(self.data.items()) | {"seen": self.instance.updated_at.isoformat()}
            return False
        return True
