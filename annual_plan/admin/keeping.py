"""What has been promised is not deleted, nor what stands in a tie: whoever wants to be rid of it is told what to do.

Who deletes waits for whoever is at the plans of the same centre already: else somebody could carry over meanwhile what
is about to go.
"""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_plan.actions import wait_for_plans_of
from annual_plan.admin.base import PlanPages
from annual_plan.models import Continuation, Plan, PlanItem


class KeepsPromises(PlanPages):
    """Plans or their rows, of which stays what has been promised."""

    def delete_view(self, request, object_id, extra_context=None):
        with transaction.atomic():
            if request.method == "POST":
                there: Any = self.get_object(request, unquote(object_id))
                self._wait(self.model.objects.filter(pk=there and there.pk))
            row: Any = self.get_object(request, unquote(object_id))
            may_delete = row is not None and self.has_delete_permission(request, row)
            if may_delete and (why := row.why_it_stays(timezone.localdate())):
                messages.warning(request, why)
                return redirect(self._where_it_is_said(row))
            return super().delete_view(request, object_id, extra_context)

    def response_action(self, request, queryset):  # type: ignore[override]
        if request.POST.get("action") != "delete_selected" or "post" not in request.POST:
            return super().response_action(request, queryset)
        everything = request.POST.get("select_across") == "1"
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        with transaction.atomic():
            self._wait(queryset if everything else queryset.filter(pk__in=ticked))
            return super().response_action(request, queryset)

    def _wait(self, rows):
        """For whoever is at the plans of the centres of `rows`: everybody waits for many in one order."""
        (way,) = self.model.kept_by
        for centre in sorted(set(rows.order_by("pk").values_list(way, flat=True))):
            wait_for_plans_of(centre)

    def _where_it_is_said(self, row):
        """The page on which the coordinator says what becomes of `row`, a plan or a row of one."""
        plans: Any = self.admin_site.get_model_admin(Plan)
        is_plan = isinstance(row, Plan)
        return plans.page("evaluate", row.pk) if is_plan else plans.page("evaluate_row", row.plan_id, row.pk)

    def get_deleted_objects(self, objs, request):
        """With what stands in the way in words that say what to do, each with a link."""
        todo, counts, lacking, protected = super().get_deleted_objects(objs, request)
        today = timezone.localdate()
        staying = [(row, why) for row in objs if (why := row.why_it_stays(today))]
        stay = [
            _with_way(f"{row}: {why}", self._where_it_is_said(row), _("Say what became of it"))
            for row, why in staying
        ]
        if protected:
            others = [row for row in objs if row not in [row for row, _why in staying]]
            # What is not known here Django's own words tell.
            protected = self._in_the_way(objs, others, today) or ([] if stay else protected)
        return todo, counts, lacking, [*protected, *stay]

    def _in_the_way(self, objs, others, today):
        """What keeps `others` of `objs`, which would not stay by themselves, from being deleted with all of these."""
        deleted = self.rows_deleted_with(objs).order_by().values("pk")
        wanted = self.rows_deleted_with(others).order_by().values("pk")
        ties = Continuation.objects.filter(source__in=wanted).exclude(target__in=deleted)
        ties = ties.select_related("source__plan__centre", "target__plan__centre")
        ties = ties.order_by(
            "source__plan__year", "source__plan", "target__plan__year", "source__number", "pk"
        )
        actions = PlanItem.objects.filter(parent__in=wanted).exclude(pk__in=deleted)
        actions = actions.select_related("parent").order_by("plan", "number")
        told = _plans_that_go_on if self.model is Plan else _rows_that_go_on
        return [*told(self.admin_site, ties, today), *_goals_with(self.admin_site, actions)]


def _plans_that_go_on(site, ties, today):
    """Of the plans from which `ties` lead to later ones: what to delete first."""
    pages: Any = site.get_model_admin(Plan)
    for (earlier, later), few in groupby(ties, lambda tie: (tie.source.plan, tie.target.plan)):
        number = len({tie.source_id for tie in few})
        said = ngettext(
            "%(number)s row of the plan %(plan)s goes on in the plan for %(year)s.",
            "%(number)s rows of the plan %(plan)s go on in the plan for %(year)s.",
            number,
        ) % {"number": number, "plan": earlier, "year": later.year}
        yield _first(said, pages, later, later.is_promised(today), _("Delete that plan first"))


def _rows_that_go_on(site, ties, today):
    """Of the rows from which `ties` lead to later ones: what to delete first."""
    pages: Any = site.get_model_admin(PlanItem)
    for tie in ties:
        said = _("“%(row)s” goes on in the plan for %(year)s as “%(later)s”.") % {
            "row": tie.source,
            "year": tie.target.plan.year,
            "later": tie.target,
        }
        is_promised = tie.target.plan.is_promised(today)
        yield _first(said, pages, tie.target, is_promised, _("Delete that row first"))


def _first(said, pages, later, is_promised, words):
    """What is `said` of what goes on as `later`, with the way to delete that, where it can be."""
    if is_promised:
        why = _("That has been promised and stays, and so does this.")
        said = f"{said} {why}"
        return _with_way(said, pages.page("change", later.pk), _("Look at it"))
    return _with_way(said, pages.page("delete", later.pk), words)


def _goals_with(site, actions):
    """Of the goals of `actions`: what to do with each of these first."""
    pages: Any = site.get_model_admin(PlanItem)
    for action in actions:
        said = _("The action “%(action)s” serves the goal “%(goal)s”.") % {
            "action": action,
            "goal": action.parent,
        }
        words = _("Choose another goal for it, or delete it first")
        yield _with_way(said, pages.page("change", action.pk), words)


def _with_way(said, url, words):
    return format_html('{} <a href="{}">{}</a>', said, url, words)
