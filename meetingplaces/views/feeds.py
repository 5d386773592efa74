"""What calendars and feed readers ask for."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from centres.languages import page_language
from meetingplaces.changes import atom, entries
from meetingplaces.feeds import feed_of
from meetingplaces.filters import WeekFilter
from meetingplaces.models import MeetingPlace
from meetingplaces.views.common import address_of_places, public_in, whole_address
from meetingplaces.week import path_of_day


@conditional_page
@require_safe
def calendar(request):
    """The centre's sessions for a phone's calendar, narrowed as the week is.

    With a filter that nobody offers there is none: whoever follows one organiser must not come to follow all. One whose
    meeting places are all hidden for now has an empty calendar, which fills again.
    """
    meeting_places = list(public_in(request.centre, timezone.localdate()))
    of_centre = MeetingPlace.objects.in_centre(request.centre).select_related("organiser", "place")
    form = WeekFilter(request.GET, request.centre, of_centre)
    if form.errors:
        raise Http404(_("There is no such calendar."))
    name = _("Meeting places: %s") % (form.chosen_words or request.centre.name)
    return _feed(request, meeting_places, name, form.narrow)


@conditional_page
@require_safe
def calendar_of_one(request, slug):
    """The sessions of one meeting place for a phone's calendar."""
    row = get_object_or_404(public_in(request.centre, timezone.localdate()), slug=slug)
    return _feed(request, [row], row.name)


def _feed(request, meeting_places, name, narrow=list):
    document = feed_of(
        request.centre,
        meeting_places,
        timezone.localdate(),
        narrow,
        name=name,
        language=get_language(),
        address=address_of_places(request),
    )
    return HttpResponse(document, content_type="text/calendar; charset=utf-8")


@conditional_page
@require_safe
def changes(request):
    """What is cancelled, moved or closed in the centre, for a feed reader."""
    meeting_places = list(public_in(request.centre, timezone.localdate()))
    title = _("Changes at the meeting places: %s") % request.centre.name
    return _changes(request, meeting_places, title, whole_address(request, "index"))


@conditional_page
@require_safe
def changes_of_one(request, slug):
    """What is cancelled, moved or closed at one meeting place, for a feed reader."""
    row = get_object_or_404(public_in(request.centre, timezone.localdate()), slug=slug)
    return _changes(request, [row], _("Changes: %s") % row.name, whole_address(request, "detail", slug=slug))


def _changes(request, meeting_places, title, home):
    language = get_language()
    document = atom(
        entries(request.centre, meeting_places, timezone.localdate(), language),
        title=title,
        language=page_language(language),
        author=request.centre.name,
        home=home,
        address=request.build_absolute_uri(request.path),
        link=lambda day: request.build_absolute_uri(path_of_day(request.centre, day)),
    )
    return HttpResponse(document, content_type=Atom1Feed.content_type)
