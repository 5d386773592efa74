"""What readers may see of the plans of a centre, fetched in a few queries whatever the number of rows.

An insider (`networks.access.is_insider`) sees drafts and internal rows; nobody else does, in any page, feed or file.
"""

from django.db.models import Case, Count, Prefetch, Q, Subquery, Value, When
from django.shortcuts import get_object_or_404

from annual_plan.fates import fate_of
from annual_plan.models import Continuation, Duty, DutyHolder, Plan, PlanItem, Responsible
from annual_plan.threads import Link
from annual_plan.years import Group


def plans_of(centre, *, insider):
    """The plans of `centre` that the reader sees, the latest year first."""
    return Plan.objects.in_centre(centre).seen_by(insider=insider).order_by("-year")


def plan_or_404(centre, year, *, insider):
    """The plan of `centre` for `year`, with its centre; Http404 where there is none that the reader sees."""
    return get_object_or_404(plans_of(centre, insider=insider).select_related("centre"), year=year)


def plan_among_others_or_404(centre, year, *, insider):
    """As `plan_or_404`, with `earlier` and `later`: the years of the plans next to it that the reader sees, or None."""
    others = plans_of(centre, insider=insider)
    earlier = others.filter(year__lt=year).values("year")[:1]
    later = others.filter(year__gt=year).order_by("year").values("year")[:1]
    plans = others.annotate(earlier=Subquery(earlier), later=Subquery(later))
    return get_object_or_404(plans.select_related("centre"), year=year)


def seen_rows(plan, *, insider):
    """The rows of `plan` that the reader sees, by number, and nothing with them."""
    return PlanItem.objects.filter(plan=plan).seen_by(insider=insider).order_by("number")


def rows_of(plan, *, insider):
    """The rows of `plan` that the reader sees, by number, each with its goal, those responsible, and its tasks.

    Three queries, whatever the number of rows.
    """
    return (
        seen_rows(plan, insider=insider)
        .select_related("plan__centre", "parent")
        .prefetch_related(
            Prefetch(
                "responsibles",
                Responsible.objects.select_related("network__network", "organisation"),
            ),
            "tasks",
        )
    )


def with_threads(rows, *, insider):
    """`rows` with where each came from and goes to, as far as the reader sees it: ``origins`` and ``continuations``.

    Two queries more. Ends that the reader does not see are left out; that a row goes on somewhere is no secret
    (`PlanItemQuerySet.with_fate`).
    """
    return rows.prefetch_related(
        Prefetch("origins", ends_seen("source", insider=insider).select_related("source__plan__centre")),
        Prefetch(
            "continuations", ends_seen("target", insider=insider).select_related("target__plan__centre")
        ),
    )


def ends_seen(end, *, insider):
    """Continuations whose `end` ("source" or "target") the reader sees, with it and its plan, by year and number."""
    found = Continuation.objects.select_related(f"{end}__plan")
    if not insider:
        found = found.filter(**{f"{end}__in": PlanItem.objects.seen_by(insider=False).order_by()})
    return found.order_by(f"{end}__plan__year", f"{end}__number")


def row_or_404(centre, year, number, *, insider):
    """The row `number` of the plan of `centre` for `year`, with its plan, its goal, those responsible and its tasks.

    Three queries; Http404 where there is none that the reader sees.
    """
    # Its plan comes with it: a page of one row needs no query more to know that the reader sees the plan.
    rows = rows_of_centre(centre, insider=insider).select_related("plan__centre", "parent").with_fate()
    carried_by = Responsible.objects.select_related("network__network", "organisation")
    rows = rows.prefetch_related(Prefetch("responsibles", carried_by), "tasks")
    return get_object_or_404(rows, plan__year=year, number=number)


def rows_of_centre(centre, *, insider):
    """The rows of all plans of `centre` that the reader sees, by year and number."""
    rows = PlanItem.objects.filter(plan__centre=centre).seen_by(insider=insider)
    return rows.order_by("plan__year", "number")


def links_of(centre, *, insider):
    """What goes on as what in the plans of `centre`, where the reader sees both ends: `Link`s, in one query."""
    found = Continuation.objects.filter(source__plan__centre=centre)
    if not insider:
        seen = PlanItem.objects.seen_by(insider=False).order_by().values("pk")
        found = found.filter(source__in=seen, target__in=seen)
    return [Link(*row) for row in found.order_by("pk").values_list("source_id", "target_id", "kind")]


def became_of(row, today):
    """The `Fate` of `row`, fetched with its plan and `with_fate()`, on the date `today`."""
    return fate_of(
        outcome=row.outcome,
        has_reason=bool(row.drop_reason_fi),
        goes_on=row.goes_on,
        is_over=row.plan.is_evaluated or row.plan.year < today.year,
    )


def groups_of(rows, today):
    """The `Group`s that `rows` fall into, each of a pair of centre (its key) and year: one query for all years."""
    is_over = Q(plan__phase=Plan.Phase.EVALUATED) | Q(plan__year__lt=today.year)
    no_reason = Q(drop_reason_fi=None) | Q(drop_reason_fi="")
    same = ("plan__centre_id", "plan__year", "outcome", "has_reason", "goes_on", "is_over")
    told = rows.with_fate().annotate(
        has_reason=Case(When(no_reason, then=Value(False)), default=Value(True)),
        is_over=Case(When(is_over, then=Value(True)), default=Value(False)),
    )
    found = told.order_by(*same).values_list(*same).annotate(rows=Count("pk"))
    return [Group((centre, year), *rest) for centre, year, *rest in found]


def duties_of(plan):
    """The division of work of `plan`, each duty with who sees to it: two queries."""
    holders = DutyHolder.objects.select_related("network__network", "organisation")
    duties = Duty.objects.filter(plan=plan).prefetch_related(Prefetch("holders", holders))
    return list(duties.order_by("order", "pk"))


def rows_with_month(plan):
    """The rows of `plan` that anybody sees whose month is known, by number: one query."""
    rows = PlanItem.objects.filter(plan=plan, month__isnull=False).seen_by(insider=False)
    return list(rows.select_related("plan__centre").order_by("number"))
