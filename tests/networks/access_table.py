"""`docs/access.md`, read."""

from dataclasses import dataclass

from django.conf import settings

DOCUMENT = settings.BASE_DIR / "docs" / "access.md"


@dataclass(frozen=True)
class Promise:
    """What `reader` gets at `page`: an answer ("page", "sign-in", "403" …), and which fields are told there."""

    page: str
    reader: str
    answer: str
    fields: frozenset[str]


def table(heading: str) -> list[dict[str, str]]:
    """The rows of the table under the `heading` of the document, by the names of its columns."""
    _before, found, after = DOCUMENT.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    assert found, heading
    lines = [line for line in after.partition("\n## ")[0].splitlines() if line.startswith("|")]
    names, _rule, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    assert all(len(row) == len(names) for row in rows), heading
    return [dict(zip(names, row, strict=True)) for row in rows]


def promises(heading: str) -> list[Promise]:
    """Every cell of the table under `heading`, by its row's first column and by the names of the other columns."""
    found = []
    for row in table(heading):
        page, *cells = row.items()
        for reader, said in cells:
            answer, _colon, fields = said.partition(": ")
            named = frozenset(fields.split(", ")) if fields else frozenset()
            found.append(Promise(page[1], reader, answer, named))
    return found


def first_column(heading: str) -> list[str]:
    return [next(iter(row.values())) for row in table(heading)]
