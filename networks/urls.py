"""Addresses of networks and their meetings: ``/rovaniemi/verkostot/``."""

from django.urls import path

from networks import views

app_name = "networks"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.detail, name="detail"),
]
