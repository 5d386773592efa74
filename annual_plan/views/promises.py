"""Everything once promised and neither achieved, carried on nor knowingly dropped."""

from itertools import groupby

from django.db.models import Case, Count, Prefetch, Q, Value, When
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annual_plan.mending import may_mend
from annual_plan.models import NOT_EVALUATED, Responsible
from annual_plan.reading import rows_of_centre
from centres.languages import columns
from networks.access import is_insider, more_for_insiders
from services.pages import page_of

PAGE_SIZE = 100


@require_safe
@more_for_insiders
def open_promises(request):
    """The open promises of the centre: what is unfinished, oldest first, then what nobody has spoken of, by year."""
    insider, today = is_insider(request), timezone.localdate()
    rows = rows_of_centre(request.centre, insider=insider).open_promises(today)
    listed = _for_list(rows, get_language())
    many = rows.order_by().aggregate(all=Count("pk"), untold=Count("pk", filter=Q(outcome__in=NOT_EVALUATED)))
    page, page_is_wrong = page_of(listed, many["all"], PAGE_SIZE, request.GET.get("page"))
    unfinished, unspoken = _parted(page)
    context = {
        "page": page,
        "page_is_wrong": page_is_wrong,
        "open": many["all"] - many["untold"],
        "untold": many["untold"],
        "unfinished": unfinished,
        "unspoken": [(year, list(rows)) for year, rows in groupby(unspoken, lambda row: row.plan.year)],
        "today": today,
        "insider": insider,
        "may_mend": insider and may_mend(request),
    }
    return render(request, "annual_plan/open_promises.html", context)


def _for_list(rows, language):
    """`rows` with what the list shows of each: two queries, whatever their number."""
    carried_by = Responsible.objects.select_related("network__network", "organisation")
    texts = columns("title", "evaluation", language=language)
    unspoken = Case(When(outcome__in=NOT_EVALUATED, then=Value(1)), default=Value(0))
    return (
        rows.select_related("plan", "parent")
        .prefetch_related(Prefetch("responsibles", carried_by))
        .only(
            "plan__year",
            "number",
            "kind",
            "quarter",
            "month",
            "outcome",
            "is_internal",
            "parent__is_internal",
            *texts,
        )
        .order_by(unspoken, "plan__year", "number")
    )


def _parted(rows):
    """`rows` as two lists: those that are unfinished, and those that nobody has spoken of."""
    rows = list(rows)
    return [row for row in rows if row.is_evaluated], [row for row in rows if not row.is_evaluated]
