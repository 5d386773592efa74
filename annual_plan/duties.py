"""The division of work taken along from one year to the next."""

from django.core.exceptions import ValidationError

from annual_plan.carrying import place_of
from annual_plan.models import why_not_later
from centres.copying import clone
from centres.history.recording import note, root_of


def take_along(source, plan, *, user=None):
    """Gives `plan` the duties of the plan `source` that it has not, each with who sees to it; how many they are.

    Run twice, nothing changes. ValidationError where `plan` is not a later one of the same centre.
    """
    if reason := why_not_later(source, plan):
        raise ValidationError(reason)
    there = {place_of(task, None) for task in plan.duties.order_by().values_list("task_fi", flat=True)}
    lacking = [each for each in _duties_of(source) if place_of(each.task_fi, None) not in there]
    note([root_of(plan)])
    for duty in lacking:
        copy = clone(duty, plan=plan)
        for holder in duty.holders.all():
            clone(holder, duty=copy)
    note([root_of(plan)], user=user)
    return len(lacking)


def _duties_of(plan):
    return plan.duties.order_by("order", "pk").prefetch_related("holders")
