"""How to reach a service and who gives it: rows of a service everywhere, or of its offering in one centre."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin
from centres.admin.inlines import RowsInline, TableInline
from services.models import Contact, Provision

HOW_TO_WRITE = _(
    "One number or address in each, with no other text: 040 1234567, https://www.posio.fi. "
    "Times belong under “When”, what is reached under “Label”."
)


class ContactInline(RowsInline):
    model = Contact
    add_text = _("Add a contact")
    fieldsets = [
        (None, {"fields": [("kind", "value", "order"), ("label", "hours")], "description": HOW_TO_WRITE})
    ]


class ProvisionInline(TableInline):
    model = Provision
    add_text = _("Add a provider")
    fields = ["role", "organisation"]
    autocomplete_fields = ["organisation"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation")


class OfServiceOrOffering(DeskAdmin):
    """A list over all services, to find where a number or an organisation stands."""

    autocomplete_fields = ["service", "offering"]
    searches_folded = True
    list_select_related = ["service", "offering__service", "offering__centre"]

    @admin.display(description=_("service"))
    def where(self, row):
        return row.service or row.offering


@admin.register(Contact)
class ContactAdmin(OfServiceOrOffering):
    fieldsets = [
        (None, {"fields": ["kind", "value", "label", "hours", "order"], "description": HOW_TO_WRITE}),
        (
            _("Whose it is"),
            {
                "fields": ["service", "offering"],
                "description": _("Of the service everywhere, or of the service in one centre: choose one."),
            },
        ),
    ]
    list_display = ["value", "kind", "where"]
    list_filter = ["kind", "offering__centre"]
    search_fields = ["value", "service__search_fi", "offering__service__search_fi"]


@admin.register(Provision)
class ProvisionAdmin(OfServiceOrOffering):
    fieldsets = [
        (
            None,
            {
                "fields": ["organisation", "role"],
                "description": _(
                    "Who is responsible for a service, and who provides it. Often these are not the same."
                ),
            },
        ),
        (
            _("Of which service"),
            {
                "fields": ["service", "offering"],
                "description": _("Of the service everywhere, or of the service in one centre: choose one."),
            },
        ),
    ]
    autocomplete_fields = ["organisation", "service", "offering"]
    list_display = ["organisation", "role", "where"]
    list_filter = ["role", "offering__centre"]
    list_select_related = ["organisation", "service", "offering__service", "offering__centre"]
    search_fields = ["organisation__search_fi", "service__search_fi", "offering__service__search_fi"]
