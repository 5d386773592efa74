"""The page on which a plan goes on in a later one: rows to tick, edit, split and join; looked through, then done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_plan.actions import carry_over, next_year_of
from annual_plan.admin.base import list_of_rows, of_plan
from annual_plan.admin.carrying_forms import ALL_YEAR, CarryForm
from annual_plan.making import clarification_of
from annual_plan.models import Plan, PlanItem
from annual_plan.offering import OFFERED, Part, later_years, offer_of
from annual_plan.quarters import due_with, ended_of
from centres.admin.base import told_by_status
from centres.admin.errors import Fault
from centres.admin.pages import Pages
from centres.languages import FINNISH


class CarryOver(Pages):
    """Plans with the page that carries one over."""

    def get_urls(self):
        view = self.admin_site.admin_view(carry_over_page)
        own = [path("<path:object_id>/carry-over/", view, {"pages": self}, name=self.page_name("carry_over"))]
        return [*own, *super().get_urls()]


@of_plan
def carry_over_page(request, pages, plan):
    """Asks what goes on, shows what that comes to, and does it."""
    today = timezone.localdate()
    offer = offer_of(plan, today)
    form = _form(request, plan, offer, today)
    is_conflict = False
    if request.method == "POST" and form.is_valid():
        answer = _answer(request, pages, form, offer)
        if answer is not None:
            return answer
        is_conflict = bool(form.errors) and (form.is_lost or bool(form.ahead and form.is_looked_through))
    context = pages.admin_site.each_context(request) | _context(pages, plan, offer, form)
    response = TemplateResponse(
        request, "admin/annual_plan/plan/carry_over.html", context | {"conflict": is_conflict}
    )
    return told_by_status(request, response)


def _form(request, plan, offer, today):
    return CarryForm(
        request.POST if request.method == "POST" else None,
        plan=plan,
        offer=offer,
        years=later_years(plan, next_year_of(plan, today), today),
        number_of_duties=plan.duties.count(),
    )


def _answer(request, pages, form, offer):
    """Where it leads once there is nothing left to look through; None where the page is shown again."""
    if form.ahead is None:
        return None
    is_meant = "make" in request.POST
    if is_meant and form.is_looked_through:
        return _carry_over(request, pages, form)
    if form.ahead:
        return None
    if form.is_lost:
        form.add_error(None, _("Nothing was carried over: what was ticked cannot go on any more."))
    elif is_meant and (form.stale or form.duties_of):
        return _nothing_changed(request, pages, form.years[form.cleaned_data["year"]] or form.plan)
    elif not offer.all_goes_on:
        form.add_error(None, _("Nothing is ticked that would go on. Tick at least one row."))
    return None


def _carry_over(request, pages, form):
    """To the later plan, saying what went on; None where the form says why none could."""
    said = form.cleaned_data
    try:
        done = carry_over(
            centre=form.plan.centre,
            year=said["year"],
            wishes=said["wishes"],
            duties_of=form.duties_of,
            user=request.user,
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    except IntegrityError:
        form.add_error(None, _("Somebody else has just changed this plan. Look through it once more."))
        return None
    if not done:
        return _nothing_changed(request, pages, done.plan)
    messages.success(request, _told(pages, done))
    if not done.sources:
        return redirect(pages.page("change", done.plan.pk))
    return redirect(_rows_url(pages, done.plan, request.user))


def _told(pages, done):
    """What has been done, with the way to the plan."""
    rows = ngettext(
        "%(n)s row was carried over to the plan for %(year)s.",
        "%(n)s rows were carried over to the plan for %(year)s.",
        len(done.sources),
    ) % {"n": len(done.sources), "year": done.plan.year}
    duties = ngettext("%(n)s duty was taken along.", "%(n)s duties were taken along.", done.duties)
    words = ([rows] if done.sources else []) + ([duties % {"n": done.duties}] if done.duties else [])
    if not done.sources:
        return " ".join(words)
    link = pages.page("change", done.plan.pk)
    return format_html(
        '{} <a href="{}">{}</a>',
        " ".join(words),
        link,
        _("Open the plan for %(year)s") % {"year": done.plan.year},
    )


def _rows_url(pages, plan, user):
    return list_of_rows(pages.admin_site.get_model_admin(PlanItem), plan, user)


def _nothing_changed(request, pages, plan):
    messages.info(request, _("Nothing has changed: all of this goes on in a later plan already."))
    return redirect(pages.page("change", plan.pk))


def _context(pages, plan, offer, form):
    return {
        "opts": pages.opts,
        "title": _("Carry over the plan for %(year)s") % {"year": plan.year},
        "plan": plan,
        "form": form,
        "duties": form["duties"] if "duties" in form.fields else None,
        "parts": {
            part.name.lower(): [form.rows[row.pk] if part in OFFERED else row for row in offer.parts[part]]
            for part in Part
        },
        "is_achieved_ticked": any(form.rows[row.pk]["go_on"].value() for row in offer.parts[Part.ACHIEVED]),
        "all_goes_on": offer.all_goes_on,
        "left_out": offer.left_out,
        "shows": _in_words(offer, form, timezone.localdate()) if form.ahead else None,
        "faults": _faults(form),
        "errors": form.errors or any(each.errors for each in form.rows.values()),
        "back": pages.page("change", plan.pk),
    }


def _in_words(offer, form, today):
    """What would be done, for the reader: rows that are made with what they come from, and rows that are joined.

    Told on the date `today`: whose time would be over, and whether everybody would see it at once.
    """
    ahead, plan = form.ahead, form.years[form.cleaned_data["year"]]
    rows, quarters, ended = offer.rows, dict(PlanItem.Quarter.choices), ended_of(ahead.year, today)
    made = [
        {
            "title": each.title,
            "when": quarters.get(each.quarter, ALL_YEAR),
            "is_late": due_with(each.quarter) <= ended,
            "sources": (sources := [rows[pk] for pk in each.sources]),
            "clarification": clarification_of(sources, FINNISH),
        }
        for each in ahead.made
    ]
    joined: dict = {}
    for pk, target in ahead.joined:
        joined.setdefault(target, []).append(rows[pk])
    gone = {pk for each in ahead.made for pk in each.sources} | {pk for pk, _target in ahead.joined}
    return {
        "made": made,
        "joined": list(joined.items()),
        "is_seen": plan is not None and plan.phase == Plan.Phase.RUNNING,
        "unsaid": [row for row in offer.parts[Part.PENDING] if row.pk in gone],
        "ahead": ahead,
    }


def _faults(form):
    """Everything to correct, from top to bottom, each with its row."""
    boxes = [(each, str(each.row)) for each in form.rows.values()]
    return [
        Fault(where or each[name].label, what, each[name].id_for_label)
        for each, where in [(form, ""), *boxes]
        for name in each.fields
        for what in each.errors.get(name, ())
    ]
