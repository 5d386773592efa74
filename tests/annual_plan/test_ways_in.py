"""The ways to annual plans: from the footer, the sitemap, the seven tasks, and to whoever is responsible."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from annual_plan.models import Plan
from centres.models import FamilyCentre
from perhekeskus.sitemaps import entries
from tests.factories import (
    DutyHolderFactory,
    FamilyCentreFactory,
    OrganisationFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> FamilyCentre:
    return FamilyCentreFactory(slug="posio")


@pytest.fixture
def plan(centre: FamilyCentre) -> Plan:
    return PlanFactory(centre=centre)


def address(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs={"centre": "posio", **kwargs})


def links(client: Client, path: str, part: str) -> list[str]:
    return html.fromstring(client.get(path).content.decode()).xpath(f"//{part}//a/@href")


def test_every_page_of_a_centre_leads_to_its_plans(client: Client, centre: FamilyCentre):
    assert address("annual_plan:index") in links(client, address("help_now"), "footer")


class TestSitemap:
    def test_has_public_plans_and_their_public_rows(self, centre: FamilyCentre, plan: Plan, today: date):
        PlanItemFactory(plan=plan, number=1)
        goal = PlanItemFactory(plan=plan, number=2, is_internal=True)
        PlanItemFactory(plan=plan, number=3, kind="action", parent=goal)
        PlanItemFactory(plan=PlanFactory(centre=centre, year=2027, phase="drafting"), number=1)
        PlanItemFactory(number=1)

        index = address("annual_plan:index")
        paths = [entry.path for entry in entries(centre, "fi", today) if entry.path.startswith(index)]
        gathered = [index, address("annual_plan:open_promises"), address("annual_plan:area")]
        assert paths == [*gathered, f"{index}2026/", f"{index}2026/1/"]

    def test_has_a_row_in_the_languages_of_its_title(self, centre: FamilyCentre, plan: Plan, today: date):
        row = PlanItemFactory(plan=plan, number=1, title_sv="Mål")
        (entry,) = (each for each in entries(centre, "sv", today) if each.path.endswith("/2026/1/"))

        assert [code for code, _path in entry.versions] == ["fi", "sv"]
        assert entry.versions[0][1] == row.get_absolute_url()
        assert not [each for each in entries(centre, "en", today) if each.path.endswith("/2026/1/")]

    def test_costs_the_same_with_one_row_and_with_many(self, client: Client, plan: Plan):
        asked = []
        for number in (1, 20):
            PlanItemFactory.create_batch(number, plan=plan)
            asked.append(queries(client, address("sitemap")))
        assert asked[0] == asked[1]


class TestOrganisations:
    """Plans lead to whoever is responsible: there is a page of each, whatever else it does here."""

    def is_there(self, client: Client) -> bool:
        status = client.get(address("organisation", slug="lapha")).status_code
        is_listed = address("organisation", slug="lapha") in links(client, address("organisations"), "main")
        assert (status, is_listed) in [(200, True), (404, False)]
        return is_listed

    def test_one_that_answers_for_a_public_row_has_a_page(self, client: Client, plan: Plan):
        lapha = OrganisationFactory(slug="lapha")
        ResponsibleFactory(item__plan=plan, organisation=lapha, label_fi="")
        assert self.is_there(client)

    def test_one_that_sees_to_a_duty_has_a_page(self, client: Client, plan: Plan):
        DutyHolderFactory(duty__plan=plan, organisation=OrganisationFactory(slug="lapha"), label_fi="")
        assert self.is_there(client)

    @pytest.mark.parametrize("hidden", ["internal", "draft", "elsewhere"])
    def test_one_whose_part_is_not_public_here_has_none(self, client: Client, plan: Plan, hidden: str):
        lapha = OrganisationFactory(slug="lapha")
        where = plan if hidden == "internal" else PlanFactory()
        if hidden == "draft":
            where = PlanFactory(centre=plan.centre, year=2027, phase="drafting")
        if hidden != "internal":
            DutyHolderFactory(duty__plan=where, organisation=lapha, label_fi="")
        ResponsibleFactory(
            item__plan=where, item__is_internal=hidden == "internal", organisation=lapha, label_fi=""
        )
        assert not self.is_there(client)

    def test_the_list_asks_no_more_for_plans(self, client: Client, plan: Plan):
        path, asked = address("organisations"), []
        for number in (1, 20):
            for _ in range(number):
                ResponsibleFactory(item__plan=plan, organisation=OrganisationFactory(), label_fi="")
            asked.append(queries(client, path))
        assert asked == [4, 4]


class TestSevenTasks:
    def rows(self, client: Client) -> list[str]:
        index = address("annual_plan:index")
        return [url for url in links(client, address("about"), "main") if url.startswith(index)]

    def test_each_leads_to_what_is_done_for_it_this_year(self, client: Client, plan: Plan):
        task = TaskFactory(number=2)
        rows = [PlanItemFactory(plan=plan, number=number, tasks=[task]) for number in (4, 2)]
        PlanItemFactory(plan=plan, number=5)
        PlanItemFactory(plan=plan, number=6, tasks=[task], is_internal=True)
        PlanItemFactory(plan=PlanFactory(centre=plan.centre, year=2025), tasks=[task])
        PlanItemFactory(tasks=[task])

        assert self.rows(client) == [row.get_absolute_url() for row in reversed(rows)]

    def test_of_many_the_first_ones_stand_there_and_the_plan(self, client: Client, plan: Plan):
        task = TaskFactory(number=2)
        for number in range(1, 9):
            PlanItemFactory(plan=plan, number=number, tasks=[task])

        found = self.rows(client)
        assert found[:-1] == [f"{plan.get_absolute_url()}{number}/" for number in range(1, 7)]
        assert found[-1] == plan.get_absolute_url()

    def test_the_page_costs_the_same_with_one_row_and_with_many(self, client: Client, plan: Plan):
        task, asked = TaskFactory(number=2), []
        for number in (1, 20):
            PlanItemFactory.create_batch(number, plan=plan, tasks=[task])
            asked.append(queries(client, address("about")))
        assert asked == [5, 5]


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
