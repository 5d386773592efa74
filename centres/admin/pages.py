"""The addresses of a row's own pages at the desk."""

from django.contrib import admin
from django.urls import reverse


class Pages(admin.ModelAdmin):
    def page(self, name, *args):
        """The address of the page `name` of this ModelAdmin: "changelist", "history" …"""
        return reverse(f"{self.admin_site.name}:{self.page_name(name)}", args=args)

    def page_name(self, name):
        """What the address of the page `name` is called among those of the desk."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"
