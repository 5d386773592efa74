"""Complains of every name that one of our own templates uses and nobody gave it.

Django says so in two documented ways: its logger ``django.template`` reports each failed lookup, also those that
``{% if %}`` and ``{% for %}`` hide; and ``string_if_invalid`` stands in for a name inside ``{% blocktranslate %}``.
Templates of installed packages use undefined names freely, and are left alone.
"""

import logging
import sys

from django.template import VariableDoesNotExist, engines
from django.template.backends.django import DjangoTemplates
from django.template.base import UNKNOWN_SOURCE

from tests.harness import complaints
from tests.harness.source import is_ours, node_being_rendered, place_of


def complain_of_undefined_names() -> None:
    logger = logging.getLogger("django.template")
    logger.setLevel(logging.DEBUG)
    logger.addFilter(_note_failed_lookup)
    for backend in engines.all():
        if isinstance(backend, DjangoTemplates):
            backend.engine.string_if_invalid = _NameOfNothing()


def _note_failed_lookup(record: logging.LogRecord) -> bool:
    """Stops the record here: pytest would write out four tracebacks for each, and an admin page has hundreds."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, VariableDoesNotExist) and isinstance(record.args, tuple):
        _complain(str(record.args[0]))
    return record.levelno > logging.DEBUG


class _NameOfNothing(str):
    """An empty text, as Django has it, that takes note of each name it stands in for."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s" or super().__contains__(str(part))

    def __mod__(self, name: object) -> str:
        _complain(str(name))
        return ""


def _complain(name: str) -> None:
    node = node_being_rendered(sys._getframe())
    if node and (node.origin.name == UNKNOWN_SOURCE or is_ours(node.origin.name)):
        complaints.add(f"undefined in a template: {name} ({place_of(node)})")
