"""A plan as a document for machines (JSON), the same in whatever language it is asked for.

`docs/annual-plan-files.md` tells its shape; whoever changes the shape so that a reader must know counts VERSION up.
"""

from django.conf import settings

from annual_plan.outcomes import told_of
from annual_plan.quarters import days_of
from centres.languages import column

VERSION = 1


def document_of(plan, rows, duties, *, insider, today, address):
    """`plan` with its `rows`, fetched with their threads, and its `duties`, fetched with their holders.

    `address` takes the plan or a row and gives the whole address of its page. Only an `insider` is told which rows are
    internal: to anybody else there are no others. What became of each is told as on the date `today`.
    """
    return {
        "version": VERSION,
        "centre": {"slug": plan.centre.slug, "name": texts(plan.centre, "name")},
        "year": plan.year,
        "phase": plan.phase,
        "introduction": texts(plan, "intro"),
        "reflection": texts(plan, "reflection"),
        "rows": [_row(plan, row, address(row), today, insider=insider) for row in rows],
        "duties": [
            {"task": texts(duty, "task"), "responsibles": _who(duty.holders.all())} for duty in duties
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
        "responsibles": _who(row.responsibles.all()),
        "outcome": told.value,
        "evaluation": texts(row, "evaluation"),
        "drop_reason": texts(row, "drop_reason"),
        "comes_from": [_end(each, each.source) for each in row.origins.all()],
        "goes_on_as": [_end(each, each.target) for each in row.continuations.all()],
        "address": address,
        "saved": row.updated_at.isoformat(timespec="seconds"),
    }
    return found | ({"internal": row.is_for_insiders} if insider else {})


def _who(bearers):
    """What each is called, and the slug of the network or organisation where it is one."""
    return [
        {
            "name": texts(*each.named),
            "network": each.network.slug if each.network_id else None,
            "organisation": each.organisation.slug if each.organisation_id else None,
        }
        for each in bearers
    ]


def _end(continuation, row):
    return {"year": row.plan.year, "number": row.number, "kind": continuation.kind}
