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
    lacking = lacking_duties(source, plan)
    note([root_of(plan)])
    for duty in lacking:
        copy = clone(duty, plan=plan)
        for holder in duty.holders.all():
            clone(holder, duty=copy)
    note([root_of(plan)], user=user)
    return len(lacking)


def lacking_duties(source, plan):
    """The duties of the plan `source` that `plan` has not, by their words; all of them where `plan` is None."""
    there = set()
    if plan is not None:
        tasks = plan.duties.order_by("pk").values_list("task_fi", flat=True)
        there = {place_of(task, None) for task in tasks}
    duties = source.duties.order_by("order", "pk").prefetch_related("holders")
    return [each for each in duties if place_of(each.task_fi, None) not in there]
