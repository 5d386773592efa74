"""The plans of a centre, one year, and one row of it."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annual_plan.reading import plan_or_404, plans_of, rows_of, with_threads
from annual_plan.year import year_of
from networks.access import is_insider, more_for_insiders


@require_safe
@more_for_insiders
def index(request):
    """All years."""
    plans = list(plans_of(request.centre, insider=is_insider(request)))
    return render(request, "annual_plan/index.html", {"plans": plans})


@require_safe
@more_for_insiders
def detail(request, year):
    """The plan of one year."""
    insider = is_insider(request)
    plan = plan_or_404(request.centre, year, insider=insider)
    today = timezone.localdate()
    year_in_full = year_of(plan, insider=insider, today=today, language=get_language())
    context = {"plan": plan, "year": year_in_full, "today": today, "insider": insider}
    return render(request, "annual_plan/detail.html", context)


@require_safe
@more_for_insiders
def item(request, year, number):
    """One row of a plan."""
    insider = is_insider(request)
    plan = plan_or_404(request.centre, year, insider=insider)
    row = get_object_or_404(with_threads(rows_of(plan, insider=insider), insider=insider), number=number)
    return render(request, "annual_plan/item.html", {"plan": plan, "row": row, "insider": insider})
