"""A person's own calendar: the page that gives its address, and the calendar behind it."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from accounts.refusals import form_again
from centres.rights import let_in_to
from networks import calendar_keys
from networks.access import for_insiders
from networks.feeds import SINCE, feed
from networks.meetings import card_of, for_pages, meetings_of
from networks.views.meetings import CALENDAR

ACTS = {"new": calendar_keys.make_anew, "remove": calendar_keys.take_out_of_use}


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def calendars(request):
    """The address of the reader's own calendar; a POST makes a new one, or takes it out of use."""
    person = card_of(request.user)
    if request.method != "POST":
        return _page(request, person)
    act = ACTS.get(request.POST.get("act", ""))
    if person is None or act is None:
        return form_again(_page(request, person, _("Nothing was done. Press one of the buttons.")))
    act(person=person)
    address = reverse("professionals:calendars", kwargs={"centre": request.centre.slug})
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _page(request, person, wrong=""):
    token = calendar_keys.token_of(person) if person else ""
    context = {"person": person, "wrong": wrong, "feed": ""}
    if token:
        context["feed"] = reverse(
            "professionals:calendar", kwargs={"centre": request.centre.slug, "token": token}
        )
    return render(request, "networks/calendars.html", context)


@conditional_page
@require_safe
def calendar(request, token):
    """The meetings of whoever the secret `token` belongs to, in every centre that they are let in to."""
    try:
        person = calendar_keys.person_of(token)
    except calendar_keys.BadSignature:
        return _dead(_("There is no such calendar."), HTTPStatus.NOT_FOUND)
    today = timezone.localdate()
    centres = let_in_to(person.user, today).public() if person else None
    if centres is None or not centres.exists():
        page = reverse("professionals:calendars", kwargs={"centre": request.centre.slug})
        how = _("This calendar address is no longer in use. Make a new one on your own page: %s")
        return _dead(how % request.build_absolute_uri(page), HTTPStatus.GONE)
    rows = for_pages(meetings_of(person, centres, today).from_day(today - SINCE), get_language())
    document = feed(
        rows,
        name=_("My meetings: %s") % person.name,
        address=lambda row: request.build_absolute_uri(row.get_absolute_url()),
        insider=True,
    )
    response = HttpResponse(document, content_type=CALENDAR)
    patch_cache_control(response, private=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _dead(why, status):
    """For a calendar, which shows no page: one sentence."""
    return HttpResponse(f"{why}\n", content_type="text/plain; charset=utf-8", status=status)
