"""What holds for every schedule, against an oracle that counts single minutes of single days."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.finnish_holidays import holiday_name
from calendars.opening import (
    WINDOW_DAYS,
    Interval,
    Schedule,
    Span,
    SpecialDay,
    grouped_week,
    hours_on,
    status_at,
    week_hours,
)
from calendars.wall_time import HELSINKI

DAY = 24 * 60
# Spring change, Easter, midsummer, autumn change, Christmas and week 53 all lie in these ten months.
days = st.dates(date(2026, 3, 20), date(2027, 1, 10))
any_property = settings(deadline=None, max_examples=150)


def clock(minute):
    return time(minute % DAY // 60, minute % 60)


def minutes_of(opens, closes):
    end = DAY if closes == time(0) else closes.hour * 60 + closes.minute
    return range(opens.hour * 60 + opens.minute, end)


@st.composite
def opening_times(draw):
    opens = draw(st.integers(0, DAY - 15) | st.sampled_from([0, 3 * 60, 3 * 60 + 30, 8 * 60, 12 * 60]))
    closes = draw(st.integers(opens + 1, DAY) | st.just(DAY))
    return clock(opens), clock(closes)


@st.composite
def weekly_spans(draw):
    season = sorted(draw(st.tuples(days, days)))
    valid_from, valid_until = (draw(st.sampled_from([None, day])) for day in season)
    return Span(draw(st.integers(0, 6)), *draw(opening_times()), valid_from, valid_until)


@st.composite
def special_days(draw):
    first_day = draw(days)
    last_day = first_day + timedelta(days=draw(st.sampled_from([0, 0, 1, 3, 20])))
    intervals = draw(st.lists(opening_times(), max_size=2))
    return SpecialDay(
        first_day, last_day, tuple(Interval(*times) for times in intervals), draw(st.text(max_size=3))
    )


schedules = st.builds(
    Schedule,
    spans=st.lists(weekly_spans(), max_size=8).map(tuple),
    special_days=st.lists(special_days(), max_size=4).map(tuple),
    always_open=st.sampled_from([False, False, False, True]),
    by_appointment=st.booleans(),
    open_on_holidays=st.booleans(),
    language=st.sampled_from(["fi", "sv", "en", "se"]),
)
moments = st.builds(
    lambda day, seconds: datetime.combine(day, time(0), tzinfo=UTC) + timedelta(seconds=seconds),
    days,
    st.integers(0, DAY * 60 - 1) | st.integers(0, DAY - 1).map(lambda minute: minute * 60),
)


def open_minutes(schedule, day):
    """The rules once more, as plainly as they can be put: which minutes of the day it is open."""
    covering = [special for special in schedule.special_days if special.first_day <= day <= special.last_day]
    if covering:
        length = min(special.last_day - special.first_day for special in covering)
        shortest = [special for special in covering if special.last_day - special.first_day == length]
        latest = [special for special in shortest if special.first_day == max(s.first_day for s in shortest)]
        closed = any(not special.intervals for special in latest)
        times = [] if closed else [(i.opens, i.closes) for i in latest[0].intervals]
    elif schedule.always_open:
        times = [(time(0), time(0))]
    elif holiday_name(day) and not schedule.open_on_holidays:
        times = []
    else:
        in_season = [
            span
            for span in schedule.spans
            if (span.valid_from or date.min) <= day <= (span.valid_until or date.max)
        ]
        times = [(span.opens, span.closes) for span in in_season if span.weekday == day.weekday()]
    return {minute for opens, closes in times for minute in minutes_of(opens, closes)}


def openings_in_sight(schedule, moment):
    """The start of every interval from the day of the moment to the end of the window, but for those in
    the hour skipped in spring."""
    first = moment.astimezone(HELSINKI).date()
    for day in (first + timedelta(days=offset) for offset in range(WINDOW_DAYS + 1)):
        for interval in hours_on(schedule, day).intervals:
            if (day, interval.opens.hour) != (date(2026, 3, 29), 3):
                yield datetime.combine(day, interval.opens, tzinfo=HELSINKI)


@any_property
@given(schedules, days)
def test_the_hours_of_a_day_are_exactly_its_open_minutes_in_order_and_apart(schedule, day):
    intervals = hours_on(schedule, day).intervals
    minutes = [minutes_of(interval.opens, interval.closes) for interval in intervals]
    assert {minute for run in minutes for minute in run} == open_minutes(schedule, day)
    assert all(before.stop < after.start for before, after in pairwise(minutes))


@any_property
@given(schedules, special_days())
def test_a_special_day_more_particular_than_all_others_decides(schedule, special):
    others = tuple(
        other for other in schedule.special_days if other.last_day - other.first_day > timedelta(0)
    )
    special = SpecialDay(special.first_day, special.first_day, special.intervals, special.reason)
    with_special = Schedule(
        schedule.spans, (*others, special), schedule.always_open, open_on_holidays=schedule.open_on_holidays
    )
    alone = Schedule(special_days=(special,))
    assert hours_on(with_special, special.first_day) == hours_on(alone, special.first_day)


@any_property
@given(schedules, moments)
def test_the_status_agrees_with_the_hours_of_the_day(schedule, moment):
    local = moment.astimezone(HELSINKI)
    status = status_at(schedule, moment)
    assert status.today == hours_on(schedule, local.date())
    if local.fold == 0:  # the second coming of an hour is another matter: see the tests by example
        minute = local.hour * 60 + local.minute
        assert status.open_now is (minute in open_minutes(schedule, local.date()))


@any_property
@given(schedules, days)
def test_the_status_changes_with_every_interval_to_the_second(schedule, day):
    for interval in hours_on(schedule, day).intervals:
        if any(3 <= edge.hour < 5 for edge in (interval.opens, interval.closes)):
            continue  # may lie in or touch the hour of a change: see the tests by example
        opens = datetime.combine(day, interval.opens, tzinfo=HELSINKI)
        closing_day = day + timedelta(days=interval.closes == time(0))
        closes = datetime.combine(closing_day, interval.closes, tzinfo=HELSINKI)
        assert status_at(schedule, opens).open_now is True
        assert status_at(schedule, closes - timedelta(seconds=1)).open_now is True
        if interval.opens != time(0):
            assert status_at(schedule, opens - timedelta(seconds=1)).open_now is False
        if interval.closes != time(0):
            assert status_at(schedule, closes).open_now is False


@any_property
@given(schedules, moments)
def test_until_is_a_later_moment_at_which_it_is_closed_and_up_to_which_it_is_open(schedule, moment):
    status = status_at(schedule, moment)
    if status.until is None:
        return
    until = status.until.astimezone(UTC)
    assert status.open_now is True
    assert moment < until
    assert status_at(schedule, until).open_now is False
    before = status_at(schedule, until - timedelta(microseconds=1))
    assert (before.open_now, before.until) == (True, status.until)


@any_property
@given(schedules, moments)
def test_the_next_opening_is_the_start_of_an_interval_and_nothing_opens_before_it(schedule, moment):
    status = status_at(schedule, moment)
    from_here = status.until.astimezone(UTC) if status.until else moment
    if status.next_opening is None:
        if not status.open_now:
            assert not any(opens > moment for opens in openings_in_sight(schedule, moment))
        return
    opening = status.next_opening.astimezone(UTC)
    assert from_here < opening
    local = status.next_opening
    starts = [interval.opens for interval in hours_on(schedule, local.date()).intervals]
    skipped = (local.date(), local.time()) == (date(2026, 3, 29), time(4))
    assert local.time() in starts or (skipped and any(start.hour == 3 for start in starts))
    assert status_at(schedule, opening).open_now is True
    before = status_at(schedule, opening - timedelta(microseconds=1))
    assert (before.open_now, before.next_opening) == (False, local)


@any_property
@given(schedules, moments)
def test_open_with_no_closing_in_sight_means_open_all_the_way(schedule, moment):
    status = status_at(schedule, moment)
    if status.open_now and status.until is None:
        first = moment.astimezone(HELSINKI).date()
        ahead = [first + timedelta(days=offset) for offset in range(1, WINDOW_DAYS + 1)]
        assert all(len(open_minutes(schedule, day)) == DAY for day in ahead)
        assert status.next_opening is None


@any_property
@given(schedules, days)
def test_a_folded_week_unfolds_to_the_same_seven_days(schedule, day):
    groups = grouped_week(schedule, day)
    unfolded = [
        (weekday, group.intervals, group.reason, group.holiday)
        for group in groups
        for weekday in range(group.first_weekday, group.last_weekday + 1)
    ]
    week = week_hours(schedule, day)
    assert unfolded == [(d.day.weekday(), d.intervals, d.reason, d.holiday) for d in week]
    assert all(
        (one.intervals, one.reason, one.holiday) != (other.intervals, other.reason, other.holiday)
        for one, other in pairwise(groups)
    )


@any_property
@given(schedules, days)
def test_the_order_in_which_rows_come_from_the_database_changes_no_hours(schedule, day):
    turned = Schedule(
        schedule.spans[::-1],
        schedule.special_days,
        schedule.always_open,
        schedule.by_appointment,
        schedule.open_on_holidays,
        schedule.language,
    )
    assert hours_on(turned, day) == hours_on(schedule, day)
