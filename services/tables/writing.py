"""Tables as files for Finnish Excel and its likes."""

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties

from services.tables.guarding import MARK, begins_like_a_formula, is_marked, marked

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# In characters of the font; long texts are wrapped.
_NARROW, _WIDE = 14, 40
_TEXT = "@"
# Among the sizes of paper that a workbook knows by number.
_A4 = 9


def as_csv(dataset):
    """`dataset` (tablib's) as Finnish Excel opens it by a double click: UTF-8 with its mark, semicolons."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(dataset.headers)
    writer.writerows([marked(str(value)) for value in row] for row in dataset)
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(*datasets):
    """A workbook with a sheet for each of `datasets`, named after its title; its headings are always in sight.

    Texts stay texts, whatever they begin with; whole numbers are numbers, and sort as such.
    """
    book = Workbook(write_only=True)
    for dataset in datasets:
        _write_sheet(book.create_sheet(dataset.title or None), dataset)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(sheet, dataset):
    sheet.freeze_panes = "A2"
    # On paper: all columns side by side, as many sheets as it takes below each other.
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = False
    for number, width in enumerate(_widths(dataset), 1):
        sheet.column_dimensions[_letters(number)].width = width
    sheet.append([_cell(sheet, heading, heading=True) for heading in dataset.headers])
    for row in dataset:
        sheet.append(
            [_number(sheet, value) if isinstance(value, int) else _cell(sheet, value) for value in row]
        )


def _number(sheet, number):
    cell = WriteOnlyCell(sheet, value=number)
    cell.alignment = Alignment(vertical="top")
    return cell


def _cell(sheet, text, *, heading=False):
    """A cell that is a text whatever it begins with, and stays one when it is typed into."""
    # The type of the cell keeps it from being run; only what looks like our mark needs the mark.
    cell = WriteOnlyCell(sheet, value=f"{MARK}{text}" if is_marked(text) else text)
    cell.data_type = "s"
    cell.number_format = _TEXT
    cell.quotePrefix = begins_like_a_formula(text)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if heading:
        cell.font = Font(bold=True)
    return cell


def _widths(dataset):
    longest = [len(heading) for heading in dataset.headers]
    for row in dataset[:100]:
        longest = [max(size, len(str(value))) for size, value in zip(longest, row, strict=True)]
    return [min(max(length + 2, _NARROW), _WIDE) for length in longest]


def _letters(number):
    """The name of a column: 1 → "A", 28 → "AB"."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


# What can be chosen at the desk: the ending of the file, what it is, and who makes it.
FORMATS = {"xlsx": (XLSX_TYPE, as_xlsx), "csv": (CSV_TYPE, as_csv)}
