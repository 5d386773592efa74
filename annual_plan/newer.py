"""What calendars know of a row is more than the row: the year is its plan's (`annual_plan.feeds`).

As with meetings (`networks.newer`), calendars look at a version's number and time alone.
"""

from django.db.models import F
from django.db.models.signals import pre_save
from django.utils import timezone

from annual_plan.models import Plan, PlanItem


def make_newer(sender, instance, raw=False, **_kwargs):
    """Counts up the versions of the rows with a month of a plan that moves to another year."""
    if raw or instance.pk is None:
        return
    moving = PlanItem.objects.filter(plan=instance, month__isnull=False).exclude(plan__year=instance.year)
    PlanItem.objects.filter(pk__in=moving.order_by().values("pk")).update(
        sequence=F("sequence") + 1, updated_at=timezone.now()
    )


pre_save.connect(make_newer, sender=Plan)
