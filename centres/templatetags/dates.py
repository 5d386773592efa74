"""The one place where dates and times are put into words."""

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def clock(time):
    """A time as it is said: "16" or "16.30" in Finnish and Swedish, "16:00" in English; midnight is 24."""
    is_midnight_end = time.hour == 0 and time.minute == 0
    if get_language() == "en":
        return "24:00" if is_midnight_end else f"{time:%H:%M}"
    hour = 24 if is_midnight_end else time.hour
    return f"{hour}.{time.minute:02d}" if time.minute else str(hour)


@register.filter
def intervals(spans):
    """Opening intervals of a day in words: "8–12, 13–16", "open day and night", or "closed"."""
    if not spans:
        return _("closed")
    if any(span.whole_day for span in spans):
        return _("open day and night")
    return ", ".join(f"{clock_of_start(span.opens)}–{clock(span.closes)}" for span in spans)


def clock_of_start(time):
    """As `clock`, but a day that opens at midnight opens at 0."""
    if time.hour or time.minute:
        return clock(time)
    return "00:00" if get_language() == "en" else "0"


@register.filter
def day(date):
    """A date with its year: "24.12.2026", "24 December 2026"."""
    return date_format(date, "DATE_FORMAT" if get_language() == "en" else "SHORT_DATE_FORMAT")


@register.filter
def weekdays(group):
    """The days of a `DayGroup`: "Monday–Friday", "Saturday"."""
    return "–".join(
        str(WEEKDAYS[number]) for number in dict.fromkeys((group.first_weekday, group.last_weekday))
    )


@register.filter
def dates(special):
    """The first and last date of a special day: "24.12.2026–26.12.2026"; one date when they are the same."""
    return "–".join(day(date) for date in dict.fromkeys((special.first_day, special.last_day)))
