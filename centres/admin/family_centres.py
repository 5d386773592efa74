"""Areas and their family centres, with what each calls its levels and how it does its tasks."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres import needs
from centres.admin.base import DeskAdmin
from centres.admin.by_language import HEADINGS
from centres.admin.errors import DeskForm
from centres.admin.identity import Identity
from centres.admin.inlines import RowsInline
from centres.admin.pictures import PictureForm
from centres.languages import FINNISH
from centres.models import Area, FamilyCentre, Level, LevelName, LocalTask

SAID_BY_ADMINISTRATORS = ["municipality_code", "area", "status", "order"]


class FamilyCentreForm(PictureForm, DeskForm):
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
class FamilyCentreAdmin(Identity, DeskAdmin):
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
                "fields": ["intro", "notice", ("notice_from", "notice_until"), "notice_now"],
                "description": _(
                    "What a family reads first. A notice is for what changes today, not for news: give it a last day, "
                    "and it goes by itself."
                ),
            },
        ),
        (
            _("Colour and logo"),
            {
                "fields": ["accent", "logo", "picture_now", "logo_alt"],
                "description": _(
                    "Every colour is tested to be read easily, in daylight and in the dark. "
                    "A logo stands in the place of the portal's own mark."
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
    needs = [needs.LINKS, needs.NOBODY_TO_WRITE_TO, needs.DRAFT, *needs.OF_VERSIONS]
    inlines = [LevelNameInline, LocalTaskInline]
    list_display = ["__str__", "area", "slug", "status", "seen"]
    list_filter = ["status", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["area"]
    search_fields = ["name_fi", "name_sv", "name_en", "slug"]
    autocomplete_fields = ["provider"]
    prepopulated_fields = {"slug": ["municipality_fi"]}

    def get_readonly_fields(self, request, obj=None):
        """Every address in the centre begins with its slug: once made, it stays. What it is, administrators say."""
        said = ["notice_now", "picture_now"]
        if obj is None:
            return said
        return [*said, "slug", *([] if request.user.is_superuser else SAID_BY_ADMINISTRATORS)]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and request.user.is_superuser
