"""A plan as tables, one line for each row, in the language of now; `services.tables.writing` makes files of them.

What begins like a formula (=, +, -, @, a tab, a carriage return) gets an apostrophe before it in CSV, which makes it a
text in every program; in a workbook the type of the cell does the same. See `services.tables.guarding`.
"""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from tablib import Dataset

from annual_plan.outcomes import told_of
from services.tables.cells import Text

# Between several that stand in one cell.
_BETWEEN = "; "
_clean = Text().render


def table_of_rows(plan, rows, *, insider, today, address):
    """The `rows` of `plan`, fetched with their threads (`reading.with_threads`), as tablib's Dataset.

    `address` takes a row and gives the whole address of its page. Only an `insider` is told which are internal: to
    anybody else there are no others. What became of each is told as on the date `today`.
    """
    columns = _columns(plan, insider=insider, today=today, address=address)
    lines = [[value(row) for _heading, value in columns] for row in rows]
    return Dataset(*lines, headers=[capfirst(heading) for heading, _value in columns], title=_("Annual plan"))


def table_of_duties(duties):
    """The division of work: `duties`, fetched with their holders, as tablib's Dataset."""
    lines = [[_clean(duty.task), _who(duty.holders.all())] for duty in duties]
    headings = [capfirst(_("what is to be done")), capfirst(_("responsible"))]
    return Dataset(*lines, headers=headings, title=capfirst(_("division of work")))


def _columns(plan, *, insider, today, address):
    """The columns: pairs of a heading and of a function that takes a row and gives a text or a whole number."""
    internal = (_("internal"), lambda row: _("yes") if row.is_for_insiders else "")
    return [
        (_("year"), lambda _row: plan.year),
        (_("number"), lambda row: row.number),
        (_("kind"), lambda row: row.get_kind_display()),
        (_("number of its goal"), lambda row: row.parent.number if row.parent_id else ""),
        (_("quarter (empty: all year round)"), lambda row: row.quarter or ""),
        (_("month"), lambda row: row.month or ""),
        (_("title"), lambda row: _clean(row.title)),
        (_("clarification"), lambda row: _clean(row.description)),
        (_("tasks of the family centre"), _tasks),
        (_("responsible"), lambda row: _who(row.responsibles.all())),
        *([internal] if insider else []),
        (_("outcome"), lambda row: _told(plan, row, today)),
        (_("evaluation"), lambda row: _clean(row.evaluation)),
        (_("why it is dropped"), lambda row: _clean(row.drop_reason)),
        (_("comes from"), lambda row: _ends((each, each.source) for each in row.origins.all())),
        (
            pgettext("heading of a table", "goes on as"),
            lambda row: _ends((each, each.target) for each in row.continuations.all()),
        ),
        (_("address of its page"), address),
    ]


def _tasks(row):
    return _BETWEEN.join(_clean(f"{task.number}. {task.name}") for task in row.tasks.all())


def _who(bearers):
    return _BETWEEN.join(_clean(each.said) for each in bearers)


def _told(plan, row, today):
    told = told_of(outcome=row.outcome, quarter=row.quarter, year=plan.year, today=today)
    return str(told.label)


def _ends(ends):
    """Other years' rows by how they are tied, year and number. Not "2025/3", which Excel takes for a date."""
    return _BETWEEN.join(
        _("%(kind)s: %(year)s, no. %(number)s")
        % {"kind": tie.get_kind_display(), "year": row.plan.year, "number": row.number}
        for tie, row in ends
    )
