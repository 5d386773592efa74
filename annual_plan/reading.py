"""What readers may see of the plans of a centre, fetched in a few queries whatever the number of rows.

An insider (`networks.access.is_insider`) sees drafts and internal rows; nobody else does, in any page, feed or file.
"""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from annual_plan.models import Continuation, Plan, PlanItem, Responsible


def plans_of(centre, *, insider):
    """The plans of `centre` that the reader sees, the latest year first."""
    return Plan.objects.in_centre(centre).seen_by(insider=insider).order_by("-year")


def plan_or_404(centre, year, *, insider):
    """The plan of `centre` for `year`, with its centre; Http404 where there is none that the reader sees."""
    return get_object_or_404(plans_of(centre, insider=insider).select_related("centre"), year=year)


def rows_of(plan, *, insider):
    """The rows of `plan` that the reader sees, by number, each with its goal, those responsible, and its tasks.

    Three queries, whatever the number of rows.
    """
    return (
        PlanItem.objects.filter(plan=plan)
        .seen_by(insider=insider)
        .select_related("plan__centre", "parent")
        .prefetch_related(
            Prefetch(
                "responsibles",
                Responsible.objects.select_related("network__network", "organisation"),
            ),
            "tasks",
        )
        .order_by("number")
    )


def with_threads(rows, *, insider):
    """`rows` with where each came from and goes to, as far as the reader sees it: ``origins`` and ``continuations``.

    Two queries more. Ends that the reader does not see are left out; that a row goes on somewhere is no secret
    (`PlanItemQuerySet.with_fate`).
    """
    seen = PlanItem.objects.seen_by(insider=insider).order_by()
    came = Continuation.objects.filter(source__in=seen).select_related("source__plan__centre")
    goes = Continuation.objects.filter(target__in=seen).select_related("target__plan__centre")
    return rows.prefetch_related(
        Prefetch("origins", came.order_by("source__plan__year", "source__number")),
        Prefetch("continuations", goes.order_by("target__plan__year", "target__number")),
    )
