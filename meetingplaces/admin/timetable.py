"""Which lines of a season's timetable its form shows: all, or where they are many, those of one meeting place.

What is not shown is not sent, and stays as it is.
"""

from django.db.models import Count
from django.shortcuts import redirect
from django.template.loader import render_to_string

from centres.admin.choosing import is_key
from centres.admin.pages import Pages
from centres.admin.rows_sent import keys_sent
from meetingplaces.models import MeetingPlace, Session

# More than fit to be looked through on one form, and than a form may send.
MOST_LINES = 60
# In the address: the key of the meeting place whose lines are shown.
WHICH = "meeting_place"


def places_of(season):
    """The meeting places of `season` by name, each with the `number` of its lines."""
    rows = MeetingPlace.objects.filter(sessions__season=season).annotate(number=Count("sessions"))
    return rows.order_by("name", "pk")


class Timetable(Pages):
    """Seasons on whose form a long timetable is shown by meeting place."""

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk and inline.model is Session:
            rows, chosen = kwargs["queryset"], request.GET.get(WHICH, "")
            if "data" in kwargs:
                rows = rows.filter(pk__in=[key for key in keys_sent(kwargs["data"], prefix) if key])
            elif is_key(chosen):
                rows = rows.filter(meeting_place=chosen)
            elif obj.sessions.count() > MOST_LINES:
                rows = rows.none()
            kwargs["queryset"] = rows
        return kwargs

    def word_before(self, request, obj):
        """Which lines are shown, and the way to those of each meeting place."""
        places = list(places_of(obj)) if obj else []
        number, chosen = sum(place.number for place in places), request.GET.get(WHICH, "")
        if number <= MOST_LINES and not chosen:
            return super().word_before(request, obj)  # type: ignore[misc]
        context = {
            "number": number,
            "places": places,
            "chosen": next((place for place in places if str(place.pk) == chosen), None),
            "which": WHICH,
            "is_long": number > MOST_LINES,
        }
        return render_to_string("admin/meetingplaces/season/places.html", context)

    def response_change(self, request, obj):
        """Who goes on editing sees the same lines."""
        response = super().response_change(request, obj)
        goes_on = "_continue" in request.POST and WHICH in request.GET
        return redirect(request.get_full_path()) if goes_on else response
