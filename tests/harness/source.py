"""Whose code it is, and where."""

import functools
import sysconfig
from pathlib import Path
from types import FrameType

from django.template import Node

from tests.harness.machine import ROOT

_INSTALLED = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), sysconfig.get_path("stdlib")}


@functools.cache
def is_ours(path: str) -> bool:
    """Does the file belong to this repository, not to an installed package?"""
    file = Path(path)
    return file.is_relative_to(ROOT) and not any(file.is_relative_to(folder) for folder in _INSTALLED)


def node_being_rendered(frame: FrameType | None) -> Node | None:
    """The innermost tag or variable of a template among the callers."""
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and hasattr(node, "origin"):
            return node
        frame = frame.f_back
    return None


def place_of(code: Node | FrameType) -> str:
    """File and line, as an editor opens them."""
    if isinstance(code, FrameType):
        path, line = code.f_code.co_filename, code.f_lineno
    else:
        path, line = code.origin.name, code.token.lineno if code.token else 0
    return f"{path.removeprefix(f'{ROOT}/')}:{line}"
