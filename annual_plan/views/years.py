"""All years of a centre, and those of the centres of its area, side by side."""

from itertools import groupby

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from annual_plan.models import Plan, PlanItem
from annual_plan.reading import groups_of, plans_of, rows_of_centre
from annual_plan.years import Counts, counted, side_by_side
from centres.models import FamilyCentre
from networks.access import is_insider, more_for_insiders


@require_safe
@more_for_insiders
def index(request):
    """This year's plan, and all years side by side, the first one first."""
    insider, today = is_insider(request), timezone.localdate()
    plans = list(plans_of(request.centre, insider=insider).order_by("year"))
    counts = counted(groups_of(rows_of_centre(request.centre, insider=insider), today))
    years = side_by_side([((plan.centre_id, plan.year), plan) for plan in plans], counts)
    so_far = [year for year in years if year.plan.year <= today.year]
    context = {
        "years": years,
        "latest": so_far[-1] if so_far else None,
        "coming": [year.plan for year in years if year.plan.year > today.year],
        "all": sum((year.counts for year in years), Counts()),
        "today": today,
        "insider": insider,
    }
    return render(request, "annual_plan/index.html", context)


@require_safe
def area(request):
    """The years of all public centres of the area: what anybody sees, whoever asks."""
    centres = list(
        FamilyCentre.objects.public().filter(area=request.centre.area_id).order_by("order", "slug")
    )
    plans = Plan.objects.filter(centre__in=centres).seen_by(insider=False).order_by("centre_id", "year")
    rows = PlanItem.objects.filter(plan__centre__in=centres).seen_by(insider=False)
    counts = counted(groups_of(rows, timezone.localdate()))
    years = side_by_side([((plan.centre_id, plan.year), plan) for plan in plans], counts)
    by_centre = {pk: list(found) for pk, found in groupby(years, lambda year: year.plan.centre_id)}
    told = [(centre, by_centre.get(centre.pk, [])) for centre in centres]
    context = {
        "area": request.centre.area,
        "centres": [
            (centre, years, sum((year.counts for year in years), Counts())) for centre, years in told
        ],
        "some": bool(years),
    }
    return render(request, "annual_plan/area.html", context)
