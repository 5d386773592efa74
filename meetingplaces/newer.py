"""What calendars know of a session is more than its row: it is a newer version too when what stands around it changes.

A closure takes a date out of its series, a season ends it, a place is where it is. Calendars look at a version's number
and time alone, and they may never fall, so that they are counted up, and not reckoned from what is there.
"""

from django.db.models import F, Q
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from centres.models import Place
from meetingplaces.changes import SINCE
from meetingplaces.models import Closure, MeetingPlace, Season, Session

# Which sessions each kind of row stands around.
_AROUND = {
    Closure: lambda row: Q(meeting_place__centre=row.centre_id),
    Season: lambda row: Q(season=row),
    MeetingPlace: lambda row: Q(meeting_place=row),
    Place: lambda row: Q(place=row) | Q(meeting_place__place=row) | Q(changes__place=row),
}


def make_newer(sender, instance, raw=False, **_kwargs):
    """Counts up the versions of the sessions that calendars still show; what fixtures load has its versions."""
    if raw:
        return
    since = timezone.localdate() - SINCE
    shown = Session.objects.filter(_AROUND[sender](instance), season__last_day__gte=since)
    Session.objects.filter(pk__in=shown.values("pk")).update(
        sequence=F("sequence") + 1, updated_at=timezone.now()
    )


for _model in _AROUND:
    post_save.connect(make_newer, sender=_model)
    post_delete.connect(make_newer, sender=_model)
