"""Choosing a centre, and a centre's front page."""

from urllib.parse import quote

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centres.languages import held_with_interface
from centres.models import AgeGroup, FamilyCentre, Theme
from meetingplaces.today import open_day
from perhekeskus.own_texts import ON_FRONT
from services.help_now import help_lines
from services.structured_data import centre_data

# Besides 112, which stands there whatever the rows say.
LINES_ON_FRONT = 2


@require_safe
def without_finnish_prefix(request, rest):
    """Finnish has no prefix: the same address without it, on this site and no other."""
    address = quote(f"/{rest.lstrip('/')}")
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


@require_safe
def choose_centre(request):
    """The centres to choose from; with one centre, straight there."""
    centres = list(FamilyCentre.objects.public())
    if len(centres) == 1:
        return redirect(centres[0])
    return render(request, "perhekeskus/choose_centre.html", {"centres": centres})


@require_safe
def front(request):
    """Four questions: I need help now, my child is this old, this is our situation, I know its name."""
    now = timezone.localtime()
    today = now.date()
    themes = Theme.objects.public(today).filter(centre=request.centre).prefetch_related("topics")
    lines = [line for line in help_lines(request.centre, today) if line.call and not line.is_emergency_number]
    context = {
        "lines": lines[:LINES_ON_FRONT],
        "open_day": open_day(request.centre, now, get_language()),
        "age_groups": AgeGroup.objects.filter(centre=request.centre),
        "themes": [theme for theme in themes if theme.kind == Theme.Kind.THEME],
        "collections": [theme for theme in themes if theme.kind == Theme.Kind.COLLECTION],
    }
    context["held_in"] = held_with_interface(request.centre, *ON_FRONT)
    context["structured_data"] = centre_data(request.centre, request.build_absolute_uri(request.path))
    return render(request, "perhekeskus/front.html", context)
