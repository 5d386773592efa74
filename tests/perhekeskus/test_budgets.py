"""The budgets of DESIGN 8, counted: bytes on the wire, queries, and work of the database."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.models import FamilyCentre, Membership
from perhekeskus.management.commands.make_many import make_many
from perhekeskus.stylesheets import PARTS, join
from services.models import Contact, Offering, Provision, Service
from tests.factories import MembershipFactory, UserFactory

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
    # As a phone gets it: one sheet, joined of the parts.
    assert len(brotli.compress(join(files).encode())) <= ALL_CSS
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
# Every filter at once finds nothing among made-up services; these find rows, whatever their number.
FOUND = "/rovaniemi/palvelut/?age=4&way=verkko&level=1&level=4&q=perhe"


@pytest.fixture(scope="module")
def grown(demo, django_db_blocker):
    """What each public page costs with ever more services, by their number; the most of them stay."""
    with django_db_blocker.unblock():
        rovaniemi, client, made, seen = FamilyCentre.objects.get(slug="rovaniemi"), Client(), 0, {}
        for number in (FEW, FULL, MANY):
            make_many(rovaniemi, number - made, first=made)
            made = number
            seen[number] = {path: Work(client, path) for path in [*BOUNDED, FILTERED, FOUND]}
    return seen


@pytest.mark.django_db
def test_work_for_a_page_does_not_grow_from_300_to_30_000_services(grown):
    """A window shows the first rows of each step: past the point where they are full, more services cost nothing.

    That point lies at some 3 000 services here, where a topic is on every twelfth of them.
    """
    queries = {
        number: {path: work.queries for path, work in works.items()} for number, works in grown.items()
    }
    assert queries[FEW] == queries[FULL] == queries[MANY]
    assert max(queries[MANY][path] for path in BOUNDED) <= 10
    assert max(queries[MANY][path] for path in (FILTERED, FOUND)) <= 15
    more = [
        (path, grown[FULL][path].steps, grown[MANY][path].steps)
        for path in BOUNDED
        if grown[MANY][path].steps > MOST_GROWTH * grown[FULL][path].steps
    ]
    assert more == []


def administrator():
    return UserFactory(is_staff=True, is_superuser=True)


def coordinator():
    rovaniemi = FamilyCentre.objects.get(slug="rovaniemi")
    return MembershipFactory(user=UserFactory(is_staff=True), centre=rovaniemi).user


def area_coordinator():
    area = FamilyCentre.objects.get(slug="rovaniemi").area
    role = Membership.Role.AREA_COORDINATOR
    return MembershipFactory(user=UserFactory(is_staff=True), centre=None, area=area, role=role).user


def lists_of_the_desk(user):
    """The lists that `user` sees; the long ones also searched, narrowed and by each need that a row may have."""
    request = RequestFactory().get("/hallinta/")
    request.user = user
    for pages in admin.site.kinds():
        if pages.has_view_permission(request):
            path = pages.page("changelist")
            yield path
            if pages.model in (Service, Offering, Contact, Provision):
                yield f"{path}?q=perhekerho"
                yield f"{path}?q=040+123&o=-1&_facets=True"
                yield from (f"{path}?need={need.slug}" for need in pages.needs)


@pytest.mark.usefixtures("grown")
@pytest.mark.django_db
@pytest.mark.parametrize("who", [administrator, coordinator, area_coordinator])
def test_the_desk_asks_little_of_30_000_services(who):
    user, client = who(), Client()
    client.force_login(user)
    lists = list(lists_of_the_desk(user))
    offering = Offering.objects.get(slug="palvelu-7")
    form = reverse("admin:services_offering_change", args=[offering.pk])

    client.get("/hallinta/")  # what is asked once, such as the kinds of content, is no list's
    queries = {}
    for path in ["/hallinta/", *lists, form]:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200, path
        queries[path] = len(asked)

    assert len(lists) > 40
    assert {path: number for path, number in queries.items() if number > 15 and path != form} == {}
    assert queries[form] <= 30
