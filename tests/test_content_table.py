"""docs/content.md says where every name of the handbooks went: each row that it names is there."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"`([a-z0-9]+(?:-[a-z0-9]+)*)`")
NETWORK = re.compile(r"Network `([a-z0-9-]+)`")
MEETING_PLACE = re.compile(r"MeetingPlace `([a-z0-9-]+)`")
TOWNS = ("rovaniemi", "posio")
FIXTURES = ("vocabulary", "shared", "networks", *TOWNS, "esimerkkila")
OF_NETWORKS = ("networks", *(f"{town}_networks" for town in TOWNS))
A_PLAN = re.compile(r"^### (Posio|Rovaniemi) (\d{4})$")
GOES_ON = re.compile(r"(carried|repeated|split) → (\d{4})/(\d+) \(")


def rows_of(fixture):
    return yaml.safe_load((ROOT / f"fixtures/{fixture}.yaml").read_text(encoding="utf-8"))


def told_of_plans():
    """The rows of the tables of annual plans: ([centre, year], number) and the other cells, as the table has them."""
    plan = None
    for line in (ROOT / "docs/content.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = A_PLAN.match(line)
            plan = heading and (heading[1].lower(), int(heading[2]))
        elif plan and line.startswith("| ") and line.split("|")[1].strip().isdigit():
            number, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            yield (*plan, int(number)), cells


def rows_of_plans(model):
    named = [row for town in TOWNS for row in rows_of(f"{town}_plans")]
    return [row["fields"] for row in named if row["model"] == f"annual_plan.{model}"]


@pytest.fixture(scope="module")
def slugs():
    return {row["fields"].get("slug") for name in {*FIXTURES, *OF_NETWORKS} for row in rows_of(name)}


def test_every_row_that_the_table_names_is_in_the_fixtures(slugs):
    table = (ROOT / "docs/content.md").read_text(encoding="utf-8")
    cells = [line.split("|")[3] for line in table.splitlines() if line.count("|") == 4]
    named = {slug for cell in cells for slug in ROW.findall(cell)}
    assert len(named) > 80
    assert sorted(named - slugs - set(FIXTURES)) == []


def test_the_table_names_every_meeting_place_of_the_two_towns_and_no_other():
    table = (ROOT / "docs/content.md").read_text(encoding="utf-8")
    rows = [row for town in TOWNS for row in rows_of(town)]
    there = {row["fields"]["slug"] for row in rows if row["model"] == "meetingplaces.meetingplace"}
    assert set(MEETING_PLACE.findall(table)) == there


def test_the_table_names_every_network_of_the_handbooks_and_no_other():
    table = (ROOT / "docs/content.md").read_text(encoding="utf-8")
    rows = [row for name in OF_NETWORKS for row in rows_of(name)]
    there = {row["fields"]["slug"] for row in rows if row["model"] == "networks.network"}
    assert set(NETWORK.findall(table)) == there


def test_the_tables_of_annual_plans_have_every_row_with_its_title_and_when_it_is():
    told = {key: (title, when) for key, (title, when, *_rest) in told_of_plans()}
    there = {
        (*row["plan"], row["number"]): (row["title_fi"], f"Q{row['quarter']}" if "quarter" in row else "year")
        for row in rows_of_plans("planitem")
    }
    assert told == there


def test_the_tables_of_annual_plans_tell_each_outcome_and_each_thread_with_its_ground():
    told = [(key, cells) for key, cells in told_of_plans() if key[0] == "posio"]
    outcomes = {key: cells[2].replace(" ", "-") for key, cells in told}
    words = {"not-started": "–"}
    posio = [row for row in rows_of_plans("planitem") if row["plan"][0] == "posio"]
    assert outcomes == {
        (*row["plan"], row["number"]): words.get(row["outcome"], row["outcome"]) for row in posio
    }
    threads = {
        (key, (key[0], int(year), int(number)), kind)
        for key, cells in told
        for kind, year, number in GOES_ON.findall(cells[3])
    }
    assert threads == {
        (tuple(row["source"]), tuple(row["target"]), row["kind"]) for row in rows_of_plans("continuation")
    }
