"""A plan as a document for machines (JSON), the same in whatever language it is asked for.

`docs/annual-plan-files.md` tells its shape; whoever changes the shape so that a reader must know counts VERSION up.
"""

from django.conf import settings

from annual_plan.bearers import shown_of
from annual_plan.models import Plan
from annual_plan.outcomes import told_of
from annual_plan.quarters import days_of
from annual_plan.reading import became_of
from centres.languages import column

VERSION = 1


def document_of(plan, rows, duties, *, insider, today, address):
    """`plan` with its `rows`, fetched with their threads and `with_fate()`, and its `duties` with their holders.

    `address` takes the plan or a row and gives the whole address of its page. Only an `insider` is told which rows are
    internal: to anybody else there are no others. What became of each is told as on the date `today`.
    """
    is_open = plan.phase != Plan.Phase.DRAFTING
    return {
        "version": VERSION,
        "centre": {"slug": plan.centre.slug, "name": texts(plan.centre, "name")},
        "year": plan.year,
        "phase": plan.phase,
        "introduction": texts(plan, "intro"),
        "reflection": texts(plan, "reflection"),
        "rows": [_row(plan, row, address(row), today, insider=insider) for row in rows],
        "duties": [
            {"task": texts(duty, "task"), "responsibles": _who(duty.holders.all(), today, is_open=is_open)}
            for duty in duties
        ],
        "address": address(plan),
        "saved": plan.updated_at.isoformat(timespec="seconds"),
    }


def texts(row, field):
    """`field` of `row` by language, those that there is a text in: ``{"fi": …, "sv": …}``."""
    found = {code: getattr(row, column(field, code)) for code, _name in settings.LANGUAGES}
    return {code: text for code, text in found.items() if text}


def _row(plan, row, address, today, *, insider):
    told = told_of(outcome=row.outcome, quarter=row.quarter, year=plan.year, today=today)
    is_open = plan.phase != Plan.Phase.DRAFTING and not row.is_for_insiders
    first, last = days_of(plan.year, row.quarter, row.month)
    found = {
        "number": row.number,
        "kind": row.kind,
        "goal": row.parent.number if row.parent_id else None,
        "quarter": row.quarter,
        "month": row.month,
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "title": texts(row, "title"),
        "description": texts(row, "description"),
        "tasks": [{"number": task.number, "name": texts(task, "name")} for task in row.tasks.all()],
        "responsibles": _who(row.responsibles.all(), today, is_open=is_open),
        "outcome": told.value,
        "fate": became_of(row, today).value,
        "evaluation": texts(row, "evaluation"),
        "drop_reason": texts(row, "drop_reason"),
        "comes_from": [_end(each, each.source) for each in row.origins.all()],
        "goes_on_as": [_end(each, each.target) for each in row.continuations.all()],
        "address": address,
        "saved": row.updated_at.isoformat(timespec="seconds"),
    }
    return found | ({"internal": row.is_for_insiders} if insider else {})


def _who(bearers, today, *, is_open):
    """What each is called, and the slug of the network or the organisation that the page would lead to."""
    found = []
    for each in bearers:
        network, organisation = shown_of(each, today, is_open=is_open)
        found.append(
            {
                "name": texts(*each.named),
                "network": network.slug if network else None,
                "organisation": organisation.slug if organisation else None,
            }
        )
    return found


def _end(continuation, row):
    return {"year": row.plan.year, "number": row.number, "kind": continuation.kind}
