"""The desk's page of a service in one centre."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin
from centres.admin.on_site import on_the_site, upkeep
from services.admin.contacts import ContactInline, ProvisionInline
from services.admin.points import ServicePointInline
from services.models import Offering


@admin.register(Offering)
class OfferingAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["service", "centre", "slug"],
                "description": _("The service's shared text is on the service's own page."),
            },
        ),
        (
            _("Where it differs here"),
            {
                "fields": ["name", "how_to_get"],
                "description": _(
                    "Leave empty what is the same as everywhere: it then stays right by itself."
                ),
            },
        ),
        on_the_site(
            guidance=_("Readers see it when both this and the service are published, between the days given.")
        ),
        upkeep(),
    ]
    inlines = [ContactInline, ProvisionInline, ServicePointInline]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["service", "owner", "reviewed_by"]
    list_display = ["title", "centre", "status", "seen", "published_until", "reviewed_on"]
    list_filter = [
        "centre",
        "status",
        "service__level",
        "service__sector",
        ("reviewed_on", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["service", "centre"]
    # Slugs are the names of centres in small letters without marks, as the words searched for are.
    search_fields = [
        *("search_fi", "search_sv", "search_en"),
        *("service__search_fi", "service__search_sv"),
        "centre__slug",
    ]
    searches_folded = True

    @admin.display(description=_("service"), ordering="service__sort_fi")
    def title(self, offering):
        return offering.title
