"""The story of a row: its changes, one after the other, each with what it was and what it became."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from reversion.models import Revision, Version

from centres.history.kinds import Kind, kind_of
from centres.history.recording import held_now
from centres.history.registry import recorded
from centres.history.snapshots import (
    Stored,
    below,
    content_types,
    first_found,
    held_by,
    last_known,
    last_there,
    versions_of,
)
from centres.versions import MadeFromField, vouched_for


@dataclass(frozen=True)
class FieldChange:
    """A field of a row, as JSON had it before and after."""

    field: Any
    before: Any
    after: Any


@dataclass(frozen=True)
class RowChange:
    """What became of one row; it was added when there is no `before`, and removed when there is no `after`.

    `owners` are the rows that it belongs to, the root first.
    """

    before: Stored | None
    after: Stored | None
    owners: tuple[Stored, ...]
    fields: list[FieldChange]

    @property
    def row(self) -> Stored:
        row = self.after or self.before
        assert row is not None  # noqa: S101
        return row


@dataclass(frozen=True)
class Entry:
    """One change of a row and what belongs to it."""

    revision: Revision
    kind: Kind
    changes: list[RowChange]


def changes(before, after):
    """What is different between two snapshots, in the order of what is there now; what is gone comes last."""
    pairs = [(before.get(key), row) for key, row in after.items()]
    pairs += [(row, None) for key, row in before.items() if key not in after]
    found = [
        RowChange(old, new, tuple(owners_of(new or old, after if new else before)), _fields(old, new))
        for old, new in pairs
    ]
    return [each for each in found if each.fields or None in (each.before, each.after)]


def owners_of(row, rows):
    """The rows of the snapshot `rows` that `row` belongs to, the root first."""
    owner = rows.get(row.owner)
    return [*owners_of(owner, rows), owner] if owner else []


def _fields(before, after):
    """The fields that differ between two states of a row; of one that came or went, those that say something."""
    row = after or before
    fields = (
        row.key.model._meta.get_field(name) for name in recorded(row.key.model).fields if name in row.fields
    )
    told = [field for field in fields if field.editable]  # what nobody typed is not told
    if before and after:
        known = [
            field for field in told if field.name in before.fields
        ]  # a younger field than the version is not
        pairs = [FieldChange(each, before.fields[each.name], after.fields[each.name]) for each in known]
        changed = [each for each in pairs if _value(each.before) != _value(each.after)]
        return [*changed, *_vouched_for(before, after)]
    told = [field for field in told if _says_something(field, row)]
    return [
        FieldChange(field, *(each and each.fields[field.name] for each in (before, after))) for field in told
    ]


def _vouched_for(before, after):
    """The versions that tell what the Finnish tells, by somebody's word and not by another text: True where they do."""
    for field in after.key.model._meta.concrete_fields:
        if isinstance(field, MadeFromField) and {field.name} <= before.fields.keys() & after.fields.keys():
            pair = [
                vouched_for(old.fields, new.fields, field) for old, new in ((after, before), (before, after))
            ]
            if any(pair):
                yield FieldChange(field, *pair)


def _value(value):
    """An empty text and none are the same to every reader."""
    return "" if value is None else value


def _says_something(field, row):
    value = row.fields[field.name]
    is_owner = row.owner is not None and field.related_model is row.owner.model
    is_default = field.has_default() and value == field.get_default()
    return not (is_owner or is_default or value is False or value in (None, "", []))


def held_ever(root):
    """The key `root` and those of the roots that it holds, or held once."""
    found = [root, *held_now([root])]
    for name in recorded(root.model).holds:
        relation = root.model._meta.get_field(name)
        kind = content_types()[relation.related_model]
        beside = Version.objects.filter(
            content_type=kind, revision__in=versions_of([root]).values("revision")
        )
        newest = beside.order_by("object_id").values("object_id").annotate(newest=Max("pk")).values("newest")
        for version in Version.objects.filter(pk__in=newest).order_by("pk"):
            stored = Stored.of_version(version)
            if str(stored.fields[relation.field.name]) == root.pk and stored.key not in found:
                found.append(stored.key)
    return found


def story(roots, *, within=None, before=None, after=None, most=20):
    """The changes of `roots`, newest first: ``([Entry], more)``; `more` when there are older ones than these.

    `within` narrows it to a row that belongs to a root, and what belongs to that. Only revisions older than `before`
    and younger than `after` are told of, at most `most`.
    """
    revisions = Revision.objects.filter(pk__in=versions_of(roots).values("revision"))
    if before is not None:
        revisions = revisions.filter(pk__lt=before)
    if after is not None:
        revisions = revisions.filter(pk__gt=after)
    window = list(revisions.select_related("user").order_by("-pk")[: most + 1])
    told = window[:most][::-1]
    known = last_there(roots, before=told[0].pk) if told else {}
    entries = list(_entries(told, roots, known, within))
    return entries[::-1], len(window) > most


def _entries(revisions, roots, known, within):
    """What each of `revisions`, oldest first, changed; `known` is what was there before, and is kept up."""
    held = held_by(revision.pk for revision in revisions)
    for revision in revisions:
        kind, found = kind_of(revision), []
        # The first of all tells how it was before.
        begins = kind == Kind.FOUND and not known
        for root in (root for root in roots if root in held[revision.pk]):
            now = {} if kind == Kind.DELETED else below(held[revision.pk], root)
            old, known[root] = known.get(root, {}), now
            if old or kind != Kind.FOUND:
                found += changes(*(below(rows, within or root) for rows in (old, now)))
        if found or begins or kind == Kind.SECOND_FACTOR:
            yield Entry(revision, kind, found)


def as_of(roots, revision):
    """Each of `roots` as it was once the revision (a key) had been made: ``{root: Snapshot}``.

    One that had not been recorded by then was as it was found later; one that was not there yet is left out.
    """
    then = last_known(roots, before=revision + 1)
    found = first_found([root for root in roots if root not in then])
    return {root: then.get(root) or found[root] for root in roots if root in then or root in found}
