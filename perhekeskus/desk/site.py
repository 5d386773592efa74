"""The admin site: its name, who may come in, and what lies on top."""

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.second_factor import has_second_factor, sign_in_first

# What is put right most often comes first; what is not named here follows by name.
ROOMS = ["services", "meetingplaces", "networks", "annual_plan", "centres", "accounts"]
TABLES = [
    *("Offering", "Service", "Contact", "ServicePoint", "Provision"),
    *("AccessRequest", "LocalNetwork", "Network", "Meeting", "Professional"),
    *("Plan", "PlanItem", "Duty"),
    "FamilyCentre",
]


def in_order(rows, key, order):
    """`rows` (dictionaries) by their `key`: as in `order`, then the others as they come."""
    return sorted(rows, key=lambda row: order.index(row[key]) if row[key] in order else len(order))


def nothing_here(request, rest):
    raise Http404("The desk leads to pages of the site by their own addresses.")


class RowChoices(AutocompleteJsonView):
    """What is found as one types, called as on the form; who is to keep a row, among what the user keeps."""

    def get_queryset(self):
        # `centres` is imported once the site is there (see `each_context`).
        from centres.rights import changeable, keeper_fields, rights_of  # noqa: PLC0415

        rows = super().get_queryset()
        if self.source_field.name in keeper_fields(self.source_field.model):
            rows = rows.filter(changeable(rights_of(self.request.user), rows.model))
        return rows

    def serialize_result(self, obj, to_field_name):
        text = self.model_admin.choice_label(obj)  # type: ignore[attr-defined]
        return super().serialize_result(obj, to_field_name) | {"text": text}


class Desk(AdminSite):
    """The one admin site of the portal."""

    site_header = _("Family centre desk")
    site_title = _("Family centre desk")
    index_title = _("What would you like to put right?")
    # In the language of the desk.
    site_url = reverse_lazy("choose_centre")  # type: ignore[assignment]
    # `admin/index.html` lists the tables of one room as well; this is the front page alone.
    index_template = "admin/desk.html"

    def has_permission(self, request):
        return super().has_permission(request) and has_second_factor(request)

    def login(self, request, extra_context=None):
        """Leads to the one sign-in page, or whoever is signed in already to what they lack."""
        return sign_in_first(request)

    def password_change(self, request, extra_context=None):
        """Leads to the one page where passwords are changed, which is throttled."""
        return redirect("account_change_password")

    def kinds(self):
        """The ModelAdmin of every table, in the order of the front page."""
        named = [{"name": pages.opts.object_name, "pages": pages} for pages in self._registry.values()]
        return [each["pages"] for each in in_order(named, "name", TABLES)]

    def get_app_list(self, request, app_label=None):
        rooms = super().get_app_list(request, app_label)
        for room in rooms:
            room["models"] = in_order(room["models"], "object_name", TABLES)
        return in_order(rooms, "app_label", ROOMS)

    def get_urls(self):
        """With the links that lead nowhere, and the judge of what is being typed."""
        from centres.admin.checks import check  # noqa: PLC0415 -- as in each_context

        return [
            path(
                "r/<path:rest>", self.admin_view(nothing_here)
            ),  # would tell of rows that are not the reader's
            path("linkit/", self.admin_view(self.links), name="links"),
            path("check/<slug:name>/", self.admin_view(check), name="check"),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        """What needs somebody today comes before the list of all tables."""
        # These know every room, which this site must be there before.
        from perhekeskus.desk import front, recent  # noqa: PLC0415

        extra_context = {
            "tasks": front.tasks(self.kinds(), request, timezone.localdate()),
            "doors": list(front.doors(self, request)),
            "side_doors": list(front.side_doors(self, request)),
            "finding": front.finding(self, request),
            "recent": recent.changed_last(self, request.user),
        } | (extra_context or {})
        return super().index(request, extra_context)

    def links(self, request):
        """The links that lead nowhere."""
        from perhekeskus.desk.links import links  # noqa: PLC0415

        return links(self, request)

    def each_context(self, request):
        """With the way to the site: for whoever belongs to one family centre, straight there."""
        # As it is imported, `centres.admin` registers its pages with this site, which must be there by then.
        from centres.admin.scope import only_centre  # noqa: PLC0415

        context = super().each_context(request)
        centre = only_centre(request.user) if context["has_permission"] else None
        if centre and centre.is_public(timezone.localdate()):
            context["site_url"] = centre.get_absolute_url()
        return context

    def autocomplete_view(self, request):
        return RowChoices.as_view(admin_site=self)(request)
