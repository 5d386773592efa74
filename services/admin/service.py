"""The desk's page of a service: what is the same of it everywhere, and where it is offered."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db.models import F, Prefetch
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from centres import needs
from centres.admin.base import DeskAdmin
from centres.admin.breaks import PublishedForm
from centres.admin.on_site import is_shown, on_the_site, upkeep
from centres.admin.scope import only_centre
from centres.models import FamilyCentre
from centres.rights import may_change, rights_of
from services.actions import address_copied_service, copy_service
from services.admin.contacts import ContactInline, ProvisionInline
from services.admin.exchange import Exchange
from services.admin.offering_rows import OfferingInline
from services.models import Offering, Service
from services.needs import UNREACHABLE, told_of_offering
from services.tables.services import ServiceTable

# What a service is, the same everywhere.
TEXTS: Any = [
    (
        None,
        {
            "fields": ["name", "summary", "description", "keywords"],
            "description": _(
                "What is the same everywhere, in words that a tired parent understands at once. These are in "
                "Finnish; the other languages have tabs of their own."
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
]


@admin.register(Service)
class ServiceAdmin(Exchange, DeskAdmin):
    form = PublishedForm
    table = ServiceTable
    fieldsets = [
        *TEXTS,
        on_the_site(
            "online_support",
            "urgent_order",
            "slug",
            guidance=_(
                "Families find it in the centres that offer it: add them under “Services in a centre” below. To hide "
                "it everywhere, make it a draft. Deleting it takes its page away from every centre that offers it: "
                "so you can delete only what no centre but your own offers."
            ),
        ),
        upkeep("home"),
    ]
    needs = [
        *(needs.LINKS, UNREACHABLE, needs.ENDING, needs.ENDED, needs.STALE, needs.DRAFT),
        *needs.OF_VERSIONS,
    ]
    inlines = [ContactInline, ProvisionInline, OfferingInline]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["owner", "reviewed_by"]
    list_display = ["title", "keeper", "status", "seen", "reviewed_on"]
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
    name_keys = ("sort",)
    prepopulated_fields = {"slug": ["name_fi"]}

    @admin.display(description=_("name"), ordering="sort_fi")
    def title(self, service):
        return service.name

    @admin.display(description=_("home"), ordering="home")
    def keeper(self, service):
        return service.home and service.home.municipality

    def get_queryset(self, request):
        offerings = Offering.objects.select_related("centre")
        return super().get_queryset(request).prefetch_related(Prefetch("offerings", offerings))

    def get_inlines(self, request, obj):
        """In a small window, beside an offering that is being written, it is not offered once more."""
        inlines = super().get_inlines(request, obj)
        in_popup = IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST
        return [each for each in inlines if each is not OfferingInline] if in_popup else inlines

    def in_need(self, need, measure):
        """What is put right on the form of its own centre's offering is told of the offering."""
        return super().in_need(need, measure) & ~told_of_offering(need, measure)

    def checked_with(self, request, rows):
        """Its offering in the centre that keeps it: families read both as one page."""
        pages: Any = self.admin_site.get_model_admin(Offering)
        return list(pages.changeable(request).filter(service__in=rows, service__home=F("centre")))

    def pages_to_preview(self, request, row):
        """Its page in each centre that offers it."""
        offerings = self.admin_site.get_model_admin(Offering).get_queryset(request).filter(service=row)
        return [(each.centre.municipality, each) for each in offerings.order_by("centre")]

    def add_service_url(self, request):
        return self.page("add") if self.has_add_permission(request) else ""

    def copy_of(self, request, row):
        """With its place in the user's own centre; whoever has several centres gets it in all of theirs."""
        centre, pages = only_centre(request.user), self.admin_site.get_model_admin(Offering)
        offerings = [
            each
            for each in row.offerings.select_related("centre").prefetch_related(
                "contacts", "provisions", "points__spans", "points__special_hours"
            )
            if centre in (None, each.centre) and pages.has_change_permission(request, each)
        ]
        return copy_service(service=row, offerings=offerings, home=centre or self._home_of_copy(request, row))

    def address_copy(self, row):
        address_copied_service(service=row)

    def _home_of_copy(self, request, row):
        """Whoever may not change `row` keeps the copy themselves: it must not be shared, nor another's."""
        rights = rights_of(request.user)
        if may_change(rights, row):
            return row.home
        return FamilyCentre.objects.filter(pk__in=rights.centres).first()

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
                "No family sees this service yet: no family centre offers it. Open it again and add the "
                "centre under “Services in a centre”."
            )
        return super().why_unseen(row)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Whoever may only read a service is led to their own centre's page of it, where its text can be read too."""
        row = self.get_object(request, unquote(object_id))
        if row and request.method == "GET" and not self.has_change_permission(request, row):
            pages: Any = self.admin_site.get_model_admin(Offering)
            own = list(pages.changeable(request).filter(service=row)[:2])
            if len(own) == 1:
                return redirect(pages.page("change", own[0].pk))
        return super().change_view(request, object_id, form_url, extra_context)

    def word_before(self, request, obj):
        """A text that several centres share is not changed for one of them by mistake."""
        may_change_it = obj is not None and self.has_change_permission(request, obj)
        offerings = list(obj.offerings.all()) if may_change_it else []
        if not offerings or (obj.home and len(offerings) == 1):
            return ""
        return format_lazy(
            _(
                "This text is shown in these centres: {centres}. If your change concerns only one of them, make it on "
                "that centre's own row under “Services in a centre”."
            ),
            centres=", ".join(each.centre.municipality for each in offerings),
        )
