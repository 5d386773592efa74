from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.wall_time import HELSINKI, in_helsinki, instant


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (date(2026, 1, 15), time(8), datetime(2026, 1, 15, 6, tzinfo=UTC)),
        (date(2026, 7, 15), time(8), datetime(2026, 7, 15, 5, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 3, 29), time(3, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 3, 29), time(4, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 3, 29), time(4, 1), datetime(2026, 3, 29, 1, 1, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 0), datetime(2026, 10, 25, 0, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(4, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_wall_time_becomes_the_right_instant_in_both_seasons_and_over_both_changes(day, at, expected):
    answer = instant(day, at)
    assert answer == expected
    assert answer.tzinfo is UTC


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.times(), st.times())
def test_a_later_time_of_a_day_is_never_an_earlier_instant(day, one, other):
    assert instant(day, min(one, other)) <= instant(day, max(one, other))


@given(st.sampled_from([date(2026, 3, 29), date(2026, 10, 25)]), st.times())
def test_the_instant_shows_the_time_asked_for_unless_that_time_was_skipped(day, at):
    shown = instant(day, at).astimezone(HELSINKI)
    skipped = day == date(2026, 3, 29) and at.hour == 3
    assert (shown.date(), shown.time()) == (day, time(4) if skipped else at)
    assert shown.fold == 0


def test_an_aware_time_of_day_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        instant(date(2026, 1, 1), time(8, tzinfo=timezone(timedelta(hours=2))))


def test_any_zone_is_told_in_finnish_time_and_a_naive_moment_is_refused():
    shown = in_helsinki(datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Stockholm")))
    assert (shown.isoformat(), shown.tzinfo) == ("2026-11-22T13:00:00+02:00", HELSINKI)
    with pytest.raises(ValueError, match="has no time zone"):
        in_helsinki(datetime(2026, 11, 22, 12))  # noqa: DTZ001
