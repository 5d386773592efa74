"""The desk's page on what a season covers: where nothing is open, what collides, whether each weekday has something."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.admin.pages import Pages
from centres.ages import SPEAKS_TO_YOU, YEAR, label
from meetingplaces.coverage import Clash, How, Part, coverage
from meetingplaces.expansion import as_planned
from meetingplaces.models import Season, Session, WeekRule

# The ages looked at where a centre has no age groups of its own.
AGES = [(0, YEAR), (YEAR, 3 * YEAR), (3 * YEAR, 7 * YEAR), (7 * YEAR, 13 * YEAR)]
PARTS = {
    Part.MORNING: gettext_lazy("morning"),
    Part.AFTERNOON: gettext_lazy("afternoon"),
    Part.EVENING: gettext_lazy("evening"),
}
HOW = {
    How.EVERY: "",
    How.EVEN: gettext_lazy("only in even weeks"),
    How.ODD: gettext_lazy("only in odd weeks"),
    How.SOME: gettext_lazy("not every week (%(count)s of %(of)s)"),
    How.NEVER: gettext_lazy("nothing"),
}
# What happens at the same time elsewhere is worth a look, and a big centre has much of it.
MOST_TOLD = 20


@dataclass(frozen=True)
class Shown:
    """A session as the page shows it: its form, its name, its times, and what else is to know of it."""

    url: str
    name: str
    session: Session
    more: str


def ages_of(centre):
    """The ages to look at, each with its name: the centre's age groups of children, or ours; ``[(name, ages)]``."""
    groups = [
        (group.name, (group.from_month, group.to_month))
        for group in centre.agegroups.all()
        if (group.from_month or 0) < SPEAKS_TO_YOU
    ]
    return groups or [(label(*ages), ages) for ages in AGES]


def how_often(often):
    """`coverage.Often` in words; nothing where it is every week."""
    return str(HOW[often.how]) % {"count": often.count, "of": often.of}


def more_of(session):
    """What narrows `session`: its ages, its weeks or its date, from when to when in the season."""
    weeks = session.get_rule_display() if session.rule not in (WeekRule.EVERY, WeekRule.ONCE) else ""
    days = [session.day] if session.day else [session.valid_from, session.valid_until]
    dates = [date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in days]
    return ", ".join(words for words in (session.ages, weeks, "–".join(dates) if any(dates) else "") if words)


class Covering(Pages):
    """Seasons with the page of what they cover."""

    def get_urls(self):
        pages: list[tuple[str, Any, str]] = [
            ("coverage/", coverage_now, "coverage_now"),
            ("<path:object_id>/coverage/", coverage_of, "coverage"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), {"pages": self}, name=self.page_name(name))
            for route, view, name in pages
        ]
        return own + super().get_urls()

    def shown(self, session):
        pages: Any = self.admin_site.get_model_admin(Session)
        return Shown(pages.page("change", session.pk), session.known_as, session, more_of(session))

    def told_clash(self, clash: Clash):
        return {
            "one": self.shown(clash.one),
            "other": self.shown(clash.other),
            "place": (clash.one.place or clash.one.meeting_place.place) if clash.same_place else None,
            "weekday": WEEKDAYS[clash.first_day.weekday()],
            "day": clash.first_day if clash.often.count == 1 else None,
            "often": how_often(clash.often),
        }

    def told_weekday(self, day, names):
        """A weekday, its parts and the cells of these, each cell with the name of its ages."""
        parts = [
            {
                "name": PARTS[part.part],
                "cells": [
                    {
                        "ages": name,
                        "sessions": [self.shown(session) for session in cell.sessions],
                        "often": how_often(cell.often),
                    }
                    for name, cell in zip(names, part.cells, strict=True)
                ],
            }
            for part in day.parts
        ]
        return {"name": WEEKDAYS[day.number], "parts": parts}


def coverage_now(request, pages):
    """Leads to the season that is on, or else comes next; whoever keeps several centres chooses from the list."""
    if not pages.has_view_permission(request):
        raise PermissionDenied
    seasons = list(pages.get_queryset(request).order_by("first_day", "pk"))
    if len({season.centre_id for season in seasons}) != 1:
        return redirect(pages.page("changelist"))
    today = timezone.localdate()
    season = next((season for season in seasons if season.last_day >= today), seasons[-1])
    return redirect(pages.page("coverage", season.pk))


def coverage_of(request, object_id, pages):
    """What a season covers."""
    season = pages.get_object(request, unquote(object_id))
    if season is None:
        return pages._get_obj_does_not_exist_redirect(request, pages.opts, object_id)  # noqa: SLF001
    if not pages.has_view_permission(request, season):
        raise PermissionDenied
    planned = as_planned(season)
    ages = ages_of(season.centre)
    names = [name for name, _ages in ages]
    found = coverage(planned, season.first_day, season.last_day, [months for _name, months in ages])
    elsewhere = found.elsewhere
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("What is open and when"),
        "season": season,
        "ages": names,
        "weekdays": [pages.told_weekday(day, names) for day in found.weekdays],
        "lacking": [(WEEKDAYS[day.number], how_often(day.often)) for day in found.lacking],
        "same_place": [pages.told_clash(clash) for clash in found.same_place],
        "elsewhere": [pages.told_clash(clash) for clash in elsewhere[:MOST_TOLD]],
        "more_elsewhere": max(0, len(elsewhere) - MOST_TOLD),
        "hidden": hidden(planned),
        "others": [
            (str(each), pages.page("coverage", each.pk))
            for each in Season.objects.filter(centre=season.centre).exclude(pk=season.pk)
        ],
    }
    return TemplateResponse(request, "admin/meetingplaces/season/coverage.html", context)


def hidden(planned):
    """The names of the meeting places among `planned` that families see on none of their days."""
    seen = {
        each.session.key.meeting_place
        for each in planned
        if each.session.key.meeting_place.is_public(each.day)
    }
    places = {each.session.key.meeting_place for each in planned} - seen
    return sorted(place.name for place in places)
