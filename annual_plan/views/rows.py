"""The page of one row of a plan."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annual_plan.bearers import named
from annual_plan.fates import Fate
from annual_plan.mending import may_mend
from annual_plan.models import Plan
from annual_plan.reading import row_or_404
from annual_plan.row_page import page_of_row
from centres.languages import held
from networks.access import is_insider, more_for_insiders


@require_safe
@more_for_insiders
def item(request, year, number):
    """One row of a plan, and its thread over all years."""
    insider, today, language = is_insider(request), timezone.localdate(), get_language()
    row = row_or_404(request.centre, year, number, insider=insider)
    page = page_of_row(row, language, today, insider=insider)
    is_open = not row.is_for_insiders and row.plan.phase != Plan.Phase.DRAFTING
    context = {
        "row": row,
        "plan": row.plan,
        "page": page,
        "who": named(row.responsibles.all(), today, language, is_open=is_open),
        "may_mend": insider and page.this.fate is Fate.OPEN and may_mend(request),
        "today": today,
        "insider": insider,
        "falls_back": page.falls_back(row, language),
        **({} if insider else {"held_in": held(row, "title")}),
    }
    return render(request, "annual_plan/item.html", context)
