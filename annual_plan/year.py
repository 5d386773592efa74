"""Everything that the page of one year tells, fetched in a few queries whatever the number of rows."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.urls import reverse

from annual_plan.clock import Clock, clock
from annual_plan.models import Duty, DutyHolder, Outcome, PlanItem, Responsible
from annual_plan.reading import plans_of, rows_of
from centres.languages import columns, falls_back, mark


@dataclass(frozen=True)
class Who:
    """Somebody who sees to something: their name, the language it is marked with, and their page (empty: none)."""

    said: str
    lang: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A row in the list, the goal that it serves (None: it stands by itself), who is responsible, and the actions
    towards it in the same part of the year.
    """

    row: PlanItem
    goal: PlanItem | None
    who: list[Who]
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
class Year:
    """What the page of one plan tells besides the plan itself.

    `counts`: how many rows have each outcome that any has. `duties`: each with who sees to it. `earlier`, `later`: the
    years of the plans next to it, as the reader sees them. `falls_back`: some of the page is in Finnish for want of
    the reader's language.
    """

    clock: Clock
    parts: list[Part]
    counts: list[tuple[Outcome, int]]
    duties: list[tuple[Duty, list[Who]]]
    earlier: int | None
    later: int | None
    falls_back: bool

    @property
    def number(self):
        """How many rows there are."""
        return sum(number for _outcome, number in self.counts)


def year_of(plan, *, insider, today, language):
    """What the page of `plan` tells to readers of `language` on the date `today`: five queries."""
    rows = list(_rows(plan, insider, language))
    duties = list(_duties(plan, language))
    for row in (*rows, *duties):
        row.plan = plan
    years = plans_of(plan.centre, insider=insider).values_list("year", flat=True)
    years = [year for year in years if year != plan.year]
    texts = [(plan, ["intro", "reflection"]), *((row, ["title", "description"]) for row in rows)]
    texts += [(duty, ["task"]) for duty in duties]
    bearers = [who for row in rows for who in row.responsibles.all()]
    bearers += [who for duty in duties for who in duty.holders.all()]
    texts += [(row, [name]) for row, name in (who.named for who in bearers)]
    counts = Counter(row.outcome for row in rows)
    is_open = plan.phase != plan.Phase.DRAFTING
    return Year(
        clock=clock(rows, plan.year, today),
        parts=_parts(rows, today, language, is_open=is_open),
        counts=[(outcome, counts[outcome]) for outcome in Outcome if counts[outcome]],
        duties=[(duty, _named(duty.holders.all(), today, language, is_open=is_open)) for duty in duties],
        earlier=max((year for year in years if year < plan.year), default=None),
        later=min((year for year in years if year > plan.year), default=None),
        falls_back=any(falls_back([row], fields, language) for row, fields in texts),
    )


def _rows(plan, insider, language):
    """The rows of `plan` with what the list shows, and no more."""
    responsible = Prefetch("responsibles", _bearers(Responsible.objects, language).order_by("order", "pk"))
    shown = ("plan_id", "parent_id", "kind", "number", "quarter", "month", "outcome", "is_internal")
    return (
        rows_of(plan, insider=insider)
        .select_related(None)
        .prefetch_related(None)
        .prefetch_related(responsible)
        .only(*shown, *columns("title", "description", language=language))
    )


def _duties(plan, language):
    holders = Prefetch("holders", _bearers(DutyHolder.objects, language).order_by("order", "pk"))
    duties = Duty.objects.filter(plan=plan).prefetch_related(holders).order_by("order", "pk")
    return duties.only("plan_id", *columns("task", language=language))


def _bearers(bearers, language):
    """`bearers` with what leads to their pages, and says whether these are there."""
    public = ("status", "published_from", "published_until")
    names = columns("name", language=language)
    network = ["slug", "centre_id", *names, *public]
    shared = [f"network__{each}" for each in (*names, *public)]
    own = [each.attname for each in bearers.model._meta.concrete_fields if each.is_relation]
    return bearers.select_related("network__network", "organisation").only(
        *own,
        *columns("label", language=language),
        *(f"network__{each}" for each in (*network, *shared)),
        *(f"organisation__{each}" for each in ("slug", *names)),
    )


def _parts(rows, today, language, *, is_open):
    """The list: what is done all year round, and the four quarters, each with its goals and what stands below them."""
    by_pk = {row.pk: row for row in rows}
    parts = []
    for quarter in (None, 1, 2, 3, 4):
        entries = {}
        for row in rows:
            if row.quarter == quarter:
                goal = by_pk.get(row.parent_id)
                is_internal = row.is_internal or (goal is not None and goal.is_internal)
                who = row.responsibles.all()
                who = _named(who, today, language, is_open=is_open and not is_internal)
                entries[row.pk] = Entry(row, goal, who)
        top = []
        for entry in entries.values():
            above = entries.get(entry.row.parent_id)
            (above.below if above else top).append(entry)
        parts.append(Part(quarter, top))
    return parts


def _named(bearers, today, language, *, is_open):
    """`bearers` as readers see them. `is_open`: anybody may read that they are responsible, so that an organisation
    that has no other part here has a page all the same (`perhekeskus.sectors.organisations_of`).
    """
    return [_who(bearer, today, language, is_open=is_open) for bearer in bearers]


def _who(bearer, today, language, *, is_open):
    url = ""
    centre = bearer.plan.centre.slug
    if bearer.network_id and bearer.network.is_public(today):
        url = reverse("networks:detail", kwargs={"centre": centre, "slug": bearer.network.slug})
    if bearer.organisation_id and is_open:
        url = reverse("organisation", kwargs={"centre": centre, "slug": bearer.organisation.slug})
    row, name = bearer.named
    return Who(bearer.said, mark(row, name, language), url)
