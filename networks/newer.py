"""What calendars know of a meeting is more than its row: its network's name, and where its place is.

As with sessions (`meetingplaces.newer`), calendars look at a version's number and time alone.
"""

from django.db.models import F, Q
from django.db.models.signals import post_save
from django.utils import timezone

from centres.models import Place
from networks.feeds import SINCE
from networks.models import LocalNetwork, Meeting, Network

# Which meetings each kind of row stands around.
_AROUND = {
    Network: lambda row: Q(local_network__network=row),
    LocalNetwork: lambda row: Q(local_network=row),
    Place: lambda row: Q(place=row),
}


def make_newer(sender, instance, created, raw=False, **_kwargs):
    """Counts up the versions of the meetings that calendars still show; what fixtures load has its versions."""
    if raw or created:
        return
    shown = Meeting.objects.from_day(timezone.localdate() - SINCE).filter(_AROUND[sender](instance))
    Meeting.objects.filter(pk__in=shown.values("pk")).update(
        sequence=F("sequence") + 1, updated_at=timezone.now()
    )


for _model in _AROUND:
    post_save.connect(make_newer, sender=_model)
