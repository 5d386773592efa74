"""The plan of a year as files: CSV, Excel and JSON, with as much in them as the reader may see."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, override, pgettext
from openpyxl import load_workbook

from annual_plan.models import Plan, PlanItem
from annual_plan.outcomes import UNSAID
from centres.models import FamilyCentre
from centres.publishing import Status
from tests.factories import (
    ContinuationFactory,
    DutyFactory,
    DutyHolderFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MembershipFactory,
    OrganisationFactory,
    PlanFactory,
    PlanItemFactory,
    ResponsibleFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db

FILES = ("csv", "xlsx", "json")
# What a spreadsheet program would run.
FORMULAS = ["=1+1", "+358 40 1", "-9", "@nimi", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0"]


@pytest.fixture
def centre() -> FamilyCentre:
    return FamilyCentreFactory(slug="posio", name_fi="Posion perhekeskus", name_sv="Posio familjecenter")


@pytest.fixture
def plan(centre: FamilyCentre) -> Plan:
    return PlanFactory(centre=centre, intro_fi="Yhdessä.", intro_sv="Tillsammans.")


@pytest.fixture
def goal(plan: Plan) -> PlanItem:
    return PlanItemFactory(plan=plan, number=1, quarter=None, title_fi="Näkyvyys", title_en="Visibility")


@pytest.fixture
def action(plan: Plan, goal: PlanItem) -> PlanItem:
    """With all that a row can have; from two rows of earlier years, and on to a later one."""
    row = PlanItemFactory(
        plan=plan,
        number=2,
        kind=PlanItem.Kind.ACTION,
        parent=goal,
        quarter=2,
        month=5,
        title_fi="Avoimet ovet",
        description_fi="Kahvit; ja\nkakut.",
        outcome="partly",
        evaluation_fi="Kävi 12 perhettä.",
        evaluation_sv="12 familjer kom.",
        tasks=[TaskFactory(number=2, name_fi="Osallisuus", name_sv="Delaktighet")],
    )
    network = LocalNetworkFactory(centre=plan.centre, slug="marak", network__name_fi="MARAK")
    organisation = OrganisationFactory(slug="lapha", name_fi="Lapha", name_sv="Lapha sv")
    ResponsibleFactory(item=row, label_fi="", network=network, order=1)
    ResponsibleFactory(item=row, label_fi="", organisation=organisation, order=2)
    ResponsibleFactory(item=row, label_fi="Koko verkosto", label_sv="Hela nätverket", order=3)
    earlier = PlanFactory(centre=plan.centre, year=2025, phase="evaluated")
    for number in (4, 3):
        source = PlanItemFactory(plan=earlier, number=number, outcome="not-achieved")
        ContinuationFactory(source=source, target=row, kind="carried" if number == 3 else "split")
    later = PlanFactory(centre=plan.centre, year=2027)
    ContinuationFactory(source=row, target=PlanItemFactory(plan=later, number=9))
    return row


@pytest.fixture
def duty(plan: Plan) -> None:
    row = DutyFactory(plan=plan, task_fi="Tiedottaminen")
    DutyHolderFactory(duty=row, label_fi="Koordinaattori")
    DutyHolderFactory(duty=row, label_fi="", organisation=OrganisationFactory(name_fi="Seurakunta"), order=1)


def address(name: str, year: int = 2026) -> str:
    return reverse(f"annual_plan:{name}", kwargs={"centre": "posio", "year": year})


def insider(centre: FamilyCentre) -> Client:
    client = Client()
    client.force_login(MembershipFactory(centre=centre).user)
    return client


def lines(response: Any) -> list[list[str]]:
    """The lines of a CSV file."""
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheets(response: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet of a workbook, by its name."""
    book = load_workbook(BytesIO(response.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def page(row: PlanItem) -> str:
    return f"http://testserver{row.get_absolute_url()}"


HEADINGS = [
    "year",
    "number",
    "kind",
    "number of its goal",
    "quarter (empty: all year round)",
    "month",
    "title",
    "clarification",
    "tasks of the family centre",
    "responsible",
    "outcome",
    "evaluation",
    "why it is dropped",
    "comes from",
    "goes on as",
    "address of its page",
]


def test_a_csv_file_has_a_line_for_each_row_in_order(client: Client, action: PlanItem, goal: PlanItem):
    with override("en"):
        response, pages = client.get(address("csv")), [page(goal), page(action)]

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.content.endswith(b"\r\n")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert lines(response) == [
        [capfirst(heading) for heading in HEADINGS],
        ["2026", "1", "goal", "", "", "", "Visibility", "", "", "", "not started", "", "", "", "", pages[0]],
        [
            "2026",
            "2",
            "action",
            "1",
            "2",
            "5",
            "Avoimet ovet",
            "Kahvit; ja\nkakut.",
            "2. Osallisuus",
            "MARAK; Lapha; Koko verkosto",
            "partly achieved",
            "Kävi 12 perhettä.",
            "",
            "carried over: 2025, no. 3; split: 2025, no. 4",
            "carried over: 2027, no. 9",
            pages[1],
        ],
    ]


def test_the_words_are_in_the_language_of_the_address_with_finnish_standing_in(
    client: Client, action: PlanItem
):
    with override("sv"):
        line = lines(client.get(address("csv")))[-1]

        assert line[2] == str(PlanItem.Kind.ACTION.label)
        assert line[6:12] == [
            "Avoimet ovet",
            "Kahvit; ja\nkakut.",
            "2. Delaktighet",
            "MARAK; Lapha sv; Hela nätverket",
            str(action.get_outcome_display()),
            "12 familjer kom.",
        ]


def test_a_workbook_has_the_rows_and_the_division_of_work(client: Client, action: PlanItem, duty: None):
    response = client.get(address("xlsx"))
    found = sheets(response)

    assert list(found) == [gettext("Annual plan"), capfirst(gettext("division of work"))]
    rows, duties = found.values()
    told = [[str(value or "") for value in row] for row in rows]
    assert told == lines(client.get(address("csv")))
    # Numbers are numbers: they sort as such.
    assert rows[2][:6] == (2026, 2, str(PlanItem.Kind.ACTION.label), 1, 2, 5)
    assert duties == [
        (capfirst(gettext("what is to be done")), capfirst(gettext("responsible"))),
        ("Tiedottaminen", "Koordinaattori; Seurakunta"),
    ]


def test_the_headings_of_a_workbook_are_bold_and_always_in_sight(
    client: Client, action: PlanItem, duty: None
):
    for sheet in load_workbook(BytesIO(client.get(address("xlsx")).content)).worksheets:
        assert sheet.freeze_panes == "A2"
        assert {cell.font.bold for cell in sheet[1]} == {True}
        widths = {sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
        assert min(widths) >= 14
        assert max(widths) <= 40


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_that_is_written_is_run_by_a_spreadsheet_program(client: Client, plan: Plan, text: str):
    row = PlanItemFactory(plan=plan, title_fi=text, description_fi=text, outcome="partly", evaluation_fi=text)
    ResponsibleFactory(item=row, label_fi=text)
    DutyHolderFactory(duty__plan=plan, duty__task_fi=text, label_fi=text)

    (line,) = lines(client.get(address("csv")))[1:]
    assert [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert line[6] == f"'{text.strip()}"
    book = load_workbook(BytesIO(client.get(address("xlsx")).content))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    titles = [book.worksheets[0]["G2"], book.worksheets[1]["A2"]]
    assert [(cell.data_type, cell.value) for cell in titles] == [("s", text.strip())] * 2


def test_control_characters_break_no_file(client: Client, plan: Plan):
    PlanItemFactory(plan=plan, title_fi="A\x0bB\x1fC\ufffe", description_fi="x" * 40_000)

    assert lines(client.get(address("csv")))[1][6] == "ABC"
    assert next(iter(sheets(client.get(address("xlsx"))).values()))[1][6] == "ABC"
    assert client.get(address("json")).json()["rows"][0]["title"] == {"fi": "A\x0bB\x1fC\ufffe"}


def test_the_document_for_machines(client: Client, goal: PlanItem, action: PlanItem, duty: None):
    Plan.objects.update(updated_at="2026-01-02T03:04:05Z")
    PlanItem.objects.update(updated_at="2026-05-06T07:08:09Z")
    nothing = {"responsibles": [], "tasks": [], "comes_from": [], "goes_on_as": [], "goal": None}

    document = client.get(address("json")).json()

    assert document == {
        "version": 1,
        "centre": {
            "slug": "posio",
            "name": {"fi": "Posion perhekeskus", "sv": "Posio familjecenter"},
        },
        "year": 2026,
        "phase": "running",
        "introduction": {"fi": "Yhdessä.", "sv": "Tillsammans."},
        "reflection": {},
        "rows": [
            {
                **nothing,
                "number": 1,
                "kind": "goal",
                "quarter": None,
                "month": None,
                "first_day": "2026-01-01",
                "last_day": "2026-12-31",
                "title": {"fi": "Näkyvyys", "en": "Visibility"},
                "description": {},
                "outcome": "not-started",
                "fate": "pending",
                "evaluation": {},
                "drop_reason": {},
                "address": page(goal),
                "saved": "2026-05-06T07:08:09+00:00",
            },
            {
                "number": 2,
                "kind": "action",
                "goal": 1,
                "quarter": 2,
                "month": 5,
                "first_day": "2026-05-01",
                "last_day": "2026-05-31",
                "title": {"fi": "Avoimet ovet"},
                "description": {"fi": "Kahvit; ja\nkakut."},
                "tasks": [{"number": 2, "name": {"fi": "Osallisuus", "sv": "Delaktighet"}}],
                "responsibles": [
                    {"name": {"fi": "MARAK"}, "network": "marak", "organisation": None},
                    {"name": {"fi": "Lapha", "sv": "Lapha sv"}, "network": None, "organisation": "lapha"},
                    {
                        "name": {"fi": "Koko verkosto", "sv": "Hela nätverket"},
                        "network": None,
                        "organisation": None,
                    },
                ],
                "outcome": "partly",
                "fate": "continued",
                "evaluation": {"fi": "Kävi 12 perhettä.", "sv": "12 familjer kom."},
                "drop_reason": {},
                "comes_from": [
                    {"year": 2025, "number": 3, "kind": "carried"},
                    {"year": 2025, "number": 4, "kind": "split"},
                ],
                "goes_on_as": [{"year": 2027, "number": 9, "kind": "carried"}],
                "address": page(action),
                "saved": "2026-05-06T07:08:09+00:00",
            },
        ],
        "duties": [
            {
                "task": {"fi": "Tiedottaminen"},
                "responsibles": [
                    {"name": {"fi": "Koordinaattori"}, "network": None, "organisation": None},
                    {
                        "name": {"fi": "Seurakunta"},
                        "network": None,
                        "organisation": document["duties"][0]["responsibles"][1]["organisation"],
                    },
                ],
            }
        ],
        "address": f"http://testserver{goal.plan.get_absolute_url()}",
        "saved": "2026-01-02T03:04:05+00:00",
    }


def test_only_insiders_get_what_is_internal_and_are_told_that_it_is(
    client: Client, centre: FamilyCentre, plan: Plan
):
    PlanItemFactory(plan=plan, number=1, title_fi="Kaikille")
    PlanItemFactory(plan=plan, number=2, title_fi="Sisäinen", is_internal=True)
    colleague = insider(centre)

    assert [row["number"] for row in client.get(address("json")).json()["rows"]] == [1]
    assert [len(line) for line in lines(client.get(address("csv")))] == [16, 16]
    assert len(next(iter(sheets(client.get(address("xlsx"))).values()))) == 2
    told = colleague.get(address("json")).json()["rows"]
    assert [(row["number"], row["internal"]) for row in told] == [(1, False), (2, True)]
    heading, *rows = lines(colleague.get(address("csv")))
    assert heading[10] == capfirst(gettext("internal"))
    assert [row[10] for row in rows] == ["", gettext("yes")]
    assert len(next(iter(sheets(colleague.get(address("xlsx"))).values()))) == 3


@pytest.mark.parametrize("name", FILES)
def test_a_draft_is_a_file_for_insiders_alone(client: Client, centre: FamilyCentre, plan: Plan, name: str):
    Plan.objects.update(phase="drafting")

    assert client.get(address(name)).status_code == 404
    assert client.get(address(name, 2031)).status_code == 404
    response = insider(centre).get(address(name))
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_ends_of_threads_in_drafts_are_told_to_insiders_alone(
    client: Client, centre: FamilyCentre, action: PlanItem
):
    Plan.objects.filter(year=2027).update(phase="drafting")

    for name, found in (("public", client), ("insider", insider(centre))):
        row = found.get(address("json")).json()["rows"][-1]
        assert [each["year"] for each in row["goes_on_as"]] == ([2027] if name == "insider" else [])
        # Not to be taken for an open promise.
        assert row["fate"] == "continued"


def test_the_document_tells_what_became_of_each_promise(client: Client, plan: Plan):
    for number, values in enumerate(
        [
            {},
            {"outcome": "achieved"},
            {"outcome": "partly"},
            {"outcome": "dropped", "drop_reason_fi": "Ei tarvetta."},
        ],
        1,
    ):
        PlanItemFactory(plan=plan, number=number, **values)

    def fates() -> list[str]:
        return [row["fate"] for row in client.get(address("json", plan.year)).json()["rows"]]

    assert fates() == ["pending", "achieved", "open", "dropped"]
    plan.year = 2025
    Plan.objects.update(year=2025)
    assert fates() == ["open", "achieved", "open", "dropped"]


def responsibles(client: Client) -> list[tuple[str | None, str | None]]:
    """The slugs in the document: of those who see to each row, then of those who see to each duty."""
    document = client.get(address("json")).json()
    return [
        (each["network"], each["organisation"])
        for whole in (*document["rows"], *document["duties"])
        for each in whole["responsibles"]
    ]


def test_a_network_without_a_page_is_named_and_no_more(client: Client, centre: FamilyCentre, plan: Plan):
    row = PlanItemFactory(plan=plan)
    for slug, values in (
        ("marak", {}),
        ("tuleva", {"status": Status.DRAFT}),
        ("vanha", {"published_until": "2026-10-31"}),
    ):
        network = LocalNetworkFactory(centre=centre, slug=slug, **values)
        ResponsibleFactory(item=row, label_fi="", network=network)

    for reader in (client, insider(centre)):
        assert sorted(responsibles(reader), key=str) == [("marak", None), (None, None), (None, None)]


def test_an_organisation_is_told_where_everybody_may_know_that_it_is_responsible(
    client: Client, centre: FamilyCentre, plan: Plan
):
    lapha = OrganisationFactory(slug="lapha")
    ResponsibleFactory(item=PlanItemFactory(plan=plan, number=1), label_fi="", organisation=lapha)
    hidden = PlanItemFactory(plan=plan, number=2, is_internal=True)
    ResponsibleFactory(item=hidden, label_fi="", organisation=lapha)
    DutyHolderFactory(duty__plan=plan, label_fi="", organisation=lapha)
    reader, told, untold = insider(centre), (None, "lapha"), (None, None)

    assert responsibles(client) == [told, told]
    assert responsibles(reader) == [told, untold, told]
    Plan.objects.update(phase="drafting")
    assert responsibles(reader) == [untold] * 3


@pytest.mark.parametrize("name", FILES)
def test_what_has_not_changed_is_not_sent_again(
    client: Client, action: PlanItem, time_machine: Any, name: str
):
    first = client.get(address(name))
    time_machine.move_to("2026-11-18T12:00:00Z")
    again = client.get(address(name), headers={"if-none-match": first.headers["ETag"]})
    PlanItem.objects.filter(pk=action.pk).update(title_fi="Suljetut ovet")
    changed = client.get(address(name), headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert first.cookies == {}


@pytest.mark.parametrize(
    ("name", "disposition"), [("csv", "attachment"), ("xlsx", "attachment"), ("json", "inline")]
)
def test_a_file_is_named_after_the_centre_and_the_year(
    client: Client, plan: Plan, name: str, disposition: str
):
    found = client.get(address(name)).headers["Content-Disposition"]

    word = pgettext("address", "annual-plan/").rstrip("/")
    assert found == f'{disposition}; filename="posio-{word}-2026.{name}"'


@pytest.mark.parametrize("name", FILES)
def test_a_plan_without_rows_is_an_empty_file(client: Client, plan: Plan, name: str):
    response = client.get(address(name))

    assert response.status_code == 200
    if name == "json":
        assert (response.json()["rows"], response.json()["duties"]) == ([], [])


@pytest.mark.parametrize("name", [*FILES, "calendar"])
def test_files_are_only_read(client: Client, plan: Plan, name: str):
    assert client.post(address(name)).status_code == 405


def test_the_page_of_the_plan_leads_to_every_file(client: Client, plan: Plan):
    PlanItemFactory(plan=plan, quarter=2, month=5)
    html = client.get(plan.get_absolute_url()).content.decode()

    assert [f'href="{address(name)}"' in html for name in FILES] == [True] * 3
    assert f'href="webcal://testserver{address("calendar")}"' in html


def test_a_calendar_that_is_empty_for_all_who_subscribe_is_not_offered(
    client: Client, centre: FamilyCentre, plan: Plan
):
    goal = PlanItemFactory(plan=plan, number=1, is_internal=True)
    PlanItemFactory(plan=plan, number=2, kind="action", parent=goal, quarter=2, month=5)
    PlanItemFactory(plan=plan, number=3, quarter=2)

    for reader in (client, insider(centre)):
        html = reader.get(plan.get_absolute_url()).content.decode()
        assert (address("csv") in html, address("calendar") in html) == (True, False)


def test_what_its_time_has_passed_without_a_word_is_told_so(client: Client, plan: Plan):
    PlanItemFactory(plan=plan, quarter=1)
    assert client.get(address("json")).json()["rows"][0]["outcome"] == "not-evaluated"
    assert str(UNSAID.label) in lines(client.get(address("csv")))[1]


def test_a_workbook_without_duties_has_no_sheet_for_them(client: Client, plan: Plan):
    PlanItemFactory(plan=plan)
    assert list(sheets(client.get(address("xlsx")))) == [gettext("Annual plan")]


def test_a_workbook_is_printed_across_with_all_columns_side_by_side(client: Client, plan: Plan):
    (sheet,) = load_workbook(BytesIO(client.get(address("xlsx")).content)).worksheets
    printed = (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage)
    assert (*printed, sheet.page_setup.fitToHeight) == ("landscape", True, False)


def test_the_page_of_a_draft_leads_to_no_calendar(centre: FamilyCentre, plan: Plan):
    PlanItemFactory(plan=plan, quarter=2, month=5)
    Plan.objects.update(phase="drafting")
    html = insider(centre).get(plan.get_absolute_url()).content.decode()

    assert address("csv") in html
    assert address("calendar") not in html
