"""Files of tables: what is written is read back exactly, and what is no table is refused in plain words."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tablib import Dataset

from services.tables.guarding import marked, unmarked
from services.tables.reading import MOST_BYTES, MOST_ROWS, read
from services.tables.writing import FORMATS
from tests.services.tables import csv_file, rows_of, xlsx_file

TRICKY = [
    "+358 40 123 4567",
    "040 1234567",
    "=1+1",
    "-9",
    "@nimi",
    "'jaa'",
    "'=x",
    "''",
    "a;b",
    'a"b',
    "yksi\nkaksi",
]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def complaint(name: str, content: bytes) -> str:
    with override("en"), pytest.raises(ValidationError) as refused:
        read(name, content)
    return " ".join(refused.value.messages)


@given(st.text())
def test_every_text_comes_back_from_its_mark(text: str):
    assert unmarked(marked(text)) == text


@given(st.text())
def test_no_marked_text_begins_like_a_formula(text: str):
    assert not marked(text).startswith(DANGEROUS)


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_written_is_read_back_exactly(ending: str):
    rows = [[text, "ä"] for text in TRICKY]
    content = FORMATS[ending][1](Dataset(*rows, headers=["Numero", "Nimi"]))

    sheet = read(f"taulukko.{ending}", content)

    assert sheet.headings == ["Numero", "Nimi"]
    assert sheet.rows == [(number, row) for number, row in enumerate(rows, 2)]


def test_a_csv_file_is_as_finnish_excel_wants_it():
    content = FORMATS["csv"][1](Dataset(["+358 40", "040 123"], headers=["Äiti", "Isä"]))

    assert content == "\ufeffÄiti;Isä\r\n'+358 40;'040 123\r\n".encode()


def test_no_cell_of_a_workbook_is_a_formula():
    content = FORMATS["xlsx"][1](Dataset(*[[text] for text in TRICKY], headers=["Teksti"]))
    cells = [row[0] for row in load_workbook(BytesIO(content)).active.iter_rows()]

    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if cell.quotePrefix] == ["+358 40 123 4567", "=1+1", "-9", "@nimi"]
    assert {cell.number_format for cell in cells} == {"@"}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_any_usual_csv_is_read(delimiter: str, encoding: str):
    content = csv_file(["Nimi", "Määrä"], ["Äiti – lapsi", "2"], delimiter=delimiter, encoding=encoding)

    assert read("a.csv", content).rows == [(2, ["Äiti – lapsi", "2"])]


def test_rows_keep_the_numbers_that_they_have_in_the_sheet():
    for name, content in (
        ("a.csv", csv_file(["Nimi"], [""], ["yksi"], [], ["kaksi"])),
        ("a.xlsx", xlsx_file(["Nimi"], [None], ["yksi"], [], ["kaksi"])),
    ):
        assert read(name, content).rows == [(3, ["yksi"]), (5, ["kaksi"])]


def test_a_workbook_says_its_values_as_they_are_typed():
    content = xlsx_file(["a", "b", "c", "d", "e"], [84, 3.0, True, date(2027, 6, 1), None])

    assert read("a.xlsx", content).rows == [(2, ["84", "3", "kyllä", "1.6.2027", ""])]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_empty_file_is_refused(ending: str):
    assert complaint(f"a.{ending}", b"") == "The file is empty."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", PNG, "is not a CSV table"),
        ("a.csv", xlsx_file(["a"], ["b"]), "is an Excel workbook"),
        ("a.xlsx", PNG, "is not an Excel workbook"),
        ("a.xlsx", b"PK\x03\x04 and nothing more", "is not an Excel workbook"),
        ("a.xlsx", csv_file(["a"], ["b"]), "is not an Excel workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(50), "an old Excel"),
        ("a.png", PNG, "is not a table"),
        ("a.csv", csv_file(["Nimi"]), "has no rows"),
        ("a.xlsx", xlsx_file(["Nimi"]), "has no rows"),
        ("a.csv", csv_file(["a", "b"], ["1", "2", "3"]), "Row 2 has more cells"),
        ("a.csv", csv_file(["Nimi"], ["Äiti"], encoding="mac-roman"), "CSV UTF-8"),
        ("a.csv", csv_file(["Nimi"], ["Ã„iti ja sÃ¤hkÃ¶"]), "CSV UTF-8"),
        ("a.csv", csv_file(["Nimi"], ["jako\ufffd"]), "CSV UTF-8"),
        ("a.csv", b"Nimi\n" + b"a" * MOST_BYTES, "larger than 5 MB"),
        ("a.csv", csv_file(["Nimi"], *[["x"]] * (MOST_ROWS + 1)), "more than 1,000 rows"),
        ("a.csv", csv_file(["Nimi"], ["x" * 140_000]), "is not a CSV table"),
        ("a.xlsx", xlsx_file(["Nimi"], ["x" * 32_767]), "too long for a cell"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(name: str, content: bytes, words: str):
    assert words in complaint(name, content)


def workbook_with(**parts: bytes) -> bytes:
    """A workbook with some of its parts replaced."""
    file, old = BytesIO(), zipfile.ZipFile(BytesIO(xlsx_file(["Nimi"], ["x"])))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, parts.get(part, old.read(part)))
        for part in set(parts) - set(old.namelist()):
            new.writestr(part, parts[part])
    return file.getvalue()


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_unread():
    bomb = workbook_with(**{"xl/worksheets/sheet1.xml": bytes(61 * 1024 * 1024)})

    assert len(bomb) < 100_000
    assert "unpacks to more" in complaint("a.xlsx", bomb)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/styles.xml", b"<styleSheet><fonts>" + b"<font/>" * 200_000 + b"</fonts></styleSheet>"),
        ("xl/workbook.xml", b"<workbook>" + b"<sheet/>" * 200_000 + b"</workbook>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><row>" + b"<c/>" * 1_000_001 + b"</row></worksheet>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet>" + b"<row/>" * 1_000_001 + b"</worksheet>"),
        ("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 1_000_001 + b"</sst>"),
    ],
)
def test_a_workbook_of_millions_of_nothings_is_refused_unread(part: str, content: bytes):
    bomb = workbook_with(**{part: content})

    assert len(bomb) < 100_000
    assert "unpacks to more" in complaint("a.xlsx", bomb)


def test_a_workbook_of_the_most_rows_and_sixty_columns_is_read():
    headings = [f"Otsikko {number}" for number in range(60)]
    content = xlsx_file(headings, *[["teksti"] * 60] * MOST_ROWS)

    assert len(read("a.xlsx", content).rows) == MOST_ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_that_declares_entities_is_refused(encoding: str):
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'.encode(encoding)

    assert "is not an Excel workbook" in complaint(
        "a.xlsx", workbook_with(**{"xl/worksheets/sheet1.xml": laughs})
    )


def test_a_broken_sheet_is_refused():
    broken = workbook_with(**{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"})

    assert "is not an Excel workbook" in complaint("a.xlsx", broken)


def test_our_own_rows_are_what_a_program_sees():
    content = FORMATS["xlsx"][1](Dataset(["+358 40", "'jaa'"], headers=["Numero", "Nimi"]))

    assert rows_of(content, "xlsx")[1] == ["+358 40", "'jaa'"]
