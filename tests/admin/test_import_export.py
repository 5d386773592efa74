"""Lists of the desk become tables, and tables change rows: upload, look, confirm."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from accounts.models import User
from services.admin import waiting
from services.models import Contact, Service
from tests.admin.forms import address, changed_by, errors
from tests.admin.histories import how
from tests.factories import ContactFactory, OfferingFactory, ServiceFactory, UserFactory
from tests.services.tables import csv_file, rows_of, xlsx_file

HEADINGS = ["Nimi verkko-osoitteessa", "Nimi (suomi)"]


def waiting_files() -> list[Path]:
    return sorted((Path(settings.VAR_DIR) / "waiting-tables").glob("*"))


@pytest.fixture(autouse=True)
def _nothing_waits() -> Any:
    yield
    for path in waiting_files():
        path.unlink()


def upload(client: Client, model: Any, content: bytes, name: str = "taulukko.csv", prefix: str = "") -> Any:
    return client.post(f"{prefix}{address('import', model)}", {"file": SimpleUploadedFile(name, content)})


def text_of(response: Any) -> str:
    return " ".join(html.fromstring(response.content.decode()).xpath("//main")[0].text_content().split())


def ticket(response: Any) -> str:
    return html.fromstring(response.content.decode()).xpath("string(//input[@name='waiting']/@value)")


pytestmark = pytest.mark.django_db


def signed_in(*names: str) -> Client:
    user: User = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_a_look_says_that_days_the_wrong_way_round_are_a_break(desk: Client):
    ServiceFactory(slug="kerho")
    days = (
        ["Nimi verkko-osoitteessa", "Näyttöajan alku", "Näyttöajan loppu"],
        ["kerho", "1.8.2027", "31.5.2027"],
    )

    said = "Shown until 31.5.2027, then hidden, and shown again from 1.8.2027: this is a break."
    assert said in text_of(upload(desk, Service, csv_file(*days), prefix="/en"))


def test_of_a_break_that_was_there_before_a_look_says_nothing(desk: Client):
    ServiceFactory(slug="kerho", published_from=date(2027, 8, 1), published_until=date(2027, 5, 31))

    seen = text_of(upload(desk, Service, csv_file(HEADINGS, ["kerho", "Kerho"]), prefix="/en"))

    assert "Row 2: Kerho" in seen
    assert "this is a break" not in seen


def test_a_table_with_a_break_of_more_than_a_year_is_put_right_first(desk: Client):
    ServiceFactory(slug="kerho")
    days = (
        ["Nimi verkko-osoitteessa", "Näyttöajan alku", "Näyttöajan loppu"],
        ["kerho", "2.6.2028", "31.5.2027"],
    )

    seen = text_of(upload(desk, Service, csv_file(*days), prefix="/en"))

    assert "2Näyttöajan alku“Shown from” is over a year after “shown until”" in seen


# Out


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_is_exported_as_it_is_searched_and_filtered(desk: Client, ending: str):
    ServiceFactory(name_fi="Äitiryhmä", status="published")
    ServiceFactory(name_fi="Äitikerho", status="draft")
    ServiceFactory(name_fi="Neuvola", status="published")

    answer = desk.post(f"{address('export', Service)}?q=aiti&status__exact=published", {"format": ending})

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="palvelut-2026-11-18.{ending}"'
    assert "no-store" in answer["Cache-Control"]
    headings, *rows = rows_of(answer.content, ending)
    assert [row[headings.index("Nimi (suomi)")] for row in rows] == ["Äitiryhmä"]


def test_the_list_leads_to_its_export_and_the_export_says_how_many(desk: Client):
    ServiceFactory(name_fi="Äitiryhmä")
    ServiceFactory(name_fi="Neuvola")
    page = html.fromstring(desk.get(f"{address('changelist', Service)}?q=aiti").content.decode())
    (link,) = page.xpath("//ul[@class='object-tools']//a[contains(@href, 'export')]/@href")

    assert link == "/hallinta/services/service/export/?q=aiti"
    assert text_of(desk.get(link)).startswith("Vie taulukkoon 1 rivi")


def test_an_export_asks_no_more_of_many_rows_than_of_one(desk: Client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            desk.post(address("export", Contact), {"format": "csv"})
        return len(counted)

    ContactFactory(offering=OfferingFactory())
    one = queries()
    for _number in range(20):
        ContactFactory(offering=OfferingFactory())
        ContactFactory()
    assert queries() == one


def test_a_strange_kind_of_file_is_refused(desk: Client):
    assert desk.post(address("export", Service), {"format": "exe"}).status_code == 400


def test_a_strange_filter_leads_back_to_the_list(desk: Client):
    answer = desk.get(f"{address('export', Service)}?xyzzy=1")

    assert (answer.status_code, answer["Location"]) == (302, address("changelist", Service))


# In


@pytest.mark.parametrize(("name", "make"), [("a.csv", csv_file), ("a.xlsx", xlsx_file)])
def test_a_table_is_looked_at_and_then_brought_in(desk: Client, administrator: User, name: str, make: Any):
    service = ServiceFactory(slug="kerho", name_fi="Kerho")
    ServiceFactory(slug="muu", name_fi="Muu")

    look = upload(desk, Service, make(HEADINGS, ["kerho", "Perhekerho"], ["muu", "Muu"]), name)
    service.refresh_from_db()
    assert service.name_fi == "Kerho"
    assert [
        cell.strip() for cell in html.fromstring(look.content.decode()).xpath("//del/text() | //ins/text()")
    ] == [
        "Kerho",
        "Perhekerho",
    ]
    assert "1 rivi muuttuu 0 uutta riviä 1 rivi pysyy ennallaan" in text_of(look)

    answer = desk.post(address("import", Service), {"waiting": ticket(look), "confirm": "x"}, follow=True)
    service.refresh_from_db()
    assert service.name_fi == "Perhekerho"
    assert "1 rivi muuttui." in answer.content.decode()
    assert changed_by(service) == [administrator, None]
    story = how(desk.get(f"/en{address('history', service, service.pk)}"))
    assert story == [
        "Brought in from a table",
        "This is how it was before its first change that was recorded.",
    ]
    assert waiting_files() == []


def test_what_is_given_up_changes_nothing_and_leaves_nothing(desk: Client):
    ServiceFactory(slug="kerho", name_fi="Kerho")
    look = upload(desk, Service, csv_file(HEADINGS, ["kerho", "Perhekerho"]))
    assert [path.stat().st_mode & 0o777 for path in waiting_files()] == [0o600]

    answer = desk.post(address("import", Service), {"waiting": ticket(look), "cancel": "x"}, follow=True)

    assert "Mitään ei muutettu." in answer.content.decode()
    assert (Service.objects.get().name_fi, waiting_files()) == ("Kerho", [])


def test_a_ticket_serves_once(desk: Client):
    ServiceFactory(slug="kerho")
    look = upload(desk, Service, csv_file(HEADINGS, ["kerho", "Perhekerho"]))
    posted = {"waiting": ticket(look), "confirm": "x"}
    assert desk.post(address("import", Service), posted).status_code == 302

    again = desk.post(f"/en{address('import', Service)}", posted)

    words = (
        "This table has been brought in already, or given up. Look at the list before you upload it again."
    )
    assert (again.status_code, errors(again)) == (409, [words])


def test_of_six_confirmations_at_once_one_gets_the_table():
    name = waiting.keep(b"Otsikko", suffix=".csv")
    start = threading.Barrier(6)

    def confirm(_number: int) -> bytes | None:
        start.wait()
        return waiting.claim(name)

    with ThreadPoolExecutor(6) as pool:
        claimed = list(pool.map(confirm, range(6)))

    assert sorted(claimed, key=bool) == [None] * 5 + [b"Otsikko"]
    assert waiting_files() == []


@pytest.mark.parametrize("word", ["", "abc", "WyJhIiwiYiJd:1x:abc"])
def test_a_forged_ticket_brings_nothing_in(desk: Client, word: str):
    answer = desk.post(address("import", Service), {"waiting": word, "confirm": "x"})

    assert (answer.status_code, len(errors(answer))) == (400, 1)


def test_nobody_brings_in_what_another_uploaded(desk: Client):
    service = ServiceFactory(slug="kerho", name_fi="Kerho")
    look = upload(desk, Service, csv_file(HEADINGS, ["kerho", "Perhekerho"]))
    other = signed_in("change_service", "view_service")

    answer = other.post(address("import", Service), {"waiting": ticket(look), "confirm": "x"})

    service.refresh_from_db()
    assert (answer.status_code, service.name_fi) == (400, "Kerho")


def test_an_hour_later_the_table_is_gone(desk: Client, time_machine: Any):
    ServiceFactory(slug="kerho", name_fi="Kerho")
    look = upload(desk, Service, csv_file(HEADINGS, ["kerho", "Perhekerho"]))
    (old,) = waiting_files()
    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=5))

    answer = desk.post(address("import", Service), {"waiting": ticket(look), "confirm": "x"})
    assert answer.status_code == 400
    # The file's own time is the machine's, not the test's.
    os.utime(old, (time.time() - 3601, time.time() - 3601))
    upload(desk, Service, csv_file(HEADINGS, ["kerho", "Toinen"]))
    assert old not in waiting_files()


def test_what_somebody_saved_meanwhile_is_shown_first(desk: Client):
    service = ServiceFactory(slug="kerho", name_fi="Kerho")
    look = upload(desk, Service, csv_file(HEADINGS, ["kerho", "Perhekerho"]))
    Service.objects.filter(pk=service.pk).update(name_fi="Toisen nimi")

    second = desk.post(address("import", Service), {"waiting": ticket(look), "confirm": "x"})

    assert second.status_code == 409
    assert "Toisen nimi" in text_of(second)
    assert "Mitään ei tallennettu" in text_of(second)
    assert Service.objects.get().name_fi == "Toisen nimi"
    desk.post(address("import", Service), {"waiting": ticket(second), "confirm": "x"})
    assert Service.objects.get().name_fi == "Perhekerho"


def test_problems_are_shown_and_nothing_waits(desk: Client):
    ServiceFactory(slug="kerho", name_fi="Kerho")

    answer = upload(desk, Service, csv_file(HEADINGS, ["kerho", ""], ["uusi", "Uusi"]))

    page = html.fromstring(answer.content.decode())
    rows = [[cell.text_content() for cell in row.xpath("td")] for row in page.xpath("//tbody/tr")]
    assert answer.status_code == 400
    assert rows[0] == ["2", "Nimi (suomi)", "Tämä ei voi olla tyhjä."]
    assert (ticket(answer), waiting_files()) == ("", [])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "Tämä tiedosto ei ole CSV-taulukko"),
        ("a.xlsx", b"ei mitaan", "Tämä tiedosto ei ole Excel-työkirja"),
        ("a.csv", b"", "Tiedosto on tyhjä"),
        ("a.csv", b"Otsikko\nx\n", "Taulukosta puuttuu sarake"),
        ("a.csv", b"Tunniste\n" + b"x" * (5 * 1024 * 1024), "Tiedosto on yli 5 Mt"),
    ],
)
def test_a_file_that_is_no_table_is_refused_and_not_kept(desk: Client, name: str, content: bytes, words: str):
    answer = upload(desk, Service, content, name)

    assert answer.status_code == 400
    (error,) = errors(answer)
    assert error.startswith(words)
    assert waiting_files() == []


def test_no_file_at_all_is_said(desk: Client):
    answer = desk.post(address("import", Service))

    assert (answer.status_code, errors(answer)) == (400, ["Tämä kenttä vaaditaan."])


# Who may


def test_whoever_may_only_read_exports_and_brings_nothing_in():
    service = ServiceFactory(slug="kerho", name_fi="Kerho")
    reader = signed_in("view_service")

    assert reader.post(address("export", Service), {"format": "csv"}).status_code == 200
    assert reader.get(address("import", Service)).status_code == 403
    assert upload(reader, Service, csv_file(HEADINGS, ["kerho", "X"])).status_code == 403
    assert "import" not in reader.get(address("changelist", Service)).content.decode().split("</header>")[1]
    service.refresh_from_db()
    assert service.name_fi == "Kerho"


def test_whoever_may_not_read_exports_nothing():
    other = signed_in("view_contact")

    assert [other.get(address(page, Service)).status_code for page in ("export", "import")] == [403, 403]


def test_whoever_may_not_add_changes_rows_alone():
    ServiceFactory(slug="kerho", name_fi="Kerho")
    editor = signed_in("view_service", "change_service")

    answer = upload(editor, Service, csv_file(HEADINGS, ["kerho", "Perhekerho"], ["uusi", "Uusi"]))

    assert "Voit muuttaa rivejä täällä, mutta et lisätä uusia." in text_of(answer)


@pytest.mark.parametrize("model", [Service, Contact])
@pytest.mark.parametrize("prefix", ["", "/sv", "/en", "/se", "/fi-simple"])
def test_the_pages_answer_in_every_language(desk: Client, model: Any, prefix: str):
    pages = [desk.get(f"{prefix}{address(page, model)}") for page in ("export", "import")]

    assert [page.status_code for page in pages] == [200, 200]
