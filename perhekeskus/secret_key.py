"""The embedded profile's own secret key."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def read_or_make_key(path: Path) -> str:
    """The key in the file `path`; makes the file, readable by its owner alone, when it is not there yet."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        key = get_random_secret_key()
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another worker was first
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            file.write(key)
        return key
