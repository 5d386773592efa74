"""What the watchers saw while a test ran. They write it down, and the test then fails: an exception raised where
the fault happens would be swallowed by a template's ``{% if %}``, or end in the live server's own thread.
"""

import contextlib
from collections.abc import Iterator

_seen: list[str] = []


def add(text: str) -> None:
    if text not in _seen:
        _seen.append(text)


def take() -> list[str]:
    """Everything seen since the last call."""
    seen = _seen[:]
    _seen.clear()
    return seen


@contextlib.contextmanager
def expected() -> Iterator[list[str]]:
    """For tests of the watchers: what they see inside goes into the list, and fails nothing."""
    before = take()
    seen: list[str] = []
    yield seen
    seen += take()
    _seen.extend(before)
