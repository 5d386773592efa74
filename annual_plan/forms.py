"""Saying what became of a row, and what happens next: the same form at the desk and by a signed link."""

from copy import copy

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from annual_plan.actions import CHANGED_MEANWHILE, evaluate, next_after
from annual_plan.carrying import in_one_line
from annual_plan.models import NOT_EVALUATED, UNFINISHED, Outcome, PlanItem
from centres.history.kinds import Kind
from centres.languages import FINNISH, column
from centres.printable import is_unseen, unturned
from centres.versions import OTHER_LANGUAGES

# What is asked of how an unfinished row goes on.
NEXT = ["next_step", "titles", "drop_reason_fi"]
# What the boxes are called in which people write.
TEXTS = {
    "evaluation_fi": _("Evaluation, in Finnish"),
    "titles": _("Title of the new row"),
    "drop_reason_fi": _("Why it is dropped, in Finnish"),
}
LONGEST_EVALUATION = 4000
MOST_TITLES = 10


class NextStep(models.TextChoices):
    """What happens to a row that is unfinished; into its label comes the year in which it would go on."""

    GOES_ON = "goes-on", _("It goes on in the plan for %(year)s")
    DROPPED = "dropped", _("It is dropped (say why)")
    LATER = "later", _("This is decided later: it stands among the open promises")


# What is written with a choice of these.
WRITTEN_WITH = {NextStep.GOES_ON: ["titles"], NextStep.DROPPED: ["drop_reason_fi"]}


def titles_in(text):
    """The lines of `text`, each once, without those that show nothing; ValidationError where they are no titles."""
    lines = map(in_one_line, unturned(text).splitlines())
    titles = list(dict.fromkeys(line for line in lines if not is_unseen(line)))
    longest = PlanItem._meta.get_field("title").max_length or 0
    if any(len(title) > longest for title in titles):
        raise ValidationError(_("One of these is too long: %(n)s characters at most.") % {"n": longest})
    if len(titles) > MOST_TITLES:
        raise ValidationError(_("At most %(n)s rows can be made of one.") % {"n": MOST_TITLES})
    return titles


def _seen(text):
    """`text` as it may stand on a page; "" where nothing of it would be seen."""
    text = unturned(text or "")
    return "" if is_unseen(text) else text


