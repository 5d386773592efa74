"""The address of the consultation finder: ``/rovaniemi/kenelle-soitan/``."""

from django.urls import path

from networks import views

app_name = "finder"

urlpatterns = [
    path("", views.finder, name="find"),
]
