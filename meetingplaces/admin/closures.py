"""The desk's page of a closure."""

from datetime import date, timedelta

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from calendars.iso_weeks import FIRST_YEAR, LAST_YEAR
from calendars.occurrences import MOST_DAYS
from centres.admin.base import DeskAdmin
from centres.admin.errors import DeskForm
from centres.templatetags.dates import near_day
from meetingplaces.expansion import occurrences
from meetingplaces.models import Closure, MeetingPlace, SessionChange
from meetingplaces.templatetags.meetingplaces import name_of
from meetingplaces.week import path_of_day

# Of dates that stay open so many are named.
MOST_NAMED = 10
# The days that weeks have pages for.
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


def held_anyway(centre, meeting_place, first_day, last_day, *, school_holiday, today):
    """The changes by which something is held on days of a closure, from the date `today` on: moved there, or added."""
    made = SessionChange.objects.filter(
        kind__in=(SessionChange.Kind.MOVED, SessionChange.Kind.EXTRA),
        session__meeting_place__centre=centre,
    )
    if meeting_place:
        made = made.filter(session__meeting_place=meeting_place)
    if school_holiday:
        made = made.filter(session__follows_schools=True)
    dated = made.annotate(dated=Coalesce("to_day", "day"))
    on_these = dated.filter(dated__range=(max(first_day, today), last_day))
    return on_these.select_related("session__meeting_place").order_by("dated", "pk")


def off_by(closure, today):
    """How many sessions that families see are off by `closure`; of a very long one, in its first 400 days."""
    first_day = min(max(closure.first_day, FIRST_DAY), LAST_DAY)
    last_day = min(closure.last_day, LAST_DAY, first_day + timedelta(days=MOST_DAYS - 1))
    meeting_places = MeetingPlace.objects.public(today).in_centre(closure.centre).values("pk")
    found = occurrences(closure.centre, meeting_places, first_day, last_day, get_language())
    return sum(each.closure is not None and each.closure.key == closure for each in found)


def link_to(change):
    """The way to cancel what `change` moved to a date, or added on it."""
    url = reverse("admin:meetingplaces_session_cancel", args=[change.session_id, change.day.isoformat()])
    return format_html('<a href="{}">{} {}</a>', url, name_of(change.session), near_day(change.dated))


class ClosureForm(DeskForm):
    """Asks once whether what was moved to its days, or added on them, is held all the same."""

    held_anyway = forms.BooleanField(
        label=_("These are held all the same"),
        required=False,
        # A box to tick once there is something to ask.
        widget=forms.HiddenInput,
        help_text=_("What is off too is cancelled by its link."),
    )

    def clean(self):
        super().clean()
        deciding = {"centre", "meeting_place", "first_day", "last_day", "school_holiday"}
        if not deciding.intersection(self.changed_data) or deciding - self.cleaned_data.keys():
            return
        held = list(self._held_anyway())
        if held:
            self.fields["held_anyway"].widget = forms.CheckboxInput()
            if not self.cleaned_data["held_anyway"]:
                self.add_error("held_anyway", self._question(held))

    def _held_anyway(self):
        said = self.cleaned_data
        return held_anyway(
            said["centre"],
            said["meeting_place"],
            said["first_day"],
            said["last_day"],
            school_holiday=said["school_holiday"],
            today=timezone.localdate(),
        )

    def _question(self, held):
        named = format_html_join(", ", "{}", ((link_to(change),) for change in held[:MOST_NAMED]))
        more = f" + {len(held) - MOST_NAMED}" if len(held) > MOST_NAMED else ""
        words = _(
            "The closure does not close what was moved to its days or added on them. Cancel that too if nobody is "
            "there, or tick that it is held: {dates}"
        )
        return format_html(str(words), dates=format_html("{}{}", named, more))


@admin.register(Closure)
class ClosureAdmin(DeskAdmin):
    form = ClosureForm
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "centre",
                    "meeting_place",
                    ("first_day", "last_day"),
                    "reason",
                    "school_holiday",
                    "held_anyway",
                ],
                "description": _(
                    "Days on which sessions are off: families see them crossed out, with the reason. Public holidays "
                    "need not be entered; school holidays must, for no calendar knows them."
                ),
            },
        ),
    ]
    autocomplete_fields = ["meeting_place"]
    list_display = ["__str__", "centre", "meeting_place", "first_day", "last_day", "school_holiday"]
    list_filter = ["centre", "school_holiday"]
    list_select_related = ["centre", "meeting_place"]
    search_fields = ["reason_fi", "reason_sv", "reason_en"]

    def tell_what_families_see(self, request, obj):
        """Says how many sessions it closes, and where families see that."""
        if IS_POPUP_VAR in request.POST:
            return
        today = timezone.localdate()
        number = off_by(obj, today)
        if not number:
            none = _("No meeting place has a session on these days, or another closure closes them already.")
            self.message_user(request, none, messages.WARNING)
            return
        closes = ngettext("It closes %(n)s session.", "It closes %(n)s sessions.", number) % {"n": number}
        day = min(max(today, obj.first_day), obj.last_day, LAST_DAY)
        page = path_of_day(obj.centre, day)
        link = format_html('{} <a href="{}">{}</a>', closes, page, _("Look at the page"))
        self.message_user(request, link, messages.SUCCESS)
