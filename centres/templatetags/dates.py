"""The one place where dates and times are put into words."""

from django import template
from django.utils.dates import MONTHS, MONTHS_AP, WEEKDAYS
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
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
    """Opening intervals of a day in words: "8–12, 13–16", none of them broken, "open day and night", or "closed"."""
    if not spans:
        return _("closed")
    if any(span.whole_day for span in spans):
        return _("open day and night")
    times = ((clock_of_start(span.opens), clock(span.closes)) for span in spans)
    return format_html_join(", ", '<span class="nobreak">{}–{}</span>', times)


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
def as_today(group, date):
    """Behind the days of a `DayGroup`, which of them is today: ", today", or " (today Thursday)" when they are many."""
    if group.first_weekday == group.last_weekday:
        return ", " + _("today")
    return " (" + _("today %(weekday)s") % {"weekday": WEEKDAYS[date.weekday()]} + ")"


@register.filter
def dates(special):
    """The first and last date of a special day: "to 24.12.2026–la 26.12.2026"; one date when they are the same."""
    said = (_dated(date) for date in dict.fromkeys((special.first_day, special.last_day)))
    return format_html_join("–", "{}", ((words,) for words in said))


def _dated(date):
    """A date with its weekday, unbroken: "to 24.12.2026", "Thu 24 December 2026"."""
    weekday = date_format(date, "D")
    weekday = weekday if get_language() == "en" else weekday.lower()
    return format_html('<span class="nobreak">{} {}</span>', weekday, day(date))


@register.filter
def weekday_of(date):
    """The name of the weekday: "Wednesday"."""
    return WEEKDAYS[date.weekday()]


@register.filter
def short_day(date):
    """A date without its year: "18.11.", "18 Nov"."""
    return date_format(date, "j M" if get_language() == "en" else "j.n.")


def day_in_words(date):
    """A date that is not far off, with its weekday: "ke 18.11.", "Wed 18 Nov"."""
    weekday = date_format(date, "D")
    weekday = weekday if get_language() == "en" else weekday.lower()
    return f"{weekday} {short_day(date)}"


@register.filter
def near_day(date):
    """As `day_in_words`, unbroken."""
    return format_html('<span class="nobreak">{}</span>', day_in_words(date))


@register.filter
def month_of(date):
    """The month of a date, with its year: "December 2026"."""
    return date_format(date, "F Y")


@register.filter
def month_name(number):
    """The name of a month, 1 to 12: "December"."""
    return MONTHS[number]


@register.filter
def month_short(number):
    """The same in a few letters: "joulu", "dec", "Dec"."""
    return str(MONTHS_AP[number]).removesuffix(".")


@register.filter
def hours(occurrence):
    """From when to when an occurrence, or a row with the same words, is: "9.30–11.30"."""
    return f"{clock_of_start(occurrence.starts)}–{clock_of_start(occurrence.ends)}"
