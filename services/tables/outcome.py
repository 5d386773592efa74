"""What bringing a table in changes, or would change: row by row, for people to read."""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Change:
    """What stands in a column now, and what will: both as they stand in cells."""

    heading: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangedRow:
    """A row of the sheet that makes a new row or changes one."""

    number: int
    name: str
    new: bool
    changes: list[Change]
    # What the changes mean, where that may surprise; else empty.
    meaning: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row of the sheet; `heading` is empty where it is no single column."""

    number: int
    heading: str
    text: str


@dataclass
class Outcome:
    """The changed rows and the problems, both in the order of the sheet, and how many rows stay as they are."""

    rows: list[ChangedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    # The rows of the database behind `rows`, as they are after.
    instances: list = field(default_factory=list)

    @property
    def new(self):
        return sum(row.new for row in self.rows)

    @property
    def changed(self):
        return len(self.rows) - self.new

    @property
    def digest(self):
        """The same for two outcomes that change the same in the same way."""
        told = repr([(row.number, row.new, row.changes) for row in self.rows])
        return hashlib.sha256(told.encode()).hexdigest()
