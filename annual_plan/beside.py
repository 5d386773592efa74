"""What this year's plan holds for whoever sees to it, on their own page: of a network, or of an organisation."""

from annual_plan.models import Plan, PlanItem
from centres.languages import falls_back
from networks.beside import told_on_network_page

# As many as are looked through beside other things; the plan has them all.
MOST_ROWS = 12


def rows_seen_to(centre, today, *, insider, **who):
    """The rows of this year's plan of `centre` that the `network` or the `organisation` given sees to, by number.

    As far as the reader sees them; at most MOST_ROWS + 1, so that more are known of. One query.
    """
    carried = {f"responsibles__{name}": row for name, row in who.items()}
    rows = PlanItem.objects.filter(plan__centre=centre, plan__year=today.year, **carried)
    rows = rows.seen_by(insider=insider).select_related("plan__centre", "parent")
    return list(rows.order_by("number").distinct()[: MOST_ROWS + 1])


def as_told(rows, today, language):
    """The context of ``annual_plan/_this_year.html`` for readers of `language`; None where there are no `rows`."""
    if not rows:
        return None
    shown = rows[:MOST_ROWS]
    return {
        "rows": shown,
        "has_more": len(rows) > MOST_ROWS,
        "is_draft": shown[0].plan.phase == Plan.Phase.DRAFTING,
        "year": today.year,
        "today": today,
        "falls_back": falls_back(shown, ["title"], language),
    }


@told_on_network_page("annual_plan/_this_year.html")
def of_network(local, today, language, *, insider):
    return as_told(rows_seen_to(local.centre, today, insider=insider, network=local), today, language)
