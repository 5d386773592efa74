"""Areas and their family centres, with what each calls its levels and how it does its tasks."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin
from centres.admin.by_language import HEADINGS
from centres.admin.errors import DeskForm
from centres.admin.inlines import RowsInline
from centres.languages import FINNISH
from centres.models import Area, FamilyCentre, Level, LevelName, LocalTask


class FamilyCentreForm(DeskForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=[(code, HEADINGS[code]) for code, _name in settings.LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        initial=[FINNISH],
        help_text=_("In which the centre publishes. Finnish is always there."),
    )

    def clean_languages(self):
        """The chosen codes in the portal's own order, Finnish always among them."""
        chosen = {FINNISH, *self.cleaned_data["languages"]}
        return [code for code, _name in settings.LANGUAGES if code in chosen]


class LevelNameInline(RowsInline):
    model = LevelName
    max_num = len(Level)
    add_text = _("Add a name of a level")
    fieldsets = [(None, {"fields": [("level", "name"), "intro"]})]


class LocalTaskInline(RowsInline):
    model = LocalTask
    add_text = _("Add a task")
    fieldsets = [(None, {"fields": ["task", "how"]})]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("task", "centre")


@admin.register(Area)
class AreaAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug"],
                "description": _("Centres of one area share what is kept for the whole area."),
            },
        ),
    ]
    list_display = ["__str__", "slug"]
    search_fields = ["name_fi", "name_sv", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_fi"]}


@admin.register(FamilyCentre)
class FamilyCentreAdmin(DeskAdmin):
    form = FamilyCentreForm
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "municipality", "municipality_code", "area", "slug", "status", "order"],
                "description": _(
                    "Readers see the centre when it is published. Its name in addresses begins every address of the "
                    "centre: choose it once."
                ),
            },
        ),
        (
            _("Front page"),
            {
                "fields": ["intro", "notice", "accent"],
                "description": _(
                    "What a family reads first. A notice is for what changes today, not for news."
                ),
            },
        ),
        (
            _("What is a family centre"),
            {
                "fields": ["for_families", "for_professionals"],
                "description": _(
                    "Two texts of one page: one for families, in everyday words, one for professionals."
                ),
            },
        ),
        (
            _("Ways to reach the centre"),
            {
                "fields": [
                    "coordinator_email",
                    "feedback_url",
                    "ask_for_help_url",
                    "provider",
                    "statement_on",
                ],
                "description": _("Addresses that families see. Leave empty what is not in use."),
            },
        ),
        (_("Languages"), {"fields": ["languages"]}),
    ]
    inlines = [LevelNameInline, LocalTaskInline]
    list_display = ["__str__", "area", "slug", "status", "seen"]
    list_filter = ["status", "area"]
    list_select_related = ["area"]
    search_fields = ["name_fi", "name_sv", "name_en", "slug"]
    autocomplete_fields = ["provider"]
    prepopulated_fields = {"slug": ["municipality_fi"]}

    def get_readonly_fields(self, request, obj=None):
        """Every address in the centre begins with its slug: once made, it stays."""
        return ["slug"] if obj else []
