"""Bringing a table into the database: all of it or nothing."""

from django.db import transaction

from centres.history.kinds import Kind
from centres.history.locking import lock
from centres.history.recording import note, parts_of, roots_of


def try_out(*, table, sheet):
    """The `Outcome` that bringing `sheet` in would have; nothing is changed."""
    return table.run(sheet, dry_run=True)


@transaction.atomic
def bring_in(*, table, sheet, digest):
    """Brings `sheet` in and writes it into each row's history. Gives the `Outcome`, and whether it was saved.

    Nothing is saved where a row has a problem, or where the outcome is no longer the one whose `digest` was agreed to:
    somebody may have saved a row meanwhile.
    """
    rows = table.to_change(sheet)
    # From here on nobody saves them; the table reads them once more.
    lock(roots_of(rows))
    for roots in parts_of(rows):
        note(roots)
    outcome = table.run(sheet, dry_run=False)
    if outcome.problems or outcome.digest != digest:
        transaction.set_rollback(True)
        return outcome, False
    for roots in parts_of(outcome.instances):
        note(roots, user=table.request.user, kind=Kind.TABLE)
    return outcome, True
