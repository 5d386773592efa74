"""The admin site: its name, who may come in, and what lies on top."""

from django.contrib.admin import AdminSite
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

# What is put right most often comes first; rooms not named here follow by name.
ROOMS = ["services", "centres", "accounts"]


class Desk(AdminSite):
    """The one admin site of the portal."""

    site_header = _("Family centre desk")
    site_title = _("Family centre desk")
    index_title = _("What would you like to put right?")
    # In the language of the desk.
    site_url = reverse_lazy("choose_centre")  # type: ignore[assignment]

    def get_app_list(self, request, app_label=None):
        rooms = super().get_app_list(request, app_label)
        return sorted(
            rooms,
            key=lambda room: ROOMS.index(room["app_label"]) if room["app_label"] in ROOMS else len(ROOMS),
        )
