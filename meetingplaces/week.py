"""A week of a centre's meeting places, day by day, as its page shows it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from calendars.finnish_holidays import holiday_name
from calendars.iso_weeks import Week, days, next_week, previous_week, week_of
from calendars.occurrences import Occurrence
from meetingplaces.expansion import occurrences
from meetingplaces.models import Season
from meetingplaces.paper import closeness


@dataclass(frozen=True)
class Day:
    """One date: what is on and what is off, in the order of time. `holiday` is the name of a public holiday, or ""."""

    day: date
    is_today: bool
    holiday: str
    occurrences: list[Occurrence]


@dataclass(frozen=True)
class WeekPage:
    """A week: its days, the weeks around it (None at the edge of the calendar), and the seasons that it lies in."""

    week: Week
    days: list[Day]
    previous: Week | None
    next: Week | None
    is_this_week: bool
    seasons: list[Season]

    @property
    def occurrences(self):
        return [each for day in self.days for each in day.occurrences]

    @property
    def closeness(self):
        """How close it is set on paper."""
        return closeness([day.occurrences for day in self.days])


def path_of_day(centre, day):
    """The path of `day` in its week of `centre`; of this week for a day that no calendar has."""
    try:
        where = {"centre": centre.slug, "week": week_of(day)}
    except ValueError:
        return reverse("meetingplaces:index", kwargs={"centre": centre.slug})
    return f"{reverse('meetingplaces:week', kwargs=where)}#day-{day.isoweekday()}"


def week_page(centre, meeting_places, week, today, language, narrow):
    """The `WeekPage` of `centre`; `narrow` lets through what the reader chose (`WeekFilter.narrow`)."""
    dates = days(week)
    by_day = {day: [] for day in dates}
    found = occurrences(centre, meeting_places, dates[0], dates[-1], language, also=["languages", "comings"])
    for each in narrow(found):
        by_day[each.day].append(each)
    return WeekPage(
        week=week,
        days=[Day(day, day == today, holiday_name(day, language), by_day[day]) for day in dates],
        previous=previous_week(week),
        next=next_week(week),
        is_this_week=week == week_of(today),
        seasons=list(Season.objects.filter(centre=centre).touching(dates[0], dates[-1])),
    )
