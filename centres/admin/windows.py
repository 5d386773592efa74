"""Age groups and themes: windows of a centre on its services."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres import needs
from centres.actions import address_copied_theme, copy_theme
from centres.admin.base import DeskAdmin
from centres.admin.breaks import PublishedForm
from centres.admin.on_site import on_the_site, upkeep
from centres.models import AgeGroup, Theme


class WindowAdmin(DeskAdmin):
    list_select_related = ["centre"]
    search_fields = ["name_fi", "name_sv", "name_en", "slug", "centre__slug"]
    prepopulated_fields = {"slug": ["name_fi"]}


@admin.register(AgeGroup)
class AgeGroupAdmin(WindowAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["centre", "name", "slug", "intro", "order"],
                "description": _("A page of everything for children of some ages. Its name is its heading."),
            },
        ),
        (
            _("Ages"),
            {
                "fields": [("from_month", "to_month")],
                "description": _(
                    "Services need no ticking: whatever is for any of these ages is on the page."
                ),
            },
        ),
    ]
    needs = needs.OF_VERSIONS
    list_display = ["__str__", "centre", "ages", "order"]
    list_filter = ["centre"]

    @admin.display(description=_("ages"), ordering="from_month")
    def ages(self, group):
        return group.ages


@admin.register(Theme)
class ThemeAdmin(WindowAdmin):
    form = PublishedForm
    fieldsets = [
        (
            None,
            {
                "fields": ["centre", "kind", "name", "slug", "intro", "icon", "order"],
                "description": _(
                    "A theme is a page on a situation in life. A compilation gathers for a purpose or a season: peer "
                    "groups, summer camps."
                ),
            },
        ),
        (
            _("What it gathers"),
            {
                "fields": ["topics", "ways"],
                "description": _(
                    "Services about any of the topics, given in any of the ways. Nothing chosen does not narrow."
                ),
            },
        ),
        on_the_site(),
        upkeep(),
    ]
    needs = [needs.ENDING, needs.ENDED, needs.STALE, needs.DRAFT, *needs.OF_VERSIONS]
    readonly_fields = ["updated_at"]
    autocomplete_fields = ["owner", "reviewed_by"]
    list_display = ["__str__", "centre", "kind", "status", "seen"]
    list_filter = ["centre", "kind", "status"]

    def copy_of(self, request, row):
        return copy_theme(theme=row)

    def address_copy(self, row):
        address_copied_theme(theme=row)
