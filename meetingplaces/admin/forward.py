"""Copying a season forward: its timetable from other days on, session by session as the coordinator ticks them."""

import re
from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.admin.base import told_by_status
from centres.admin.choosing import TickedRows
from centres.admin.errors import faults
from centres.admin.pages import Pages
from centres.copying import slug_after
from centres.history.kinds import Kind
from centres.history.recording import note, recording, roots_of
from centres.languages import column, held
from meetingplaces.actions import copy_season, moved_day
from meetingplaces.admin.season_form import SeasonForm
from meetingplaces.models import Season

# A year later, on the same weekday.
A_YEAR = timedelta(weeks=52)
DAYS = ("first_day", "last_day")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def a_year_on(text):
    """`text` with each year in it one later: "Kevät 2026" is "Kevät 2027"."""
    return _YEAR.sub(lambda year: str(int(year[0]) + 1), text)


def suggested(season):
    """What the season after `season` may be called, and when it may be: a year later, from the same weekday on."""
    names = {name: a_year_on(getattr(season, name)) for name in names_of(season)}
    slug = a_year_on(season.slug)
    if slug == season.slug:
        slug = slug_after(f"{season.name_fi} {season.first_day.year + 1}")
    days = {"first_day": season.first_day + A_YEAR, "last_day": season.last_day + A_YEAR}
    return names | days | {"slug": slug}


def names_of(season):
    """The columns in which `season` has a name."""
    return [column("name", code) for code in held(season, "name")]


def why_not(session, today):
    """Why `session` is hardly meant to be copied; empty where it is."""
    if session.day:
        return _("a single date")
    if session.valid_until and session.valid_until < min(today, session.season.last_day):
        return _("ended on {day}").format(day=date_format(session.valid_until, "SHORT_DATE_FORMAT"))
    return ""


class TickedSessions(TickedRows):
    """The lines of a timetable to tick, each with why it is not ticked beforehand."""

    def label_from_instance(self, obj):
        name, why = f"{obj}, {obj.title}" if obj.title else str(obj), why_not(obj, timezone.localdate())
        return format_html('{} <span class="quiet">({})</span>', name, why) if why else name


class ForwardForm(SeasonForm):
    """A season that begins as a copy of another, with the sessions to copy."""

    sessions = TickedSessions(
        None,
        label=gettext_lazy("Sessions to copy"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            name: gettext_lazy(
                "A session that you ticked is no longer in the season. Look at the list once more."
            )
            for name in ("invalid_choice", "invalid_pk_value", "invalid_list")
        },
    )
    all_the_same = forms.BooleanField(label=gettext_lazy("Copy all the same"), required=False)

    def __init__(self, *args, season, **kwargs):
        rows = season.sessions.select_related("meeting_place", "season").prefetch_related("languages")
        in_order = rows.order_by(F("weekday").asc(nulls_last=True), "day", "starts", "pk")
        today = timezone.localdate()
        ticked = [row.pk for row in in_order if not why_not(row, today)]
        initial = suggested(season) | {"sessions": ticked}
        super().__init__(*args, instance=Season(centre=season.centre), initial=initial, **kwargs)
        self.season = season
        ticks: Any = self.fields["sessions"]
        ticks.queryset = in_order
        self.overlapping: list[Season] = []

    def _get_validation_exclusions(self):
        """None of what a slug is unique in: which centre it is, is said before."""
        return super()._get_validation_exclusions() - {"centre"}  # type: ignore[misc]

    def clean(self):
        super().clean()
        self._refuse_a_second_copy()
        first, last = (self.cleaned_data.get(name) for name in ("first_day", "last_day"))
        if first and last and first <= last:
            self._refuse_days_outside(first, last)
            self._ask_about_overlapping(first, last)

    def _refuse_a_second_copy(self):
        there = Season.objects.filter(
            centre=self.season.centre, slug=self.cleaned_data.get("slug", "")
        ).first()
        if there:
            self.add_error("slug", self.is_there(there.name))

    def is_there(self, name):
        # Translators: {name} is the name of a season.
        return _("“{name}” has this name in its address. Has the season been copied already?").format(
            name=name
        )

    def _refuse_days_outside(self, first, last):
        for session in self.cleaned_data.get("sessions", ()):
            day = session.day and moved_day(session.day, old=self.season.first_day, new=first)
            if day and not first <= day <= last:
                words = _(
                    "“{session}” would be on {day}, outside the season. Leave it out, and add it by its date."
                )
                told = words.format(session=session, day=date_format(day, "SHORT_DATE_FORMAT"))
                self.add_error("sessions", told)

    def _ask_about_overlapping(self, first, last):
        self.overlapping = list(Season.objects.filter(centre=self.season.centre).touching(first, last))
        if self.overlapping and not self.cleaned_data.get("all_the_same"):
            words = _(
                "Some of these days are in another season too: {seasons}. Families would see the sessions of both."
            )
            self.add_error("all_the_same", words.format(seasons=", ".join(map(str, self.overlapping))))


