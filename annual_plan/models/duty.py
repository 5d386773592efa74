"""The division of work: what is always to be done in a year, and by whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annual_plan.models.bearer import Bearer, each_once
from annual_plan.models.plan import Plan
from centres.choices import in_finnish


class Duty(models.Model):
    """Something that somebody sees to all year, apart from goals (Posio's *tehtävänjako*)."""

    kept_by = ("plan__centre",)

    plan = models.ForeignKey(
        Plan, verbose_name=_("annual plan"), on_delete=models.CASCADE, related_name="duties"
    )
    task = models.CharField(_("what is to be done"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("division of work")
        ordering = ["plan", "order", "pk"]
        constraints = [in_finnish("task")]

    def __str__(self):
        return self.task


class DutyHolder(Bearer):
    """Somebody who sees to a duty."""

    kept_by = ("duty__plan__centre",)

    duty = models.ForeignKey(Duty, verbose_name=_("duty"), on_delete=models.CASCADE, related_name="holders")

    class Meta(Bearer.Meta):
        verbose_name = _("holder of a duty")
        verbose_name_plural = _("holders of a duty")
        ordering = ["duty_id", "order", "pk"]
        constraints = [*Bearer.Meta.constraints, *each_once("dutyholder", "duty")]

    @property
    def plan(self):
        return self.duty.plan
