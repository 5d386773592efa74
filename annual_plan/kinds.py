"""How rows go on is chosen by nobody: it follows from their outcome and their parts (`carrying.how_it_goes_on`)."""

from collections import Counter

from django.db.models.signals import post_delete

from annual_plan.carrying import how_it_goes_on
from annual_plan.models import Continuation, Outcome, PlanItem


def tell_how_it_goes_on(source):
    """Says anew how `source` goes on, once its outcome is another one, or another row continues it."""
    ties = list(source.continuations.select_related("target"))
    parts = Counter(each.target.plan_id for each in ties)
    for each in ties:
        is_achieved = source.outcome == Outcome.ACHIEVED
        kind = how_it_goes_on(is_achieved=is_achieved, parts=parts[each.target.plan_id])
        if each.kind != kind:
            each.kind = kind
            each.save(update_fields=["kind"])


def when_a_part_is_gone(sender, instance, **_kwargs):
    """What was split goes on in one part less, be it that the other was deleted with its plan."""
    source = PlanItem.objects.filter(pk=instance.source_id).first()
    if source is not None:
        tell_how_it_goes_on(source)


post_delete.connect(when_a_part_is_gone, sender=Continuation)
