"""Tables as tests make them: files from lists of rows, and lists of rows from files."""

import csv
from io import BytesIO, StringIO
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.test import RequestFactory
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from accounts.models import User
from services.tables.actions import bring_in, try_out
from services.tables.reading import Sheet
from tests.factories import UserFactory


def csv_file(*rows: list[str], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    file = StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def xlsx_file(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rows_of(content: bytes, ending: str) -> list[list[Any]]:
    """What stands in the cells of a file that the desk wrote, as a spreadsheet program sees them."""
    if ending == "xlsx":
        sheet = load_workbook(BytesIO(content)).active
        return [
            ["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)
        ]
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet(*rows: list[str]) -> Sheet:
    """The sheet whose first row are the headings."""
    return Sheet(list(rows[0]), [(number, list(row)) for number, row in enumerate(rows[1:], 2)])


def table(model: type[Model], user: User | None = None) -> Any:
    """The table of a model, as somebody who may do everything sees it, or as `user` does."""
    request = RequestFactory().get("/hallinta/")
    request.user = user or UserFactory(is_staff=True, is_superuser=True)
    pages: Any = admin.site.get_model_admin(model)
    return pages.table(pages, request)


def told(model: Any, *rows: list[str]) -> list[tuple[int, str, str]]:
    """The problems of a sheet, in English."""
    with override("en"):
        problems = try_out(table=table(model), sheet=sheet(*rows)).problems
    return [(problem.number, problem.heading, problem.text) for problem in problems]


def save(model: Any, *rows: list[str]) -> Any:
    """Brings a sheet in as it would be after a look at it."""
    digest = try_out(table=table(model), sheet=sheet(*rows)).digest
    return bring_in(table=table(model), sheet=sheet(*rows), digest=digest)
