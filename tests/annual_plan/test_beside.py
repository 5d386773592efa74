"""What this year's plan holds for a network or an organisation, on the page of either."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from annual_plan.beside import MOST_ROWS
from annual_plan.models import Plan
from tests.factories import LocalNetworkFactory, OrganisationFactory, PlanItemFactory, ResponsibleFactory

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture(params=["network", "organisation"])
def somebody(request, centre):
    """Whoever may see to something: by the name of the relation, and the address of the page."""
    if request.param == "network":
        row = LocalNetworkFactory(centre=centre)
        return {"network": row, "organisation": None}, row.get_absolute_url()
    row = OrganisationFactory(home=centre)
    address = reverse("organisation", kwargs={"centre": centre.slug, "slug": row.slug})
    return {"network": None, "organisation": row}, address


def seen_to(who, **values):
    return ResponsibleFactory(
        item=PlanItemFactory(plan=values.pop("plan", None) or plan_for(who), **values), **who
    )


def plan_for(who):
    row = who["network"] or who["organisation"]
    centre = row.centre if who["network"] else row.home
    return Plan.objects.get_or_create(centre=centre, year=YEAR, defaults={"phase": Plan.Phase.RUNNING})[0]


def told(client, address):
    """The links of the part about the plan, in order: pairs of where each leads and what it says."""
    page = html.fromstring(client.get(address).content.decode())
    links = page.xpath("//section[@aria-labelledby='plan']//a")
    return [(link.get("href"), " ".join(link.text_content().split())) for link in links]


def test_the_page_shows_what_it_sees_to_this_year(client, somebody):
    who, address = somebody
    row = seen_to(who, number=3, quarter=1, outcome="achieved", title_fi="Iltakahvit").item
    PlanItemFactory(plan=row.plan, number=4)

    assert told(client, address) == [
        (row.get_absolute_url(), "Iltakahvit Toteutunut 1. neljännes"),
        (row.plan.get_absolute_url(), f"Katso vuoden {YEAR} suunnitelma"),
    ]


def test_a_row_of_which_it_is_named_twice_stands_once(client, somebody):
    who, address = somebody
    row = seen_to(who, number=1).item
    ResponsibleFactory(item=row, label_fi="Puheenjohtaja", **who)
    assert len(told(client, address)) == 2


def test_without_a_row_of_this_year_nothing_is_said(client, somebody):
    who, address = somebody
    plan = plan_for(who)
    Plan.objects.update(year=YEAR - 1)
    seen_to(who, plan=plan, number=1)
    assert told(client, address) == []


@pytest.mark.parametrize("hidden", ["draft", "internal"])
def test_what_is_not_for_all_is_for_insiders_alone(client, insider, somebody, hidden):
    who, address = somebody
    seen_to(who, number=1, is_internal=hidden == "internal")
    if hidden == "draft":
        Plan.objects.update(phase=Plan.Phase.DRAFTING)

    assert told(client, address) == []
    assert bool(told(insider, address)) == bool(who["network"])


def test_of_many_the_first_are_shown_and_the_rest_is_led_to(client, somebody):
    who, address = somebody
    for number in range(1, MOST_ROWS + 2):
        seen_to(who, number=number)

    links = told(client, address)

    assert len(links) == MOST_ROWS + 1
    assert links[-1] == (plan_for(who).get_absolute_url(), f"Loput ovat vuoden {YEAR} suunnitelmassa")


def test_it_costs_one_query_however_many_they_are(client, somebody):
    who, address = somebody
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(1, MOST_ROWS + 2):
        seen_to(who, number=number)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)
    assert sum("annual_plan_planitem" in query["sql"].split("FROM")[1][:40] for query in many) == 1
