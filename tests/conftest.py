"""How strictly every test runs: a fixed moment, no network, and no silent faults in templates and queries."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

# What a test uploads or collects goes into a folder of this run, gone when it ends.
_var = tempfile.TemporaryDirectory(prefix="perhekeskus-tests-")
os.environ |= {
    "PROFILE": "test",
    "DJANGO_SETTINGS_MODULE": "perhekeskus.settings",
    "VAR_DIR": _var.name,
    # Playwright's synchronous interface keeps an event loop in this thread, and Django then refuses queries, as if
    # they were made from asynchronous code. They are not.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}

import django
from django.conf import settings
from zeal.apps import ZealConfig

# The site's own files come straight from their folders; whitenoise warns when there is not even an empty collection.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)

# One query per row is an error (zeal): it judges each request by itself, the live server's too. It is made ready by
# hand, not as an installed app: in a worker of pytest-xdist, pytest-django has set Django up before this line.
settings.MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
# Signing in gives the session another key, and Django fetches it anew for each.
settings.ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": "get()"}]
django.setup()
ZealConfig.create("zeal").ready()

import hypothesis
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from perhekeskus import demo as demo_content
from tests.factories import enrol
from tests.harness import checkers, complaints, machine
from tests.harness.mail import arrived
from tests.harness.network import allow_only_loopback
from tests.harness.querysets import complain_of_unordered_lists
from tests.harness.snapshot import Snapshot
from tests.harness.templates import complain_of_undefined_names

# Every test happens on this Wednesday morning in November: school is in, week 47, daylight saving is over. A test
# about another day takes the fixture `time_machine` and says which. Seconds pass, so that the live server can work.
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki"))

# The same examples on every run, so that a change fails for what it did; `--hypothesis-profile explore` looks further.
hypothesis.settings.register_profile("same", derandomize=True, database=None, deadline=None)
hypothesis.settings.register_profile("explore", max_examples=2000, deadline=None)
hypothesis.settings.load_profile("same")

# Chromium itself calls home at every start unless told not to, and must find nobody but this machine.
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

_left_out = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_left_out] = {}
    lacking = [reason for reasons in machine.missing().values() for reason in reasons]
    if os.environ.get("REQUIRE_ALL") and lacking:
        pytest.exit(f"REQUIRE_ALL is set, and this machine has {'; '.join(lacking)}.", returncode=1)


def pytest_sessionstart(session: pytest.Session) -> None:
    allow_only_loopback()
    complain_of_undefined_names()
    complain_of_unordered_lists()
    time_machine.travel(NOW, tick=True).start()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks the tests that need a tool, and leaves out those whose tool is not here, counting them."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker("browser")
        if "invalid_html" in fixtures:
            item.add_marker("java")
        lacking = [name for name, why in machine.missing().items() if why and item.get_closest_marker(name)]
        for marker in lacking:
            config.stash[_left_out][marker] = config.stash[_left_out].get(marker, 0) + 1
        (left_out if lacking else kept).append(item)
    items[:] = kept
    if left_out:
        config.hook.pytest_deselected(items=left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    # A worker of pytest-xdist tells the process that prints.
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash[_left_out]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    node.config.stash[_left_out] |= getattr(node, "workeroutput", {}).get("left_out", {})


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for marker, count in config.stash[_left_out].items():
        reasons = "; ".join(machine.missing()[marker])
        terminalreporter.section("NOT RUN on this machine", red=True, bold=True)
        terminalreporter.line(f"{count} tests marked '{marker}': {reasons}.", red=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    complaints.take()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    result = yield
    if seen := complaints.take():
        pytest.fail("\n".join(seen), pytrace=False)
    return result


@pytest.fixture(autouse=True)
def _nothing_left_from_the_test_before() -> Iterator[None]:
    """The language that a request switched to, what it cached and the e-mails it sent end with the test."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
    arrived()
    cache.clear()


@pytest.fixture
def today() -> date:
    """The day on which every test happens."""
    return NOW.date()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Lets go of the database before it is dropped: a browser that is gone may have left a request thread behind,
    waiting on its kept connection, and PostgreSQL drops no database that somebody is connected to.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def demo_snapshot(django_db_setup: None, django_db_blocker: Any) -> Snapshot:
    """The demo content as loading it leaves it in the tables, which are empty again."""
    with django_db_blocker.unblock():
        demo_content.load(NOW.date())
        snapshot = Snapshot.take()
        call_command("flush", interactive=False, verbosity=0)
    return snapshot


@pytest.fixture(scope="module")
def demo(demo_snapshot: Snapshot, django_db_blocker: Any) -> Iterator[None]:
    """The demo content in the database, for tests that only read, or write within a transaction of their own."""
    with django_db_blocker.unblock():
        demo_snapshot.lay()
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def portal(demo: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of the portal with the demo content, served to a real browser."""
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        yield server.url
        # The browser has hung up; who still hears it do so needs the database's connection a moment longer.
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(timeout=5)
        server.stop()


@pytest.fixture
def own_portal(demo_snapshot: Snapshot, transactional_db: None, live_server: LiveServer) -> str:
    """As `portal`, for one test that also writes: the server sees it, having a connection of its own."""
    if demo_content.is_empty():
        demo_snapshot.lay()
    return live_server.url


@pytest.fixture
def posio_coordinator(own_portal: str) -> User:
    """The user who keeps Posio's pages of the demo content, with a second factor."""
    emails = {centre.slug: email for centre, email, _password in demo_content.make_coordinators()}
    return enrol(User.objects.get(email=emails["posio"]))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": machine.chromium(), "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fi-FI", "timezone_id": "Europe/Helsinki"}


@pytest.fixture
def axe_violations(browser: Any) -> Callable[[Any], list[str]]:
    """Call it with a page: what axe finds wrong there. `assert axe_violations(page) == []`."""
    return checkers.axe_violations


@pytest.fixture
def invalid_html(tmp_path: Path) -> Callable[[Mapping[str, str]], list[str]]:
    """Call it with many documents by name: what the Nu checker finds wrong in them."""
    return lambda documents: checkers.html_errors(documents, tmp_path)
