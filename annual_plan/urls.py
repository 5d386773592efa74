"""Addresses of annual plans: ``/posio/vuosisuunnitelma/2026/``."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from annual_plan import views

app_name = "annual_plan"

# Translators: names of files in addresses: small letters a–z, a full stop and the ending as it stands.
of_files = [
    path(pgettext_lazy("address", "plan.csv"), views.csv, name="csv"),
    path(pgettext_lazy("address", "plan.xlsx"), views.xlsx, name="xlsx"),
    path(pgettext_lazy("address", "plan.json"), views.json, name="json"),
    path(pgettext_lazy("address", "calendar.ics"), views.calendar, name="calendar"),
]

by_link = [
    path("", views.evaluate, name="evaluate"),
    path("+/", views.evaluate_again, name="evaluate_again"),
    path("<int:number>/", views.evaluate_row, name="evaluate_row"),
]

# Translators: addresses: small letters a–z and hyphens only, each word followed by a slash.
urlpatterns = [
    path("", views.index, name="index"),
    path(pgettext_lazy("address", "open-promises/"), views.open_promises, name="open_promises"),
    path(pgettext_lazy("address", "area/"), views.area, name="area"),
    path("<int:year>/", views.detail, name="detail"),
    path("<int:year>/", include(of_files)),
    path("<int:year>/<int:number>/", views.item, name="item"),
    path(pgettext_lazy("address", "evaluate/"), include([path("<str:token>/", include(by_link))])),
]
