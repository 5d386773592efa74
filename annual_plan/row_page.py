"""The thread of a row as its page tells it: which rows, how each came, and what became of it."""

from dataclasses import dataclass

from django.db.models import Q

from annual_plan.fates import Fate
from annual_plan.models import PlanItem
from annual_plan.reading import became_of, links_of, rows_of_centre
from annual_plan.threads import steps, thread_of
from centres.languages import columns, falls_back


@dataclass(frozen=True)
class Told:
    """A row in a thread: how it came, and what stands beside it.

    `came`: the rows before it, each with the kind of continuation.

    `goes_on_unseen`: it goes on, but only where the reader sees nothing: in a draft, or in what is internal.
    """

    row: PlanItem
    is_this: bool
    came: list[tuple[PlanItem, str]]
    also_as: list[PlanItem]
    also_from: list[PlanItem]
    fate: Fate
    goes_on_unseen: bool


@dataclass(frozen=True)
class RowPage:
    """What the page of a row shows besides it: its thread, its actions, and the rows that it goes on as at once."""

    thread: list[Told]
    this: Told
    actions: list[PlanItem]
    next_rows: list[PlanItem]

    def falls_back(self, row, language):
        """Whether the page of `row` shows any text to readers of `language` in Finnish instead."""
        told = [one.row for one in self.thread]
        beside = [end for one in self.thread for end in (*one.also_as, *one.also_from)]
        goal = [row.parent] if row.parent else []
        texts = [
            ([row], ["description"]),
            (told, ["title", "evaluation", "drop_reason"]),
            (beside, ["title", "drop_reason"]),
            ([*self.actions, *goal], ["title"]),
            (row.tasks.all(), ["name"]),
            *(([one], [field]) for one, field in (bearer.named for bearer in row.responsibles.all())),
        ]
        return any(falls_back(rows, fields, language) for rows, fields in texts)


def page_of_row(row, language, today, *, insider):
    """The `RowPage` of `row` (`reading.row_or_404`) for readers of `language` on the date `today`: two queries."""
    centre = row.plan.centre
    links = links_of(centre, insider=insider)
    thread = thread_of(row.pk, links)
    found = rows_of_centre(centre, insider=insider).filter(Q(pk__in=thread.keys) | Q(parent=row))
    texts = columns("title", "evaluation", "drop_reason", language=language)
    shown = found.with_fate().select_related("plan", "parent").only(*_IN_A_THREAD, *texts)
    rows = {one.pk: one for one in shown}
    places = {key: (one.plan.year, one.number) for key, one in rows.items() if key in thread.keys}
    told = [_told(step, rows, today) for step in steps(thread, links, places)]
    return RowPage(
        told,
        next(one for one in told if one.is_this),
        [one for one in rows.values() if one.parent_id == row.pk],
        [one.row for one in told if any(came.pk == row.pk for came, _kind in one.came)],
    )


_IN_A_THREAD = (
    "plan__year",
    "plan__phase",
    "parent_id",
    "number",
    "kind",
    "quarter",
    "outcome",
    "is_internal",
    "parent__is_internal",
)


def _told(step, rows, today):
    row = rows[step.key]
    return Told(
        row,
        step.is_this,
        [(rows[link.source], link.kind) for link in step.came],
        [rows[key] for key in step.also_as],
        [rows[key] for key in step.also_from],
        became_of(row, today),
        row.goes_on and not step.goes_on,
    )
