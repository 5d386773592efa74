"""Evaluation as work: the rows of a plan, what is late first; a tap for what is achieved, a form for the rest."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annual_plan import actions
from annual_plan.admin.asking import ask_networks
from annual_plan.admin.base import of_plan
from annual_plan.admin.closing import CLOSE, ClosingForm, why_not_closed
from annual_plan.fates import fate_of
from annual_plan.forms import EvaluationForm, in_words, written_in
from annual_plan.models import Continuation, Outcome, Plan, PlanItem
from annual_plan.quarters import by_quarter, following, in_turn, said_of, turn
from centres.admin.base import told_by_status
from centres.admin.errors import faults
from centres.admin.pages import Pages

RESPONSIBLES = ["responsibles__network__network", "responsibles__organisation"]


class Evaluating(Pages):
    """Plans with the pages on which their rows are evaluated, and they are closed."""

    def get_urls(self):
        pages: list[tuple[str, Any, str]] = [
            ("<path:object_id>/evaluate/", evaluate, "evaluate"),
            ("<path:object_id>/evaluate/ask/", ask_networks, "ask_networks"),
            ("<path:object_id>/evaluate/<int:row>/", evaluate_row, "evaluate_row"),
            ("<path:object_id>/evaluate/<int:row>/achieved/", achieved, "achieved"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), {"pages": self}, name=self.page_name(name))
            for route, view, name in pages
        ]
        return own + super().get_urls()

    def ways_on(self, plan):
        """The addresses of what is done with all rows of `plan`; empty where there is nothing to carry over."""
        earlier = PlanItem.objects.filter(plan__centre=plan.centre_id, plan__year__lt=plan.year)
        lost = earlier.open_promises(timezone.localdate())
        goes_on = plan.items.exists() or plan.duties.exists() or lost.exists()
        return {
            "evaluate_url": self.page("evaluate", plan.pk),
            "carry_url": self.page("carry_over", plan.pk) if goes_on else "",
        }


@of_plan
def evaluate(request, pages, plan):
    """The rows, those without an outcome first; below them the year in short, and the end of the plan."""
    form = ClosingForm(request.POST if request.method == "POST" else None, instance=plan)
    if request.method == "POST" and form.is_valid() and form.keep(user=request.user):
        closed = _("The plan is closed as evaluated.") if CLOSE in request.POST else _("Saved.")
        messages.success(request, closed)
        return redirect(pages.page("evaluate", plan.pk))
    context = _of_all(pages, plan, form) | pages.admin_site.each_context(request)
    return told_by_status(request, TemplateResponse(request, "admin/annual_plan/plan/evaluate.html", context))


@of_plan
def evaluate_row(request, pages, plan, row):
    """What became of one row, and what happens next; from there straight to the next one without an outcome."""
    rows = _rows_of(plan)
    chosen = next((each for each in rows if each.pk == row), None)
    if chosen is None:
        return _gone(request, pages, plan)
    onward = following(rows, chosen, timezone.localdate())
    form = EvaluationForm(request.POST if request.method == "POST" else None, instance=chosen)
    if request.method == "POST" and form.is_valid() and form.keep(user=request.user):
        return _on(request, pages, plan, chosen, onward)
    context = _of_one(pages, plan, chosen, onward, form) | {
        "lacking": sum(not each.is_evaluated for each in rows if each.pk != row),
        **pages.admin_site.each_context(request),
    }
    page = TemplateResponse(request, "admin/annual_plan/plan/evaluate_row.html", context)
    return told_by_status(request, page)


@require_POST
@of_plan
def achieved(request, pages, plan, row):
    """Says with one tap that a row is achieved; what has an outcome already keeps it."""
    chosen = PlanItem.objects.filter(plan=plan, pk=row).select_related("plan__centre").first()
    if chosen is None:
        return _gone(request, pages, plan)
    if chosen.is_evaluated:
        words = _("Somebody has said already what became of this: {row}, {outcome}.")
        said = words.format(row=chosen, outcome=chosen.get_outcome_display())
        messages.warning(request, said)
        return redirect(pages.page("evaluate", plan.pk))
    chosen.outcome = Outcome.ACHIEVED
    try:
        actions.evaluate(row=chosen, user=request.user)
    except ValidationError as error:
        messages.error(request, format_html("{}: {}", chosen, " ".join(error.messages)))
        return redirect(pages.page("evaluate_row", plan.pk, row))
    link = format_html(
        '<a href="{}">{}</a>', pages.page("evaluate_row", plan.pk, row), _("Write more, or change it")
    )
    messages.success(request, format_html("{}: {}. {}", chosen, chosen.get_outcome_display(), link))
    return redirect(pages.page("evaluate", plan.pk))


def _gone(request, pages, plan):
    """Back to `plan`, which has no such row, or none any more; what was written of it is told."""
    if request.method != "POST":
        raise Http404("No such row in this plan.")
    words = _("This row is not in the plan any more: somebody has deleted it. Nothing was saved.")
    if written := written_in(request.POST):
        told = _("What you wrote: %(written)s") % {"written": in_words(written)}
        words = f"{words} {told}"
    messages.error(request, words)
    return redirect(pages.page("evaluate", plan.pk))


def _on(request, pages, plan, row, onward):
    """To the row `onward`, the next one without an outcome; where every row has its own, to the end of the plan."""
    messages.success(request, format_html("{}: {}.", row, row.get_outcome_display()))
    if onward:
        return redirect(pages.page("evaluate_row", plan.pk, onward.pk))
    # It may have been said of the last row that it is under way.
    if plan.items.without_outcome().exists():
        return redirect(pages.page("evaluate", plan.pk))
    if not plan.is_evaluated and not why_not_closed(plan, timezone.localdate()):
        messages.info(request, _("Every row has its outcome: the plan can be closed."))
    return redirect(f"{pages.page('evaluate', plan.pk)}#close")


def _rows_of(plan):
    """The rows of `plan`, with what is told of them: some queries, whatever their number."""
    goes = Continuation.objects.select_related("target__plan").order_by(
        "target__plan__year", "target__number"
    )
    rows = PlanItem.objects.filter(plan=plan).select_related("plan__centre", "parent").order_by("number")
    return list(rows.prefetch_related(*RESPONSIBLES, Prefetch("continuations", goes)))


def _evaluated(rows):
    return [row for row in rows if row.is_evaluated]


def _of_all(pages, plan, form):
    """What the page of all rows shows."""
    rows = _rows_of(plan)
    today = timezone.localdate()
    waiting = in_turn([row for row in rows if not row.is_evaluated], today)
    why_not = "" if form.stands.is_evaluated else why_not_closed(form.stands, today)
    return {
        "title": _("Evaluate the plan: %(plan)s") % {"plan": plan},
        "opts": pages.opts,
        "plan": form.stands,
        "waiting": _told_waiting(pages, waiting),
        "done": [(name, [_told(pages, row) for row in few]) for name, few in by_quarter(_evaluated(rows))],
        "number": len(rows),
        "lacking": len(waiting),
        "ask_url": _ask_url(pages, plan, waiting),
        "form": form,
        "faults": faults(form, []),
        "errors": form.errors,
        "conflict": form.is_overtaken,
        "why_not_closed": why_not,
        "is_closable": not (why_not or form.stands.is_evaluated),
        "add_url": f"{pages.admin_site.get_model_admin(PlanItem).page('add')}?plan={plan.pk}",
        **pages.ways_on(plan),
    }


def _ask_url(pages, plan, waiting):
    """Where the networks are asked; empty where none is to be: nothing waits, or the plan is not under way."""
    is_asked = plan.phase == Plan.Phase.RUNNING and any(
        each.network_id for row in waiting for each in row.responsibles.all()
    )
    return pages.page("ask_networks", plan.pk) if is_asked else ""


def _of_one(pages, plan, row, onward, form):
    """What the page of `row` shows; `onward` is the next one without an outcome."""
    # The form has written what was typed into its own row.
    stands = form.stands
    came = stands.origins.select_related("source__plan").order_by("source__plan__year", "source__number")
    return {
        "title": f"{stands}",
        "opts": pages.opts,
        "plan": plan,
        "row": stands,
        "when": said_of(stands.quarter),
        "responsibles": stands.responsibles.all(),
        "came": [each.source for each in came],
        "goes": stands.continuations.all(),
        "form": form,
        "faults": faults(form, []),
        "errors": form.errors,
        "conflict": form.is_overtaken,
        "onward_url": pages.page("evaluate_row", plan.pk, onward.pk) if onward else "",
        "back": pages.page("evaluate", plan.pk),
        "form_url": pages.admin_site.get_model_admin(PlanItem).page("change", row.pk),
    }


def _told_waiting(pages, rows):
    """`rows`, in turn, by quarter: what each quarter is called, whether it is over, and its rows."""
    today = timezone.localdate()
    return [
        (said_of(quarter), is_over, [_told(pages, row) for row in few])
        for (is_over, quarter), few in groupby(rows, key=lambda row: (not turn(row, today)[0], row.quarter))
    ]


def _told(pages, row):
    """What the list says of `row`."""
    goes = list(row.continuations.all())
    fate = fate_of(outcome=row.outcome, has_reason=bool(row.drop_reason_fi), goes_on=bool(goes), is_over=True)
    keys = (row.plan_id, row.pk)
    return {
        "row": row,
        "url": pages.page("evaluate_row", *keys),
        "achieved_url": pages.page("achieved", *keys),
        "goes": goes,
        "fate": fate,
        "who": [each.said for each in row.responsibles.all()],
    }
