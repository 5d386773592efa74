"""The desk's page of a service in one centre."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from centres import needs
from centres.admin.base import DeskAdmin
from centres.admin.breaks import PublishedForm
from centres.admin.on_site import on_the_site, upkeep
from centres.copying import has_slug_of_copy
from centres.history.snapshots import Key
from centres.publishing import Status
from centres.rights import may_change, rights_of
from services.actions import address_copied_service, copy_service, publish_own_service
from services.admin.contacts import ContactInline, ProvisionInline
from services.admin.points import ServicePointInline
from services.admin.shared import OfTheService, ServiceOfOffering, SharedContactInline, SharedTextInline
from services.models import Offering, Proposal, Service
from services.needs import DRAFT_OF_SERVICE, UNREACHABLE


def said_once(field):
    """Leaves the choice of `field` as it is: it can be read, and not changed."""
    field.disabled = True
    field.widget.can_add_related = field.widget.can_change_related = False


@admin.register(Offering)
class OfferingAdmin(DeskAdmin):
    form = PublishedForm
    fieldsets = [
        (
            None,
            {
                "fields": ["service", "centre", "slug"],
                "description": _("A service that is there already, in one more family centre."),
            },
        ),
        on_the_site(
            guidance=_("Readers see it when both this and the service are published, between the days given.")
        ),
        (
            _("Where it differs here"),
            {
                "fields": ["name", "how_to_get"],
                # What it differs from comes first.
                "classes": ["collapse", f"after-{ServiceOfOffering.get_default_prefix()}"],
                "description": _(
                    "Leave empty what is the same as everywhere: it then stays right by itself."
                ),
            },
        ),
        upkeep(),
    ]
    needs = [UNREACHABLE, needs.ENDING, needs.ENDED, needs.STALE, needs.DRAFT, *needs.OF_VERSIONS]
    inlines = [SharedTextInline, SharedContactInline, ContactInline, ProvisionInline, ServicePointInline]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["service", "owner", "reviewed_by"]
    list_display = ["title", "centre", "status", "seen", "reviewed_on"]
    list_filter = [
        "centre",
        "status",
        "service__level",
        "service__sector",
        ("reviewed_on", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["service", "centre"]
    # Slugs are the names of centres in small letters without marks, as the words searched for are.
    search_fields = [
        *("search_fi", "search_sv", "search_en"),
        *("service__search_fi", "service__search_sv"),
        "centre__slug",
    ]
    searches_folded = True
    name_keys = ("sort", "service__sort")

    def get_fieldsets(self, request, obj=None):
        """Which service it is and where is asked first, and later seldom looked at."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        (_title, which), *others = fieldsets
        last = (_("Which service, and its address"), {"fields": which["fields"], "classes": ["collapse"]})
        return [*others, last]

    def get_inlines(self, request, obj):
        """What is shared is on the form of whoever may change it."""
        theirs = obj is not None and may_change(rights_of(request.user), obj.service)
        return [each for each in self.inlines if theirs or not issubclass(each, OfTheService)]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Which service it is, and where, is said once: both stay on the form, for constraints to look at."""
        form = super().get_form(request, obj, change=change, **kwargs)
        for name in {"service", "centre"} & set(form.base_fields) if obj else ():
            said_once(form.base_fields[name])
        return form

    def word_before(self, request, obj):
        """Whoever may not change the shared text reads it, and is told how to ask for a change."""
        if obj is None or may_change(rights_of(request.user), obj.service):
            return ""
        proposals: Any = self.admin_site.get_model_admin(Proposal)
        query = urlencode({"service": obj.service_id, "centre": obj.centre_id})
        context = {
            "service": obj.service,
            "contacts": obj.service.contacts.all(),
            "proposal_url": f"{proposals.page('add')}?{query}",
        }
        return render_to_string("admin/services/offering/shared.html", context)

    @admin.display(description=_("service"), ordering="service__sort_fi")
    def title(self, offering):
        return offering.title

    def add_service_url(self, request):
        """A service that is not there yet: one that is, is added to a centre from its own form."""
        pages: Any = self.admin_site.get_model_admin(Service)
        return pages.add_service_url(request)

    def in_need(self, need, measure):
        """A draft whose service is one too is told of the service, as one."""
        condition = super().in_need(need, measure)
        return condition & ~DRAFT_OF_SERVICE if need is needs.DRAFT else condition

    def save_related(self, request, form, formsets, change):
        """Whoever publishes what their centre alone gives means its text too: of two drafts they know one."""
        super().save_related(request, form, formsets, change)
        if "status" in form.changed_data and form.instance.status == Status.PUBLISHED:
            publish_own_service(offering=form.instance)
        # The text of its service was saved as a row of its own: what is said of it now is called as it is now.
        form.instance.service = Service.objects.get(pk=form.instance.service_id)

    def delete_view(self, request, object_id, extra_context=None):
        """Whoever is about to take away the only page of a service is told so."""
        row = self.get_object(request, unquote(object_id))
        return super().delete_view(
            request, object_id, self._left_without(request, row) | (extra_context or {})
        )

    def _left_without(self, request, row):
        """The service that would be left without any page, and where the user can delete it instead ("" if nowhere)."""
        if row is None or row.service.offerings.exclude(pk=row.pk).exists():
            return {"left_without": None, "delete_service_url": ""}
        pages: Any = self.admin_site.get_model_admin(Service)
        may_delete = pages.has_delete_permission(request, row.service)
        url = pages.page("delete", row.service_id) if may_delete else ""
        return {"left_without": row.service, "delete_service_url": url}

    def recorded_with(self, row):
        """With its service, whose text may stand on the form."""
        return [row, row.service]

    def conflict_roots(self, obj):
        """Without the service's other offerings: what another centre saves of its own stands in nobody's way."""
        return [Key.of(row) for row in self.recorded_with(obj)]

    def history_roots(self, row):
        return [*super().history_roots(row), Key.of(row.service)]

    def checked_with(self, request, rows):
        """A service that the reader keeps: its text stands on the offering's form."""
        admin: Any = self.admin_site.get_model_admin(Service)
        return list(admin.changeable(request).filter(pk__in=[row.service_id for row in rows]))

    def copy_of(self, request, row):
        """A copy of its service, which this centre alone offers."""
        if not self.admin_site.get_model_admin(Service).has_add_permission(request):
            raise PermissionDenied
        return copy_service(service=row.service, offerings=[row], home=row.centre).offerings.get()

    def address_copy(self, row):
        """With its service, whose name may have been given on the same form."""
        if has_slug_of_copy(row):
            address_copied_service(service=Service.objects.get(pk=row.service_id))
