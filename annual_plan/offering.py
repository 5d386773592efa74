"""What is offered when a plan is carried over, part by part; and what goes on or is dropped, which is listed only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch

from annual_plan.fates import Fate, fate_of
from annual_plan.models import LAST_YEAR, UNFINISHED, Continuation, Plan, PlanItem


class Part(StrEnum):
    """The parts of the page, in their order; from those of GOES_ON on nothing is offered."""

    UNFINISHED = "unfinished"
    PENDING = "pending"
    EARLIER = "earlier"
    REPEAT = "repeat"
    ACHIEVED = "achieved"
    GOES_ON = "goes-on"
    DROPPED = "dropped"


OFFERED = [Part.UNFINISHED, Part.PENDING, Part.EARLIER, Part.REPEAT, Part.ACHIEVED]
# Each has three boxes on the page, and a form may have a thousand.
MOST_OFFERED = 250


@dataclass(frozen=True)
class Offer:
    """The rows of each part, by number, those of earlier years by year; `left_out` is how many more could go on."""

    parts: dict[Part, list[Any]]
    left_out: int

    @property
    def rows(self):
        """Those that are offered, by key."""
        return {row.pk: row for part in OFFERED for row in self.parts[part]}

    @property
    def all_goes_on(self):
        """Whether something went on, and nothing that is unfinished is left to."""
        left = [Part.UNFINISHED, Part.PENDING, Part.EARLIER]
        return bool(self.parts[Part.GOES_ON]) and not any(self.parts[part] for part in left)


def part_of(row, plan):
    """The `Part` in which `row` stands, of `plan` or an open promise of an earlier one, told whether it `goes_on`."""
    fate = fate_of(
        outcome=row.outcome, has_reason=bool(row.drop_reason_fi), goes_on=row.goes_on, is_over=True
    )
    if row.goes_on:
        return Part.GOES_ON
    if fate == Fate.DROPPED:
        return Part.DROPPED
    if fate == Fate.ACHIEVED:
        return Part.REPEAT if row.quarter is None else Part.ACHIEVED
    if row.plan_id != plan.pk:
        return Part.EARLIER
    return Part.UNFINISHED if row.outcome in UNFINISHED else Part.PENDING


def offer_of(plan, today):
    """The `Offer` of `plan`: its rows, and the promises of earlier years that are open on the date `today`.

    Three queries, whatever the number of rows.
    """
    goes = Continuation.objects.select_related("target__plan").order_by(
        "target__plan__year", "target__number"
    )
    own = plan.items.with_fate().order_by("number").prefetch_related(Prefetch("continuations", goes))
    earlier = PlanItem.objects.filter(plan__centre=plan.centre_id, plan__year__lt=plan.year)
    earlier = earlier.open_promises(today).with_fate().order_by("-plan__year", "number")
    parts: dict[Part, list[Any]] = {part: [] for part in Part}
    for row in [*own, *earlier.select_related("plan")]:
        parts[part_of(row, plan)].append(row)
    left = MOST_OFFERED
    left_out = 0
    for part in OFFERED:
        left_out += len(parts[part][left:])
        parts[part] = parts[part][:left]
        left -= len(parts[part])
    return Offer(parts, left_out)


def left_behind(plan, offer, keys):
    """The rows with the `keys` that are not in the `offer` of `plan`, by key, each told whether it `goes_on`.

    Of `plan` and of earlier ones of its centre; none of a row that is deleted, or another centre's.
    """
    rows = PlanItem.objects.filter(plan__centre=plan.centre_id, plan__year__lte=plan.year)
    strange = keys - offer.rows.keys()
    return rows.filter(pk__in=strange).with_fate().select_related("plan").in_bulk() if strange else {}


def later_years(plan, first, today):
    """The years whose plans take what goes on from `plan`, with their plan, None where it would be opened.

    `first` (`actions.next_year_of`) comes first: then other plans that stand and are not closed, then the year after.
    No year that is over is opened, nor is a draft of one added to: what goes on there would be seen by few.
    """
    later = {each.year: each for each in Plan.objects.filter(centre=plan.centre_id, year__gt=plan.year)}
    standing = [year for year, each in sorted(later.items()) if _takes_rows(each, today)]
    after = max(plan.year + 1, today.year)
    new = [] if after in later else [after]
    years = dict.fromkeys([first, *standing, *new])
    return {year: later.get(year) for year in years if year <= LAST_YEAR}


def _takes_rows(plan, today):
    is_draft = plan.phase == Plan.Phase.DRAFTING
    return not plan.is_evaluated and not (is_draft and plan.year < today.year)
