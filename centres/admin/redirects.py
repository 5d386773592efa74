"""Old addresses, to look up. They are made by themselves as rows move (`centres.actions`), and nobody writes them."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin

# Django registers these by itself. Rights are given one by one or by membership, and there is one site.
for model in (Group, Site, Redirect):
    admin.site.unregister(model)


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["old_path", "new_path"],
                "description": _(
                    "Made when a page moves. Deleting it breaks links and posters that know it."
                ),
            },
        ),
    ]
    list_display = ["old_path", "new_path"]
    search_fields = ["old_path", "new_path"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
