"""Age groups, themes and compilations: windows on a centre's services."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centres.discretion import render_page
from centres.languages import held
from centres.models import AgeGroup, Theme
from centres.reach import reach_of
from meetingplaces.gathered import next_of_each
from meetingplaces.today import open_day
from perhekeskus.sections import sections, to_talk_to
from services.help_now import numbers_about, numbers_of
from services.models import Offering

TALK_FIRST = 4
NUMBERS_FIRST = 3


@require_safe
def age_group(request, slug):
    """Everything for children of some ages; from 13 on it speaks to the young reader."""
    return age_group_page(request, get_object_or_404(AgeGroup, centre=request.centre, slug=slug))


def age_group_page(request, group):
    """The page of `group`, also for a look beforehand."""
    now, language = timezone.localtime(), get_language()
    offerings = Offering.objects.public(now.date()).in_centre(request.centre).for_group(group)
    levels, online = sections(offerings, request.centre, language, for_the_young=group.speaks_to_you)
    talk_first = to_talk_to([*levels, online])[:TALK_FIRST] if group.speaks_to_you else []
    context = {
        "group": group,
        "open_day": open_day(request.centre, now, language, (group.from_month, group.to_month)),
        "levels": levels,
        "in_order": levels,
        "online": online,
        "talk_first": talk_first,
        "numbers": numbers_of(talk_first) if talk_first else [],
        "held_in": held(group, "name"),
    }
    return render_page(request, "perhekeskus/age_group.html", context)


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
    row = get_object_or_404(Theme.objects.with_a_page(today), centre=request.centre, kind=kind, slug=slug)
    return theme_page(request, row) if row.is_public(today) else _out_of_season(request, row, today)


def theme_page(request, row):
    """The page of the theme or compilation `row` in its season, also for a look beforehand."""
    today, reach = timezone.localdate(), reach_of([row])[row.pk]
    offerings = Offering.objects.public(today).in_centre(request.centre).about(reach.topics, reach.ways)
    levels, online = sections(offerings, request.centre, get_language())
    numbers = numbers_about(request.centre, today, reach.topics) if reach.sensitive else []
    gathers = row.kind == Theme.Kind.COLLECTION
    context = {
        "theme": row,
        "levels": levels,
        # Where somebody may be in danger, the strongest help comes first.
        "in_order": levels[::-1] if reach.sensitive else levels,
        "online": online,
        "numbers": numbers[:NUMBERS_FIRST],
        "meetings": next_of_each(request.centre, reach, today, get_language()) if gathers else [],
        "sensitive": reach.sensitive,
        "held_in": held(row, "name"),
    }
    return render_page(request, "perhekeskus/theme.html", context)


def _out_of_season(request, theme, today):
    """When the season of a compilation is, and what else there is meanwhile; not for search engines."""
    others = Theme.objects.public(today).filter(centre=request.centre, kind=Theme.Kind.COLLECTION)
    context = {
        "theme": theme,
        "begins": theme.published_from if theme.published_from and theme.published_from > today else None,
        "others": others,
        "sensitive": reach_of([theme])[theme.pk].sensitive,
        "held_in": (),
    }
    return render_page(request, "perhekeskus/out_of_season.html", context)
