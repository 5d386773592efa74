"""Complains of every list of rows that our code or one of our templates takes without saying its order.

Such a list comes in one order on SQLite and in another on PostgreSQL, or on a Tuesday.
"""

import sys
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from tests.harness import complaints
from tests.harness.source import is_ours, node_being_rendered, place_of

# Through these a queryset is read; who called them wants the rows.
_READING = {"__iter__", "__len__", "__bool__", "__getitem__", "_fetch_all", "iterator", "_iterator"}


def complain_of_unordered_lists() -> None:
    watched: Any = QuerySet
    fetch_all, iterator = watched._fetch_all, watched._iterator

    def fetch_all_watched(queryset: Any) -> None:
        fresh = queryset._result_cache is None
        fetch_all(queryset)
        if fresh and len(queryset._result_cache) > 1 and not queryset.ordered:
            _complain(queryset)

    def iterator_watched(queryset: Any, *args: Any) -> Iterator[Any]:
        for number, row in enumerate(iterator(queryset, *args)):
            if number == 1 and not queryset.ordered:
                _complain(queryset)
            yield row

    watched._fetch_all, watched._iterator = fetch_all_watched, iterator_watched


def _complain(queryset: Any) -> None:
    if place := _reader():
        complaints.add(f"rows without an order: {queryset.model._meta.label} ({place})")


def _reader() -> str | None:
    """Where our code or template reads the rows; None when an installed package does, for its own purposes."""
    frame = sys._getframe(3)
    while (
        frame.f_back and frame.f_code.co_name in _READING and isinstance(frame.f_locals.get("self"), QuerySet)
    ):
        frame = frame.f_back
    if is_ours(frame.f_code.co_filename):
        return place_of(frame)
    if frame.f_globals["__name__"].startswith("django.template."):
        node = node_being_rendered(frame)
        return place_of(node) if node and is_ours(node.origin.name) else None
    return None
