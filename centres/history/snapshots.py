"""Rows as they are and as they were: what a root and all that belongs to it hold, in a form that can be compared."""

import json
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db.models import Max, Min, Model, Q
from django.utils.translation import override
from reversion.models import Revision, Version

from centres.history.kinds import Kind
from centres.history.registry import owners, recorded, recorded_models, row_and_owned, with_all
from centres.languages import FINNISH


class Key(NamedTuple):
    """A row, whether it is there or not: its model, and its primary key as text."""

    model: type[Model]
    pk: str

    @classmethod
    def of(cls, row):
        return cls(type(row), str(row.pk))


@dataclass(frozen=True)
class Stored:
    """One row at one time: its fields as JSON has them, and what it was called, in Finnish."""

    key: Key
    fields: dict[str, Any]
    name: str = field(compare=False)

    @classmethod
    def of(cls, row):
        fields = recorded(type(row)).fields
        (entry,) = json.loads(serializers.serialize("json", [row], fields=fields))
        return cls(Key.of(row), _comparable(type(row), entry["fields"]), str(row))

    @classmethod
    def of_version(cls, version):
        model: Any = ContentType.objects.get_for_id(version.content_type_id).model_class()
        (entry,) = json.loads(version.serialized_data)
        return cls(Key(model, version.object_id), _comparable(model, entry["fields"]), version.object_repr)

    @cached_property
    def owner(self):
        """The row that owns this one; None when it is a root."""
        for relation in owners(self.key.model):
            if (pk := self.fields.get(relation.name)) is not None:
                return Key(relation.related_model, str(pk))
        return None


def _comparable(model, fields):
    """`fields` without those that are gone since, and tags in one order."""
    known = recorded(model).fields
    tags = {each.name for each in model._meta.many_to_many}
    return {name: sorted(value) if name in tags else value for name, value in fields.items() if name in known}


# A root and all that belongs to it, by their keys; each after the row that owns it.
Snapshot = dict[Key, Stored]


def together(snapshots) -> Snapshot:
    """Several roots with all that belongs to them, as one Snapshot."""
    return reduce(or_, snapshots, {})


def below(rows, top):
    """The part of `rows` (a Snapshot) that is the row `top` and what belongs to it, however far down."""
    kept: Snapshot = {}
    for key, row in sorted(rows.items(), key=lambda item: _depth(item[1], rows)):
        if key == top or row.owner in kept:
            kept[key] = row
    return kept


def _depth(row, rows):
    depth = 0
    while row.owner in rows:
        row, depth = rows[row.owner], depth + 1
    return depth


def present(roots):
    """The rows of the keys `roots` that are in the database now, each with all that belongs to it fetched."""
    rows = []
    for model in dict.fromkeys(key.model for key in roots):
        pks = [key.pk for key in roots if key.model is model]
        rows += with_all(model._default_manager.filter(pk__in=pks).order_by("pk"))
    return rows


def snapshot(root):
    """`root`, fetched by `present`, as it is now."""
    with override(FINNISH):
        return {stored.key: stored for stored in map(Stored.of, row_and_owned(root))}


def content_types():
    """The content type of each recorded model: asked for at once, then remembered by Django, by their keys too."""
    return ContentType.objects.get_for_models(*recorded_models())


def versions_of(keys):
    """The versions of the rows `keys`."""
    condition, kinds = Q(pk=None), content_types()
    for model in dict.fromkeys(key.model for key in keys):
        kind = kinds[model]
        pks = [key.pk for key in keys if key.model is model]
        condition |= Q(content_type=kind, object_id__in=pks)
    return Version.objects.filter(condition)


def newest_revisions(roots, *, before=None):
    """For each of `roots` the key of the newest revision that holds it, older than the revision `before` if given."""
    versions = versions_of(roots)
    if before is not None:
        versions = versions.filter(revision_id__lt=before)
    newest = versions.order_by("content_type", "object_id").values("content_type", "object_id")
    return {
        Key(_model(row["content_type"]), row["object_id"]): row["newest"]
        for row in newest.annotate(newest=Max("revision"))
    }


def _model(content_type):
    return ContentType.objects.get_for_id(content_type).model_class()


def first_found(roots):
    """Those of `roots` whose first revision tells how they were before it, as they were: ``{root: Snapshot}``."""
    versions = versions_of(roots).order_by("content_type", "object_id").values("content_type", "object_id")
    oldest = versions.annotate(oldest=Min("revision"))
    first = {Key(_model(row["content_type"]), row["object_id"]): row["oldest"] for row in oldest}
    found = Revision.objects.filter(pk__in=first.values(), comment=Kind.FOUND).values_list("pk", flat=True)
    held = held_by(found)
    return {root: below(held[number], root) for root, number in first.items() if number in held}


def held_by(revisions):
    """What each of the revisions `revisions` (keys) holds, as ``{revision: Snapshot of everything in it}``."""
    held: dict[int, Snapshot] = {}
    content_types()
    for version in Version.objects.filter(revision__in=set(revisions)).order_by("pk"):
        stored = Stored.of_version(version)
        held.setdefault(version.revision_id, {})[stored.key] = stored
    return held


def last_known(roots, *, before=None):
    """Each of `roots` as the newest revision (older than `before`) has it: ``{root: Snapshot}``."""
    newest = newest_revisions(roots, before=before)
    held = held_by(newest.values())
    return {root: below(held[newest[root]], root) for root in roots if root in newest}


def last_there(roots, *, before=None):
    """As `last_known`, without the roots that had been deleted by then."""
    newest = newest_revisions(roots, before=before)
    deletions = Revision.objects.filter(pk__in=newest.values(), comment=Kind.DELETED)
    gone = set(deletions.values_list("pk", flat=True))
    held = held_by(newest.values())
    there = [root for root in roots if root in newest and newest[root] not in gone]
    return {root: below(held[newest[root]], root) for root in there}
