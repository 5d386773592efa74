"""What somebody uploads as a table: checked to be one before anything is made of it."""

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from services.tables import workbooks
from services.tables.guarding import unmarked

MOST_BYTES = 5 * 1024 * 1024
# Looked at, or brought in, in some seven seconds on a small machine. SQLite keeps everybody else who saves waiting for
# as long, and the settings let them wait for twenty: what takes longer would lose their forms.
MOST_ROWS = 1000
# A cell of Excel holds no more; what is this long was cut off there.
LONGEST_CELL = 32_767

_WORKBOOK = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ";,\t"
# What an old Finnish Excel may have written besides ASCII. Other letters in that encoding are more likely a misreading.
_OLD_FINNISH = set("åäöÅÄÖéÉüÜ–—‘’“”…§°½·•´»×€\xa0")
# "Äiti" as an old Mac wrote it.
_OLD_MAC = re.compile(r"€[^\W\d]")
# UTF-8 that some program took for something else and saved again: "Ã¤" for "ä".
_MISREAD = re.compile("Ã[¤¥¶„…–]|\ufffd")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Sheet:
    """The headings of a table and its rows, each with its number in the sheet; every row is as long as the headings."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read(name, content):
    """The `Sheet` in the file called `name` whose bytes are `content`; ValidationError says what is wrong with it."""
    if len(content) > MOST_BYTES:
        raise ValidationError(too_large())
    if not content.strip():
        raise ValidationError(_("The file is empty."))
    if name.lower().endswith(".xlsx"):
        lines = workbooks.lines(content)
    elif name.lower().endswith((".csv", ".txt", ".tsv")):
        lines = _lines(content)
    else:
        raise ValidationError(_wrong_kind(content))
    return _sheet(lines)


def too_large():
    return _("The file is larger than 5 MB. Bring the rows in parts.")


def _wrong_kind(content):
    if content.startswith(_OLD_EXCEL):
        return _("This is a workbook of an old Excel. Save it as an Excel workbook (.xlsx) and upload that.")
    return _("This is not a table. Upload an Excel workbook (.xlsx) or a CSV file (.csv).")


def _lines(content):
    """The lines of a CSV file with their numbers in the sheet."""
    if content.startswith((_WORKBOOK, _OLD_EXCEL)):
        raise ValidationError(_("The file is called CSV, but it is an Excel workbook. Save it as .xlsx."))
    text = _decoded(content)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        raise ValidationError(_not_text()) from error


def _decoded(content):
    """The text in `content`: UTF-8, UTF-16 with its mark, or Windows-1252 where it cannot be anything else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _try(content, "utf-16")
    elif b"\0" in content:
        raise ValidationError(_not_text())
    else:
        text = _try(content, "utf-8-sig") or _old_finnish(content)
    if text is None or _MISREAD.search(text):
        raise ValidationError(_unreadable())
    if _NO_TEXT.search(text):
        raise ValidationError(_not_text())
    return text


def _old_finnish(content):
    """`content` as Windows-1252; None where its letters make it more likely something else."""
    text = _try(content, "windows-1252")
    if text is None or _OLD_MAC.search(text):
        return None
    return text if {letter for letter in text if not letter.isascii()} <= _OLD_FINNISH else None


def _try(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _not_text():
    return _("This file is not a CSV table, whatever its name says.")


def _unreadable():
    return _(
        "The letters of this file cannot be read for sure: ä and ö would break. In Excel, choose “Save as” and "
        "the type “CSV UTF-8”, or save it as an Excel workbook (.xlsx)."
    )


def _delimiter(text):
    """What stands between the headings: the commonest of the three outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=bare.count)


def _sheet(lines):
    lines = ((number, [_text(value) for value in cells]) for number, cells in lines)
    filled = ((number, cells) for number, cells in lines if any(cells))
    _number, headings = next(filled, (0, []))
    while headings and not headings[-1]:
        headings.pop()
    rows = []
    for number, cells in filled:
        if len(rows) == MOST_ROWS:
            raise ValidationError(_("The table has more than 1,000 rows. Bring them in parts."))
        rows.append((number, _fitted(number, cells, len(headings))))
    if not rows:
        raise ValidationError(_("The table has no rows below its headings."))
    return Sheet(headings, rows)


def _fitted(number, cells, length):
    """`cells` as many as there are headings."""
    if any(cells[length:]):
        raise ValidationError(
            _(
                "Row %(row)s has more cells than there are headings. Is a text with a separator in it not in quotes?"
            ),
            params={"row": number},
        )
    if any(len(cell) >= LONGEST_CELL for cell in cells):
        raise ValidationError(
            _("A text on row %(row)s is too long for a cell of Excel."), params={"row": number}
        )
    return [*cells[:length], *[""] * (length - len(cells))]


def _text(value):
    """The value of a cell as it would be typed: "84", "1.6.2027", "kyllä"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "kyllä" if value else "ei"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value.day}.{value.month}.{value.year}"
    return unmarked(str(value).replace("\r\n", "\n").strip())
