"""Age groups, themes and compilations: windows on a centre's services."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centres.discretion import discreet
from centres.languages import held
from centres.models import AgeGroup, Theme
from perhekeskus.sections import sections, to_talk_to
from services.models import Offering

TALK_FIRST = 4


@require_safe
def age_group(request, slug):
    """Everything for children of some ages; from 13 on it speaks to the young reader."""
    group = get_object_or_404(AgeGroup, centre=request.centre, slug=slug)
    language = get_language()
    offerings = _public_offerings(request, timezone.localdate()).for_group(group)
    if group.speaks_to_you:
        offerings = offerings.with_talking()
    levels, online = sections(offerings, request.centre, language)
    talk_first = to_talk_to([*levels, online])[:TALK_FIRST] if group.speaks_to_you else []
    context = {
        "group": group,
        "levels": levels,
        "online": online,
        "talk_first": talk_first,
        "held_in": held(group, "name"),
    }
    return render(request, "perhekeskus/age_group.html", context)


@require_safe
def theme(request, slug):
    """Everything on one situation."""
    return _theme(request, slug, Theme.Kind.THEME)


@require_safe
def collection(request, slug):
    """A compilation: everything given in one way, perhaps for a season."""
    return _theme(request, slug, Theme.Kind.COLLECTION)


def _theme(request, slug, kind):
    today = timezone.localdate()
    themes = Theme.objects.with_a_page(today).prefetch_related("topics", "ways")
    row = get_object_or_404(themes, centre=request.centre, kind=kind, slug=slug)
    if not row.is_public(today):
        return _out_of_season(request, row, today)
    offerings = _public_offerings(request, today).about(row.topics.all(), row.ways.all())
    levels, online = sections(offerings, request.centre, get_language())
    context = {
        "theme": row,
        "levels": levels,
        "online": online,
        "sensitive": row.is_sensitive,
        "held_in": held(row, "name"),
    }
    response = render(request, "perhekeskus/theme.html", context)
    return discreet(response) if row.is_sensitive else response


def _out_of_season(request, theme, today):
    """When the season of a compilation is, and what else there is meanwhile; not for search engines."""
    others = Theme.objects.public(today).filter(centre=request.centre, kind=Theme.Kind.COLLECTION)
    context = {
        "theme": theme,
        "begins": theme.published_from if theme.published_from and theme.published_from > today else None,
        "others": others,
        "sensitive": theme.is_sensitive,
        "held_in": (),
    }
    response = render(request, "perhekeskus/out_of_season.html", context)
    return discreet(response) if theme.is_sensitive else response


def _public_offerings(request, today):
    return Offering.objects.public(today).in_centre(request.centre)
