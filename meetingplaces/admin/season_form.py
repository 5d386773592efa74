"""The form of a season."""

from itertools import chain

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from calendars.iso_weeks import FIRST_YEAR, LAST_YEAR
from centres.admin.errors import DeskForm
from meetingplaces.models import AROUND_SEASON, SessionChange

# Of the dates that a season would leave behind so many are named.
MOST_NAMED = 10


class SeasonForm(DeskForm):
    """Takes the days that weeks have pages for, and leaves no session outside."""

    def clean(self):
        super().clean()
        for name in ("first_day", "last_day"):
            day = self.cleaned_data.get(name)
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, self.fields[name].error_messages["invalid"])
        first_day, last_day = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if self.instance.pk and first_day and last_day:
            self._refuse_to_leave_behind(first_day, last_day)
            if {"first_day", "last_day"}.intersection(self.changed_data):
                self._refuse_to_leave_dates_behind(first_day, last_day)

    def _refuse_to_leave_behind(self, first_day, last_day):
        outside = Q(valid_from__gt=last_day) | Q(valid_until__lt=first_day)
        left = self.instance.sessions.filter(outside).select_related("meeting_place").first()
        if left is None:
            return
        ends_too_early = left.valid_from and left.valid_from > last_day
        day = date_format(left.valid_from if ends_too_early else left.valid_until, "SHORT_DATE_FORMAT")
        message = (
            _("%(name)s begins on %(day)s: change that session first.")
            if ends_too_early
            else _("%(name)s ends on %(day)s: change that session first.")
        )
        self.add_error(
            "last_day" if ends_too_early else "first_day",
            message % {"name": left.meeting_place.name, "day": day},
        )

    def _refuse_to_leave_dates_behind(self, first_day, last_day):
        """Names the dates that stand by themselves, were moved or added, and would no longer be looked for."""
        left = sorted(chain(self._singles(first_day, last_day), self._made_dates(first_day, last_day)))
        message = _("These dates would be outside the season: %(dates)s. Change them first.")
        for name, days in (
            ("first_day", [each for each in left if each[0] < first_day]),
            ("last_day", [each for each in left if each[0] > last_day]),
        ):
            if days:
                named = [f"{who} {date_format(day, 'SHORT_DATE_FORMAT')}" for day, who in days[:MOST_NAMED]]
                more = [f"+ {len(days) - MOST_NAMED}"] if len(days) > MOST_NAMED else []
                self.add_error(name, message % {"dates": ", ".join(named + more)})

    def _singles(self, first_day, last_day):
        outside = Q(day__lt=first_day) | Q(day__gt=last_day)
        for session in self.instance.sessions.filter(outside).select_related("meeting_place"):
            yield session.day, session.meeting_place.name

    def _made_dates(self, first_day, last_day):
        """What was moved or added to a date too far outside, or moved from a date that is outside."""
        made = SessionChange.objects.filter(session__season=self.instance, kind__in=("moved", "extra"))
        dated = made.annotate(dated=Coalesce("to_day", "day"))
        too_far = Q(dated__lt=first_day - AROUND_SEASON) | Q(dated__gt=last_day + AROUND_SEASON)
        from_outside = Q(kind="moved") & (Q(day__lt=first_day) | Q(day__gt=last_day))
        for change in dated.filter(too_far | from_outside).select_related("session__meeting_place"):
            outside = (day for day in (change.day, change.dated) if not first_day <= day <= last_day)
            yield next(outside), change.session.meeting_place.name
