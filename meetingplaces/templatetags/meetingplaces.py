"""Weeks and occurrences in words."""

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from calendars.occurrences import Status
from centres.languages import mark
from centres.templatetags.dates import near_day, short_day
from centres.templatetags.languages import marked, marked_field
from meetingplaces import coming

register = template.Library()


@register.filter
def name_of_weekday(number):
    """As `weekday_of` of `dates`, for 0 (Monday) to 6 (Sunday)."""
    return WEEKDAYS[number]


@register.filter
def week_dates(page):
    """From which date to which a week runs: "16.11.–22.11.2026"."""
    return _from_to(page.days[0].day, page.days[-1].day)


@register.filter
def first_to_last(row):
    """From its first day to its last: "16.11.–22.11.2026"; one day with its weekday: "ke 6.1."."""
    if row.first_day == row.last_day:
        return near_day(row.first_day)
    return _from_to(row.first_day, row.last_day)


def _from_to(first_day, last_day):
    """Two dates, each of them unbroken; the first with its year where the last has another."""
    with_year = "j M Y" if get_language() == "en" else "j.n.Y"
    first = short_day(first_day) if first_day.year == last_day.year else date_format(first_day, with_year)
    last = date_format(last_day, with_year)
    return format_html('<span class="nobreak">{}–</span><span class="nobreak">{}</span>', first, last)


@register.filter
def broken_at_slashes(address):
    """An address that may go on to the next line behind any of its slashes."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ((word,) for word in address.split("/")))


@register.simple_tag
def what_happens(occurrence):
    """What is not as usual on this date, in words: "Cancelled: the instructor is ill"; empty where nothing is."""
    said = _said(occurrence)
    because = _because(occurrence)
    return format_html(_("{what}: {reason}"), what=said, reason=because) if said and because else said


def _said(occurrence):
    status, change = occurrence.status, occurrence.change
    if status is Status.CANCELLED:
        return _("Cancelled") if change else _("Closed")
    if status is Status.GONE:
        return format_html(_("Moved to {date}"), date=near_day(occurrence.other_day))
    if status is Status.EXTRA:
        return _("Extra date")
    if status is Status.MOVED:
        return _moved(occurrence)
    return ""


def _moved(occurrence):
    if occurrence.other_day:
        return format_html(_("Moved here from {date}"), date=near_day(occurrence.other_day))
    if occurrence.starts != occurrence.session.starts or occurrence.ends != occurrence.session.ends:
        return _("Another time than usual")
    return _("Another place than usual") if occurrence.place != occurrence.session.place else ""


def _because(occurrence):
    """Why, marked with its language where it is another than the page's."""
    if occurrence.holiday:
        return occurrence.holiday
    told = occurrence.change or occurrence.closure
    return marked_field(told.key, "reason") if told and told.key.reason else ""


@register.simple_tag
def name_of(session):
    """What a session is known by: its own title where it has one, else its meeting place's name."""
    row, field = (session, "title") if session.title else (session.meeting_place, "name")
    return marked(getattr(row, field), mark(row, field, get_language()))


@register.simple_tag
def might_come(occurrence):
    """How many families might come, in words; empty where nobody told, or nobody asks."""
    number = coming.families(occurrence) if occurrence.is_on and coming.is_counted(occurrence) else 0
    words = ngettext("%(number)s family might come", "%(number)s families might come", number)
    return words % {"number": number} if number else ""


register.filter("name_of_date", coming.name_of_date)
