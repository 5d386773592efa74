"""The desk's page of a service: what is the same of it everywhere, and where it is offered."""

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin
from centres.admin.on_site import is_shown, on_the_site, upkeep
from services.admin.contacts import ContactInline, ProvisionInline
from services.admin.offering_rows import OfferingInline
from services.models import Service


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
            _("Who it is for and what it is about"),
            {
                "fields": [("from_month", "to_month"), "audience", "topics", "level", "sector"],
                "description": _("From these it finds its age groups and themes in every centre by itself."),
            },
        ),
        (
            _("How to get it"),
            {
                "fields": ["access", "how_to_get", "charge", "cost", "ways", "languages", "anonymous"],
                "description": _("Leave empty what is not known for sure: nothing is better than a guess."),
            },
        ),
        on_the_site(
            "online_support",
            "urgent_order",
            "slug",
            guidance=_(
                "Families find it in the centres that offer it: add them under “Services in a centre” below. To hide "
                "it everywhere, make it a draft; only a service that no centre offers can be deleted."
            ),
        ),
        upkeep("home"),
    ]
    inlines = [ContactInline, ProvisionInline, OfferingInline]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["owner", "reviewed_by"]
    list_display = ["title", "keeper", "status", "seen", "published_until", "reviewed_on"]
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

    @admin.display(description=_("home"), ordering="home")
    def keeper(self, service):
        return service.home and service.home.municipality

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("offerings__centre")

    def get_inlines(self, request, obj):
        """In a small window, beside an offering that is being written, it is not offered once more."""
        inlines = super().get_inlines(request, obj)
        in_popup = IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST
        return [each for each in inlines if each is not OfferingInline] if in_popup else inlines

    def has_delete_permission(self, request, obj=None):
        """What no centre offers may go with whoever may change it; else other centres would lose it too."""
        if super().has_delete_permission(request, obj):
            return True
        return obj is not None and self.has_change_permission(request, obj) and not obj.offerings.exists()

    def choice_label(self, row):
        """With the centre that keeps it: two centres may each have a service of one name."""
        return f"{row} ({row.home.municipality})" if row.home else str(row)

    def is_shown(self, row, today):
        """A service is on the pages of its offerings, and on those of help now."""
        return row.is_public(today) and (
            row.urgent_order is not None or any(is_shown(each, today) for each in row.offerings.all())
        )

    def get_view_on_site_url(self, obj=None):
        """The page of the one offering that readers see; where there are several, each has its own form."""
        today = timezone.localdate()
        shown = [each for each in obj.offerings.all() if is_shown(each, today)] if obj else []
        return shown[0].get_absolute_url() if len(shown) == 1 else None

    def why_unseen(self, row):
        if row.is_public(timezone.localdate()) and not row.offerings.all():
            return _(
                "Saved, but no family sees this service yet: no family centre offers it. Open it again and add the "
                "centre under “Services in a centre”."
            )
        return super().why_unseen(row)

    def word_before(self, obj):
        """A text that several centres share is not changed for one of them by mistake."""
        offerings = list(obj.offerings.all()) if obj else []
        if not offerings or (obj.home and len(offerings) == 1):
            return ""
        return format_lazy(
            _(
                "This text is shown in these centres: {centres}. If your change concerns only one of them, make it on "
                "that centre's own row under “Services in a centre”."
            ),
            centres=", ".join(each.centre.municipality for each in offerings),
        )
