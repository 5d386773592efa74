"""Addresses of networks and their meetings: ``/rovaniemi/verkostot/``.

What stands beside a network's own address is never a network's slug (`LocalNetwork.clean`).
"""

from django.urls import path
from django.utils.translation import pgettext_lazy

from networks import views

app_name = "networks"

urlpatterns = [
    path("", views.index, name="index"),
    path(pgettext_lazy("address", "structure/"), views.structure, name="structure"),
    path("<slug:slug>/", views.detail, name="detail"),
]
