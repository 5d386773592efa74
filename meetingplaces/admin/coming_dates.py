"""“The coming dates” at the desk, and the pages on which one of them is cancelled, moved, noted or as usual again.

Made for a phone in the morning: a tap on “Cancel”, a tap on the reason.
"""

from datetime import date, timedelta
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import form_again
from calendars import occurrences as calendar
from centres.admin.on_site import is_shown
from centres.admin.pages import Pages
from centres.models import FamilyCentre
from centres.reasons import in_finnish
from centres.rights import changeable, may_change, rights_of
from centres.templatetags.dates import day_in_words, hours, near_day
from meetingplaces.actions import ChangedMeanwhileError, save_change, undo_change
from meetingplaces.admin.date_forms import CancelForm, MoveForm, NoteForm
from meetingplaces.admin.warned import clash_on
from meetingplaces.coming_dates import ComingDate, coming_days
from meetingplaces.expansion import closures_of
from meetingplaces.models import SessionChange
from meetingplaces.reasons import READY
from meetingplaces.templatetags.meetingplaces import name_of, what_happens
from meetingplaces.week import path_of_day

# How many days a page shows, today included.
DAYS_SHOWN = timedelta(days=15)
FARTHEST = timedelta(days=calendar.MOST_DAYS)


class ComingDates(Pages):
    """Adds these pages to those of sessions."""

    def get_urls(self):
        own = [
            path("coming/", self._view(coming), name=self.page_name("coming")),
            path(f"{ONE_DATE}cancel/", self._view(one_date, CancelForm), name=self.page_name("cancel")),
            path(f"{ONE_DATE}move/", self._view(one_date, MoveForm), name=self.page_name("move")),
            path(f"{ONE_DATE}note/", self._view(one_date, NoteForm), name=self.page_name("note")),
            path(f"{ONE_DATE}undo/", self._view(undo), name=self.page_name("undo")),
        ]
        return [*own, *super().get_urls()]

    def _view(self, view, *args):
        def of_these_pages(request, **kwargs):
            return view(request, self, *args, **kwargs)

        return self.admin_site.admin_view(of_these_pages)

    def may_change_dates(self, request, session=None):
        """Whether the reader may change single dates: of `session`, or of any."""
        permitted = request.user.has_perm("meetingplaces.change_sessionchange")
        return permitted and (session is None or may_change(rights_of(request.user), session))


ONE_DATE = "<path:object_id>/dates/<str:day>/"


@require_safe
def coming(request, pages):
    """The dates of one centre, today and two weeks on; others by links."""
    if not pages.may_change_dates(request):
        raise PermissionDenied
    centres = list(FamilyCentre.objects.filter(changeable(rights_of(request.user), FamilyCentre)))
    chosen = [each for each in centres if each.slug == request.GET.get("centre")] or centres[:1]
    today = timezone.localdate()
    first_day = _first_day(request.GET.get("from", ""), today)
    last_day = first_day + DAYS_SHOWN - timedelta(days=1)
    context = pages.admin_site.each_context(request) | {
        "title": _("Coming dates"),
        "opts": pages.opts,
        "centres": centres if len(centres) > 1 else [],
        "centre": chosen[0] if chosen else None,
        "days": [
            day for each in chosen for day in coming_days(each, today, first_day, last_day, get_language())
        ],
        "first_day": first_day,
        "last_day": last_day,
        "earlier": max(today, first_day - DAYS_SHOWN) if first_day > today else None,
        "later": first_day + DAYS_SHOWN if first_day + DAYS_SHOWN <= today + FARTHEST else None,
    }
    return TemplateResponse(request, "admin/meetingplaces/coming_dates.html", context)


