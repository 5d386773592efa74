"""Two people who save at the same moment, each with a connection of their own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from django.db import connection, transaction

# Whether anybody waits for what this connection has locked.
_WAITED_FOR = """
SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))
"""


def while_another(saves: Callable[[], Any], run: Callable[[], Any], *, then: Callable[[], Any] = bool) -> Any:
    """Runs `run` while another transaction has done `saves`; once `run` waits or ends, it does `then` and commits.

    Gives what `run` gives. SQLite has one writer at a time: there `run` comes after the other. The test's database must
    be a transactional one.
    """
    if connection.vendor != "postgresql":
        with transaction.atomic():
            saves()
            then()
        return run()
    saved, ended = Event(), Event()

    def other() -> None:
        try:
            with transaction.atomic():
                saves()
                saved.set()
                while not (ended.is_set() or _somebody_waits()):
                    time.sleep(0.02)
                then()
        finally:
            saved.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        doing = pool.submit(other)
        saved.wait()
        try:
            return run()
        finally:
            ended.set()
            doing.result()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITED_FOR)
        return bool(cursor.fetchone()[0])
