"""A goal or an action of a plan, and who is responsible for it."""

import uuid
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annual_plan.models.bearer import Bearer, each_once
from annual_plan.models.plan import Plan
from annual_plan.outcomes import NOT_EVALUATED, UNFINISHED, Outcome
from annual_plan.quarters import Quarter
from centres.choices import finnish_first, in_finnish, known
from centres.counting import NewerEachTime
from centres.models import Task

# What columns of both databases hold, and nobody counts to.
HIGHEST_NUMBER = 9999


class PlanItemManager(models.Manager):
    def get_by_natural_key(self, centre, year, number):
        return self.get(plan__centre__slug=centre, plan__year=year, number=number)


class PlanItemQuerySet(models.QuerySet):
    def seen_by(self, *, insider):
        """Those that an `insider` sees: all; anybody else: those that are not internal, of plans that are no drafts.

        What stands below an internal goal is internal as well.
        """
        if insider:
            return self
        return self.exclude(plan__phase=Plan.Phase.DRAFTING).filter(
            Q(parent=None) | Q(parent__is_internal=False), is_internal=False
        )

    def with_fate(self):
        """With `goes_on`: whether it goes on in a later plan, in one that the reader sees or not."""
        later = self.model._meta.get_field("continuations").related_model.objects
        return self.annotate(goes_on=Exists(later.filter(source=OuterRef("pk")).order_by()))

    def evaluated(self):
        """Those of which somebody has said what became of them."""
        return self.exclude(outcome__in=NOT_EVALUATED)

    def without_outcome(self):
        """Those that nobody has evaluated."""
        return self.filter(outcome__in=NOT_EVALUATED)

    def open_promises(self, today):
        """Those that were promised and neither achieved, continued nor knowingly dropped, on the date `today`.

        Of plans that are evaluated, and of plans of years that are over, evaluated or not; and whatever is evaluated as
        unfinished, though its year be under way.
        """
        return self.filter(self.condition_open_promise(today))

    def condition_open_promise(self, today):
        """The condition of `open_promises`: without joins to many rows, so that it can be counted beside others."""
        later = self.model._meta.get_field("continuations").related_model.objects
        goes_on = Q(Exists(later.filter(source=OuterRef("pk")).order_by()))
        return self.condition_unless_it_goes_on(today) & ~goes_on

    def condition_unless_it_goes_on(self, today):
        """The condition of what is an open promise on the date `today` unless it goes on in a later plan."""
        return (
            (Q(plan__phase=Plan.Phase.EVALUATED) | Q(plan__year__lt=today.year) | Q(outcome__in=UNFINISHED))
            & ~Q(outcome__in=[Outcome.ACHIEVED, Outcome.DROPPED])
            & (Q(drop_reason_fi=None) | Q(drop_reason_fi=""))
        )


