"""The admin site: its name, who may come in, and what lies on top."""

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import SignInForm

# What is put right most often comes first; what is not named here follows by name.
ROOMS = ["services", "centres", "accounts"]
TABLES = ["Offering", "Service", "Contact", "ServicePoint", "Provision", "FamilyCentre"]


def in_order(rows, key, order):
    """`rows` (dictionaries) by their `key`: as in `order`, then the others as they come."""
    return sorted(rows, key=lambda row: order.index(row[key]) if row[key] in order else len(order))


class RowChoices(AutocompleteJsonView):
    """What is found as one types, called as on the form."""

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
    login_form = SignInForm

    def get_app_list(self, request, app_label=None):
        rooms = super().get_app_list(request, app_label)
        for room in rooms:
            room["models"] = in_order(room["models"], "object_name", TABLES)
        return in_order(rooms, "app_label", ROOMS)

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
