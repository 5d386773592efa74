"""The way back: a row, with all that belongs to it and in every language, as it was after some change.

Only what belongs to the row goes: other roots that were added to it since (a service's offerings) stay.
"""

from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects

from centres.history.kinds import Kind
from centres.history.locking import lock
from centres.history.numbers import make_room, settle
from centres.history.recording import note
from centres.history.registry import recorded
from centres.history.snapshots import Key, Snapshot, Stored, below, present, snapshot, together, versions_of
from centres.history.story import RowChange, as_of, changes


@dataclass(frozen=True)
class Plan:
    """Going back to `revision`: what `roots` are `now`, what they shall be, and the `missing` rows that they need."""

    roots: list[Key]
    revision: int
    now: Snapshot
    goal: Snapshot
    missing: list[tuple[Stored, Key, str]]

    @property
    def changes(self) -> list[RowChange]:
        return changes(self.now, self.goal)


def plan(roots, revision, *, within=None):
    """How the keys `roots`, or only the row `within` and what belongs to it, go back to the `revision` (a key)."""
    then = as_of(roots, revision)
    now = together(snapshot(row) for row in present(list(then)))
    goal = together(then.values())
    if within is not None:
        now, goal = below(now, within), below(goal, within)
    return Plan(list(then), revision, now, goal, _missing(now, goal))


def _missing(now, goal):
    """The rows that `goal` leads to and that are gone: ``[(row, the key it needs, what that was called)]``."""
    needed = [
        (row, Key(field.related_model._meta.concrete_model, str(pk)))
        for key, row in goal.items()
        if now.get(key) != row
        for field in key.model._meta.concrete_fields
        if field.is_relation and (pk := row.fields.get(field.name)) is not None
    ]
    gone = _gone({key for _row, key in needed} - set(goal))
    return [(row, key, gone[key]) for row, key in needed if key in gone]


def _gone(keys):
    """Those of `keys` that are no rows of the database, with what they were called last."""
    there = {
        Key(model, str(pk))
        for model in {key.model for key in keys}
        for pk in model._default_manager.filter(pk__in=[key.pk for key in keys if key.model is model])
        .order_by("pk")
        .values_list("pk", flat=True)
    }
    return {key: _last_name(key) for key in keys - there}


def holders_gone(stored):
    """The keys of the roots that held the row `stored` and that are gone: it cannot come back without them."""
    found = []
    for field in stored.key.model._meta.concrete_fields:
        pk = stored.fields.get(field.name)
        if field.is_relation and pk is not None and _holds(field.related_model, field):
            found.append(Key(field.related_model._meta.concrete_model, str(pk)))
    return list(_gone(set(found)))


def _holds(model, relation):
    """Whether rows of `model` hold those that lead to it by the foreign key `relation`."""
    held = recorded(model).holds if recorded(model) else ()
    return any(model._meta.get_field(name).field is relation for name in held)


def _last_name(key):
    version = versions_of([key]).order_by("-pk").first()
    return version.object_repr if version else key.pk


@transaction.atomic
def restore(plan, *, user, kind=Kind.REVERTED):
    """Does what `plan` says, and records it, so that it can be taken back itself.

    Raises ValidationError, with nothing changed, when the rows of then cannot stand beside those of now.
    """
    lock(plan.roots)
    note(plan.roots)
    for key in reversed([key for key in plan.now if key not in plan.goal]):
        key.model._default_manager.filter(pk=key.pk).delete()
    settle(plan.now, plan.goal)
    make_room(plan.now, plan.goal)
    _leave_places(plan.now, plan.goal)
    # Asked once all are there: a row may look at others that come back with it.
    _ask([(row, _put(row)) for key, row in plan.goal.items() if plan.now.get(key) != row])
    note(plan.roots, user=user, kind=kind, about=str(plan.revision))


def _leave_places(now, goal):
    """Takes away the rows that change between `now` and `goal` and say one thing each: they are put back in one by one.

    Nobody is told of it, for they are not gone.
    """
    for key, row in goal.items():
        if key in now and now[key] != row and recorded(key.model).says_one_thing:
            rows = key.model._default_manager.filter(pk=key.pk)
            rows._raw_delete(rows.db)  # noqa: SLF001


def row_of(stored):
    """A row as it is `stored`, in no database."""
    model, pk = stored.key
    return _filled(model(pk=model._meta.pk.to_python(pk)), stored)


def row_with_owned(key, rows):
    """The row `key` as it is stored in the snapshot `rows`, in no database, with what belongs to it as if fetched.

    So are its tags, of which no more than their keys is known.
    """
    row = row_of(rows[key])
    for name in recorded(key.model).owns:
        model = key.model._meta.get_field(name).related_model
        owned = [
            row_with_owned(each, rows) for each in rows if each.model is model and rows[each].owner == key
        ]
        _as_if_fetched(row, name, sorted(owned, key=_by_ordering))
    for field in key.model._meta.many_to_many:
        tags = [field.related_model(pk=pk) for pk in rows[key].fields.get(field.name, [])]
        _as_if_fetched(row, field.name, tags)
    return row


def _as_if_fetched(row, name, others):
    """Lets the relation `name` of `row` lead to `others`, as prefetch_related leaves it."""
    fetched = getattr(row, name).get_queryset()
    fetched._result_cache = others  # noqa: SLF001
    row._prefetched_objects_cache = getattr(row, "_prefetched_objects_cache", {}) | {name: fetched}  # noqa: SLF001


def _by_ordering(row):
    """The values that rows of one kind are sorted by, but for those of other rows; what is empty comes first."""
    own = {"pk", *(field.name for field in row._meta.concrete_fields if not field.is_relation)}
    values = [getattr(row, name) for name in row._meta.ordering if name in own]
    return [(value is not None, value) for value in values]


def _filled(row, stored):
    for field in row._meta.concrete_fields:
        if field.name in stored.fields:
            setattr(row, field.attname, field.to_python(stored.fields[field.name]))
    return row


def _put(stored):
    """Saves the row as it is `stored`, and gives it; what is derived from its fields is derived anew."""
    model, pk = stored.key
    there = model._default_manager.filter(pk=pk).first()
    before = copy(there)
    row = _filled(there or model(pk=pk), stored)
    with _called(stored):
        if before is not None and hasattr(row, "clean_change"):
            row.clean_change(before)
        row.validate_unique()
        row.validate_constraints()
    row.save()
    for field in model._meta.many_to_many:
        # A word that is no longer in use does not come back with what was tagged with it.
        tags = field.related_model._default_manager.filter(pk__in=stored.fields.get(field.name, []))
        if field.name in stored.fields:
            tagged = getattr(row, field.name)
            if there is None:  # without tags: to ask for them would be a query for each row
                tagged.add(*tags.order_by("pk"))
            else:
                tagged.set(tags.order_by("pk"))
    return row


def _ask(put):
    """Asks the rows that were `put`, each behind what it is `stored` as, whether they may be as they are now."""
    for model in dict.fromkeys(type(row) for _stored, row in put):
        asks = recorded(model).asks
        if asks is None:
            continue
        few = [(stored, row) for stored, row in put if type(row) is model]
        prefetch_related_objects([row for _stored, row in few], *asks)
        for stored, row in few:
            with _called(stored):
                row.clean()


@contextmanager
def _called(stored):
    """Says of whatever is refused within that it is about the row that is `stored`."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError([f"{stored.name}: {message}" for message in error.messages]) from error
