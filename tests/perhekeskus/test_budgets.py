"""The budgets of DESIGN 8, counted: bytes on the wire, queries, and work of the database."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection

from centres.models import FamilyCentre
from perhekeskus.management.commands.make_many import make_many
from perhekeskus.stylesheets import PARTS

KB = 1024
LIST_OF_30 = 12 * KB
ALL_CSS = 12 * KB
FEW, FULL, MANY = 300, 3_000, 30_000
# Ten times the services: work that grew with them would be tenfold. The planner may choose another way, no more.
MOST_GROWTH = 2.5


def on_the_wire(client, path):
    response = client.get(path, headers={"accept-encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    return len(response.content)


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_a_list_of_30_services_fits_into_12_kilobytes(client):
    for path in ("/rovaniemi/palvelut/", "/en/rovaniemi/services/", "/fi-simple/rovaniemi/palvelut/"):
        assert client.get(path).content.decode().count('<li class="card">') == 30
        assert on_the_wire(client, path) <= LIST_OF_30, path


def test_all_css_fits_into_12_kilobytes_and_is_all_linked():
    files = [Path(finders.find(name)) for name in PARTS]
    assert sum(len(brotli.compress(file.read_bytes())) for file in files) <= ALL_CSS
    folder = files[0].parent
    assert sorted(folder.rglob("*.css")) == sorted(files)


def test_css_keeps_colours_and_sizes_in_the_tokens():
    for name in PARTS[1:-1]:
        css = Path(finders.find(name)).read_text(encoding="utf-8")
        assert re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s,)])", css) == [], name


class Work:
    """What the database does for a page: queries, rows fetched, and on SQLite steps of its machine."""

    STEP = 100

    def __init__(self, client, path):
        client.get(path)  # what is made once, such as translations, is not the page's
        self.path, self.queries, self.steps = path, 0, 0
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(self._step, self.STEP)
        with connection.execute_wrapper(self._execute):
            assert client.get(path).status_code == 200, path
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)

    def _execute(self, execute, sql, params, many, context):
        self.queries += 1
        return execute(sql, params, many, context)

    def _step(self):
        self.steps += self.STEP
        return 0


BOUNDED = [
    "/rovaniemi/",
    "/rovaniemi/ikaryhmat/1-6-vuotiaat/",
    "/rovaniemi/ikaryhmat/13-17-vuotiaat/",
    "/rovaniemi/teemat/erotilanne/",
    "/rovaniemi/teemat/lahisuhdevakivalta/",
    "/rovaniemi/palvelut/palvelu-7/",
    "/rovaniemi/apua-heti/",
]
FILTERED = (
    "/rovaniemi/palvelut/?age=4&theme=erotilanne&way=verkko&level=2&level=3&language=fi&q=perhe&free=on"
)


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_work_for_a_page_does_not_grow_from_300_to_30_000_services(client):
    """A window shows the first rows of each step: past the point where they are full, more services cost nothing.

    That point lies at some 3 000 services here, where a topic is on every twelfth of them.
    """
    rovaniemi, made, seen = FamilyCentre.objects.get(slug="rovaniemi"), 0, {}
    for number in (FEW, FULL, MANY):
        make_many(rovaniemi, number - made, first=made)
        made = number
        seen[number] = {path: Work(client, path) for path in [*BOUNDED, FILTERED]}
    queries = {number: {path: work.queries for path, work in works.items()} for number, works in seen.items()}
    assert queries[FEW] == queries[FULL] == queries[MANY]
    assert max(queries[MANY][path] for path in BOUNDED) <= 10
    assert queries[MANY][FILTERED] <= 15
    grown = [
        (path, seen[FULL][path].steps, seen[MANY][path].steps)
        for path in BOUNDED
        if seen[MANY][path].steps > MOST_GROWTH * seen[FULL][path].steps
    ]
    assert grown == []
