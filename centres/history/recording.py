"""Writing history: what a row was like before a change that nobody had recorded, and after each change.

Nothing is recorded by itself as rows are saved: the desk, its list actions and whatever else changes content say so.
"""

from contextlib import contextmanager
from itertools import chain

import reversion
from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils.translation import override

from centres.history.kinds import Kind
from centres.history.locking import lock
from centres.history.registry import is_root, owners, recorded
from centres.history.snapshots import Key, content_types, last_there, present, snapshot
from centres.languages import FINNISH

# Rows whose history is written down at once, in one revision. Whoever asks for the history of one of them, or saves it
# the next time, reads all that its revision holds.
MOST_IN_A_REVISION = 50


def root_of(row):
    """The root that `row` belongs to, itself when it is one; None when nothing is recorded of it."""
    if recorded(type(row)) is None:
        return None
    while not is_root(type(row)):
        above = (getattr(row, field.name) for field in owners(type(row)))
        row = next(owner for owner in above if owner is not None)
    return Key.of(row)


def roots_of(rows):
    """The roots that `rows` belong to, and those that these hold: a service's offerings."""
    roots = list(dict.fromkeys(root for row in rows if (root := root_of(row))))
    return [*roots, *(key for key in held_now(roots) if key not in roots)]


def parts_of(rows):
    """The roots of `rows`, as `roots_of` gives them, in parts of few: a revision for each."""
    return [roots_of(few) for few in _in_parts(rows)]


def _in_parts(rows):
    rows = list(rows)
    return [rows[start : start + MOST_IN_A_REVISION] for start in range(0, len(rows), MOST_IN_A_REVISION)]


def held_now(roots):
    """The roots that the keys `roots` hold in the database now."""
    found = []
    for model in dict.fromkeys(key.model for key in roots):
        for name in recorded(model).holds:
            relation = model._meta.get_field(name)
            pks = [key.pk for key in roots if key.model is model]
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": pks})
            found += [
                Key(relation.related_model, str(pk))
                for pk in rows.order_by("pk").values_list("pk", flat=True)
            ]
    return found


def note(roots, *, user=None, kind=Kind.FOUND, about=""):
    """Writes down those of the keys `roots` that are no longer as the last revision has them."""
    known = last_there(roots)
    changed = [row for row in present(roots) if snapshot(row) != known.get(Key.of(row))]
    _write(changed, user, kind, about)


def note_act(rows, *, user, kind):
    """Writes down of `rows` what no column of theirs tells: that `kind` was done to them."""
    for roots in parts_of(rows):
        note(roots)
        _write(present(roots), user, kind)


def note_deletion(rows, *, user):
    """Writes down `rows`, which are about to be deleted, and every root that goes with them: within a transaction.

    What goes with a row stands in one revision with it, and comes back with it.
    """
    parts = [_going_with(few) for few in _in_parts(rows)]
    lock(chain(*parts))
    for roots in parts:
        note(roots)
        _write(present(roots), user, Kind.DELETED)


def _going_with(rows):
    """The roots that are deleted when `rows` are."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect(rows)
    return [Key.of(row) for model, found in collector.data.items() if is_root(model) for row in found]


def _write(rows, user, kind, about=""):
    if not rows:
        return
    content_types()
    with override(FINNISH), reversion.create_revision(manage_manually=True):
        reversion.set_user(user)
        reversion.set_comment(f"{kind} {about}".strip())
        for row in rows:
            reversion.add_to_revision(row)


@contextmanager
def recording(rows, *, user=None, kind=Kind.SAVED, about=""):
    """Records what happens to `rows`, and to all that belongs to them, within: one transaction.

    For list actions and commands: ``with recording(services): services.update(reviewed_on=today)``.
    """
    with transaction.atomic():
        parts = parts_of(rows)
        lock(chain(*parts))
        for roots in parts:
            note(roots)
        yield
        for roots in parts:
            note(roots, user=user, kind=kind, about=about)
