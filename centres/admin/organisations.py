"""Who gives services, and the places they are given in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres import needs
from centres.admin.base import DeskAdmin
from centres.admin.on_site import upkeep
from centres.models import Organisation, Place


@admin.register(Organisation)
class OrganisationAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "summary", "url"],
                "description": _(
                    "Its page tells what it gives in each centre; that is gathered from the services."
                ),
            },
        ),
        (
            _("Where it belongs"),
            {
                "fields": ["kind", "sector", "parent", "home", "slug"],
                "description": _("The sector is the heading it stands under in the list of organisations."),
            },
        ),
        upkeep(),
    ]
    needs = [needs.LINKS, needs.STALE, *needs.OF_VERSIONS]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["parent", "owner", "reviewed_by"]
    list_display = ["__str__", "kind", "sector", "home"]
    list_filter = ["kind", "sector", "home"]
    list_select_related = ["home"]
    search_fields = ["search_fi", "search_sv", "search_en"]
    searches_folded = True
    name_keys = ("sort",)
    prepopulated_fields = {"slug": ["name_fi"]}

    def get_readonly_fields(self, request, obj=None):
        """Its page hangs on the slug in every centre: once made, the address stays."""
        return [*self.readonly_fields, "slug"] if obj else self.readonly_fields


@admin.register(Place)
class PlaceAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "street_address", ("postcode", "town"), "district"],
                "description": _("A place is entered once, and used by every service that has a door there."),
            },
        ),
        (
            _("Getting there and in"),
            {
                "fields": ["directions", "accessibility", ("latitude", "longitude")],
                "description": _(
                    "Say which door, which bus, where a pram is left; whether there is a lift and a step-free way in."
                ),
            },
        ),
        (_("Where it belongs"), {"fields": ["home", "slug"]}),
        upkeep(),
    ]
    needs = [needs.STALE, *needs.OF_VERSIONS]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["owner", "reviewed_by"]
    list_display = ["__str__", "street_address", "town", "home"]
    list_filter = ["town", "home"]
    list_select_related = ["home"]
    search_fields = ["name_fi", "name_sv", "name_en", "street_address", "town", "slug"]
    prepopulated_fields = {"slug": ["name_fi"]}
