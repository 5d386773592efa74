"""Choosing a centre, and a centre's front page."""

from django.shortcuts import redirect, render
from django.utils import timezone

from centres.models import AgeGroup, FamilyCentre, Theme
from services.models import Service
from services.structured_data import centre_data


def choose_centre(request):
    """The centres to choose from; with one centre, straight there."""
    centres = list(FamilyCentre.objects.public())
    if len(centres) == 1:
        return redirect(centres[0])
    return render(request, "perhekeskus/choose_centre.html", {"centres": centres})


def front(request):
    """Four questions: I need help now, my child is this old, this is our situation, I know its name."""
    today = timezone.localdate()
    themes = Theme.objects.public(today).filter(centre=request.centre)
    context = {
        "urgent": Service.objects.help_now(request.centre, today).prefetch_related("contacts")[:3],
        "age_groups": AgeGroup.objects.filter(centre=request.centre),
        "themes": [theme for theme in themes if theme.kind == Theme.Kind.THEME],
        "collections": [theme for theme in themes if theme.kind == Theme.Kind.COLLECTION],
    }
    context["structured_data"] = centre_data(request.centre, request.build_absolute_uri(request.path))
    return render(request, "perhekeskus/front.html", context)
