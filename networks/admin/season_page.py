"""A season of meetings entered at once: a rule, its dates to look through, and a meeting on each that is ticked."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from calendars.iso_weeks import FIRST_YEAR, LAST_YEAR
from calendars.occurrences import MOST_DAYS
from centres.admin.base import told_by_status
from centres.admin.errors import faults
from centres.admin.pages import Pages
from networks.admin.meeting_forms import SomewhereForm
from networks.models import Meeting
from networks.season import Rule, days_of, make_season, season_days
from services.models import Weekday

OF_EACH = [
    "local_network",
    "kind",
    "topic_fi",
    "topic_sv",
    "topic_en",
    "starts",
    "ends",
    "place",
    "remote_link",
]
DAYS = ("first_day", "last_day")


def day_field(label):
    """A date to type or to choose, as the desk has them."""
    return forms.DateField(
        label=label,
        help_text=gettext_lazy("For example 1.6.2027."),
        widget=forms.DateInput(attrs={"class": "vDateField", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Write the date with its year, for example 1.6.2027.")},
    )


class SentDays(forms.MultipleChoiceField):
    """Dates by their ISO names; those that are not offered any more are passed over."""

    def validate(self, value):
        """Nothing to refuse."""


class SeasonForm(SomewhereForm):
    """What the meetings share, when they are, and, once dates are shown, which of them are wanted.

    `dates` are the `SeasonDay`s of what was sent; `is_looked_through` says that just these were shown before.
    """

    rule = forms.ChoiceField(
        label=gettext_lazy("when"),
        choices=Rule.choices,
        help_text=gettext_lazy("Even and odd are told by the number of the week."),
    )
    weekday = forms.TypedChoiceField(label=gettext_lazy("weekday"), choices=Weekday.choices, coerce=int)
    first_day = day_field(gettext_lazy("from date"))
    last_day = day_field(gettext_lazy("to date"))
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    days = SentDays(label=gettext_lazy("Dates"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.dates: list[Any] = []
        self.shows = ""

    @property
    def is_looked_through(self):
        return bool(self.shows) and self.cleaned_data.get("shown") == self.shows

    def clean(self):
        super().clean()
        said = self.cleaned_data
        for name in DAYS:
            if said.get(name) and not FIRST_YEAR <= said[name].year <= LAST_YEAR:
                self.add_error(name, self.fields[name].error_messages["invalid"])
        if all(said.get(name) for name in DAYS):
            self._refuse_days(said["first_day"], said["last_day"])
        if not self.errors:
            self._find_dates(said)

    def _refuse_days(self, first_day, last_day):
        if last_day < first_day:
            self.add_error("last_day", _("The last day cannot be before the first."))
        elif (last_day - first_day).days >= MOST_DAYS:
            self.add_error("last_day", _("A season is at most %(n)s days long.") % {"n": MOST_DAYS})

    def _find_dates(self, said):
        days = days_of(Rule(said["rule"]), said["weekday"], said["first_day"], said["last_day"])
        if not days:
            self.add_error("last_day", _("There is no such date between these days."))
            return
        local, starts = said["local_network"], said["starts"]
        self.dates = season_days(local, starts, days, get_language())
        # Of another network, or at another time, other dates are taken: they are looked through once more.
        self.shows = f"{local.pk} {starts:%H:%M} {days[0]} {days[-1]} {len(days)}"

    @property
    def ticked(self):
        """The dates that are wanted: those sent once they were looked through; before, all but public holidays."""
        free = [each for each in self.dates if not each.is_taken]
        if self.is_looked_through:
            return [each.day for each in free if each.day.isoformat() in self.cleaned_data["days"]]
        return [each.day for each in free if not each.holiday]


class Seasons(Pages):
    """Meetings with the page that enters a season of them."""

    def get_urls(self):
        own = [
            path(
                "season/", self.admin_site.admin_view(season), {"pages": self}, name=self.page_name("season")
            )
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        url = self.page("season") if self.has_add_permission(request) else ""
        return super().changelist_view(request, {"season_url": url} | (extra_context or {}))

    def season_form(self, request):
        callback: Any = partial(self.formfield_for_dbfield, request=request)
        form: Any = forms.modelform_factory(
            Meeting, form=SeasonForm, fields=[*OF_EACH, "is_public"], formfield_callback=callback
        )
        return form(request.POST if request.method == "POST" else None)


def season(request, pages):
    """Asks for the rule, shows its dates, and makes a meeting on each that is ticked."""
    if not pages.has_add_permission(request):
        raise PermissionDenied
    form = pages.season_form(request)
    if request.method == "POST" and form.is_valid() and form.is_looked_through and "make" in request.POST:
        answer = _make(request, pages, form)
        if answer is not None:
            return answer
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("A season of meetings"),
        "form": form,
        "boxes": [form[name] for name in (*OF_EACH, "is_public", "rule", "weekday", *DAYS)],
        "media": form.media,
        "faults": faults(form, []),
        "errors": form.errors,
    }
    response = TemplateResponse(request, "admin/networks/meeting/season.html", context)
    return told_by_status(request, response)


def _make(request, pages, form):
    """Back to the list, saying how many were made; None where the form says why they could not be."""
    try:
        made = make_season(like=form.instance, days=form.ticked, user=request.user)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    except IntegrityError:
        form.add_error(None, _("Somebody else has just entered some of these dates. Look at them once more."))
        return None
    words = ngettext("%(n)s meeting was made.", "%(n)s meetings were made.", len(made)) % {"n": len(made)}
    if made:
        first, last = (date_format(row.day, "SHORT_DATE_FORMAT") for row in (made[0], made[-1]))
        messages.success(request, f"{words} {first}–{last}")
    else:
        messages.warning(request, _("Nothing was made: no date was ticked."))
    return redirect(pages.page("changelist"))
