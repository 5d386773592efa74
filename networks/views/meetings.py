"""The meetings of a centre's networks, one meeting, and the reader's answer to it."""

from functools import wraps
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from accounts.refusals import form_again
from centres.languages import INTERFACE, held
from networks.access import for_insiders, is_insider, more_for_insiders
from networks.feeds import SINCE, feed
from networks.meeting_forms import AnswerForm, MeetingFilter
from networks.meetings import Counts, card_of, for_insiders_pages, for_pages, meetings_in
from networks.models import Attendance
from services.pages import page_of

PAGE_SIZE = 30
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@more_for_insiders
def meetings(request):
    """The coming meetings by date, filtered by what the address says; to insiders also those that are over."""
    today, language, insider = timezone.localdate(), get_language(), is_insider(request)
    past = insider and request.GET.get("when") == "past"
    rows = meetings_in(request.centre, today, insider=insider)
    rows = rows.before(today) if past else rows.from_day(today)
    form = MeetingFilter(request.GET, Counts.of(rows, language))
    rows = for_pages(form.narrow(rows), language)
    rows = for_insiders_pages(rows, request.centre, today) if insider else rows
    page, page_is_wrong = page_of(rows, form.total, PAGE_SIZE, request.GET.get("page"))
    context = {"form": form, "page": page, "page_is_wrong": page_is_wrong, "past": past, "insider": insider}
    return render(request, "networks/meetings.html", context)


def of_one(view):
    """Gives `view` the meeting of the address. Of one that is not public others are led to sign in.

    Its address cannot be guessed, and colleagues get it by e-mail: it need not hide that there is one.
    """

    @wraps(view)
    def found(request, uuid):
        today = timezone.localdate()
        rows = meetings_in(request.centre, today, insider=True)
        rows = for_insiders_pages(for_pages(rows, get_language()), request.centre, today)
        row = get_object_or_404(rows, uuid=uuid)
        guarded = more_for_insiders(view) if row.is_public else for_insiders(view)
        return guarded(request, row)

    return found


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request, uuid):
    """One meeting; a POST is the reader's answer to it."""
    return (answer if request.method == "POST" else one_meeting)(request, uuid)


@of_one
def one_meeting(request, row):
    """The page of a meeting."""
    return _page(request, row)


def _page(request, row, wrong=""):
    """The page of the meeting `row`, saying what is `wrong` with the answer sent to it."""
    insider = is_insider(request)
    person = card_of(request.user, row) if insider else None
    context = {
        "meeting": row,
        "local": row.local_network,
        "insider": insider,
        "person": person,
        "may_answer": person is not None and _why_not(row) == "",
        "wrong": wrong,
    }
    if not insider:
        context["held_in"] = held(row, "topic") or INTERFACE
    return render(request, "networks/meeting.html", context)


def _why_not(row):
    """Why nobody need answer any more; empty while one may."""
    if row.is_cancelled:
        return _("This meeting is cancelled: there is nothing to answer.")
    if row.ends_at <= timezone.now():
        return _("This meeting is over: there is nothing to answer.")
    return ""


@for_insiders
@of_one
def answer(request, row):
    """Keeps what the reader says about coming, and leads back to the page; it may be changed as often as one likes."""
    form, person = AnswerForm(request.POST), card_of(request.user)
    if person is None:
        wrong, status = (
            _("You have no card here yet, so nobody would know who is coming."),
            HTTPStatus.CONFLICT,
        )
    elif wrong := _why_not(row):
        status = HTTPStatus.CONFLICT
    elif not form.is_valid():
        wrong, status = _("Choose whether you are coming or not."), HTTPStatus.BAD_REQUEST
    else:
        Attendance.objects.update_or_create(
            meeting=row, professional=person, defaults={"answer": form.cleaned_data["answer"]}
        )
        return HttpResponseRedirect(f"{row.get_absolute_url()}#answer", status=HTTPStatus.SEE_OTHER)
    return form_again(_page(request, row, wrong), status)


@require_safe
@of_one
def meeting_calendar(request, row):
    """One meeting for a calendar, as a file; the remote link only for insiders."""
    return _calendar(request, [row], row.local_network.title, insider=is_insider(request))


@conditional_page
@require_safe
def calendar(request):
    """The public meetings of the centre for a calendar that subscribes to them."""
    today = timezone.localdate()
    rows = meetings_in(request.centre, today, insider=False).from_day(today - SINCE)
    name = _("Networks: %s") % request.centre.name
    return _calendar(request, for_pages(rows, get_language()), name, insider=False)


def _calendar(request, rows, name, *, insider):
    def address(row):
        return request.build_absolute_uri(row.get_absolute_url())

    return HttpResponse(feed(rows, name=name, address=address, insider=insider), content_type=CALENDAR)
