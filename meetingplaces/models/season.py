"""A season: from when to when sessions are held as they stand."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendars.iso_weeks import FIRST_YEAR, LAST_YEAR
from centres.choices import in_finnish
from centres.models import InCentre, InCentreManager
from meetingplaces.models.meeting_place import MeetingPlace

# A calendar feed gives the dates of a season one by one.
MOST_DAYS = timedelta(days=366)
# How far outside its season a date may be moved or added: further away nobody looks for it.
AROUND_SEASON = timedelta(days=15)


class SeasonQuerySet(models.QuerySet):
    def touching(self, first_day, last_day):
        """Seasons that have a day from `first_day` to `last_day`, both included."""
        return self.filter(first_day__lte=last_day, last_day__gte=first_day)

    def public(self, today):
        """Seasons with a page on the date `today`: not over, and something that readers may see is held in them."""
        seen = MeetingPlace.objects.public(today)
        return self.filter(last_day__gte=today, sessions__meeting_place__in=seen).distinct()


class Season(InCentre):
    """Autumn 2026, spring 2027: a centre's sessions are entered season by season."""

    name = models.CharField(_("name"), max_length=60, help_text=_("For example: autumn 2026."))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    note = models.CharField(
        _("note"), max_length=250, blank=True, default="", help_text=_("Shown above the week.")
    )

    objects = InCentreManager.from_queryset(SeasonQuerySet)()

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["centre", "-first_day", "slug"]
        constraints = [
            *InCentre.Meta.constraints,
            in_finnish("name"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="season_forwards",
                violation_error_message=_("The season cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(first_day__year__gte=FIRST_YEAR, last_day__year__lte=LAST_YEAR),
                name="season_on_the_calendar",
                violation_error_message=_("Give days from 2000 to 2099."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__lte=F("first_day") + MOST_DAYS),
                name="season_within_a_year",
                violation_error_message=_("A season lasts a year at most."),
            ),
        ]

    def __str__(self):
        """Its name, with its year where the name does not tell it: each year has an autumn."""
        years = {str(day.year) for day in (self.first_day, self.last_day)}
        return self.name if any(year in self.name for year in years) else f"{self.name} {self.first_day.year}"
