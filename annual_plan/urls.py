"""Addresses of annual plans: ``/posio/vuosisuunnitelma/2026/``."""

from django.urls import path

from annual_plan import views

app_name = "annual_plan"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:year>/", views.detail, name="detail"),
    path("<int:year>/<int:number>/", views.item, name="item"),
]
