"""One meeting place, and the tap of a family that might come there."""

from datetime import date, timedelta
from http import HTTPStatus

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from calendars.occurrences import MOST_DAYS, occurrences
from centres.discretion import render_page
from centres.languages import held
from centres.same_origin import guarded_by_origin
from centres.templatetags.dates import day_in_words
from meetingplaces import coming, throttle
from meetingplaces.expansion import closures_of, held_between, on_calendar
from meetingplaces.structured_data import series_data
from meetingplaces.views.common import address_of_places, public_in

NEXT_DATES = 5
# What is off is told on the way to the next dates; a long closure need not be told day by day.
MOST_OFF = 4


@require_safe
def detail(request, slug):
    """One meeting place: what it is, its next dates, and its season."""
    public = public_in(request.centre, timezone.localdate()).select_related(
        "offering__service", "reviewed_by"
    )
    return detail_page(request, get_object_or_404(public, slug=slug))


def detail_page(request, row):
    """The page of the meeting place `row`, fetched with what stands on it, also for a look beforehand.

    After a tap it says what became of it.
    """
    now, language = timezone.localtime(), get_language()
    today, sensitive = now.date(), row.is_sensitive()
    last_day = today + timedelta(days=MOST_DAYS - 1)
    sessions = on_calendar(held_between([row], today, last_day).prefetch_related("comings", "languages"))
    dates = occurrences(sessions, closures_of(request.centre, today, last_day), today, last_day, language)
    shown = _next(each for each in dates if each.end > now)
    held_ones = [each for each in shown if each.is_on]
    co_organisers = list(row.co_organisers.all())
    # Not on a page without a referrer: a tap would seem to come from nowhere (`centres.same_origin`).
    may_ask = not sensitive and not getattr(request, "preview", None)
    told, tapped = _what_became_of_the_tap(request, held_ones)
    context = {
        "meeting_place": row,
        "co_organisers": co_organisers,
        "offering": row.offering if row.offering_id and row.offering.is_public(today) else None,
        "next_dates": shown,
        "just_come": bool(held_ones) and not any(each.session.key.asks_to_register for each in held_ones),
        "asked": [each for each in held_ones if may_ask and coming.is_asked(each, now)],
        "full": [each for each in held_ones if may_ask and coming.is_counted(each) and coming.is_full(each)],
        "told": told,
        "tapped": tapped,
        "structured_data": series_data(
            row, [row.organiser, *co_organisers], dates, held_ones, address_of_places(request)
        ),
        "seasons": _by_season(sessions, today),
        "sensitive": sensitive,
        "held_in": held(row, "name", "summary"),
        "page_picture": row.photo.url if row.photo else "",
    }
    response = render_page(request, "meetingplaces/detail.html", context)
    if told:
        patch_cache_control(response, no_store=True)
    return response


def _next(coming_ones):
    """The first NEXT_DATES that are on, and the first MOST_OFF of those that are off among them."""
    shown, on, off = [], 0, 0
    for each in coming_ones:
        on, off = on + each.is_on, off + (not each.is_on)
        if each.is_on or off <= MOST_OFF:
            shown.append(each)
        if on == NEXT_DATES:
            break
    return shown


def _what_became_of_the_tap(request, dates):
    """What the page says after a tap, and the tapped date, by the address: no cookie could carry them there."""
    became = request.GET.get("tap")
    tapped = next((each for each in dates if coming.name_of_date(each) == request.GET.get("date")), None)
    if tapped is None or became not in (throttle.Tap.FIRST.value, throttle.Tap.AGAIN.value):
        return "", None
    day = day_in_words(tapped.day)
    if became == throttle.Tap.FIRST.value:
        return _("Thank you! You might come on %(day)s: the organiser knows it now.") % {"day": day}, tapped
    words = _(
        "The tap for %(day)s is counted already. From the same network only one is counted for a date. Welcome!"
    )
    return words % {"day": day}, tapped


def _by_season(sessions, today):
    """The rows of `sessions` by season, those of the nearest season first, each in the order of the week.

    Single dates stand last. What has no date any more from `today` is left out.
    """
    seasons = {}
    for each in sorted(sessions, key=lambda one: (one.key.day or date.min, one.key.weekday or 0, one.starts)):
        if any(each.days(today, each.last_day)):
            seasons.setdefault(each.key.season, []).append(each.key)
    return sorted(seasons.items(), key=lambda pair: pair[0].first_day)


def _not_counted(request, slug, why, status, occurrence=None):
    """Says `why` a tap was not counted, with the way back."""
    context = {"slug": slug, "why": why, "occurrence": occurrence, "held_in": ()}
    return render(request, "meetingplaces/not_counted.html", context, status=status)


def _from_elsewhere(request, slug):
    why = _(
        "The tap did not come from our page, or your browser does not say that it did. "
        "It does not keep you from coming."
    )
    return _not_counted(request, slug, why, HTTPStatus.FORBIDDEN)


@guarded_by_origin(refused=_from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def we_might_come(request, slug):
    """A tap: one family more might come to one date. Leads back to the page, which says what became of it."""
    now = timezone.localtime()
    row = get_object_or_404(public_in(request.centre, now.date()), slug=slug)
    page = reverse("meetingplaces:detail", kwargs={"centre": request.centre.slug, "slug": slug})
    if request.method != "POST":
        return HttpResponseRedirect(page)
    if not row.counts_families or row.is_sensitive():
        raise Http404("Nobody asks here.")
    name = request.POST.get("date", "")
    occurrence = coming.named(request.centre, row, name, get_language())
    if occurrence is None or not coming.is_counted(occurrence):
        why = _("This date is not in the programme any more. Look at the next dates.")
        return _not_counted(request, slug, why, HTTPStatus.NOT_FOUND)
    if why := coming.why_not(occurrence, now):
        return _not_counted(request, slug, why, HTTPStatus.CONFLICT, occurrence)
    tap = throttle.take(request, row, name, now)
    if tap is throttle.Tap.TOO_MANY:
        why = _(
            "Many taps have come from your network today, and no more are counted. "
            "It does not keep you from coming."
        )
        return _not_counted(request, slug, why, HTTPStatus.TOO_MANY_REQUESTS, occurrence)
    if tap is throttle.Tap.FIRST:
        coming.count(occurrence, now.date())
    return HttpResponseRedirect(
        f"{page}?{urlencode({'tap': tap.value, 'date': name})}#next", status=HTTPStatus.SEE_OTHER
    )
