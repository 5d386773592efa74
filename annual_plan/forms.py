"""Saying what became of a row, and what happens next: the same form at the desk and by a signed link."""

from copy import copy

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from annual_plan.actions import CHANGED_MEANWHILE, evaluate, next_year_of
from annual_plan.carrying import in_one_line
from annual_plan.models import UNFINISHED, Outcome, PlanItem
from centres.languages import column
from centres.versions import OTHER_LANGUAGES

LONGEST_EVALUATION = 4000
MOST_TITLES = 10


class NextStep(models.TextChoices):
    """What happens to a row that is unfinished."""

    GOES_ON = "goes-on", _("It goes on next year")
    DROPPED = "dropped", _("It is dropped, for a reason")
    LATER = "later", _("This is decided later: it stands among the open promises")


def titles_in(text):
    """The lines of `text`, each once, without those that are empty; ValidationError where they are no titles."""
    titles = list(dict.fromkeys(filter(None, map(in_one_line, text.splitlines()))))
    longest = PlanItem._meta.get_field("title").max_length or 0
    if any(len(title) > longest for title in titles):
        raise ValidationError(_("One of these is too long: %(n)s characters at most.") % {"n": longest})
    if len(titles) > MOST_TITLES:
        raise ValidationError(_("At most %(n)s rows can be made of one.") % {"n": MOST_TITLES})
    return titles


class EvaluationForm(forms.ModelForm):
    """The outcome of a row and its evaluation in Finnish; of what is unfinished also what happens next.

    `asks_next` is False for a row that goes on in a later plan already: then nothing is left to ask. `next_year` is the
    year in which it would go on.

    Several write about one row. The hidden `seen` says what the form was opened on; has the row changed since, nothing
    is overwritten: `is_overtaken` is True, `stands` is the row as it is now, and the form comes back with what was
    typed, to be sent once more. Templates show hidden fields, `non_field_errors` and, where overtaken, `stands`.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    next_step = forms.ChoiceField(
        label=_("What happens next?"), choices=NextStep, required=False, widget=forms.RadioSelect
    )
    titles = forms.CharField(
        label=_("What it goes on as"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One row for each line: a row may go on in several parts."),
    )

    class Meta:
        model = PlanItem
        fields = ["outcome", "evaluation_fi", "drop_reason_fi"]
        widgets = {"outcome": forms.RadioSelect, "drop_reason_fi": forms.TextInput}

    field_order = ["outcome", "evaluation_fi", "next_step", "titles", "drop_reason_fi"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        goes_on = row.continuations.count()
        self.stands, self.is_overtaken = copy(row), False
        self.asks_next = not goes_on
        self.next_year = next_year_of(row.plan)
        self.initial["seen"] = f"{row.sequence}-{goes_on}"
        # What goes on is not dropped: there is nothing to give a reason in.
        hidden = set() if self.asks_next else {Outcome.DROPPED}
        choices = [(value, label) for value, label in Outcome.choices if value not in hidden]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        self.fields["evaluation_fi"].label = _("Evaluation, in Finnish")
        self.fields["drop_reason_fi"].label = _("Why it is dropped, in Finnish")
        evaluation: forms.CharField = self.fields["evaluation_fi"]  # type: ignore[assignment]
        evaluation.max_length = LONGEST_EVALUATION
        if self.asks_next:
            self.initial.setdefault("titles", row.title_fi)
            self.initial.setdefault("next_step", NextStep.DROPPED if row.drop_reason_fi else "")
        else:
            for name in ("next_step", "titles", "drop_reason_fi"):
                del self.fields[name]

    def clean_evaluation_fi(self):
        text = self.cleaned_data["evaluation_fi"] or ""
        if len(text) > LONGEST_EVALUATION:
            raise ValidationError(
                _("This is too long: %(n)s characters at most.") % {"n": LONGEST_EVALUATION}
            )
        return text

    def clean_titles(self):
        """The lines, each once, without those that are empty."""
        return titles_in(self.cleaned_data["titles"])

    def clean(self):
        """What happens next is asked of what is unfinished; a reason, of what is dropped."""
        said = super().clean() or self.cleaned_data
        outcome, step = said.get("outcome"), said.get("next_step", "")
        if not self.asks_next or outcome is None:
            return said
        if outcome in UNFINISHED and not step:
            self.add_error("next_step", _("Say what happens next: does it go on, or is it dropped?"))
        is_dropped = outcome == Outcome.DROPPED or (outcome in UNFINISHED and step == NextStep.DROPPED)
        if is_dropped and not said.get("drop_reason_fi"):
            self.add_error("drop_reason_fi", _("Say why it is dropped: it stays to be read in its thread."))
        if not is_dropped:
            said["drop_reason_fi"] = ""
        goes_on = outcome in UNFINISHED and step == NextStep.GOES_ON
        if goes_on and "titles" not in self.errors and not said.get("titles"):
            self.add_error("titles", _("Say in a few words what it goes on as."))
        if not goes_on:
            said["titles"] = []
        return said

    def full_clean(self):
        """What the row as a whole lacks is told beside the outcome; above all, that somebody else was faster."""
        super().full_clean()
        if above := self.errors.pop(NON_FIELD_ERRORS, None):
            self.add_error("outcome", above.as_data())
        if self.is_bound and "seen" in self.changed_data and not self._says_what_stands():
            self._come_back()

    def _says_what_stands(self):
        """Whether it says nothing but what the row says already: a second click on the same button."""
        own = {"outcome", "evaluation_fi", "drop_reason_fi"}
        step = self.cleaned_data.get("next_step") if self.asks_next else None
        return step != NextStep.GOES_ON and own.isdisjoint(self.changed_data)

    def _come_back(self):
        """Says that the row has changed; sent once more, the form is taken."""
        self.is_overtaken = True
        self.data = dict(self.data.items()) | {self.add_prefix("seen"): self.initial["seen"]}
        self.add_error(None, CHANGED_MEANWHILE)

    def keep(self, *, user=None):
        """Evaluates the row as was said; False, with the sentence in the form, where it cannot be."""
        if not self.instance.drop_reason_fi:
            for code in OTHER_LANGUAGES:
                setattr(self.instance, column("drop_reason", code), "")
        try:
            evaluate(row=self.instance, titles=self.cleaned_data.get("titles") or (), user=user)
        except ValidationError as error:
            self.add_error(None, error.messages)
            return False
        return True
