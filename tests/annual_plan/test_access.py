"""Who sees what of annual plans, as `docs/access.md` promises it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from annual_plan.models import Plan, PlanItem
from centres.models import FamilyCentre
from networks.models import Professional
from tests.factories import (
    AreaFactory,
    DutyFactory,
    FamilyCentreFactory,
    OrganisationFactory,
    PlanFactory,
    PlanItemFactory,
    ProfessionalFactory,
    ResponsibleFactory,
)
from tests.networks.access_table import first_column, promises
from tests.networks.crawl import unpacked
from tests.networks.test_access import READERS, TODAY, answer_of, browser, let_in_to

pytestmark = pytest.mark.django_db

# What each field is known by. One of these stands wherever the field is told; none does where it is not.
PLANTED = {
    "internal row": ["Salainen hillasuo", "Salainen lakkasuo", "Salainen soutaja"],
    "draft": ["2043", "Keskeneräinen hilla", "Keskeneräinen johdanto", "Keskeneräinen vuoro"],
}
FIELDS, PAGES_OF_PLANS = "Fields of annual plans", "Annual plans"


@dataclass(frozen=True)
class World:
    """A centre with a plan under way and a draft, another of another area, and somebody with a card here.

    An organisation, "kantaja", sees to all rows of the plan that is under way.
    """

    here: FamilyCentre
    elsewhere: FamilyCentre
    person: Professional


@pytest.fixture
def world() -> World:
    here = FamilyCentreFactory(slug="posio", area=AreaFactory())
    plan = PlanFactory(centre=here)
    PlanItemFactory(plan=plan, number=1, title_fi="Kaikille", quarter=1, month=1)
    month = {"quarter": 1, "month": 2}
    goal = PlanItemFactory(plan=plan, number=2, title_fi="Salainen hillasuo", is_internal=True, **month)
    ResponsibleFactory(item=goal, label_fi="Salainen soutaja")
    PlanItemFactory(plan=plan, number=3, kind="action", parent=goal, title_fi="Salainen lakkasuo", **month)
    carrier = OrganisationFactory(slug="kantaja", home=here)
    for row in PlanItem.objects.order_by("number"):
        ResponsibleFactory(item=row, label_fi="", organisation=carrier)
    over = PlanFactory(centre=here, year=2025, phase="evaluated")
    PlanItemFactory(
        plan=over, number=1, title_fi="Salainen hillasuo odottaa", is_internal=True, outcome="partly"
    )
    draft = PlanFactory(centre=here, year=2043, phase="drafting", intro_fi="Keskeneräinen johdanto")
    PlanItemFactory(plan=draft, number=1, title_fi="Keskeneräinen hilla", **month)
    DutyFactory(plan=draft, task_fi="Keskeneräinen vuoro")
    return World(
        here=here,
        elsewhere=FamilyCentreFactory(slug="muualla", area=AreaFactory()),
        person=ProfessionalFactory(user=let_in_to(here, TODAY), home=here),
    )


def page(name: str, **numbers: int) -> Callable[[], str]:
    return lambda: reverse(f"annual_plan:{name}", kwargs={"centre": "posio", **numbers})


def of_carrier() -> str:
    """The page of the organisation that sees to this year's rows."""
    return reverse("organisation", kwargs={"centre": "posio", "slug": "kantaja"})


def in_a_draft(path_of: Callable[[], str]) -> Callable[[], str]:
    """As `path_of`, once this year's plan is a draft."""

    def path() -> str:
        Plan.objects.filter(year=2026).update(phase="drafting")
        PlanItem.objects.filter(plan__year=2026, number=1).update(title_fi="Keskeneräinen hilla")
        return path_of()

    return path


