"""Everything that the page of one year tells, fetched in a few queries whatever the number of rows."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Prefetch

from annual_plan.bearers import Who, for_readers, named
from annual_plan.clock import Clock, clock
from annual_plan.models import Duty, DutyHolder, Outcome, Plan, PlanItem, Responsible
from annual_plan.outcomes import TOLD, Unsaid, told_of
from annual_plan.reading import ends_seen, seen_rows
from centres.languages import columns, falls_back


@dataclass(frozen=True)
class Onward:
    """The rows of one later year that a row goes on as, by number, as far as the reader sees them."""

    year: int
    rows: list[PlanItem]


@dataclass(frozen=True)
class Entry:
    """A row in the list, the goal that it serves (None: it stands by itself), who is responsible, where it goes on,
    and the actions towards it in the same part of the year.

    `goes_on_unseen`: it goes on, but only where the reader sees nothing: in a draft, or in what is internal.
    """

    row: PlanItem
    goal: PlanItem | None
    who: list[Who]
    onward: list[Onward]
    goes_on_unseen: bool
    below: list["Entry"] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A part of the year in the list: a quarter, or with None all year round."""

    quarter: int | None
    entries: list[Entry]

    @property
    def anchor(self):
        """What leads to it on the page."""
        return f"quarter-{self.quarter}" if self.quarter else "all-year"

    @property
    def name(self):
        """What a quarter is called; None all year round."""
        return PlanItem.Quarter(self.quarter).label if self.quarter else None

    @property
    def months(self):
        """The first and the last month of a quarter."""
        return (3 * self.quarter - 2, 3 * self.quarter) if self.quarter else None


@dataclass(frozen=True)
class PlanPage:
    """What the page of one plan tells besides the plan itself.

    `counts`: how many rows have each outcome that any has, as it is told today. `duties`: each with who sees to it.
    `is_rough`: some row stands anywhere in its quarter, for it has no month. `has_calendar`: some row that anybody sees
    has one. `falls_back`: some of the page is in Finnish for want of the reader's language.
    """

    clock: Clock
    parts: list[Part]
    counts: list[tuple[Outcome | Unsaid, int]]
    duties: list[tuple[Duty, list[Who]]]
    is_rough: bool
    has_calendar: bool
    falls_back: bool

    @property
    def number(self):
        """How many rows there are."""
        return sum(number for _outcome, number in self.counts)


def page_of_plan(plan, *, insider, today, language):
    """What the page of `plan` tells to readers of `language` on the date `today`: five queries."""
    rows = list(_rows(plan, insider, language))
    duties = list(_duties(plan, language))
    goals = {row.pk: row for row in rows}
    for row in (*rows, *duties):
        row.plan = plan
    for row in rows:
        row.parent = goals.get(row.parent_id)
    told = (told_of(outcome=row.outcome, quarter=row.quarter, year=plan.year, today=today) for row in rows)
    counts = Counter(each.value for each in told)
    is_open = plan.phase != plan.Phase.DRAFTING
    return PlanPage(
        clock=clock(rows, plan.year, today),
        parts=_parts(rows, lambda row: _entry(row, today, language)),
        counts=[(TOLD[value], counts[value]) for value in TOLD if counts[value]],
        duties=[(duty, named(duty.holders.all(), today, language, is_open=is_open)) for duty in duties],
        is_rough=any(row.quarter and not row.month for row in rows),
        has_calendar=is_open and any(row.month and not row.is_for_insiders for row in rows),
        falls_back=_falls_back(plan, rows, duties, language),
    )


def _rows(plan, insider, language):
    """The rows of `plan` with what the list shows, and no more."""
    responsible = Prefetch("responsibles", for_readers(Responsible.objects, language))
    onward = ends_seen("target", insider=insider).only(
        "source_id", "target__number", "target__plan__year", "target__plan__centre_id"
    )
    shown = ("plan_id", "parent_id", "kind", "number", "quarter", "month", "outcome", "is_internal")
    texts = columns("title", "description", "evaluation", "drop_reason", language=language)
    rows = seen_rows(plan, insider=insider).with_fate()
    return rows.prefetch_related(responsible, Prefetch("continuations", onward)).only(*shown, *texts)


def _duties(plan, language):
    holders = Prefetch("holders", for_readers(DutyHolder.objects, language))
    duties = Duty.objects.filter(plan=plan).prefetch_related(holders).order_by("order", "pk")
    return duties.only("plan_id", *columns("task", language=language))


def _falls_back(plan, rows, duties, language):
    texts = [(plan, ["intro", "reflection"])]
    texts += [(row, ["title", "description", "evaluation", "drop_reason"]) for row in rows]
    texts += [(duty, ["task"]) for duty in duties]
    bearers = [who for row in rows for who in row.responsibles.all()]
    bearers += [who for duty in duties for who in duty.holders.all()]
    texts += [(row, [name]) for row, name in (who.named for who in bearers)]
    return any(falls_back([row], fields, language) for row, fields in texts)


def _entry(row, today, language):
    """`row`, which has its plan and its goal, as an `Entry`, with nothing below it yet."""
    is_open = row.plan.phase != Plan.Phase.DRAFTING and not row.is_for_insiders
    ends = [each.target for each in row.continuations.all()]
    return Entry(
        row,
        row.parent,
        named(row.responsibles.all(), today, language, is_open=is_open),
        [Onward(year, list(some)) for year, some in groupby(ends, key=lambda end: end.plan.year)],
        row.goes_on and not ends,
    )


def _parts(rows, entry_of):
    """The list: what is done all year round, and the four quarters, each with its goals and what stands below them."""
    parts = []
    for quarter in (None, 1, 2, 3, 4):
        entries = {row.pk: entry_of(row) for row in rows if row.quarter == quarter}
        top = []
        for entry in entries.values():
            above = entries.get(entry.row.parent_id)
            (above.below if above else top).append(entry)
        parts.append(Part(quarter, top))
    return parts
