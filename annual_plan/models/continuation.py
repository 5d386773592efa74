"""What went on from one year to a later one: the thread of a promise."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annual_plan.models.item import PlanItem
from annual_plan.models.plan import Plan
from centres.choices import known


class Continuation(models.Model):
    """A row of a plan goes on as a row of a later plan of the same centre; gaps of years are allowed."""

    kept_by = ("source__plan__centre",)

    class Kind(models.TextChoices):
        CARRIED = "carried", pgettext_lazy("continuation", "carried over")
        REPEATED = "repeated", pgettext_lazy("continuation", "repeated")
        SPLIT = "split", pgettext_lazy("continuation", "split")

    source = models.ForeignKey(
        PlanItem,
        verbose_name=_("comes from"),
        # Not PROTECT: two plans that are tied are deleted at once, the earlier one alone is not.
        on_delete=models.RESTRICT,
        related_name="continuations",
    )
    target = models.ForeignKey(
        PlanItem, verbose_name=_("goes on as"), on_delete=models.CASCADE, related_name="origins"
    )
    # Chosen by nobody: it follows (`annual_plan.kinds`).
    kind = models.CharField(_("how"), max_length=8, choices=Kind, default=Kind.CARRIED, editable=False)

    class Meta:
        verbose_name = _("continuation")
        verbose_name_plural = _("continuations")
        ordering = ["source_id", "target_id", "pk"]
        constraints = [
            known("kind", ["carried", "repeated", "split"]),
            models.UniqueConstraint(
                fields=["source", "target"],
                name="continuation_once",
                violation_error_message=_("This row goes on as that one already."),
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="continuation_not_of_itself",
                violation_error_message=_("A row does not go on as itself."),
            ),
        ]

    def __str__(self):
        return f"{self.source} → {self.target}"

    def clean(self):
        """Refuses another centre's plan, the same or an earlier year's, and what is knowingly dropped."""
        if not self.source_id or not self.target_id:
            return
        # One that was made while that year lasted stays as it is.
        is_new = not type(self).objects.filter(pk=self.pk, target=self.target_id).exists()
        reason = why_not(self.source, self.target.plan)
        if reason or (is_new and (reason := why_out_of_sight(self.target.plan))):
            raise ValidationError(reason)


def why_not(source, plan):
    """Why the row `source` cannot go on in `plan`, as a sentence; None where it can."""
    if reason := why_not_later(source.plan, plan):
        return reason
    if source.drop_reason_fi:
        return _("This row has been dropped, with a reason. What is dropped does not go on.")
    return None


def why_not_later(earlier, later):
    """Why nothing goes on from the plan `earlier` in the plan `later`, as a sentence; None where it can."""
    if earlier.centre_id != later.centre_id:
        return _("A row goes on in a plan of its own family centre only.")
    if earlier.year >= later.year:
        return _("A row goes on in the plan of a later year only.")
    return None


def why_out_of_sight(plan):
    """Why nothing is to go on in `plan` any more, as a sentence; None where it may.

    In a draft of a year that is over a promise would be out of everybody's sight for good.
    """
    if plan.phase == Plan.Phase.DRAFTING and plan.year < timezone.localdate().year:
        return _("The year %(year)s is over: nothing goes on in a draft of it.") % {"year": plan.year}
    return None
