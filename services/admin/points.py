"""The desk's pages of a service's doors, with their opening hours."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin
from centres.admin.errors import DeskForm
from centres.admin.inlines import RowsInline, TableInline
from services.admin.hours import HoursForm
from services.models import OpeningSpan, ServicePoint, SpecialHours


class ServicePointInline(RowsInline):
    model = ServicePoint
    # Its form takes them in as text.
    writes = [OpeningSpan, SpecialHours]
    form = HoursForm
    add_text = _("Add a service point")
    jump_to = _("Opening hours and exceptions")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("place", "order"),
                    "hours",
                    "exceptions",
                    ("always_open", "by_appointment", "open_on_holidays"),
                    "note",
                ],
                "description": _(
                    "One door of the service. Hours for a season, a summer for example, are on the service point's own "
                    "page: save first, then choose “Change” beside the name."
                ),
            },
        ),
    ]
    autocomplete_fields = ["place"]
    show_change_link = True

    def get_queryset(self, request):
        points = super().get_queryset(request).select_related("place")
        return points.prefetch_related("spans", "special_hours")


class OpeningSpanInline(TableInline):
    model = OpeningSpan
    add_text = _("Add opening hours")
    extra = 1
    fields = ["weekday", "opens", "closes", "valid_from", "valid_until"]


class SpecialHoursForm(DeskForm):
    """An exception of one day needs that day once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_day"].required = False
        self.fields["last_day"].help_text = _("Empty: the first day alone.")

    def clean_last_day(self):
        return self.cleaned_data["last_day"] or self.cleaned_data.get("first_day")


class SpecialHoursInline(RowsInline):
    model = SpecialHours
    form = SpecialHoursForm
    add_text = _("Add an exception")
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
