"""What is told of a row on a day: never of somebody's work what nobody has said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_plan.models import NOT_EVALUATED, Outcome
from annual_plan.outcomes import UNSAID, told_of

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
QUARTERS = st.sampled_from([None, 1, 2, 3, 4])


@pytest.mark.parametrize(
    ("outcome", "quarter", "last"),
    [
        ("not-started", 1, date(2026, 3, 31)),
        ("not-started", 3, date(2026, 9, 30)),
        ("not-started", 4, date(2026, 12, 31)),
        ("not-started", None, date(2026, 12, 31)),
        ("under-way", 1, date(2026, 12, 31)),
    ],
)
def test_it_is_told_as_it_stands_until_its_time_is_over(outcome, quarter, last):
    row = {"outcome": outcome, "quarter": quarter, "year": 2026}
    assert told_of(**row, today=last) == Outcome(outcome)
    first = date.fromordinal(last.toordinal() + 1)
    assert told_of(**row, today=first) is UNSAID


@given(st.sampled_from(Outcome), QUARTERS, DAYS)
def test_what_has_been_evaluated_is_told_whenever_it_is(outcome, quarter, day):
    told = told_of(outcome=outcome, quarter=quarter, year=2026, today=day)
    assert told in (([UNSAID, outcome]) if outcome in NOT_EVALUATED else [outcome])
