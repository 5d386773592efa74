"""Excel workbooks that somebody uploads: zipped XML, which may be made to fill the memory."""

import logging
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

logger = logging.getLogger(__name__)

# A workbook of the most rows that are taken unpacks to some 20 MB.
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 200
# Two thousand rows of sixty full cells have some 700,000. openpyxl reads a million in three seconds.
MOST_TAGS = 1_000_000
# Styles and the like are read into objects, which takes four seconds a megabyte. A table of ours has 3 kB of them.
MOST_OF_A_PART = 1024 * 1024
_LARGE_PARTS = ("xl/worksheets/", "xl/sharedStrings.xml")
_TEXTS = (".xml", ".rels")
# Columns and lines that are looked at: programs keep empty ones to the end of the world.
MOST_COLUMNS = 120
MOST_LINES = 20_000
# No workbook declares entities; who does wants them expanded.
_DECLARATIONS = [
    sign.encode(code) for sign in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
]


def lines(content):
    """The lines of the first sheet of the workbook `content` with their numbers; ValidationError when it is none."""
    _check(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        found = list(
            enumerate(sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True), 1)
        )
        book.close()
    except Exception as error:
        # Whatever a broken file makes openpyxl raise: it promises no kind of error.
        logger.info("An uploaded workbook could not be read.", exc_info=True)
        raise ValidationError(_no_workbook()) from error
    return found


def _check(content):
    """Refuses what is no zip, unpacks to too much, has too many tags, or declares entities."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            # A part is never unpacked beyond the size that it declares.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise ValidationError(_too_much())
            texts = [part for part in parts if part.filename.endswith(_TEXTS)]
            if any(part.file_size > MOST_OF_A_PART for part in texts if _is_small(part)):
                raise ValidationError(_too_much())
            _check_texts(archive.read(part) for part in texts)
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise ValidationError(_no_workbook()) from error


def _is_small(part):
    """Whether `part` holds neither the cells nor their texts."""
    return not part.filename.startswith(_LARGE_PARTS)


def _check_texts(texts):
    tags = 0
    for text in texts:
        tags += text.count(b"<")
        if tags > MOST_TAGS:
            raise ValidationError(_too_much())
        if any(sign in text for sign in _DECLARATIONS):
            raise ValidationError(_no_workbook())


def _too_much():
    return _("The workbook unpacks to more than a table needs. Bring the rows in parts.")


def _no_workbook():
    return _("This file is not an Excel workbook, whatever its name says, or it is damaged.")
