"""Whose rows a table can reach."""

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Q
from django.test import RequestFactory
from django.utils.translation import override

from services.admin.service import ServiceAdmin
from services.models import Service
from services.tables.actions import try_out
from services.tables.outcome import Change
from services.tables.services import ServiceTable
from tests.factories import (
    FamilyCentreFactory,
    MembershipFactory,
    ServiceFactory,
    UserFactory,
)
from tests.services.tables import sheet, table

pytestmark = pytest.mark.django_db


class PosioAlone(ServiceAdmin):
    """Pages of somebody who sees what Posio and everybody keeps, and changes what Posio keeps."""

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).filter(Q(home=None) | Q(home__slug="posio"))

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return obj is None or (obj.home is not None and obj.home.slug == "posio")

    def get_readonly_fields(self, request: Any, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "keywords"]


def posio_tells(*rows: list[str]) -> list[tuple[int, str, str]]:
    request = RequestFactory().get("/hallinta/")
    request.user = UserFactory(is_staff=True, is_superuser=True)
    of_posio = ServiceTable(PosioAlone(Service, admin.site), request)
    with override("en"):
        problems = try_out(table=of_posio, sheet=sheet(*rows)).problems
    return [(problem.number, problem.heading, problem.text) for problem in problems]


def test_a_table_reaches_no_further_than_the_pages_of_its_user():
    posio, rovaniemi = FamilyCentreFactory(slug="posio"), FamilyCentreFactory(slug="rovaniemi")
    ServiceFactory(slug="oma", home=posio)
    ServiceFactory(slug="yhteinen")
    other = ServiceFactory(slug="muu", home=rovaniemi)
    not_yours = (
        "There is no such row among those that you may change. Leave the cell in the column “Tunniste” empty if the "
        "row is to be new."
    )
    headings = ["Tunniste", "Nimi verkko-osoitteessa", "Nimi (suomi)"]

    assert posio_tells(headings, ["", "oma", "Uusi"]) == []
    # What is seen and not theirs; what is not even seen, by its id and by its address
    assert posio_tells(headings, ["", "yhteinen", "Uusi"]) == [
        (2, "", "You may read this, but not change it.")
    ]
    assert posio_tells(headings, [str(other.uuid), "muu", "Uusi"]) == [(2, "Tunniste", not_yours)]
    by_address = posio_tells(
        [*headings, "Yhdellä virkkeellä (suomi)", "Tuen taso", "Toimiala"],
        ["", "muu", "Uusi", "Lause.", "1", "third"],
    )
    assert by_address == [
        (
            2,
            "Nimi verkko-osoitteessa",
            "Another page has this name in its address already. Choose another one.",
        )
    ]
    # What they may see on their own row and not change
    assert posio_tells(["Nimi verkko-osoitteessa", "Muita sanoja (ruotsi)"], ["oma", "x"]) == [
        (2, "Muita sanoja (ruotsi)", "You may read this, but not change it.")
    ]
    # What would not be theirs any more
    assert posio_tells(["Nimi verkko-osoitteessa", "Kotikeskus"], ["oma", "rovaniemi"]) == [
        (2, "", "This row would belong to others, and you could not change it any more.")
    ]
    # What everybody keeps does not become theirs
    assert posio_tells(["Nimi verkko-osoitteessa", "Kotikeskus"], ["yhteinen", "posio"]) == [
        (2, "", "You may read this, but not change it.")
    ]
    # What is theirs to look at may stand in a table untouched
    assert posio_tells(["Nimi verkko-osoitteessa", "Kotikeskus"], ["yhteinen", ""]) == []


def test_a_new_row_of_a_centres_coordinator_is_the_centres_own():
    centre, user = FamilyCentreFactory(slug="posio"), UserFactory(is_staff=True)
    MembershipFactory(user=user, centre=centre)
    headings = [
        "Nimi verkko-osoitteessa",
        "Nimi (suomi)",
        "Yhdellä virkkeellä (suomi)",
        "Tuen taso",
        "Toimiala",
        "Kotikeskus",
    ]

    outcome = try_out(
        table=table(Service, user),
        sheet=sheet(headings, ["kerho", "Kerho", "Kerho kaikille.", "1", "third", ""]),
    )

    assert outcome.problems == []
    assert Change("Kotikeskus", "", "posio") in outcome.rows[0].changes
