"""The desk's page of a network in one centre: who convenes it there, how it is reached, who sits in it."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from centres import needs
from centres.admin.base import DeskAdmin
from centres.admin.breaks import PublishedForm
from centres.admin.on_site import on_the_site, upkeep
from centres.rights import keepers_of_area, may_change, rights_of
from centres.webfield import mailto
from networks.admin.seats import SeatInline
from networks.admin.who_sits_where import WhoSitsWhere
from networks.models import LocalNetwork, Network, Seat
from networks.needs import OF_LOCAL_NETWORKS
from networks.seating import free_seats_of_those_who_left


def _number(seats):
    """How many of `seats` a network in a centre has: in the list's own query."""
    counted = seats.filter(local_network=OuterRef("pk")).order_by().values("local_network")
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


class WithSeats(ChangeList):
    """The list, which also counts seats."""

    def get_queryset(self, request, exclude_parameters=None):
        rows = super().get_queryset(request, exclude_parameters)
        return rows.annotate(
            number_of_seats=_number(Seat.objects.all()), open_seats=_number(Seat.objects.open())
        )


@admin.register(LocalNetwork)
class LocalNetworkAdmin(WhoSitsWhere, DeskAdmin):
    form = PublishedForm
    fieldsets = [
        (
            None,
            {
                "fields": ["network", "centre", "slug"],
                "description": _("A network that is there already, in one more family centre."),
            },
        ),
        (
            _("Here"),
            {
                "fields": ["convener", "how_to_reach", "meets", ("phone", "email"), "url"],
                "description": _(
                    "Who calls it together here, how it is reached and when it meets. Everybody sees these: give the "
                    "number and address of the network, not of one person."
                ),
            },
        ),
        (
            _("Where it differs here"),
            {
                "fields": ["name", "order"],
                "description": _(
                    "Leave empty what is the same as everywhere: it then stays right by itself."
                ),
            },
        ),
        on_the_site(
            guidance=_("Readers see it when both this and the network are published, between the days given.")
        ),
        upkeep(),
    ]
    needs = [
        *(needs.LINKS, *OF_LOCAL_NETWORKS, needs.ENDING, needs.ENDED, needs.STALE, needs.DRAFT),
        *needs.OF_VERSIONS,
    ]
    inlines = [SeatInline]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["network", "convener", "owner", "reviewed_by"]
    list_display = ["title", "centre", "kind", "tier", "convener", "held", "status", "reviewed_on"]
    list_filter = [
        "centre",
        "status",
        "network__kind",
        "network__tier",
        ("convener", admin.EmptyFieldListFilter),
        ("reviewed_on", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["network", "centre", "convener"]
    # Slugs are small letters without marks, as the words searched for are.
    search_fields = [
        *("network__search_fi", "network__search_sv", "network__search_en"),
        *("slug", "convener__search_fi", "centre__slug"),
    ]
    searches_folded = True
    name_keys = ("network__sort",)
    actions = ["free_seats"]

    def get_changelist(self, request, **kwargs):
        return WithSeats

    def get_fieldsets(self, request, obj=None):
        """Which network it is and where is asked first, and later seldom looked at."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        (_title, which), *others = fieldsets
        last = (_("Which network, and its address"), {"fields": which["fields"], "classes": ["collapse"]})
        return [*others, last]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Which network it is, and where, is said once: both stay on the form, for constraints to look at."""
        form = super().get_form(request, obj, change=change, **kwargs)
        for name in {"network", "centre"} & set(form.base_fields) if obj else ():
            field = form.base_fields[name]
            field.disabled = True
            field.widget.can_add_related = field.widget.can_change_related = False
        return form

    def word_before(self, request, obj):
        """What is the same everywhere, to read: with the way to its form, or to whoever keeps it."""
        if obj is None:
            return ""
        pages: Any = self.admin_site.get_model_admin(Network)
        is_theirs = may_change(rights_of(request.user), obj.network)
        context = {
            "network": obj.network,
            "form_url": pages.page("change", obj.network_id) if is_theirs else "",
            "keepers": [] if is_theirs else keepers_of(obj.network, obj.centre),
        }
        return render_to_string("admin/networks/localnetwork/shared.html", context)

    @admin.display(description=_("network"), ordering="network__sort_fi")
    def title(self, local_network):
        return local_network.title

    @admin.display(description=_("kind"), ordering="network__kind")
    def kind(self, local_network):
        return local_network.network.get_kind_display()

    @admin.display(description=_("tier"), ordering="network__tier")
    def tier(self, local_network):
        return local_network.network.get_tier_display()

    @admin.display(description=_("seats held"), ordering=F("open_seats").desc())
    def held(self, local_network):
        """How many of its seats somebody is known to hold, of how many."""
        number = local_network.number_of_seats
        return f"{number - local_network.open_seats}/{number}"

    @admin.action(description=_("Free the seats of those who have left"), permissions=["change"])
    def free_seats(self, request, queryset):
        own = self.changeable(request).order_by().values("pk")
        rows = LocalNetwork.objects.filter(pk__in=queryset.filter(pk__in=own).values("pk"))
        self.tell_freed(request, free_seats_of_those_who_left(rows, user=request.user))

    def tell_freed(self, request, number):
        """Says how many seats were freed."""
        words = ngettext("%(n)d seat is now empty.", "%(n)d seats are now empty.", number)
        level = messages.SUCCESS if number else messages.INFO
        self.message_user(request, words % {"n": number}, level)


def keepers_of(network, centre):
    """Who keeps the text of `network`, as a coordinator of `centre` asks them: ``[(e-mail address, href)]``."""
    addresses = [network.home.coordinator_email] if network.home else keepers_of_area(centre.area_id)
    return [(each, mailto(each)) for each in addresses if each]
