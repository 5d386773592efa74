"""The week as screen readers have it: by its headings alone a family hears when, what is off, and what it is."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from calendars.iso_weeks import days, week_of
from tests.browser.pages import View

pytestmark = pytest.mark.django_db

PHONE = View("phone", 360, 780, "light")
WIDE = View("wide", 1280, 800, "light")
VIEWS = [PHONE, WIDE]
WEEKDAYS = ["Maanantai", "Tiistai", "Keskiviikko", "Torstai", "Perjantai", "Lauantai", "Sunnuntai"]
AT = re.compile(r"\d{1,2}(\.\d\d)?–\d{1,2}(\.\d\d)?\b")
# What is on although it has moved says from where: "Siirretty päivästä to 3.12."
OFF = re.compile(r"Peruttu|Ei tällä kertaa|Siirretty, uusi päivä")
WEEKS = range(-1, 4)
INVITING = re.compile(r"Saa vain tulla|Just come")


@dataclass
class Node:
    """What is heard as one thing, in Chromium's accessibility tree."""

    role: str
    name: str
    level: int
    children: list["Node"]

    def all(self, role: str, level: int = 0) -> list["Node"]:
        """Those of `role`, and of `level` if it is said, in the order in which they are heard."""
        found = []
        for child in self.children:
            if child.role == role and level in (0, child.level):
                found.append(child)
            found += child.all(role, level)
        return found

    def text(self) -> str:
        """All that is heard in it."""
        return " ".join(each.name for each in self.all("StaticText"))


def as_heard(page: Any) -> Node:
    """The open page; what is nothing by itself is left out, and what lies in it stands in its place."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def heard(number: str) -> list[Node]:
        node = by_id.get(number)
        if node is None:
            return []
        children = [each for child in node.get("childIds", []) for each in heard(child)]
        role = node.get("role", {}).get("value", "")
        if node["ignored"] or role in ("generic", "none"):
            return children
        properties = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        return [Node(role, node.get("name", {}).get("value", ""), properties.get("level", 0), children)]

    (root,) = heard(nodes[0]["nodeId"])
    return root


def days_of(page: Any, address: str, view: View) -> list[Node]:
    """The region of each day on the page at `address`, under one heading of the page and one of its week."""
    view.show(page)
    response = page.goto(address)
    assert response.status == 200
    heard = as_heard(page)
    assert len(heard.all("heading", 1)) == 1
    (week,) = [each for each in heard.all("region") if each.all("region")]
    assert len(week.all("heading", 2)) == 1
    found = week.all("region")
    assert [len(day.all("heading", 3)) for day in found] == [1] * len(found)
    assert [day.all("heading", 3)[0].name for day in found] == [day.name for day in found]
    assert len(found) == len(WEEKDAYS) or view is WIDE
    return found


def without_an_empty_weekend(names: list[str], shown: list[str]) -> list[str]:
    """The `names` of the days of a week as they are to be heard: a wide timetable has no empty Saturday or Sunday."""
    return names[:5] + [name for name in names[5:] if name in shown]


def slots_of(day: Node) -> list[Node]:
    """The items of the list of a day, each under a heading of its own; none where the day has no list."""
    lists = [each for each in day.children if each.role == "list"]
    if not lists:
        assert day.all("heading", 4) == []
        return []
    (only,) = lists
    slots = only.children
    assert {slot.role for slot in slots} == {"listitem"}
    assert [len(slot.all("heading", 4)) for slot in slots] == [1] * len(slots)
    return slots


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_week_is_heard_by_its_headings_with_what_is_off(page: Any, portal: str, today: date, view: View):
    told = []
    for number in WEEKS:
        week = week_of(today + timedelta(weeks=number))
        found = days_of(page, f"{portal}/esimerkkila/kohtaamispaikat/viikko/{week}/", view)
        dates = [f"{name} {day.day}.{day.month}." for name, day in zip(WEEKDAYS, days(week), strict=True)]
        names = [day.name.removesuffix(" tänään") for day in found]
        assert names == without_an_empty_weekend(dates, names)
        for slot in (slot for day in found for slot in slots_of(day)):
            heading = slot.all("heading", 4)[0].name
            assert AT.match(heading)
            link = slot.all("link")[0]
            assert heading.endswith(link.name)
            news = heading[AT.match(heading).end() : -len(link.name)].strip()
            told.append(news)
            if OFF.match(news):
                assert not INVITING.search(slot.text()), slot.text()
    assert {kind for news in told for kind in OFF.findall(news)} == set(OFF.pattern.split("|"))
    assert "Ylimääräinen kerta" in told


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_season_is_heard_by_its_weekdays(page: Any, portal: str, view: View):
    found = days_of(page, f"{portal}/esimerkkila/kohtaamispaikat/kausi/syksy-2026/", view)
    names = [day.name for day in found]
    assert names == without_an_empty_weekend(WEEKDAYS, names)
    slots = [slot for day in found for slot in slots_of(day)]
    assert len(slots) > len(WEEKDAYS)
    assert all(AT.match(slot.all("heading", 4)[0].name) for slot in slots)
