"""What this year's plan holds for a network or an organisation, on the page of either."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override
from lxml import html

from annual_plan.beside import MOST_ROWS
from annual_plan.models import Plan
from tests.factories import (
    LocalNetworkFactory,
    NetworkFactory,
    OrganisationFactory,
    PlanItemFactory,
    ResponsibleFactory,
)

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


def part(client, address):
    """The part about the plan: none or one."""
    return html.fromstring(client.get(address).content.decode()).xpath("//section[@aria-labelledby='plan']")


def said(element):
    return " ".join(element.text_content().split())


def told(client, address):
    """The links of the part about the plan, in order: pairs of where each leads and what it says."""
    return [(link.get("href"), said(link)) for one in part(client, address) for link in one.xpath(".//a")]


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


def test_a_draft_is_said_to_be_one(client, insider, centre):
    network = LocalNetworkFactory(centre=centre)
    row = seen_to({"network": network, "organisation": None}, number=1).item
    note = gettext("This plan is being drafted: only professionals who have been let in see it.")
    for phase, notes in ((Plan.Phase.RUNNING, []), (Plan.Phase.DRAFTING, [note])):
        Plan.objects.filter(pk=row.plan_id).update(phase=phase)
        (section,) = part(insider, network.get_absolute_url())
        assert [said(each) for each in section.xpath(".//*[@class='note']")] == notes


def test_what_is_internal_by_itself_or_by_its_goal_is_marked(insider, centre):
    network = LocalNetworkFactory(centre=centre)
    who = {"network": network, "organisation": None}
    goal = seen_to(who, number=1, is_internal=True).item
    seen_to(who, number=2, kind="action", parent=goal)
    seen_to(who, number=3)
    *rows, _all = told(insider, network.get_absolute_url())
    assert [gettext("Internal") in words.split() for _href, words in rows] == [True, True, False]


@pytest.mark.parametrize("title", ["", "Kvällskaffe"])
def test_a_title_in_finnish_for_want_of_the_language_makes_the_page_say_so(client, centre, title):
    texts = {"name_sv": "Namn", "summary_sv": "Kort"}
    organisation = OrganisationFactory(home=centre, **texts)
    texts["when_to_turn_sv"] = "<p>När det behövs.</p>"
    network = LocalNetworkFactory(centre=centre, network=NetworkFactory(**texts))
    for who in ({"organisation": organisation, "network": None}, {"organisation": None, "network": network}):
        seen_to(who, title_fi="Iltakahvit", title_sv=title)
    with override("sv"):
        pages = [
            network.get_absolute_url(),
            reverse("organisation", kwargs={"centre": centre.slug, "slug": organisation.slug}),
        ]
    for address in pages:
        page = html.fromstring(client.get(address).content.decode())
        assert len(page.xpath("//*[@class='lang-note']")) == (0 if title else 1)


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
