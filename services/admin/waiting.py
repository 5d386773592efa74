"""Where an uploaded table waits between the look at what it would change and the word to do it.

A folder of the server's own that no address leads to, the same for all its workers. What is kept there is named by
nothing but a signed word that only the person who uploaded it holds, and goes when the table is brought in or given up,
or with the next upload after an hour.
"""

import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core import signing

LONGEST_WAIT = 60 * 60  # seconds


def _folder():
    folder = Path(settings.VAR_DIR) / "waiting-tables"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(content, *, suffix):
    """Keeps the bytes `content`; gives the name that `claim` knows them by."""
    _sweep()
    name = f"{secrets.token_hex(16)}{suffix}"
    path = _folder() / name
    path.touch(mode=0o600)
    path.write_bytes(content)
    return name


def claim(name):
    """The bytes kept under `name`, which nobody else gets after that; None when they are gone.

    Of several who ask at the same moment, by a word sent twice, one alone can give the file a name of their own.
    """
    claimed = _folder() / secrets.token_hex(16)
    try:
        (_folder() / Path(name).name).rename(claimed)
    except FileNotFoundError:
        return None
    content = claimed.read_bytes()
    claimed.unlink()
    return content


def _sweep():
    """Takes away what nobody came back for."""
    oldest = time.time() - LONGEST_WAIT
    for path in _folder().iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def ticket(name, digest, *, owner):
    """A word for the form: which table waits and what was agreed to. Only `owner`, a text, can hand it in."""
    return signing.dumps([name, digest], salt=f"waiting table of {owner}")


def read_ticket(word, *, owner):
    """The name and the digest in a ticket; None when it is forged, another's, or too old."""
    try:
        name, digest = signing.loads(word, salt=f"waiting table of {owner}", max_age=LONGEST_WAIT)
    except signing.BadSignature:
        return None
    return name, digest
