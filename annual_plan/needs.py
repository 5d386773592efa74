"""What about annual plans needs a person, beside what any row may need (`centres.needs`)."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annual_plan.models import NOT_EVALUATED, Plan, Responsible
from annual_plan.quarters import ended_of
from centres.needs import Need

_OPEN = [Plan.Phase.DRAFTING, Plan.Phase.RUNNING]


def _quarter_is_over(model, measure):
    """In this year's plan: of a year that is over, what has no outcome is an open promise."""
    year = measure.today.year
    return Q(
        plan__phase=Plan.Phase.RUNNING,
        plan__year=year,
        quarter__lte=ended_of(year, measure.today),
        outcome__in=NOT_EVALUATED,
    )


def _is_open_promise(model, measure):
    return model.objects.all().condition_open_promise(measure.today)


def _is_nobodys(model, measure):
    """Nobody sees to it, nor to the goal that it serves."""
    somebody = Responsible.objects.filter(Q(item=OuterRef("pk")) | Q(item=OuterRef("parent")))
    to_be_done = Q(plan__phase__in=_OPEN, plan__year__gte=measure.today.year, outcome__in=NOT_EVALUATED)
    return to_be_done & ~Q(Exists(somebody.order_by()))


def _is_to_be_closed(model, measure):
    return Q(year__lt=measure.today.year, phase__in=_OPEN)


TO_EVALUATE = Need(
    "outcome",
    _("Rows of the annual plan without an outcome"),
    _(
        "Their quarter is over. Choose in the last column of a row to say what became of it: from there you are led "
        "to the next."
    ),
    _quarter_is_over,
)
TO_CLOSE = Need(
    "close",
    _("Annual plans of years that are over"),
    _("Evaluate the rows that are left, write the year in short, and close the plan as evaluated."),
    _is_to_be_closed,
)
OPEN_PROMISE = Need(
    "promise",
    _("Open promises of annual plans"),
    _(
        "They were neither kept, carried over nor dropped with a reason. Choose in the last column of a row to say "
        "what happens next."
    ),
    _is_open_promise,
)
NOBODYS = Need(
    "responsible",
    _("Rows of the annual plan that nobody is responsible for"),
    _("Agree who sees to each, and add the network or the organisation to the row."),
    _is_nobodys,
)
# What is put right by saying what became of a row.
BY_EVALUATING = {TO_EVALUATE.slug, OPEN_PROMISE.slug}
OF_PLANS = [TO_CLOSE]
OF_ROWS = [TO_EVALUATE, OPEN_PROMISE, NOBODYS]
