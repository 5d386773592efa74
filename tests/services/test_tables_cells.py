"""How values stand in cells, and how people write them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centres.ages import OLDEST, PREGNANCY
from centres.models import Sector
from services.tables.cells import Age, Choice, Day, Number, YesNo


@given(st.integers(PREGNANCY, OLDEST))
def test_every_age_is_read_as_it_was_written(months: int):
    assert Age().clean(Age().render(months)) == months


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (Age(), "7 v", 84),
        (Age(), "7 vuotta 6 kk", 90),
        (Age(), " 9  KK ", 9),
        (Age(), "raskaus", -9),
        (Day(), "2027-06-01", date(2027, 6, 1)),
        (Day(), "1.6.2027", date(2027, 6, 1)),
        (YesNo(), "KYLLÄ", True),
        (YesNo(), "", False),
        (Number(), "12", 12),
        (Choice(Sector.choices), "third", "third"),
    ],
)
def test_a_cell_is_read_as_people_write(cell: Any, text: str, value: Any):
    assert cell.clean(text) == value


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Age(), "7"),
        (Age(), "seitsemän"),
        (Age(), "v"),
        (Age(), "9999 v"),
        (Age(), "5 vyö"),
        (Day(), "1.6."),
        (Day(), "31.2.2027"),
        (YesNo(), "ehkä"),
        (Number(), "-1"),
        (Number(), "²"),
        (Number(), "99999"),
        (Choice(Sector.choices), "jotain"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused(cell: Any, text: str):
    with pytest.raises(ValueError, match=r"\w"):
        cell.clean(text)
