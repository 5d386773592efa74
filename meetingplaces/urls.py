from django.urls import path
from django.utils.translation import pgettext_lazy

from meetingplaces import views

app_name = "meetingplaces"

urlpatterns = [
    path("", views.index, name="index"),
    path(pgettext_lazy("address", "week/<str:week>/"), views.week, name="week"),
    path(pgettext_lazy("address", "season/<slug:slug>/"), views.season, name="season"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("changes.atom", views.changes, name="changes"),
    path("<slug:slug>.ics", views.calendar_of_one, name="calendar_of_one"),
    path("<slug:slug>.atom", views.changes_of_one, name="changes_of_one"),
    path("<slug:slug>/", views.detail, name="detail"),
    path(pgettext_lazy("address", "<slug:slug>/we-might-come/"), views.we_might_come, name="we_might_come"),
]
