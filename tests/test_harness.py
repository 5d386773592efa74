"""Each of the suite's own rules, broken once: a rule that cannot fail holds nothing."""

import datetime
import os
import socket
import subprocess
import sys
import warnings

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.template import Context, Template, engines
from django.test import RequestFactory
from zeal import NPlusOneError
from zeal.middleware import zeal_middleware

from tests.harness import complaints, machine
from tests.harness.network import NetworkUnreachableError


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("{{ nosuch }}", "nosuch"),
        ("{% if nosuch %}yes{% endif %}", "nosuch"),
        ("{% if nosuch == 1 %}yes{% endif %}", "nosuch"),
        ("{% if known.nosuch %}yes{% endif %}", "nosuch"),
        ("{% for row in nosuch %}{{ row }}{% endfor %}", "nosuch"),
        ("{% with row=nosuch %}{{ row }}{% endwith %}", "nosuch"),
        ("{{ nosuch|default:'something' }}", "nosuch"),
        ("{% load i18n %}{% blocktranslate %}Hello {{ nosuch }}{% endblocktranslate %}", "nosuch"),
    ],
)
def test_a_name_that_nobody_gave_a_template_is_seen(source: str, name: str) -> None:
    with complaints.expected() as seen:
        Template(source).render(Context({"known": {"a": 1}}))
    assert seen == [f"undefined in a template: {name} (<unknown source>:1)"]


def test_a_known_name_is_no_complaint_even_when_it_is_empty() -> None:
    source = "{{ a }}{% if b %}x{% endif %}{% for c in d %}{{ c }}{% empty %}none{% endfor %}"
    assert Template(source).render(Context({"a": "", "b": None, "d": []})) == "none"


def test_a_name_missing_from_an_installed_packages_template_is_left_alone() -> None:
    html = engines["django"].get_template("admin/404.html").render({})
    assert "Sivua ei löydy" in html


@pytest.fixture
def two_users(db: None) -> None:
    for name in ("aino", "eino"):
        get_user_model().objects.create_user(f"{name}@perhekeskus.example")


@pytest.mark.usefixtures("two_users")
@pytest.mark.parametrize("read", [list, len, bool, lambda rows: list(rows.iterator(chunk_size=10))])
def test_rows_without_an_order_are_seen(read) -> None:
    with complaints.expected() as seen:
        read(get_user_model().objects.order_by())
    assert len(seen) == 1
    assert seen[0].startswith("rows without an order: accounts.User (tests/test_harness.py:")


@pytest.mark.usefixtures("two_users")
@pytest.mark.parametrize(
    "source",
    [
        "{% for user in users %}{{ user.email }}{% endfor %}",
        "{{ users|length }}",
        "{{ users.first.email }}{% if users %}x{% endif %}",
    ],
)
def test_rows_without_an_order_are_seen_in_a_template(source: str) -> None:
    template = Template(source)
    template.origin.name = str(machine.ROOT / "templates/a.html")
    with complaints.expected() as seen:
        template.render(Context({"users": get_user_model().objects.order_by()}))
    assert seen == ["rows without an order: accounts.User (templates/a.html:1)"]


@pytest.mark.usefixtures("two_users")
def test_ordered_rows_and_single_rows_are_no_complaint() -> None:
    users = get_user_model().objects
    assert [user.email for user in users.order_by("email")] == [
        "aino@perhekeskus.example",
        "eino@perhekeskus.example",
    ]
    assert [user.email for user in users.order_by().filter(email__startswith="a")] == [
        "aino@perhekeskus.example"
    ]


@pytest.mark.django_db
def test_one_query_per_row_in_a_request_is_an_error(rf: RequestFactory) -> None:
    def permissions_by_app(request: object) -> HttpResponse:
        kinds = ContentType.objects.order_by("pk")[:3]
        return HttpResponse(str([[right.codename for right in kind.permission_set.all()] for kind in kinds]))

    assert "zeal.middleware.zeal_middleware" in settings.MIDDLEWARE
    with pytest.raises(NPlusOneError):
        zeal_middleware(permissions_by_app)(rf.get("/"))


def test_other_machines_cannot_be_reached() -> None:
    with pytest.raises(NetworkUnreachableError), socket.socket() as outward:
        outward.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkUnreachableError):
        socket.create_connection(("perhekeskus.example", 80))


def test_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_it_is_the_same_wednesday_on_every_run(today: datetime.date) -> None:
    assert today == datetime.date(2026, 11, 18)
    assert datetime.datetime.now(tz=datetime.UTC).date() == today


def test_a_test_can_happen_on_another_day(time_machine) -> None:
    time_machine.move_to(datetime.datetime(2027, 6, 21, 12, tzinfo=datetime.UTC))
    assert datetime.datetime.now(tz=datetime.UTC).date() == datetime.date(2027, 6, 21)


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def _collect(**environment: str) -> subprocess.CompletedProcess[str]:
    """pytest on a machine with an empty PATH, asked for one test that needs the browser and one that needs Java."""
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-q", __file__]
    selected = ["-k", "browser_knows_its_tools or checker_finds or same_wednesday"]
    bare = {name: value for name, value in os.environ.items() if name not in {"CHROMIUM", "REQUIRE_ALL"}}
    bare |= {"PATH": "", "PYTEST_XDIST_WORKER": "", **environment}
    return subprocess.run([*command, *selected], capture_output=True, text=True, check=False, env=bare)


def test_what_the_machine_cannot_run_is_named_aloud() -> None:
    done = _collect(CHROMIUM="/nowhere/chromium")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 tests marked 'browser': no Chromium (install it, or set CHROMIUM to where it is)" in done.stdout
    assert "1 tests marked 'java': no Java (install a Java runtime)" in done.stdout
    assert "1 passed" in done.stdout


def test_nothing_may_be_left_out_where_all_is_required() -> None:
    done = _collect(CHROMIUM="/nowhere/chromium", REQUIRE_ALL="1")
    assert done.returncode == 1
    assert "REQUIRE_ALL is set, and this machine has no Chromium" in done.stdout + done.stderr


def test_the_browser_knows_its_tools(page, axe_violations) -> None:
    page.set_content("<html lang='fi'><title>Koe</title><main><h1>Koe</h1><img src='data:,'></main></html>")
    assert [line.split(":")[0] for line in axe_violations(page)] == ["image-alt"]


def test_the_html_checker_finds_what_is_wrong(invalid_html) -> None:
    right = "<!DOCTYPE html><html lang='fi'><title>Koe</title><p>Hyvä</p></html>"
    assert invalid_html({"right": right}) == []
    wrong = right.replace("<p>", "<p><div></div>")
    assert invalid_html({"right": right, "wrong": wrong}) == [
        "wrong:1: No “p” element in scope but a “p” end tag seen."
    ]
