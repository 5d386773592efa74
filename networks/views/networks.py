"""The networks of a centre: all of them, one, and who steers whom."""

from itertools import groupby

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centres.discretion import discreet, render_page
from centres.languages import held
from centres.terms import Terms
from networks.access import is_insider, kept_private, more_for_insiders
from networks.detail import detail_of
from networks.drawing import MOST_BOXES, across, indented
from networks.filters import KINDS, NetworkFilter
from networks.meetings import next_meetings
from networks.models import LocalNetwork
from networks.steering import steering_of
from services.pages import page_of

# All that a centre has stand on one page, kind by kind.
PAGE_SIZE = 48
# What is fetched with the row of one page, also for a look beforehand.
DETAIL_ROWS = ("centre", "network__reviewed_by", "reviewed_by", "convener")


def public_in(centre, today):
    """The networks of `centre` that readers may see on the date `today`, in its own order."""
    return LocalNetwork.objects.public(today).in_centre(centre).order_by("order", "slug")


@require_safe
@more_for_insiders
def index(request):
    """The networks of the centre, filtered by what the address says."""
    today, language = timezone.localdate(), get_language()
    form = NetworkFilter(request.GET, request.centre, today)
    rows = form.narrow(public_in(request.centre, today))
    ordered = form.in_order(rows, language).for_list(language)
    page, page_is_wrong = page_of(ordered, rows.count(), PAGE_SIZE, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "groups": _by_kind(page, named="q" not in form.chosen),
        "page_is_wrong": page_is_wrong,
        "sensitive": form.is_sensitive,
        "insider": is_insider(request),
    }
    response = render_page(request, "networks/index.html", context)
    # What somebody types says more of them than what they choose.
    return discreet(response) if "q" in request.GET else response


def _by_kind(page, *, named):
    """The rows of `page` by what they are: pairs of a heading and the rows; unnamed, all in one."""
    if not named:
        return [("", list(page))]
    return [(KINDS[kind], list(rows)) for kind, rows in groupby(page, lambda row: row.network.kind)]


@require_safe
def structure(request):
    """Who steers whom, as a picture and as a list."""
    steering = steering_of(request.centre, timezone.localdate(), get_language())
    standings, boxes = steering.standings, steering.boxes
    is_drawn = 0 < len(standings) <= MOST_BOXES
    context = {
        "steered": [(boxes[each.key], each.depth) for each in standings],
        "narrow": indented(standings, boxes) if is_drawn else None,
        "wide": across(standings, boxes) if is_drawn else None,
    }
    return render_page(request, "networks/structure.html", context)


@require_safe
def detail(request, slug):
    """One network."""
    rows = public_in(request.centre, timezone.localdate())
    return detail_page(request, get_object_or_404(rows.select_related(*DETAIL_ROWS), slug=slug))


def detail_page(request, row):
    """The page of the local network `row`, fetched with DETAIL_ROWS, also for a look beforehand."""
    today, language = timezone.localdate(), get_language()
    insider = is_insider(request)
    steering = steering_of(request.centre, today, language)
    about = detail_of(row, steering, today, language, with_people=insider)
    context = {
        "local": row,
        "network": row.network,
        "detail": about,
        "insider": insider,
        "meetings": next_meetings(row, today, insider=insider),
        "terms": Terms(lambda: steering.terms, row.get_absolute_url()),
        "sensitive": about.sensitive,
        "held_in": held(row.network, "name", "summary"),
    }
    response = render_page(request, "networks/detail.html", context)
    return kept_private(response) if insider else response
