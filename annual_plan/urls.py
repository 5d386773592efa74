"""Addresses of annual plans: ``/posio/vuosisuunnitelma/2026/``."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from annual_plan import views

app_name = "annual_plan"

urlpatterns = [
    path("", views.index, name="index"),
    path(pgettext_lazy("address", "open-promises/"), views.open_promises, name="open_promises"),
    path(pgettext_lazy("address", "area/"), views.area, name="area"),
    path("<int:year>/", views.detail, name="detail"),
    path("<int:year>/<int:number>/", views.item, name="item"),
]
