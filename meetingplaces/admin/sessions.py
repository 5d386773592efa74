"""The desk's page of a session, with what is different on single dates."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin
from centres.admin.inlines import DifferentRows, RowsInline
from centres.admin.on_site import is_shown
from meetingplaces.admin.coming_dates import ComingDates
from meetingplaces.admin.warned import clashes_of, why_crossed_out
from meetingplaces.models import Season, Session, SessionChange


class SeasonFilter(admin.RelatedFieldListFilter):
    """Offers the seasons of the reader's own centres, called as where one is chosen for a session."""

    def field_choices(self, field, request, model_admin):
        seasons = model_admin.admin_site.get_model_admin(Season)
        return [(row.pk, seasons.choice_label(row)) for row in seasons.get_queryset(request)]


class ChangeRows(DifferentRows):
    """A date is changed once."""

    field = "day"
    message = _("This date of the session has a change already.")

    def what_is_one(self, said):
        return said.get("day")


class SessionChangeInline(RowsInline):
    model = SessionChange
    formset = ChangeRows
    add_text = _("Add a change of a date")
    jump_to = _("changes of dates")
    autocomplete_fields = ["place"]
    fieldsets = [
        (
            None,
            {"fields": [("day", "kind"), "reason", ("to_day", "starts", "ends"), "place", "note"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("place")


@admin.register(Session)
class SessionAdmin(ComingDates, DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("meeting_place", "season"),
                    "kind",
                    ("rule", "weekday", "day"),
                    ("starts", "ends"),
                    ("valid_from", "valid_until"),
                    ("follows_schools", "on_public_holidays"),
                ],
                "description": _(
                    "A line of the timetable. What is different on a single date is entered below: families see it at "
                    "once, with the reason."
                ),
            },
        ),
        (
            _("Its own name, and what families are told"),
            {"fields": ["title", "visitor", "note", "how_to_join"]},
        ),
        (
            _("Where it differs from the meeting place"),
            {
                "fields": [
                    ("from_month", "to_month"),
                    "place",
                    "co_host",
                    ("capacity", "needs_registration"),
                    "languages",
                ],
            },
        ),
    ]
    inlines = [SessionChangeInline]
    autocomplete_fields = ["meeting_place", "season", "place", "co_host"]
    list_display = ["__str__", "season", "kind"]
    list_filter = ["meeting_place__centre", ("season", SeasonFilter), "kind", "weekday"]
    list_select_related = ["meeting_place__centre", "season"]
    search_fields = ["meeting_place__search_fi", "meeting_place__search_sv", "meeting_place__slug"]
    searches_folded = True

    def is_shown(self, row, today):
        """A session is seen on the pages of its meeting place."""
        return is_shown(row.meeting_place, today)

    def tell_what_families_see(self, request, obj):
        """With what nobody would see before families do: a date crossed out, and a place given to two at once."""
        super().tell_what_families_see(request, obj)
        row = self.get_queryset(request).filter(pk=obj.pk).first()
        if row is None or IS_POPUP_VAR in request.POST:
            return
        for words in (why_crossed_out(row), *clashes_of(row)):
            if words:
                self.message_user(request, words, messages.WARNING)

    def get_view_on_site_url(self, obj=None):
        return obj and super().get_view_on_site_url(obj.meeting_place)
