"""What changes several rows of plans at once: evaluating, closing, carrying over. Each in one transaction, recorded.

Whoever is at the plans of a centre waits for whoever is at them already (`wait_for_plans_of`), plans before rows
everywhere.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annual_plan.carrying import Wish, carry
from annual_plan.duties import take_along
from annual_plan.kinds import tell_how_it_goes_on
from annual_plan.making import gone_on_in, make_all, put_below_goals, standing_in, tie
from annual_plan.models import FIRST_YEAR, LAST_YEAR, Plan, PlanItem, why_not, why_out_of_sight
from centres.history.kinds import Kind
from centres.history.recording import note, parts_of, recording, root_of
from centres.languages import column

CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else has changed this row since you opened it. Compare with what it says now, and save once more."
)
# What an evaluation says, in every language: what else somebody changes of the row meanwhile stays as they left it.
SAID = ["outcome", "sequence", "updated_at"] + [
    name
    for field in ("evaluation", "drop_reason")
    for name in (field, *(column(field, code) for code, _name in settings.LANGUAGES))
]


@dataclass(frozen=True)
class CarriedOver:
    """What carrying over has done: in which `plan`, opened for it or not (`is_new`), the rows `made` there.

    `sources` are the keys of the rows that go on in it now and did not before; `duties` how many were taken along.
    """

    plan: Any
    is_new: bool
    made: list[Any]
    sources: set[Any]
    duties: int

    def __bool__(self):
        return bool(self.is_new or self.sources or self.duties)


def next_year_of(plan, today):
    """The year whose plan takes what goes on from `plan`: the first from its next one, and from `today`, not closed."""
    return next_after(plan, today)[0]


def next_after(plan, today):
    """The year of `next_year_of`, and whether its plan is there already."""
    later = Plan.objects.in_centre(plan.centre_id).filter(year__gt=plan.year)
    phases = dict(later.order_by("year").values_list("year", "phase"))
    year = max(plan.year + 1, today.year)
    while phases.get(year) == Plan.Phase.EVALUATED:
        year += 1
    return year, year in phases


@transaction.atomic
def evaluate(*, row, titles=(), user=None, kind=Kind.SAVED):
    """Saves what has been said of `row` in memory: its outcome, its evaluation, why it is dropped; nothing else of it.

    It goes on as a row of the next plan under each of the Finnish `titles`; none: it does not. One that goes on already
    does not once more. ValidationError, with nothing saved, where a rule of the models is broken,
    or somebody has saved the row since it was read. `kind` is how its history calls it.
    """
    wait_for_plans_of(row.plan.centre_id)
    row.plan.refresh_from_db(fields=["phase"])
    with recording([row], user=user, kind=kind):
        if not PlanItem.objects.filter(pk=row.pk, sequence=row.sequence).exists():
            raise ValidationError(CHANGED_MEANWHILE)
        row.full_clean()
        row.save(update_fields=SAID)
        tell_how_it_goes_on(row)
    if titles and not row.has_gone_on():
        wishes = [Wish(row.pk, title, row.quarter) for title in titles]
        carry_over(
            centre=row.plan.centre,
            year=next_year_of(row.plan, timezone.localdate()),
            wishes=wishes,
            user=user,
        )


@transaction.atomic
def close(*, plan, user=None):
    """Closes `plan` as evaluated; nothing else of it is saved.

    ValidationError while any row lacks its outcome; then it is not closed in memory either.
    """
    wait_for_plans_of(plan.centre_id)
    before, plan.phase = plan.phase, Plan.Phase.EVALUATED
    try:
        with recording([plan], user=user):
            plan.full_clean()
            plan.save(update_fields=["phase", "updated_at"])
    except ValidationError:
        plan.phase = before
        raise


@transaction.atomic
def carry_over(*, centre, year, wishes, duties_of=None, user=None):
    """Brings what the `wishes` (`carrying.Wish`) ask for into the plan of `centre` for `year`; gives `CarriedOver`.

    Where there is no such plan it is opened, as a draft. A row that is made points back to those it goes on from and
    takes over what was said of them: kind, clarification, tasks, who is responsible, whether it is internal. Under a
    new title it has that in Finnish only. `duties_of` is the plan whose division of work is taken along. Run twice,
    nothing changes. ValidationError, with nothing saved, where the plan is closed, or is a draft of a year that is
    over, or a row that is wished for cannot go on in it.
    """
    wishes = list(wishes)
    wait_for_plans_of(centre.pk)
    plan, is_new = _opened(centre, year)
    with recording(PlanItem.objects.filter(pk__in={wish.source for wish in wishes}), user=user):
        # Read here and not before: nobody drops a row now that is about to go on.
        sources = _sources(wishes)
        _refuse(plan, sources, wishes)
        made, pairs = _carry(plan, wishes, sources)
        moved = put_below_goals(plan, made, pairs, sources)
    if is_new:
        note([root_of(plan)], user=user)
    for few in parts_of([*made, *(row for row in moved if row not in made)]):
        note(few, user=user)
    duties = take_along(duties_of, plan, user=user) if duties_of else 0
    if reason := why_out_of_sight(plan):
        raise ValidationError(reason)
    return CarriedOver(plan, is_new, made, {source for source, _target in pairs}, duties)


def wait_for_plans_of(centre):
    """Until nobody else is at the plans of the `centre` (its key); they wait from now on."""
    plans = Plan.objects.in_centre(centre).order_by("pk").select_for_update(no_key=True)
    list(plans.values_list("pk"))


def _opened(centre, year):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(
            _("There are plans for the years %(first)s to %(last)s only.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    plan, is_new = Plan.objects.get_or_create(centre=centre, year=year)
    if plan.is_evaluated:
        raise ValidationError(_("The plan for %(year)s is closed as evaluated.") % {"year": plan.year})
    return plan, is_new


def _sources(wishes):
    rows = PlanItem.objects.filter(pk__in={wish.source for wish in wishes}).order_by("plan__year", "number")
    return rows.select_related("plan", "parent").prefetch_related("tasks", "responsibles").in_bulk()


def _refuse(plan, sources, wishes):
    """ValidationError where one of `sources` is gone, or cannot go on in `plan`, or a title or a quarter cannot be."""
    for wish in wishes:
        if wish.source not in sources:
            raise ValidationError(_("One of these rows has been deleted meanwhile."))
        PlanItem._meta.get_field("title").run_validators(wish.title)
        PlanItem._meta.get_field("quarter").clean(wish.quarter, None)
    for source in sources.values():
        if reason := why_not(source, plan):
            raise ValidationError(reason)


def _carry(plan, wishes, sources):
    """The rows made, and pairs of the key of a source and the row of `plan` that it goes on as."""
    carried = carry(wishes, standing_in(plan), gone_on_in(plan))
    made = make_all(plan, carried.made, sources)
    standing = plan.items.in_bulk([target for _source, target in carried.joined])
    pairs = [(pk, row) for row, wanted in zip(made, carried.made, strict=True) for pk in wanted.sources]
    pairs += [(pk, standing[target]) for pk, target in carried.joined]
    for pk, target in pairs:
        tie(sources[pk], target, parts=sum(source == pk for source, _target in pairs))
    return made, pairs
