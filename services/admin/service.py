"""The desk's page of a service: what is the same of it everywhere, and where it is offered."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin, RowsInline
from services.admin.contacts import ContactInline, ProvisionInline
from services.models import Offering, Service


class OfferingInline(RowsInline):
    model = Offering
    fieldsets = [
        (
            None,
            {
                "fields": [("centre", "slug", "status"), ("published_from", "published_until")],
                "description": _(
                    "Local names, contacts and service points are on a page of their own: choose “Change” above."
                ),
            },
        ),
    ]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("service", "centre")


@admin.register(Service)
class ServiceAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "summary", "description", "keywords"],
                "description": _(
                    "What is the same everywhere, in words that a tired parent understands at once. These are in "
                    "Finnish; the other languages are below."
                ),
            },
        ),
        (
            _("Whom it is for and what it is about"),
            {
                "fields": [("from_month", "to_month"), "audience", "topics", "level", "sector"],
                "description": _("From these it finds its age groups and themes in every centre by itself."),
            },
        ),
        (
            _("How one gets it"),
            {
                "fields": ["access", "how_to_get", "charge", "cost", "ways", "languages", "anonymous"],
                "description": _("Leave empty what is not known for sure: nothing is better than a guess."),
            },
        ),
        (
            _("On the site"),
            {
                "fields": [
                    "status",
                    ("published_from", "published_until"),
                    "online_support",
                    "urgent_order",
                    "slug",
                ],
                "description": _("Readers see it when it is published, between the days given."),
            },
        ),
        (
            _("Upkeep"),
            {
                "fields": ["home", "owner", ("reviewed_on", "reviewed_by"), "updated_at"],
                "description": _(
                    "Readers see when, and by which organisation, this was checked. Nobody's name is shown."
                ),
            },
        ),
    ]
    inlines = [ContactInline, ProvisionInline, OfferingInline]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["owner", "reviewed_by"]
    list_display = ["title", "level", "home", "status", "reviewed_on"]
    list_filter = [
        "status",
        "offerings__centre",
        "level",
        "sector",
        "audience",
        "online_support",
        "topics",
        ("urgent_order", admin.EmptyFieldListFilter),
        ("reviewed_on", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["home"]
    search_fields = ["search_fi", "search_sv", "search_en"]
    searches_folded = True
    prepopulated_fields = {"slug": ["name_fi"]}

    @admin.display(description=_("name"), ordering="sort_fi")
    def title(self, service):
        return service.name
