"""The numbers of the rows of a draft put in order: all year round first, then quarter by quarter."""

from itertools import count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annual_plan.actions import wait_for_plans_of
from annual_plan.models import Plan, PlanItem
from centres.history.recording import recording

# Behind the last month of a quarter.
NO_MONTH = 13


def place(row):
    """Where `row` belongs: all year round first, then by quarter, within it by month, else by the number it has."""
    return row.quarter or 0, row.month or NO_MONTH, row.number


@transaction.atomic
def number_again(*, plan, user=None):
    """Numbers the rows of `plan` from 1 on, in the order of `place`; gives how many have another number now.

    ValidationError, with nothing saved, where it is no draft: later a number is an address that others know.
    """
    wait_for_plans_of(plan.centre_id)
    if not Plan.objects.filter(pk=plan.pk, phase=Plan.Phase.DRAFTING).exists():
        raise ValidationError(_("Only a draft is numbered again: later others know the numbers."))
    rows = sorted(PlanItem.objects.filter(plan=plan).order_by("number"), key=place)
    moved = [(row, number) for number, row in enumerate(rows, start=1) if row.number != number]
    with recording([row for row, _number in moved], user=user):
        _give_numbers(moved, rows)
    return len(moved)


def _give_numbers(moved, rows):
    """In two steps, as no two rows of a plan ever have one number."""
    taken = {row.number for row in rows}
    free = (number for number in count(len(rows) + 1) if number not in taken)
    for numbers in ([next(free) for _row in moved], [number for _row, number in moved]):
        for (row, _number), number in zip(moved, numbers, strict=True):
            row.number = number
        PlanItem.objects.bulk_update([row for row, _number in moved], ["number"])
    keys = [row.pk for row, _number in moved]
    PlanItem.objects.filter(pk__in=keys).update(sequence=F("sequence") + 1, updated_at=Now())
