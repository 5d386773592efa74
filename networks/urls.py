"""Addresses of networks and their meetings: ``/rovaniemi/verkostot/``.

What stands beside a network's own address is never a network's slug (`LocalNetwork.clean`).
"""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from networks import views

app_name = "networks"

of_meetings = [
    path("", views.meetings, name="meetings"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("<uuid:uuid>/", views.meeting, name="meeting"),
    path("<uuid:uuid>/meeting.ics", views.meeting_calendar, name="meeting_calendar"),
]

urlpatterns = [
    path("", views.index, name="index"),
    path(pgettext_lazy("address", "structure/"), views.structure, name="structure"),
    path(pgettext_lazy("address", "meetings/"), include(of_meetings)),
    path("<slug:slug>/", views.detail, name="detail"),
]
