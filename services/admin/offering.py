"""The desk's pages of a service in one centre, and of its doors with their opening hours."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin, RowsInline, TableInline
from services.admin.contacts import ContactInline, ProvisionInline
from services.models import Offering, OpeningSpan, ServicePoint, SpecialHours


class ServicePointInline(RowsInline):
    model = ServicePoint
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("place", "order"),
                    ("always_open", "by_appointment", "open_on_holidays"),
                    "note",
                ],
                "description": _("Opening hours are on the service point's own page: choose “Change” above."),
            },
        ),
    ]
    autocomplete_fields = ["place"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("place")


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
        (
            _("On the site"),
            {
                "fields": ["status", ("published_from", "published_until")],
                "description": _(
                    "Readers see it when both this and the service are published, between the days given."
                ),
            },
        ),
        (
            _("Upkeep"),
            {
                "fields": ["owner", ("reviewed_on", "reviewed_by"), "updated_at"],
                "description": _(
                    "Readers see when, and by which organisation, this was checked. Nobody's name is shown."
                ),
            },
        ),
    ]
    inlines = [ContactInline, ProvisionInline, ServicePointInline]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["service", "owner", "reviewed_by"]
    list_display = ["title", "centre", "status", "reviewed_on"]
    list_filter = [
        "centre",
        "status",
        "service__level",
        "service__sector",
        ("reviewed_on", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["service", "centre"]
    search_fields = ["search_fi", "search_sv", "search_en", "service__search_fi", "service__search_sv"]
    searches_folded = True

    @admin.display(description=_("service"), ordering="service__sort_fi")
    def title(self, offering):
        return offering.title


class OpeningSpanInline(TableInline):
    model = OpeningSpan
    extra = 1
    fields = ["weekday", "opens", "closes", "valid_from", "valid_until"]


class SpecialHoursInline(RowsInline):
    model = SpecialHours
    fieldsets = [(None, {"fields": [("first_day", "last_day"), ("opens", "closes"), "reason"]})]


@admin.register(ServicePoint)
class ServicePointAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["offering", "place", "note", "order"],
                "description": _(
                    "One door of a service. The place itself is entered once, for every service."
                ),
            },
        ),
        (
            _("When it is open"),
            {
                "fields": ["always_open", "by_appointment", "open_on_holidays"],
                "description": _(
                    "The week's hours are below: one line for each span of a day, several a day are fine. "
                    "Exceptions win over them."
                ),
            },
        ),
    ]
    inlines = [OpeningSpanInline, SpecialHoursInline]
    autocomplete_fields = ["offering", "place"]
    list_display = ["__str__", "offering", "centre", "always_open", "by_appointment"]
    list_filter = ["offering__centre", "always_open", "by_appointment"]
    list_select_related = ["place", "offering__service", "offering__centre"]
    search_fields = ["place__slug", "offering__slug", "offering__service__search_fi"]
    searches_folded = True

    @admin.display(description=_("family centre"))
    def centre(self, point):
        return point.offering.centre
