"""Waiting for one another: what somebody read to change it, nobody else changes before it is saved."""

from centres.history.registry import holders


def lock(roots):
    """Lets nobody else change the rows of the keys `roots` until this transaction ends, after waiting for who does now.

    What is read from here on is what will be saved over. Everybody locks in the same order, or two would wait for each
    other for ever: what holds other rows before these, then by model and key. SQLite has one writer at a time anyway.
    """
    roots = set(roots)
    for model in sorted({key.model for key in roots}, key=_place):
        pks = [key.pk for key in roots if key.model is model]
        # Rows that lead to a locked one may be added meanwhile: its key does not change.
        rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
        list(rows.values_list("pk"))


def _place(model):
    return _depth(model), model._meta.label


def _depth(model):
    """How many rows hold one of `model`, one above the other."""
    return max((1 + _depth(holder) for holder in holders(model)), default=0)