class EvaluationForm(forms.ModelForm):
    """The outcome of a row and its evaluation in Finnish; of what is unfinished also what happens next.

    `asks_next` is False for a row that goes on in a later plan already: then nothing is left to ask. `next_year` is the
    year in which it would go on. `by_link`: whoever fills it in holds a signed link, and is nobody that we know.

    Several write about one row. The hidden `seen` says what the form was opened on; has the row changed since, nothing
    is overwritten: `is_overtaken` is True, `stands` is the row as it is now, and the form comes back with what was
    typed, to be sent once more. Templates show hidden fields, `non_field_errors` and, where overtaken, `stands`.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    next_step = forms.ChoiceField(
        label=_("What happens next?"), choices=NextStep, required=False, widget=forms.RadioSelect
    )
    titles = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One row for each line: a row may go on in several parts."),
    )

    class Meta:
        model = PlanItem
        fields = ["outcome", "evaluation_fi", "drop_reason_fi"]
        widgets = {"outcome": forms.RadioSelect, "drop_reason_fi": forms.TextInput}

    field_order = ["outcome", "evaluation_fi", "next_step", "titles", "drop_reason_fi"]

    def __init__(self, *args, by_link=False, **kwargs):
        super().__init__(*args, **kwargs)
        row, self.by_link = self.instance, by_link
        self._goes_on_as = [tie.target.title_fi for tie in row.continuations.select_related("target")]
        self.stands, self.is_overtaken = copy(row), False
        self.asks_next = not self._goes_on_as
        self.next_year, is_there = next_after(row.plan, timezone.localdate())
        self.initial["seen"] = f"{row.sequence}-{len(self._goes_on_as)}"
        self._offer_outcomes()
        self._name_the_texts()
        if self.asks_next:
            self._ask_what_happens_next(is_there=is_there)
        else:
            for name in NEXT:
                del self.fields[name]

    def _offer_outcomes(self):
        """What may be said of the row, by whoever fills it in."""
        row = self.instance
        # Nobody says without knowing that what is not started is not started.
        if row.outcome == Outcome.NOT_STARTED:
            self.initial["outcome"] = ""
        # What goes on is not dropped: there is nothing to give a reason in.
        hidden = set() if self.asks_next else {Outcome.DROPPED}
        # Nor does whoever holds a link take back what has been said of it.
        if self.by_link and row.is_evaluated:
            hidden.update(NOT_EVALUATED)
        choices = [(value, label) for value, label in Outcome.choices if value not in hidden]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        self.fields["outcome"].error_messages["required"] = _("Choose one.")

    def _name_the_texts(self):
        for name, label in TEXTS.items():
            self.fields[name].label = label
        evaluation: forms.CharField = self.fields["evaluation_fi"]  # type: ignore[assignment]
        evaluation.max_length = LONGEST_EVALUATION

    def _ask_what_happens_next(self, *, is_there):
        """With the plan in which the row would go on, and that this is opened for it where it is not there."""
        self.initial.setdefault("titles", self.instance.title_fi)
        self.initial.setdefault("next_step", NextStep.DROPPED if self.instance.drop_reason_fi else "")
        year = {"year": self.next_year}
        steps = [(value, label % year) for value, label in NextStep.choices]
        self.fields["next_step"].choices = steps  # type: ignore[attr-defined]
        if not is_there:
            is_opened = _("There is no plan for %(year)s yet: it is opened for this, as a draft.") % year
            self.fields["titles"].help_text = format_lazy("{} {}", self.fields["titles"].help_text, is_opened)

    def clean_evaluation_fi(self):
        text = _seen(self.cleaned_data["evaluation_fi"])
        if len(text) > LONGEST_EVALUATION:
            raise ValidationError(
                _("This is too long: %(n)s characters at most.") % {"n": LONGEST_EVALUATION}
            )
        return text

    def clean_drop_reason_fi(self):
        return _seen(self.cleaned_data["drop_reason_fi"])

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
        said["titles"] = self._titles(said.get("titles", "")) if goes_on else []
        return said

    def _titles(self, typed):
        """The lines, each once, without those that are empty; none where the form says why they are no titles."""
        try:
            titles = titles_in(typed)
        except ValidationError as error:
            self.add_error("titles", error)
            return []
        if not titles:
            self.add_error("titles", _("Say in a few words what it goes on as."))
        return titles

    def full_clean(self):
        """What the row as a whole lacks is told beside the outcome; above all, that somebody else was faster."""
        super().full_clean()
        if above := self.errors.pop(NON_FIELD_ERRORS, None):
            self.add_error("outcome", above.as_data())
        if self.is_bound and "seen" in self.changed_data and not self._says_what_stands():
            self._come_back()

    def _says_what_stands(self):
        """Whether it says nothing but what the row says already: a second click on the same button."""
        step = self.cleaned_data.get("next_step") if self.asks_next else None
        is_same = self.cleaned_data.get("outcome") == self.stands.outcome
        texts = {"evaluation_fi", "drop_reason_fi"}
        is_said = is_same and step != NextStep.GOES_ON and texts.isdisjoint(self.changed_data)
        return is_said and not self._written_in_vain()

    def _written_in_vain(self):
        """What was sent of how the row goes on or is dropped, where it goes on meanwhile and as something else.

        The form does not ask it then: as `written_in` gives it, empty where the row goes on just so.
        """
        step, outcome = self._sent("next_step"), self._sent("outcome")
        if self.asks_next:
            return []
        if outcome == Outcome.DROPPED:
            names = ["outcome", "drop_reason_fi"]
        elif outcome not in UNFINISHED or not step or self._goes_on_just_so(step):
            return []
        else:
            names = ["next_step", *WRITTEN_WITH.get(step, [])]
        return written_in({name: self._sent(name) for name in names}, year=self.next_year)

    def _goes_on_just_so(self, step):
        lines = map(in_one_line, self._sent("titles").splitlines())
        return step == NextStep.GOES_ON and set(lines) <= {"", *self._goes_on_as}

    def _sent(self, name):
        return self.data.get(self.add_prefix(name)) or ""

    def _come_back(self):
        """Says that the row has changed, and what was written in vain; sent once more, the form is taken."""
        self.is_overtaken = True
        self.add_error(None, CHANGED_MEANWHILE)
        if in_vain := self._written_in_vain():
            words = _("Meanwhile the row goes on in a later plan. This was not saved: %(written)s")
            self.add_error(None, words % {"written": in_words(in_vain)})
            if self._sent("outcome") == Outcome.DROPPED:
                # It has been told: that it is none of the choices says nothing more.
                self.errors.pop("outcome", None)
        self.data = dict(self.data.items()) | {self.add_prefix("seen"): self.initial["seen"]}

    def keep(self, *, user=None):
        """Evaluates the row as was said; False, with the sentence in the form, where it cannot be."""
        for field in ("evaluation", "drop_reason"):
            if not getattr(self.instance, column(field, FINNISH)):
                for code in OTHER_LANGUAGES:
                    setattr(self.instance, column(field, code), "")
        try:
            evaluate(
                row=self.instance,
                titles=self.cleaned_data.get("titles") or (),
                user=user,
                kind=Kind.LINK if self.by_link else Kind.SAVED,
            )
        except ValidationError as error:
            self.add_error(None, error.messages)
            return False
        return True


def written_in(data, year=None):
    """What was chosen and written in an `EvaluationForm` that was sent as `data` and is not kept.

    Pairs of what a box is called and what it held, without those that held nothing; `year` is the one in which the row
    would have gone on, None where that is not known.
    """
    said = {name: str(data.get(name) or "").strip() for name in EvaluationForm.field_order}
    outcomes = {str(value): str(label) for value, label in Outcome.choices}
    steps = {str(value): str(label % {"year": year or "…"}) for value, label in NextStep.choices}
    said |= {
        "outcome": outcomes.get(said["outcome"], ""),
        "next_step": steps.get(said["next_step"], ""),
    }
    labels = {name: capfirst(field.label) for name, field in EvaluationForm.base_fields.items()} | TEXTS
    return [(labels[name], text) for name, text in said.items() if not is_unseen(text)]


def in_words(written):
    """Pairs of `written_in` as one line of text."""
    return "; ".join(f"{label} – {text}" for label, text in written)
