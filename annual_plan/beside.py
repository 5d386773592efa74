"""What this year's plan holds for an organisation, on its own page, which is the same for all."""

from annual_plan.models import PlanItem
from centres.languages import falls_back

# As many as are looked through beside other things; the plan has them all.
MOST_ROWS = 12


def rows_seen_to(centre, organisation, today):
    """The rows of this year's plan of `centre` that `organisation` sees to and everybody may read, by number.

    At most MOST_ROWS + 1, so that more are known of. One query.
    """
    rows = PlanItem.objects.filter(plan__centre=centre, plan__year=today.year)
    rows = rows.filter(responsibles__organisation=organisation).seen_by(insider=False).select_related("plan")
    return list(rows.order_by("number").distinct()[: MOST_ROWS + 1])


def as_told(rows, today, language):
    """The context of ``annual_plan/_this_year.html`` for readers of `language`; None where there are no `rows`."""
    if not rows:
        return None
    shown = rows[:MOST_ROWS]
    return {
        "rows": shown,
        "has_more": len(rows) > MOST_ROWS,
        "year": today.year,
        "today": today,
        "falls_back": falls_back(shown, ["title"], language),
    }
