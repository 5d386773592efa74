"""What this year's plan holds for an organisation, on its own page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from annual_plan.beside import MOST_ROWS
from annual_plan.models import Plan
from tests.factories import OrganisationFactory, PlanFactory, PlanItemFactory, ResponsibleFactory

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture
def plan(centre):
    return PlanFactory(centre=centre, year=YEAR)


@pytest.fixture
def organisation(centre):
    """One whose page is there whatever it does."""
    return OrganisationFactory(home=centre, name_sv="Namn", summary_sv="Kort")


@pytest.fixture
def address(organisation):
    return page_of(organisation)


def page_of(organisation):
    return reverse("organisation", kwargs={"centre": organisation.home.slug, "slug": organisation.slug})


def seen_to(organisation, plan, **values):
    row = PlanItemFactory(plan=plan, **values)
    ResponsibleFactory(item=row, organisation=organisation, label_fi="")
    return row


def told(client, address):
    """The links of the part about the plan, in order: pairs of where each leads and what it says."""
    page = html.fromstring(client.get(address).content.decode())
    links = page.xpath("//section[@aria-labelledby='plan']//a")
    return [(link.get("href"), " ".join(link.text_content().split())) for link in links]


def test_the_page_shows_what_it_sees_to_this_year(client, organisation, plan, address):
    row = seen_to(organisation, plan, number=3, quarter=1, outcome="achieved", title_fi="Iltakahvit")
    PlanItemFactory(plan=plan, number=4)

    assert told(client, address) == [
        (row.get_absolute_url(), "Iltakahvit Toteutunut 1. neljännes"),
        (plan.get_absolute_url(), f"Katso vuoden {YEAR} suunnitelma"),
    ]


def test_a_row_of_which_it_is_named_twice_stands_once(client, organisation, plan, address):
    row = seen_to(organisation, plan, number=1)
    ResponsibleFactory(item=row, organisation=organisation, label_fi="Puheenjohtaja")
    assert len(told(client, address)) == 2


def test_without_a_row_of_this_year_nothing_is_said(client, organisation, plan, address):
    seen_to(organisation, PlanFactory(centre=plan.centre, year=YEAR - 1), number=1)
    assert told(client, address) == []


@pytest.mark.parametrize("hidden", ["draft", "internal", "below an internal goal"])
def test_what_is_not_for_all_is_for_nobody_here(client, insider, organisation, plan, address, hidden):
    goal = PlanItemFactory(plan=plan, is_internal=hidden == "below an internal goal")
    seen_to(organisation, plan, kind="action", parent=goal, is_internal=hidden == "internal")
    if hidden == "draft":
        Plan.objects.update(phase=Plan.Phase.DRAFTING)

    assert (told(client, address), told(insider, address)) == ([], [])


@pytest.mark.parametrize("title", ["", "Kvällskaffe"])
def test_a_title_in_finnish_for_want_of_the_language_makes_the_page_say_so(client, organisation, plan, title):
    seen_to(organisation, plan, title_fi="Iltakahvit", title_sv=title)
    with override("sv"):
        address = page_of(organisation)
    page = html.fromstring(client.get(address).content.decode())
    assert len(page.xpath("//*[@class='lang-note']")) == (0 if title else 1)


def test_of_many_the_first_are_shown_and_the_rest_is_led_to(client, organisation, plan, address):
    for number in range(1, MOST_ROWS + 2):
        seen_to(organisation, plan, number=number)

    links = told(client, address)

    assert len(links) == MOST_ROWS + 1
    assert links[-1] == (plan.get_absolute_url(), f"Loput ovat vuoden {YEAR} suunnitelmassa")


def test_it_costs_one_query_however_many_they_are(client, organisation, plan, address):
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(1, MOST_ROWS + 2):
        seen_to(organisation, plan, number=number)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)
    assert sum("annual_plan_planitem" in query["sql"].split("FROM")[1][:40] for query in many) == 1