class Forward(Pages):
    """Seasons with the page that copies one forward."""

    actions = ["copy_forward"]
    # It changes nothing by itself.
    in_own_transactions: tuple[str, ...] = ("copy_forward",)

    def get_urls(self):
        view = self.admin_site.admin_view(forward)
        own = [path("<path:object_id>/forward/", view, {"pages": self}, name=self.page_name("forward"))]
        return [*own, *super().get_urls()]

    def may_copy_forward(self, request, season):
        return self.has_add_permission(request) and self.has_change_permission(request, season)

    @admin.action(description=gettext_lazy("Copy the season forward"), permissions=["add"])
    def copy_forward(self, request, queryset):
        """Leads to the page that asks for the new days."""
        chosen = list(queryset[:2])
        if len(chosen) == 1:
            return redirect(self.page("forward", chosen[0].pk))
        self.message_user(request, _("Choose one season to copy."), messages.WARNING)
        return None

    def forward_form(self, request, season):
        callback: Any = partial(self.formfield_for_dbfield, request=request)
        form: Any = forms.modelform_factory(
            Season,
            form=ForwardForm,
            fields=[*names_of(season), "slug", *DAYS],
            widgets=dict.fromkeys(
                DAYS, forms.DateInput(attrs={"class": "vDateField", "autocomplete": "off"})
            ),
            help_texts=dict.fromkeys(DAYS, _("For example 1.6.2027.")),
            formfield_callback=callback,
        )
        return form(request.POST if request.method == "POST" else None, season=season)


def forward(request, object_id, pages):
    """Asks for the new season's name and days, shows the timetable, and copies what is ticked."""
    season = pages.get_object(request, unquote(object_id))
    if season is None:
        return pages._get_obj_does_not_exist_redirect(request, pages.opts, object_id)  # noqa: SLF001
    if not pages.may_copy_forward(request, season):
        raise PermissionDenied
    form = pages.forward_form(request, season)
    if request.method == "POST" and form.is_valid() and (made := copied(request, form)):
        number = made.sessions.count()
        words = ngettext(
            "The season was copied with %(n)s session. Look through the note and the timetable.",
            "The season was copied with %(n)s sessions. Look through the note and the timetable.",
            number,
        )
        messages.success(request, words % {"n": number})
        return redirect(pages.page("change", made.pk))
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("Copy the season forward"),
        "season": season,
        "form": form,
        "texts": [form[name] for name in form.fields if name not in ("sessions", "all_the_same")],
        "faults": faults(form, []),
        "errors": form.errors,
    }
    response = TemplateResponse(request, "admin/meetingplaces/season/forward.html", context)
    return told_by_status(request, response)


def copied(request, form):
    """The new season, with all that was ticked, in one transaction; None where another one took its slug meanwhile."""
    sent, sessions = dict(form.cleaned_data), list(form.cleaned_data["sessions"])
    values = {name: sent[name] for name in form.Meta.fields}
    try:
        with recording({session.meeting_place for session in sessions}, user=request.user):
            made = copy_season(season=form.season, sessions=sessions, **values)
            note(roots_of([made]), user=request.user, kind=Kind.COPIED)
    except IntegrityError:
        form.add_error("slug", form.is_there(sent["slug"]))
        return None
    return made