class PlanItem(NewerEachTime):
    """A row of a plan: a goal, or an action towards one. Quarters are those of the calendar year, 1 to 4."""

    kept_by = ("plan__centre",)
    # The keys of its continuations that are taken away with what is said of it at the same time.
    untied: Collection[int] = ()

    class Kind(models.TextChoices):
        GOAL = "goal", pgettext_lazy("row of a plan", "goal")
        ACTION = "action", pgettext_lazy("row of a plan", "action")

    Quarter = Quarter

    plan = models.ForeignKey(
        Plan, verbose_name=_("annual plan"), on_delete=models.CASCADE, related_name="items"
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.GOAL)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("towards the goal"),
        # Not PROTECT: a plan is deleted with its goals and their actions at once.
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="actions",
        help_text=_("Of an action: the goal of the same plan that it serves. Empty: it stands by itself."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"), help_text=_("Its place in the plan, the year clock and its address.")
    )
    quarter = models.PositiveSmallIntegerField(
        _("quarter"),
        null=True,
        blank=True,
        choices=Quarter,
        help_text=_("Empty: all year round."),
    )
    month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, help_text=_("From 1 to 12, where it is known.")
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("What is to be done or reached, in a few words.")
    )
    description = models.TextField(
        _("clarification"),
        blank=True,
        default="",
        help_text=_("What exactly is meant: how, with whom, how much."),
    )
    tasks = models.ManyToManyField(
        Task,
        verbose_name=_("tasks of the family centre"),
        blank=True,
        related_name="plan_items",
        help_text=_("Which of the seven national tasks it serves."),
    )
    is_internal = models.BooleanField(
        _("internal"), default=False, help_text=_("Only signed-in professionals see it.")
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, default=Outcome.NOT_STARTED)
    evaluation = models.TextField(
        _("evaluation"), blank=True, default="", help_text=_("What was done, and how it went.")
    )
    drop_reason = models.CharField(
        _("why it is dropped"),
        max_length=400,
        blank=True,
        default="",
        help_text=_("Only where it is knowingly given up. It stays visible in its thread."),
    )
    uuid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    # Calendars take the version with the higher number.
    sequence = models.PositiveIntegerField(_("version"), default=0, editable=False)
    # The database fills it too: fixtures go past `auto_now`.
    updated_at = models.DateTimeField(_("last saved"), auto_now=True, db_default=Now())

    objects = PlanItemManager.from_queryset(PlanItemQuerySet)()

    class Meta:
        verbose_name = _("row of a plan")
        verbose_name_plural = _("rows of a plan")
        ordering = ["plan", "number"]
        constraints = [
            known("kind", ["goal", "action"]),
            known("quarter", [1, 2, 3, 4]),
            known("outcome", Outcome),
            in_finnish("title"),
            finnish_first(
                "evaluation", _("Write the evaluation in Finnish as well: other languages stand beside it.")
            ),
            finnish_first(
                "drop_reason",
                _("Say in Finnish as well why it is dropped: other languages stand beside it."),
            ),
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="planitem_number_once",
                violation_error_message=_("Another row of this plan has this number."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=HIGHEST_NUMBER),
                name="planitem_number_in_range",
                violation_error_message=_("Give a number from 1 to 9999."),
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__gte=F("quarter") * 3 - 2, month__lte=F("quarter") * 3),
                name="planitem_month_in_quarter",
                violation_error_message=_("This month is not in this quarter."),
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(quarter__isnull=False),
                name="planitem_month_has_quarter",
                violation_error_message=_("Choose the quarter of this month, too."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(kind="action"),
                name="planitem_only_actions_have_goals",
                violation_error_message=_("Only an action stands below a goal."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                name="planitem_not_its_own_goal",
                violation_error_message=_("An action serves another row than itself."),
            ),
            models.CheckConstraint(
                condition=Q(evaluation_fi=None) | Q(evaluation_fi="") | ~Q(outcome__in=NOT_EVALUATED),
                name="planitem_evaluation_has_outcome",
                violation_error_message=_("Choose the outcome as well: there is an evaluation already."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="dropped") | (Q(drop_reason_fi__isnull=False) & ~Q(drop_reason_fi="")),
                name="planitem_dropped_with_reason",
                violation_error_message=_("Say why it is dropped: it stays to be read in its thread."),
            ),
            models.CheckConstraint(
                condition=Q(drop_reason_fi=None)
                | Q(drop_reason_fi="")
                | Q(outcome__in=["partly", "not-achieved", "dropped"]),
                name="planitem_reason_of_something_dropped",
                violation_error_message=_(
                    "A reason to drop it goes with one of these outcomes: partly achieved, not achieved, dropped."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def get_absolute_url(self):
        return reverse(
            "annual_plan:item",
            kwargs={"centre": self.plan.centre.slug, "year": self.plan.year, "number": self.number},
        )

    def natural_key(self):
        return (*self.plan.natural_key(), self.number)

    natural_key.dependencies = ["annual_plan.plan"]

    def is_public(self, today):
        """Whether everybody may read it on the date `today`, as `PlanItemQuerySet.seen_by` says it of what is saved."""
        seen = PlanItem.objects.filter(pk=self.pk).seen_by(insider=False)
        return self.plan.is_public(today) and seen.exists()

    @property
    def is_for_insiders(self):
        """Whether it is internal, or stands below a goal that is."""
        return self.is_internal or (self.parent is not None and self.parent.is_internal)

    @property
    def is_evaluated(self):
        """Whether somebody has said what became of it."""
        return self.outcome not in NOT_EVALUATED

    def has_gone_on(self):
        """Whether it goes on in a later plan: asked of the database, whatever was fetched with the row before."""
        return self.continuations.order_by("pk").exists()

    def why_it_stays(self, today):
        """Why it is not deleted on the date `today`, as a sentence; None where it can be.

        Not even together with what it goes on as: then nobody would know that it was ever promised.
        """
        is_closed = self.outcome in (Outcome.ACHIEVED, Outcome.DROPPED)
        if self.plan.is_promised(today):
            if is_closed:
                return _("What became of this promise has been told, and stays to be read in its thread.")
            return _(
                "This has been promised, and is not deleted. Say why it is dropped instead: then it stays to be read "
                "in its thread."
            )
        if self.plan.year < today.year and not is_closed:
            return _(
                "The year of this draft is over, and this was never decided. Say why it is dropped: then it can be "
                "deleted."
            )
        return None

    def clean_change(self, before):
        """Refuses what it may not become, having been as the row `before` of the database is."""
        if before.plan_id != self.plan_id:
            raise ValidationError(
                {"plan": _("A row stays in its plan. In a later year it goes on as a row of its own.")}
            )
        is_hidden_now = self.is_for_insiders and not before.is_for_insiders
        if is_hidden_now and before.plan.is_promised(timezone.localdate()):
            raise ValidationError(
                {
                    "is_internal" if self.is_internal else "parent": _(
                        "Everybody could read this promise: it stays in sight. Change its words if these tell too "
                        "much."
                    )
                }
            )

    def clean(self):
        """Refuses what stands in no constraint, for it lies in other rows: see `annual_plan/README.md`."""
        if not self.plan_id:
            return
        if self.parent_id and self.parent.plan_id != self.plan_id:
            raise ValidationError({"parent": _("This goal is in another plan.")})
        if self.parent_id and self.parent_id == self.pk:
            raise ValidationError({"parent": _("An action serves another row than itself.")})
        if self.parent_id and self.parent.kind != self.Kind.GOAL:
            raise ValidationError({"parent": _("Only a goal has actions.")})
        if self.plan.is_evaluated and not self.is_evaluated:
            raise ValidationError(
                {"outcome": _("This plan is closed as evaluated: every row of it has an outcome.")}
            )
        if self._state.adding:
            return
        if before := type(self).objects.select_related("plan", "parent").filter(pk=self.pk).first():
            self.clean_change(before)
        if self.kind != self.Kind.GOAL and self.actions.exists():
            raise ValidationError({"kind": _("This goal has actions: it stays a goal.")})
        if self.drop_reason_fi and self.continuations.exclude(pk__in=self.untied).order_by("pk").exists():
            # Not of a field: forms have the reason in one language or another, or not at all.
            raise ValidationError(
                _("This row goes on in a later plan: it is not dropped. Take one of the two away.")
            )


class Responsible(Bearer):
    """Somebody who sees to it that a row of a plan is done."""

    kept_by = ("item__plan__centre",)

    item = models.ForeignKey(
        PlanItem, verbose_name=_("row of a plan"), on_delete=models.CASCADE, related_name="responsibles"
    )

    class Meta(Bearer.Meta):
        verbose_name = _("responsible")
        verbose_name_plural = _("responsibles")
        # By the key: by the row itself would join its plan and centre.
        ordering = ["item_id", "order", "pk"]
        constraints = [*Bearer.Meta.constraints, *each_once("responsible", "item")]

    @property
    def plan(self):
        return self.item.plan
