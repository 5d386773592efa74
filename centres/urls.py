"""The address of an invitation; the centres' own pages are the project's."""

from django.urls import path

from centres import views

urlpatterns = [path("<str:token>/", views.invitation, name="invitation")]
