"""What a family centre promised for one year."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.choices import known
from centres.models import FamilyCentre

# Family centres as they are have been built since the national programme of 2016 (Rovaniemi, chapter 12).
FIRST_YEAR, LAST_YEAR = 2016, 2100

_WAS_EVALUATED = _(
    "This plan has been evaluated: everybody may read what it promised. Say that it is under way."
)
_HAS_BEGUN = _("This plan has begun: what everybody could read is no draft again.")


class PlanManager(models.Manager):
    def get_by_natural_key(self, centre, year):
        return self.get(centre__slug=centre, year=year)


class PlanQuerySet(models.QuerySet):
    def in_centre(self, centre):
        return self.filter(centre=centre)

    def seen_by(self, *, insider):
        """Those that an `insider` sees: all; anybody else: those that are no drafts."""
        return self if insider else self.exclude(phase=Plan.Phase.DRAFTING)


class Plan(models.Model):
    """The plan of one centre for one calendar year."""

    kept_by = ("centre",)

    class Phase(models.TextChoices):
        DRAFTING = "drafting", pgettext_lazy("phase of a plan", "being drafted")
        RUNNING = "running", pgettext_lazy("phase of a plan", "under way")
        EVALUATED = "evaluated", pgettext_lazy("phase of a plan", "evaluated")

    centre = models.ForeignKey(
        FamilyCentre, verbose_name=_("family centre"), on_delete=models.PROTECT, related_name="plans"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    phase = models.CharField(
        _("phase"),
        max_length=10,
        choices=Phase,
        default=Phase.DRAFTING,
        help_text=_("A draft is shown to signed-in professionals only."),
    )
    intro = models.TextField(
        _("introduction"),
        blank=True,
        default="",
        help_text=_("What this year is about, in two or three plain sentences."),
    )
    reflection = models.TextField(
        _("the year in short"),
        blank=True,
        default="",
        help_text=_("How the year went as a whole. Written when the plan is evaluated."),
    )
    reminders = models.BooleanField(
        _("reminders by e-mail"),
        default=False,
        help_text=_(
            "At the end of each quarter what is still open is sent to the coordinator and to the networks "
            "responsible."
        ),
    )
    # Of which quarter's end everybody has been told; 0 = of none.
    reminded_quarter = models.PositiveSmallIntegerField(_("reminded of quarter"), default=0, editable=False)
    # The database fills it too: fixtures go past `auto_now`.
    updated_at = models.DateTimeField(_("last saved"), auto_now=True, db_default=Now())

    objects = PlanManager.from_queryset(PlanQuerySet)()

    class Meta:
        verbose_name = _("annual plan")
        verbose_name_plural = _("annual plans")
        ordering = ["centre", "-year"]
        constraints = [
            known("phase", ["drafting", "running", "evaluated"]),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="plan_year",
                violation_error_message=_("Give the year in four digits, for example 2027."),
            ),
            models.CheckConstraint(
                condition=Q(reminded_quarter__lte=4),
                name="plan_reminded_quarter",
                violation_error_message=_("A year has four quarters."),
            ),
            models.UniqueConstraint(
                fields=["centre", "year"],
                name="plan_once_a_year",
                violation_error_message=_("This family centre has a plan for this year already."),
            ),
        ]

    def __str__(self):
        return f"{self.centre.municipality} {self.year}"

    def save(self, **kwargs):
        """Of the quarters of another year nobody has been told yet."""
        if not self._state.adding and type(self).objects.filter(pk=self.pk).exclude(year=self.year).exists():
            self.reminded_quarter = 0
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("annual_plan:detail", kwargs={"centre": self.centre.slug, "year": self.year})

    def natural_key(self):
        return (self.centre.slug, self.year)

    natural_key.dependencies = ["centres.familycentre"]

    def next_number(self):
        """The number of a new row: one more than the last."""
        return (self.items.aggregate(last=models.Max("number"))["last"] or 0) + 1

    def is_public(self, today):
        """Whether everybody may read it on the date `today`: it is no draft, and its centre is shown."""
        return self.phase != self.Phase.DRAFTING and self.centre.is_public(today)

    def is_promised(self, today):
        """Whether everybody could read on the date `today` what it promises, and its time has come: all of it stays.

        It is no draft, and it is evaluated, or its year has begun, or somebody has said what became of a row of it.
        """
        if self.phase == self.Phase.DRAFTING:
            return False
        return self.is_evaluated or self.year <= today.year or self.items.evaluated().exists()

    def why_it_stays(self, today):
        """Why it is not deleted on the date `today`, as a sentence; None where it can be."""
        if self.is_promised(today) and self.items.exists():
            return _("What this plan promised stays to be read. Say of each row what became of it.")
        if self.items.open_promises(today).exists():
            return _(
                "Promises of this plan are still open, and it is not deleted. Say first what becomes of each."
            )
        return None

    @property
    def is_evaluated(self):
        return self.phase == self.Phase.EVALUATED

    def clean_change(self, before):
        """Refuses what it may not become, having been as the row `before` of the database is."""
        if before.centre_id != self.centre_id:
            raise ValidationError({"centre": _("A plan stays in its family centre.")})
        if before.phase != self.Phase.DRAFTING and before.year != self.year:
            said = _("Everybody could read what is promised for %(year)s: the year stays.")
            raise ValidationError({"year": said % {"year": before.year}})
        if before.year != self.year and self._is_tied():
            said = _("Rows of this plan come from an earlier year or go on in a later one: its year stays.")
            raise ValidationError({"year": said})
        if self.phase == self.Phase.DRAFTING and before.is_promised(timezone.localdate()):
            raise ValidationError({"phase": _WAS_EVALUATED if before.is_evaluated else _HAS_BEGUN})

    def clean(self):
        """Refuses to count as evaluated what is not, and what `clean_change` says."""
        if self.is_evaluated and self.year > timezone.localdate().year:
            raise ValidationError({"phase": _("This year has not begun yet: it cannot be evaluated.")})
        if self.is_evaluated and (self._state.adding or not self.items.exists()):
            raise ValidationError({"phase": _("This plan has no rows: there is nothing to evaluate.")})
        if self._state.adding:
            return
        if before := type(self).objects.only("centre", "phase", "year").filter(pk=self.pk).first():
            self.clean_change(before)
        if self.is_evaluated and (lacking := self.items.without_outcome().count()):
            raise ValidationError(
                {
                    "phase": _(
                        "The plan cannot be closed as evaluated yet: rows without an outcome: %(number)s."
                    )
                    % {"number": lacking}
                }
            )

    def _is_tied(self):
        """Whether some row of it comes from another plan, or goes on in one."""
        return self.items.filter(Q(origins__isnull=False) | Q(continuations__isnull=False)).exists()