def _first_day(text, today):
    """The first day that an address asks for; today for one that no link of ours asks for."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if today <= day <= today + FARTHEST else today


def of_one_date(view):
    """Gives `view` the `ComingDate` that the address names, and the closures of that day, for whoever may change it.

    On a date on which the session is not held nothing is changed: the nearest ones are told.
    """

    @wraps(view)
    def found(request, pages, *args, object_id, day):
        session = pages.get_object(request, unquote(object_id))
        if session is None:
            return pages._get_obj_does_not_exist_redirect(request, pages.opts, object_id)  # noqa: SLF001
        if not pages.may_change_dates(request, session):
            raise PermissionDenied
        day = _day_in_reach(day)
        closures = closures_of(session.meeting_place.centre, day, day)
        one = _one_date(session, day, closures)
        if one is None:
            messages.error(request, _why_not(session, day))
            return redirect(_back_to(pages, session))
        return view(request, pages, *args, one, closures)

    return found


def _day_in_reach(text):
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if abs(day - timezone.localdate()) > FARTHEST:
        raise Http404
    return day


def _one_date(session, day, closures):
    """The date of `session` that the rule gave, or a change added, as `day`; None if it is not held then."""
    if not session.has_days:
        return None
    changes = [change.on_calendar() for change in session.changes.select_related("place")]
    found = calendar.occurrences([session.on_calendar(changes)], closures, day, day, get_language())
    return next((ComingDate(each) for each in found if each.original_day == day), None)


def _why_not(session, day):
    try:
        SessionChange(session=session, day=day).clean()
    except ValidationError as error:
        return " ".join(error.messages)
    return _("This date is as usual already.")


@of_one_date
def one_date(request, pages, form_class, one, closures):
    """A form that says what is different on the date, and says so at once on the site."""
    # Said before the form is read, which makes another change of the one that is there.
    happens, seen = what_happens(one.occurrence), one.version
    change = one.change or SessionChange(session=one.session, day=one.occurrence.original_day)
    form = form_class(request.POST if request.method == "POST" else None, instance=change)
    back = _back_to(pages, one.session, one.occurrence.original_day)
    if why_not := form.refusal():
        messages.error(request, why_not)
        return redirect(back)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _save(request, form)
        if status == HTTPStatus.OK:
            return _told(request, pages, one, closures)
    context = pages.admin_site.each_context(request) | {
        "title": _title(form_class, one),
        "opts": pages.opts,
        "one": one,
        "happens": happens,
        "seen": seen,
        "form": form,
        "ready": in_finnish(READY),
        "conflict": status == HTTPStatus.CONFLICT,
        "back": back,
    }
    response = TemplateResponse(request, "admin/meetingplaces/one_date.html", context)
    return response if status == HTTPStatus.OK else form_again(response, status)


def _title(form_class, one):
    """ "Cancel a date: Family café, Wed 18 Nov": of several open pages one knows which is which."""
    return f"{form_class.title}: {one.session.known_as}, {day_in_words(one.occurrence.day)}"


def _save(request, form):
    """Saves the change that `form` makes, and gives OK; or says in the form why it is not saved, and gives that."""
    if not form.is_valid():
        return HTTPStatus.BAD_REQUEST
    try:
        save_change(change=form.instance, seen=request.POST.get("seen", ""), user=request.user)
    except ChangedMeanwhileError:
        return HTTPStatus.CONFLICT
    except ValidationError as error:
        form.add_error(None, error.messages)
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.OK


@require_POST
@of_one_date
def undo(request, pages, one, closures):
    """The date is as usual again."""
    try:
        undo_change(
            session=one.session,
            day=one.occurrence.original_day,
            seen=request.POST.get("seen", ""),
            user=request.user,
        )
    except ChangedMeanwhileError:
        messages.warning(
            request, _("Somebody else has changed this date meanwhile. Look at it first: nothing was done.")
        )
        return redirect(_back_to(pages, one.session, one.occurrence.original_day))
    return _told(request, pages, one, closures)


def _told(request, pages, before, closures):
    """Back to the coming dates, saying what became of the date `before`, where families see it, and a way back."""
    session, day = before.session, before.occurrence.original_day
    now = _one_date(session, day, closures)
    today = timezone.localdate()
    shown = is_shown(session.meeting_place, today)
    parts = {
        "what": (what := _in_words(now or before, is_there=now is not None)),
        # It may end with a date, "to Fri 11.12.", or with a sentence that somebody wrote.
        "stop": "" if strip_tags(what).endswith((".", "!", "?")) else ".",
        "seen": _("Families see it at once.") if shown else _("Families do not see this now."),
        "look": _link_to_the_page(session, day) if shown else "",
        "undo": _undo_button(session, day) if now and now.change else "",
    }
    messages.success(request, format_html("{what}{stop} {seen} {look} {undo}", **parts))
    if now and (clash := clash_on(session, now.occurrence.other_day or now.occurrence.day)):
        messages.warning(request, clash)
    return redirect(_back_to(pages, session, day))


def _in_words(one, *, is_there):
    """ "Family café, Wed 18 Nov 9:30–11:30: Cancelled: the instructor is ill"."""
    if not is_there:
        happens = _("not held")
    else:
        happens = what_happens(one.occurrence) or (one.change and one.change.note) or _("as usual")
    when = near_day(one.occurrence.day)
    return format_html("{}, {} {}: {}", name_of(one.session), when, hours(one.occurrence), happens)


def _link_to_the_page(session, day):
    url = path_of_day(session.meeting_place.centre, day)
    return format_html('<a href="{}">{}</a>', url, _("Look at the page"))


def _undo_button(session, day):
    """Sends the form that stands beside the date on the page that shows this."""
    return format_html(
        '<button type="submit" form="undo-{}-{}">{}<span class="visually-hidden">: {}, {}</span></button>',
        session.pk,
        day.isoformat(),
        _("Undo"),
        name_of(session),
        near_day(day),
    )


def _back_to(pages, session, day=None):
    """The address of the coming dates of the session's centre, on the page that shows `day`."""
    query = {"centre": session.meeting_place.centre.slug}
    today = timezone.localdate()
    if day and not today <= day < today + DAYS_SHOWN:
        query["from"] = day.isoformat()
    return f"{pages.page('coming')}?{urlencode(query)}"