PAGES: dict[str, Callable[[], str]] = {
    "annual plans": page("index"),
    "plan of the year": page("detail", year=2026),
    "draft plan": page("detail", year=2043),
    "open promises": page("open_promises"),
    "plans of the area": page("area"),
    "row": page("item", year=2026, number=1),
    "internal row": page("item", year=2026, number=2),
    "row below an internal one": page("item", year=2026, number=3),
    "row of a draft": page("item", year=2043, number=1),
    "plan as CSV": page("csv", year=2026),
    "plan as a workbook": page("xlsx", year=2026),
    "plan as JSON": page("json", year=2026),
    "draft as CSV": page("csv", year=2043),
    "draft as a workbook": page("xlsx", year=2043),
    "draft as JSON": page("json", year=2043),
    "plan, for a calendar": page("calendar", year=2026),
    "draft, for a calendar": page("calendar", year=2043),
    "what an organisation sees to": of_carrier,
    "what an organisation sees to, in a draft": in_a_draft(of_carrier),
}


def got(row: str, response: Any) -> tuple[str, frozenset[str]]:
    """Answer and fields of a `response`; what holds a field is kept by nobody else."""
    if response.status_code != 200:
        return answer_of(response), frozenset()
    fields = told(response)
    if fields:
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", ")), row
        assert "noindex" in response["X-Robots-Tag"], row
    return answer_of(response), fields


def told(response: Any) -> frozenset[str]:
    """The fields of which anything stands in a response: in its text, its headers or its cookies."""
    body = response.content
    text = (unpacked(body) if body.startswith(b"PK") else body).decode()
    text = unquote(re.sub("\r\n[ \t]", "", f"{text}\n{response.items()}\n{response.cookies}"))
    # Whole words: the name of a version of a file may hold any number.
    return frozenset(
        field
        for field, strings in PLANTED.items()
        if any(re.search(rf"\b{each}\b", text) for each in strings)
    )


def promised(row: str) -> dict[str, tuple[str, frozenset[str]]]:
    return {each.reader: (each.answer, each.fields) for each in promises(PAGES_OF_PLANS) if each.page == row}


@pytest.mark.parametrize("row", PAGES)
def test_a_page(world: World, row: str):
    path = PAGES[row]()

    found = {reader: got(row, browser(user(world)).get(path)) for reader, user in READERS.items()}

    assert found == promised(row)


@pytest.mark.parametrize("reader", ["anonymous", "professional elsewhere", "access ended"])
def test_it_holds_in_every_language(world: World, reader: str):
    client = browser(READERS[reader](world))
    for language, _name in settings.LANGUAGES:
        for name, path_of in PAGES.items():
            with transaction.atomic():
                with override(language):
                    path = path_of()
                assert got(name, client.get(path)) == promised(name)[reader], path
                transaction.set_rollback(True)


HIDDEN = [row for row in PAGES if promised(row)["anonymous"] == ("404", frozenset())]


@pytest.mark.parametrize("row", HIDDEN)
def test_what_is_not_there_looks_like_what_never_was(world: World, row: str):
    """Not even that there is something that one may not see."""
    path = PAGES[row]()
    pages = [
        browser(None).get(each).content.decode().replace(each, "")
        for each in (
            path,
            path.replace("2043", "2044").replace("/2026/2", "/2026/7").replace("/2026/3", "/2026/8"),
        )
    ]
    nonces = [re.sub(r'nonce="[^"]+"|name="csrf[^>]+>|/20\d\d/(\d+/)?', "", each) for each in pages]
    assert nonces[0] == nonces[1]


def test_the_document_and_the_test_name_the_same():
    assert first_column(FIELDS) == list(PLANTED)
    assert first_column(PAGES_OF_PLANS) == list(PAGES)
    assert {each.reader for each in promises(PAGES_OF_PLANS)} == set(READERS)


def test_it_can_fail(world: World):
    """What the tests look for is found where it stands."""
    response = browser(world.person.user).get(PAGES["plan as CSV"]())
    response.content = " ".join(strings[-1] for strings in PLANTED.values()).encode()

    assert told(response) == set(PLANTED)
