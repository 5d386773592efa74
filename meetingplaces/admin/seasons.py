"""The desk's page of a season: its whole timetable in one form."""

from django.contrib import admin, messages
from django.db.models import Value
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from calendars.iso_weeks import week_of
from centres.admin.base import DeskAdmin
from centres.admin.inlines import DifferentRows, TableInline
from centres.admin.scope import keeps_one_centre
from meetingplaces.admin.covering import Covering
from meetingplaces.admin.forward import Forward
from meetingplaces.admin.season_form import SeasonForm
from meetingplaces.admin.timetable import Timetable
from meetingplaces.admin.warned import MOST_NAMED, why_crossed_out
from meetingplaces.models import Season, Session
from meetingplaces.models.session import TWICE


class SessionRows(DifferentRows):
    """No session stands in a season twice."""

    field = "starts"
    message = TWICE

    def what_is_one(self, said):
        starts = said.get("starts")
        return starts and (said["meeting_place"], said["weekday"], said["day"], starts)

    def are_the_same(self, one, other):
        return one.shares_days_with(other)


class SessionInline(TableInline):
    """A line of the timetable; what a line seldom needs is on the session's own page."""

    model = Session
    formset = SessionRows
    add_text = _("Add a session")
    extra = 1
    fields = ["meeting_place", "rule", "weekday", "day", "starts", "ends"]
    autocomplete_fields = ["meeting_place"]
    show_change_link = True

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("meeting_place", "season")
        return rows.prefetch_related("changes")


@admin.register(Season)
class SeasonAdmin(Covering, Forward, Timetable, DeskAdmin):
    form = SeasonForm
    fieldsets = [
        (
            None,
            {
                "fields": ["centre", "name", "slug", ("first_day", "last_day"), "note"],
                "description": _(
                    "Sessions are held between the two days. Below is the timetable, one line for each session. A line "
                    "is open to all. That it is a group or a theme day, its ages, its languages and who visits are "
                    "said on the session's own page: save first, then choose “Change”."
                ),
            },
        ),
    ]
    inlines = [SessionInline]
    prepopulated_fields = {"slug": ["name_fi"]}
    list_display = ["__str__", "centre", "first_day", "last_day", "covers"]
    list_filter = ["centre"]
    list_select_related = ["centre"]
    search_fields = ["name_fi", "name_sv", "name_en", "slug"]

    def save_formset(self, request, form, formset, change):
        """Says which single dates, just entered, families see crossed out."""
        super().save_formset(request, form, formset, change)
        saved = [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]
        told = [words for row in saved if (words := why_crossed_out(row))]
        for words in told[:MOST_NAMED]:
            self.message_user(request, words, messages.WARNING)

    def get_view_on_site_url(self, obj=None):
        """The week of now, or the season's first or last one; none while readers would not find it."""
        today = timezone.localdate()
        if obj is None or not self.is_shown(obj, today):
            return None
        week = week_of(min(max(today, obj.first_day), obj.last_day))
        return reverse("meetingplaces:week", kwargs={"centre": obj.centre.slug, "week": week})

    @admin.display(description=_("timetable"))
    def covers(self, season):
        """The way to what is open in it."""
        words = format_html('{}<span class="visually-hidden">: {}</span>', _("What is open and when"), season)
        return format_html('<a href="{}">{}</a>', self.page("coverage", season.pk), words)

    def get_queryset(self, request):
        """With whether rows of several centres may stand beside each other."""
        return super().get_queryset(request).annotate(of_several=Value(not keeps_one_centre(request.user)))

    def choice_label(self, row):
        """With its centre, where autumns of several centres are offered."""
        return f"{row} ({row.centre.municipality})" if getattr(row, "of_several", False) else str(row)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["coverage_url"] = self.page("coverage", obj.pk) if obj else ""
        may_copy = obj is not None and self.may_copy_forward(request, obj)
        context["forward_url"] = self.page("forward", obj.pk) if may_copy else ""
        return super().render_change_form(request, context, add, change, form_url, obj)
