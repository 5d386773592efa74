from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.finnish_holidays import holiday_name
from calendars.iso_weeks import Week, days, next_week, parse, previous_week, week_of

weeks = st.dates(date(2000, 1, 3), date(2100, 1, 3)).map(week_of)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 22), Week(2026, 47)),
        (date(2026, 1, 1), Week(2026, 1)),
        (date(2025, 12, 29), Week(2026, 1)),
        (date(2026, 12, 31), Week(2026, 53)),
        (date(2027, 1, 3), Week(2026, 53)),
        (date(2027, 1, 4), Week(2027, 1)),
    ],
)
def test_the_week_of_a_day_and_its_year(day, week):
    assert week_of(day) == week


def test_parsing_and_writing():
    assert parse("2026-W47") == Week(2026, 47)
    assert str(Week(2026, 7)) == "2026-W07"


def test_the_days_of_week_53_reach_into_the_next_year():
    assert days(parse("2026-W53")) == [
        date(2026, 12, 28),
        date(2026, 12, 29),
        date(2026, 12, 30),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 1, 2),
        date(2027, 1, 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "1999-W52",
        "2100-W01",
        "9999-W52",
        "0000-W01",
        "2026-W7",
        "2026-w47",
        "2026W47",
        " 2026-W47",
        "2026-W47\n",
        "2026-W47-1",
        "२०२६-W४७",
        "२०२६-W47",
        "+026-W47",
        "",
    ],
)
def test_what_is_no_week_is_a_value_error(text):
    with pytest.raises(ValueError, match="week"):
        parse(text)


def test_week_53_lies_between_week_52_and_the_next_year():
    assert next_week(Week(2026, 52)) == Week(2026, 53)
    assert next_week(Week(2026, 53)) == Week(2027, 1)
    assert previous_week(Week(2027, 1)) == Week(2026, 53)
    assert next_week(Week(2025, 52)) == Week(2026, 1)


def test_at_the_ends_of_the_calendar_there_is_no_further_week():
    assert previous_week(Week(2000, 1)) is None
    assert next_week(Week(2099, 53)) is None


def test_a_day_outside_the_calendar_is_in_no_week():
    with pytest.raises(ValueError, match="not 1999"):
        week_of(date(2000, 1, 2))


@given(weeks)
def test_a_written_week_reads_back_and_holds_its_own_days(week):
    assert parse(str(week)) == week
    assert {week_of(day) for day in days(week)} == {week}
    assert [day.weekday() for day in days(week)] == [0, 1, 2, 3, 4, 5, 6]


@given(weeks)
def test_the_next_week_begins_the_day_after_and_leads_back(week):
    following = next_week(week)
    if following is None:
        assert week == Week(2099, 53)
    else:
        assert days(following)[0] == days(week)[-1] + timedelta(days=1)
        assert previous_week(following) == week
        assert week < following


@given(weeks)
def test_the_holidays_of_every_week_are_known(week):
    assert all(isinstance(holiday_name(day), str) for day in days(week))
