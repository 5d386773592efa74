"""The embedded profile's own secret key."""

import os
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def read_or_make_key(path: Path) -> str:
    """The key in the file `path`; makes the file, readable by its owner alone, when it is not there or is empty.

    The file is whole from the moment it is there: a start that was cut short leaves none, and of two workers that
    start together the second takes the first one's.
    """
    if not (path.exists() and path.stat().st_size):
        path.unlink(missing_ok=True)
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:  # 0600 from the start
        file.write(get_random_secret_key())
        file.flush()
        try:
            os.link(file.name, path)
        except FileExistsError:  # another worker was first
            return
