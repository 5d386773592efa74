"""The desk's page of a network: what is the same of it everywhere, and where it works."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from centres import needs
from centres.admin.base import DeskAdmin
from centres.admin.breaks import PublishedForm
from centres.admin.choosing import RowsSelect
from centres.admin.inlines import RowsInline
from centres.admin.on_site import is_shown, on_the_site, upkeep
from centres.rights import rights_of, visible
from networks.admin.centres_of_network import LocalNetworkInline
from networks.models import LocalNetwork, Network, NetworkLink
from networks.needs import broken_links_beside


class NetworkLinkInline(RowsInline):
    model = NetworkLink
    add_text = _("Add a link")
    fieldsets = [
        (
            None,
            {
                "fields": ["label", ("url", "order")],
                "description": _("Public pages that tell more: a guide, a form, the network's own page."),
            },
        )
    ]


@admin.register(Network)
class NetworkAdmin(DeskAdmin):
    form = PublishedForm
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "abbreviation", "summary", "purpose", "keywords"],
                "description": _(
                    "What is the same everywhere, in words that a colleague who is new here understands at once."
                ),
            },
        ),
        (
            _("Turning to it"),
            {
                "fields": [
                    "when_to_turn",
                    "how_to_bring",
                    ("consent_needed", "anonymous_consultation"),
                    ("from_month", "to_month"),
                    "topics",
                    "services",
                ],
                "description": _(
                    "From these the finder knows for which child and which worry it is right. Leave empty what is "
                    "not known for sure: nothing is better than a guess."
                ),
            },
        ),
        (
            _("What it is, and what it rests on"),
            {
                "fields": [("kind", "tier"), "parent", "legal_basis", "legal_url"],
                "description": _("The drawn structure is made of who steers whom. Nobody draws it by hand."),
            },
        ),
        on_the_site(
            "slug",
            guidance=_(
                "Readers find it in the centres where it works: add them under “Networks in a centre” below. To hide "
                "it everywhere, make it a draft."
            ),
        ),
        upkeep("home"),
    ]
    needs = [needs.LINKS, needs.ENDING, needs.ENDED, needs.STALE, needs.DRAFT, *needs.OF_VERSIONS]
    inlines = [NetworkLinkInline, LocalNetworkInline]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["parent", "owner", "reviewed_by"]
    list_display = ["title", "abbreviation", "kind", "tier", "keeper", "status", "seen", "reviewed_on"]
    list_filter = [
        "status",
        "local_networks__centre",
        "kind",
        "tier",
        "topics",
        ("reviewed_on", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["home"]
    search_fields = ["search_fi", "search_sv", "search_en"]
    searches_folded = True
    name_keys = ("sort",)
    prepopulated_fields = {"slug": ["name_fi"]}

    @admin.display(description=_("name"), ordering="sort_fi")
    def title(self, network):
        return network.name

    @admin.display(description=_("home"), ordering="home")
    def keeper(self, network):
        return network.home and network.home.municipality

    def get_queryset(self, request):
        local = LocalNetwork.objects.select_related("centre")
        return super().get_queryset(request).prefetch_related(Prefetch("local_networks", local))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Services are too many for boxes to tick: they are found by typing."""
        if db_field.name == "services":
            readable = visible(rights_of(request.user), db_field.related_model)
            kwargs["queryset"] = db_field.related_model.objects.filter(readable)
            kwargs["widget"] = RowsSelect(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def in_need(self, need, measure):
        """Its links are rows of their own, and stand on its form."""
        return super().in_need(need, measure) | broken_links_beside(need, measure)

    def rows_in_need(self, request, need, measure):
        return super().rows_in_need(request, need, measure).prefetch_related("links")

    def choice_label(self, row):
        """With the centre that keeps it: two centres may each have a network of one name."""
        return f"{row} ({row.home.municipality})" if row.home else str(row)

    def is_shown(self, row, today):
        """A network is on the pages of the centres where it works."""
        return row.is_public(today) and any(is_shown(each, today) for each in self._local(row))

    def _local(self, network):
        """Where it works, each knowing the network that was fetched already."""
        for each in network.local_networks.all():
            each.network = network
            yield each

    def pages_to_preview(self, request, row):
        """Its page in each centre where it works."""
        pages: Any = self.admin_site.get_model_admin(LocalNetwork)
        rows = pages.get_queryset(request).filter(network=row).order_by("centre")
        return [(each.centre.municipality, each) for each in rows]

    def get_view_on_site_url(self, obj=None):
        """The page of the one centre where readers see it; where there are several, each has its own form."""
        today = timezone.localdate()
        shown = [each for each in self._local(obj) if is_shown(each, today)] if obj else []
        return shown[0].get_absolute_url() if len(shown) == 1 else None

    def why_unseen(self, row):
        if row.is_public(timezone.localdate()) and not row.local_networks.all():
            return _(
                "Nobody sees this network yet: it works in no family centre. Open it again and add the centre "
                "under “Networks in a centre”."
            )
        return super().why_unseen(row)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Whoever may only read a network is led to their own centre's page of it, where its text can be read too."""
        row = self.get_object(request, unquote(object_id))
        if row and request.method == "GET" and not self.has_change_permission(request, row):
            pages: Any = self.admin_site.get_model_admin(LocalNetwork)
            own = list(pages.changeable(request).filter(network=row)[:2])
            if len(own) == 1:
                return redirect(pages.page("change", own[0].pk))
        return super().change_view(request, object_id, form_url, extra_context)

    def word_before(self, request, obj):
        """A text that several centres share is not changed for one of them by mistake."""
        may_change_it = obj is not None and self.has_change_permission(request, obj)
        local = list(obj.local_networks.all()) if may_change_it else []
        if not local or (obj.home and len(local) == 1):
            return ""
        return format_lazy(
            _(
                "This text is shown in these centres: {centres}. Who convenes it and how it is reached in one of them "
                "is on that centre's own row under “Networks in a centre”."
            ),
            centres=", ".join(each.centre.municipality for each in local),
        )
