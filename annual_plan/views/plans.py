"""The plan of one year."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annual_plan.plan_page import page_of_plan
from annual_plan.reading import plan_among_others_or_404
from networks.access import is_insider, more_for_insiders


@require_safe
@more_for_insiders
def detail(request, year):
    """The plan of one year."""
    insider = is_insider(request)
    plan = plan_among_others_or_404(request.centre, year, insider=insider)
    today = timezone.localdate()
    page = page_of_plan(plan, insider=insider, today=today, language=get_language())
    context = {"plan": plan, "page": page, "today": today, "insider": insider}
    return render(request, "annual_plan/detail.html", context)
