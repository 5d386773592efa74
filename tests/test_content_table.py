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


def rows_of(fixture):
    return yaml.safe_load((ROOT / f"fixtures/{fixture}.yaml").read_text(encoding="utf-8"))


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
