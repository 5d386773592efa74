"""What changes several rows of plans at once: evaluating, closing, carrying over. Each in one transaction, recorded."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annual_plan.carrying import Wish, carry, place_of
from annual_plan.models import Continuation, Outcome, Plan, PlanItem, why_not
from centres.copying import clone
from centres.history.recording import note, recording, roots_of
from centres.languages import column

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def next_year_of(plan):
    """The year whose plan takes what goes on from `plan`: of the first later one that is not closed, else a new one."""
    later = Plan.objects.in_centre(plan.centre_id).filter(year__gt=plan.year)
    phases = dict(later.order_by("year").values_list("year", "phase"))
    waiting = [year for year, phase in phases.items() if phase != Plan.Phase.EVALUATED]
    return min(waiting, default=max(phases, default=plan.year) + 1)


def evaluate(*, row, titles=(), user=None):
    """Saves what has been said of `row` in memory: its outcome, its evaluation, why it is dropped.

    It goes on as a row of the next plan under each of the Finnish `titles`; none: it does not, or does already.
    ValidationError, with nothing saved, where a rule of the models is broken.
    """
    with recording([row], user=user):
        row.full_clean()
        row.save()
        _say_how_it_goes_on(row)
        if titles:
            wishes = [Wish(row.pk, title, row.quarter) for title in titles]
            carry_over(centre=row.plan.centre, year=next_year_of(row.plan), wishes=wishes, user=user)


def close(*, plan, user=None):
    """Closes `plan` as evaluated. ValidationError, with nothing saved, while any row lacks its outcome."""
    with recording([plan], user=user):
        plan.phase = Plan.Phase.EVALUATED
        plan.full_clean()
        plan.save()


@transaction.atomic
def carry_over(*, centre, year, wishes, user=None):
    """The plan of `centre` for `year`, opened as a draft where there is none, with what the `Wish`es ask for.

    A row that is made points back to those it goes on from and takes over what was said of them: kind, clarification,
    tasks, who is responsible, whether it is internal. Under a new title it has that in Finnish only. Run twice, nothing
    changes. ValidationError, with nothing saved, where the plan is closed, or a row that is wished for cannot go on in
    it.
    """
    wishes = list(wishes)
    plan, is_new = Plan.objects.get_or_create(centre=centre, year=year)
    # Whoever else is at it waits, so that no number is given twice.
    plan = Plan.objects.select_for_update(of=("self",)).select_related("centre").get(pk=plan.pk)
    sources = _sources(wishes)
    _refuse(plan, sources.values(), wishes)
    with recording(sources.values(), user=user):
        carried = carry(wishes, _standing(plan), _gone_on(plan))
        made = _make_all(plan, carried.made, sources)
        pairs = [(pk, row) for row, wanted in zip(made, carried.made, strict=True) for pk in wanted.sources]
        standing = plan.items.in_bulk([target for _source, target in carried.joined])
        pairs += [(pk, standing[target]) for pk, target in carried.joined]
        for pk, target in pairs:
            _tie(sources[pk], target, is_split=sum(source == pk for source, _target in pairs) > 1)
        _put_below_goals(made)
    note(roots_of([plan, *made] if is_new else made), user=user)
    return plan


def _sources(wishes):
    rows = PlanItem.objects.filter(pk__in={wish.source for wish in wishes}).order_by("plan__year", "number")
    return rows.select_related("plan", "parent").prefetch_related("tasks", "responsibles").in_bulk()


def _refuse(plan, sources, wishes):
    """ValidationError where the `plan` is closed, a row of `sources` cannot go on in it, or a title is too long."""
    if plan.is_evaluated:
        raise ValidationError(_("The plan for %(year)s is closed as evaluated.") % {"year": plan.year})
    for source in sources:
        if reason := why_not(source, plan):
            raise ValidationError(reason)
    for wish in wishes:
        PlanItem._meta.get_field("title").run_validators(wish.title)


def _standing(plan):
    rows = plan.items.order_by("-number").values_list("title_fi", "quarter", "pk")
    return {place_of(title, quarter): pk for title, quarter, pk in rows}


def _gone_on(plan):
    return Continuation.objects.filter(target__plan=plan).order_by().values_list("source", flat=True)


def _make_all(plan, wanted, sources):
    last = plan.items.aggregate(last=Max("number"))["last"] or 0
    return [
        _make(plan, number, each, [sources[pk] for pk in each.sources])
        for number, each in enumerate(wanted, start=last + 1)
    ]


def _make(plan, number, wanted, sources):
    """A row of `plan` as `wanted` (`carrying.Made`), which goes on from the rows `sources`."""
    first, goal, action = sources[0], PlanItem.Kind.GOAL, PlanItem.Kind.ACTION
    emptied = ["evaluation", "drop_reason", *(["title"] if wanted.title != first.title_fi else [])]
    values = {column(name, code): "" for name in emptied for code in LANGUAGES}
    row = clone(
        first,
        **values | {"title_fi": wanted.title},
        plan=plan,
        number=number,
        parent=None,
        kind=goal if any(each.kind == goal for each in sources) else action,
        quarter=wanted.quarter,
        month=first.month if first.quarter == wanted.quarter else None,
        outcome=Outcome.NOT_STARTED,
        is_internal=any(each.is_internal or (each.parent and each.parent.is_internal) for each in sources),
    )
    row.tasks.set({task for each in sources for task in each.tasks.all()})
    _share_out(row, sources)
    row.full_clean()
    return row


def _share_out(row, sources):
    """Whoever is responsible for any of `sources` is for `row`, each once."""
    who = {}
    for each in (each for source in sources for each in source.responsibles.all()):
        who.setdefault((each.network_id, each.organisation_id, each.label_fi or ""), each)
    for order, each in enumerate(who.values()):
        clone(each, item=row, order=order)


def _tie(source, target, *, is_split):
    """Says that `source` goes on as `target`."""
    kind = Continuation.Kind.SPLIT if is_split else Continuation.Kind.CARRIED
    if source.outcome == Outcome.ACHIEVED:
        kind = Continuation.Kind.REPEATED
    tie = Continuation(source=source, target=target, kind=kind)
    tie.full_clean()
    tie.save()


def _say_how_it_goes_on(row):
    """Of what is achieved, what goes on is repeated; of anything else it is carried over."""
    kinds = Continuation.Kind
    if row.outcome == Outcome.ACHIEVED:
        row.continuations.update(kind=kinds.REPEATED)
    else:
        row.continuations.filter(kind=kinds.REPEATED).update(kind=kinds.CARRIED)


def _put_below_goals(made):
    """Each action of `made` stands below what its goal went on as, where that is a goal of the same plan."""
    for row in made:
        if row.kind == PlanItem.Kind.ACTION:
            goals = PlanItem.objects.filter(plan=row.plan_id, kind=PlanItem.Kind.GOAL)
            row.parent = (
                goals.filter(origins__source__actions__continuations__target=row).order_by("number").first()
            )
            if row.parent:
                row.save()
