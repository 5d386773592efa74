"""Who stands behind the services of a centre."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centres.discretion import render_page
from centres.languages import held
from meetingplaces.models import MeetingPlace
from perhekeskus.sectors import by_sector, organisations_of
from services.models import Offering
from services.pages import page_of

PAGE_SIZE = 30


def _given(centre):
    """The offerings and the meeting places of `centre` that readers may see."""
    today = timezone.localdate()
    return (model.objects.public(today).in_centre(centre) for model in (Offering, MeetingPlace))


@require_safe
def organisations(request):
    """The organisations of the centre, by the sectors they give services in."""
    offerings, meeting_places = _given(request.centre)
    sectors = by_sector(offerings, meeting_places, request.centre, get_language())
    return render(request, "perhekeskus/organisations.html", {"sectors": sectors})


@require_safe
def organisation(request, slug):
    """One organisation and what it gives in this centre."""
    offerings, meeting_places = _given(request.centre)
    rows = organisations_of(offerings, meeting_places, request.centre).select_related("parent")
    row = get_object_or_404(rows, slug=slug)
    given = offerings.of_organisation(row)
    listed = given.by_name(get_language()).for_list(get_language())
    page, page_is_wrong = page_of(listed, given.count(), PAGE_SIZE, request.GET.get("page"))
    context = {
        "organisation": row,
        "page": page,
        "page_is_wrong": page_is_wrong,
        "meeting_places": list(meeting_places.filter(organiser=row).order_by("order", "slug")),
        # A helpline or a shelter; not the county, which gives everything.
        "sensitive": given.are_mostly_sensitive(),
        "held_in": held(row, "name", "summary"),
    }
    return render_page(request, "perhekeskus/organisation.html", context)
