"""The desk's page of a duty: what is always to be done in a year, and by whom."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from annual_plan.admin.base import BearerInline, InPlan, YearFilter
from annual_plan.models import Duty, DutyHolder
from centres.admin.inlines import RowsInline
from centres.languages import column


class DutyInline(RowsInline):
    """The division of work on the form of its plan; who holds each duty is on its own page."""

    model = Duty
    add_text = _("Add a duty")
    fieldsets = [
        (
            None,
            {
                "fields": [("order", "held_by"), "task"],
                "description": _(
                    "What is always to be done in a year, apart from goals. Who does it is on the duty's own page: "
                    "save first, then choose “Change” beside the name."
                ),
            },
        ),
    ]
    readonly_fields = ["held_by"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(*HOLDERS)

    @admin.display(description=_("who does it"))
    def held_by(self, duty):
        return in_words(duty.holders.all()) if duty.pk else None


class DutyHolderInline(BearerInline):
    model = DutyHolder
    add_text = _("Add who does it")
    jump_to = _("Who does it")


HOLDERS = ["holders__network__network", "holders__organisation"]


def in_words(bearers):
    """`bearers` by name: "Koko verkosto, Posion kunta"; None where there is nobody."""
    return ", ".join(each.said for each in bearers) or None


@admin.register(Duty)
class DutyAdmin(InPlan):
    fieldsets = [
        (
            None,
            {
                "fields": ["plan", "task", "order"],
                "description": _(
                    "Something that somebody sees to all year, for example telling families what goes on. Everybody "
                    "reads it below the plan."
                ),
            },
        ),
    ]
    inlines = [DutyHolderInline]
    autocomplete_fields = ["plan"]
    list_display = ["task", "plan", "held_by", "order"]
    list_filter = ["plan__centre", YearFilter]
    list_select_related = ["plan__centre"]
    search_fields = [
        *(column("task", code) for code, _language in settings.LANGUAGES),
        "plan__centre__slug",
        "plan__year",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(*HOLDERS)

    @admin.display(description=_("who does it"))
    def held_by(self, duty):
        return in_words(duty.holders.all())
