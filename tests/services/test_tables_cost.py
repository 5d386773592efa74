"""What a table costs, however many rows it has."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from reversion.models import Version

from centres.history.kinds import Kind
from centres.history.recording import MOST_IN_A_REVISION
from services.models import Contact, Service
from services.tables.actions import bring_in, try_out
from services.tables.checking import columns_of, problems_of
from tests.factories import ContactFactory, OfferingFactory, ServiceFactory, TopicFactory
from tests.forbidden import Forbidden
from tests.services.tables import sheet, table
from tests.services.test_constraints import FORBIDDEN

pytestmark = pytest.mark.django_db


def test_unchanged_rows_are_not_asked_for_one_by_one():
    for number in range(3):
        ServiceFactory(slug=f"s{number}", topics=[TopicFactory()])
    content = table(Service).export(Service.objects.all())
    rows = sheet(content.headers, *content)
    of_all = table(Service)

    with CaptureQueriesContext(connection) as three:
        try_out(table=of_all, sheet=rows)
    with CaptureQueriesContext(connection) as one:
        try_out(table=of_all, sheet=sheet(content.headers, content[0]))

    asked = [
        [query["sql"] for query in queries if query["sql"].startswith("SELECT")] for queries in (three, one)
    ]
    assert len(asked[0]) == len(asked[1])


def changed_services(number: int) -> list[list[str]]:
    services = [ServiceFactory() for _number in range(number)]
    return [["Nimi verkko-osoitteessa", "Hinta sanoin (suomi)"], *([row.slug, "5 euroa"] for row in services)]


def new_services(number: int) -> list[list[str]]:
    headings = ["Nimi", "Yhdellä virkkeellä"]
    rows = [[f"uusi-{number}-{n}", f"Uusi {n}", "Lause.", "1", "third"] for n in range(number)]
    names = ["Nimi verkko-osoitteessa", *(f"{each} (suomi)" for each in headings), "Tuen taso", "Toimiala"]
    return [names, *rows]


def changed_contacts(number: int) -> list[list[str]]:
    offerings = [OfferingFactory() for _number in range(number)]
    rows = [
        [str(ContactFactory(offering=row).pk), row.service.slug, row.centre.slug, "aina"] for row in offerings
    ]
    return [["Tunniste", "Palvelu", "Perhekeskus", "Milloin (suomi)"], *rows]


@pytest.mark.parametrize(
    ("model", "rows_of", "looked_at", "brought_in"),
    [
        # A row's own savepoint, and its UPDATE within it; of a new one, one question for all its rules and one for its
        # slug as well.
        (Service, changed_services, 3, 3),
        (Contact, changed_contacts, 3, 3),
        (Service, new_services, 8, 8),
    ],
)
def test_a_row_costs_few_queries(
    model: Any, rows_of: Callable[[int], list[list[str]]], looked_at: int, brought_in: int
):
    def queries(number: int) -> tuple[int, int]:
        rows = sheet(*rows_of(number))
        with CaptureQueriesContext(connection) as look:
            digest = try_out(table=table(model), sheet=rows).digest
        with CaptureQueriesContext(connection) as bring:
            _outcome, saved = bring_in(table=table(model), sheet=rows, digest=digest)
        assert saved
        return len(look), len(bring)

    queries(1)
    twenty, forty = queries(20), queries(40)

    of_a_row = tuple((many - few) / 20 for few, many in zip(twenty, forty, strict=True))
    assert of_a_row == (looked_at, brought_in)


def test_the_history_of_a_large_table_is_written_in_parts():
    """Whoever asks for the history of one row reads all that its revision holds."""
    rows = sheet(*changed_services(MOST_IN_A_REVISION + 1))

    digest = try_out(table=table(Service), sheet=rows).digest
    bring_in(table=table(Service), sheet=rows, digest=digest)

    held = Version.objects.filter(revision__comment=Kind.TABLE).values("revision").order_by("revision")
    assert [row["n"] for row in held.annotate(n=Count("pk"))] == [MOST_IN_A_REVISION, 1]


@pytest.mark.parametrize("state", [state for state in FORBIDDEN if not state.choices], ids=str)
def test_what_is_asked_at_once_is_told_as_django_tells_it(state: Forbidden):
    row = state.row()
    stored = type(row)._default_manager.get(pk=row.pk)
    with override("en"), pytest.raises(ValidationError) as django:
        row.full_clean()

    for before in ({}, columns_of(stored)):
        with override("en"):
            found = problems_of(row, before=before, exclude=set())
            assert ValidationError(found).message_dict == django.value.message_dict


def test_a_rule_over_what_a_table_leaves_alone_is_not_asked_again():
    service = ServiceFactory()
    before = columns_of(service)

    service.cost_fi = "5 euroa"
    with CaptureQueriesContext(connection) as asked:
        assert problems_of(service, before=before, exclude=set()) == {}
    assert len(asked) == 0
