"""A week of dates, and the week of a whole season."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calendars.iso_weeks import parse, week_of
from centres.languages import held
from meetingplaces.filters import WeekFilter
from meetingplaces.fixed_week import fixed_week
from meetingplaces.models import MeetingPlace, Season
from meetingplaces.structured_data import week_data
from meetingplaces.views.common import address_of_places, public_in
from meetingplaces.week import week_page


@require_safe
def index(request):
    """This week."""
    return _week(request, week_of(timezone.localdate()))


@require_safe
def week(request, week):
    """Any week; one that there is not is told, with a way on."""
    try:
        wanted = parse(week)
    except ValueError as error:
        raise Http404(_("There is no such week.")) from error
    return _week(request, wanted)


def _week(request, wanted):
    today, language = timezone.localdate(), get_language()
    meeting_places = list(public_in(request.centre, today))
    form = WeekFilter(request.GET, request.centre, meeting_places)
    page = week_page(request.centre, meeting_places, wanted, today, language, form.narrow)
    context = {
        "page": page,
        "form": form,
        "meeting_places": meeting_places,
        "seasons": _seasons(request.centre, today),
        "today": today,
        "structured_data": week_data(page.occurrences, address_of_places(request)),
    }
    return render(request, "meetingplaces/week.html", context)


def _seasons(centre, today):
    """The seasons of `centre` that run or come, the nearest first."""
    return Season.objects.public(today).filter(centre=centre).order_by("first_day", "slug")


@require_safe
def season(request, slug):
    """The week of a whole season, by weekday: what to put on the fridge's door."""
    today, language = timezone.localdate(), get_language()
    row = _seasons(request.centre, today).select_related("centre").filter(slug=slug).first()
    if row is None:
        raise Http404(_("There is no such season."))
    meeting_places = MeetingPlace.objects.public(today).in_centre(request.centre)
    context = {
        "season": row,
        "week": fixed_week(row, meeting_places, today, language),
        "held_in": held(row, "name"),
    }
    return render(request, "meetingplaces/season.html", context)
