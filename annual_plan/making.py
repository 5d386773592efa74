"""The rows in which others go on: made of what was said of those, tied to them, put below their goals.

What the tables keep is left to them: to ask each constraint once more of a hundred rows takes seconds.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from annual_plan.carrying import how_it_goes_on, place_of
from annual_plan.models import HIGHEST_NUMBER, Continuation, Outcome, PlanItem
from centres.copying import clone
from centres.history.recording import note, parts_of
from centres.languages import column

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def standing_in(plan):
    """The keys of the rows of `plan` by their `place_of`; of two with the same words in one quarter the first."""
    rows = plan.items.order_by("-number").values_list("title_fi", "quarter", "pk")
    return {place_of(title, quarter): pk for title, quarter, pk in rows}


def gone_on_in(plan):
    """The keys of the rows that go on in `plan`."""
    return set(Continuation.objects.filter(target__plan=plan).order_by("pk").values_list("source", flat=True))


def make_all(plan, wanted, sources):
    """A row of `plan`, behind those that stand there, for each of `wanted` (`carrying.Made`); `sources` are by key."""
    last = plan.items.aggregate(last=Max("number"))["last"] or 0
    if last + len(wanted) > HIGHEST_NUMBER:
        raise ValidationError(_("The rows of the later plan have too high numbers: number them again first."))
    return [
        _make(plan, number, each, [sources[pk] for pk in each.sources])
        for number, each in enumerate(wanted, start=last + 1)
    ]


def _make(plan, number, wanted, sources):
    first, goal, action = sources[0], PlanItem.Kind.GOAL, PlanItem.Kind.ACTION
    row = clone(
        first,
        **_texts(wanted, sources),
        plan=plan,
        number=number,
        parent=None,
        kind=goal if any(each.kind == goal for each in sources) else action,
        quarter=wanted.quarter,
        month=first.month if first.quarter == wanted.quarter else None,
        outcome=Outcome.NOT_STARTED,
        is_internal=any(each.is_for_insiders for each in sources),
    )
    if more := {task for each in sources[1:] for task in each.tasks.all()}.difference(first.tasks.all()):
        row.tasks.add(*more)
    _share_out(row, sources)
    return row


def _texts(wanted, sources):
    """By column: the title in each language, where a row has gone by it before; every clarification; no evaluation."""
    called = next(
        (each for each in sources if place_of(each.title_fi, None) == place_of(wanted.title, None)), None
    )
    texts = {column(name, code): "" for name in ("evaluation", "drop_reason") for code in LANGUAGES}
    for code in LANGUAGES:
        title = column("title", code)
        texts[title] = getattr(called, title) if called else ""
        texts[column("description", code)] = clarification_of(sources, code)
    return texts | {"title_fi": wanted.title}


def clarification_of(sources, code):
    """What is said of a row that goes on from `sources`, in the language `code`: what was said of each, once."""
    said = (getattr(each, column("description", code)) for each in sources)
    return "\n\n".join(dict.fromkeys(filter(None, said)))


def _share_out(row, sources):
    """Whoever is responsible for any of `sources` is for `row`, each once."""
    who = {}
    for each in (each for source in sources for each in source.responsibles.all()):
        who.setdefault((each.network_id, each.organisation_id, each.label_fi or ""), each)
    for order, each in enumerate(who.values()):
        clone(each, item=row, order=order)


def tie(source, target, *, parts):
    """Says that `source` goes on as `target`, one of so many `parts` of it in the same plan."""
    kind = how_it_goes_on(is_achieved=source.outcome == Outcome.ACHIEVED, parts=parts)
    row = Continuation(source=source, target=target, kind=kind)
    row.clean()
    row.save()


def put_below_goals(plan, made, pairs, sources):
    """Puts each action of `plan` without a goal below what its goal has gone on as, where one of both is of `pairs`.

    `made` are rows made just now, `pairs` of the key of a source and the row that it goes on as, tied just now: an
    action may be carried over before its goal is, or after. Gives the rows that were put below one.
    """
    goals = [pk for pk, _target in pairs if sources[pk].kind == PlanItem.Kind.GOAL]
    is_new = Q(pk__in=[target.pk for _pk, target in pairs]) | Q(origins__source__parent__in=goals)
    actions = plan.items.filter(is_new, kind=PlanItem.Kind.ACTION, parent=None).order_by()
    came = Continuation.objects.filter(target__in=actions.values("pk")).exclude(source__parent=None)
    latest = ("-source__plan__year", "-source__number")
    goal_before = dict(came.order_by(*latest).values_list("target", "source__parent"))
    gone = Continuation.objects.filter(
        source__in=goal_before.values(), target__plan=plan, target__kind=PlanItem.Kind.GOAL
    )
    goal_now = dict(gone.order_by("-target__number", "pk").values_list("source", "target"))
    below = {action: goal_now[goal] for action, goal in goal_before.items() if goal in goal_now}
    new = {row.pk: row for row in made}
    stood = PlanItem.objects.in_bulk(below.keys() - new.keys())
    for few in parts_of(stood.values()):
        note(few)
    moved = [(new | stood)[action] for action in sorted(below)]
    for row in moved:
        row.parent_id = below[row.pk]
        row.save(update_fields=["parent", "sequence", "updated_at"])
    return moved
