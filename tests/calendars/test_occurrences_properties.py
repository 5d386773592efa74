"""What holds for every session, against an oracle that goes through the calendar day by day."""

from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.finnish_holidays import holiday_name
from calendars.occurrences import (
    Change,
    Closure,
    Kind,
    Session,
    Status,
    nearest_days,
    next_dates,
    occurrences,
)
from calendars.rules import LAST_OF_MONTH, Monthly, Once, Weekly, Weeks

# Both changes of clocks, week 53, Christmas, Epiphany and Easter lie in these months.
days = st.dates(date(2026, 9, 1), date(2027, 6, 30))
weekdays = st.integers(0, 6)
any_property = settings(deadline=None, max_examples=150)

rules = st.one_of(
    st.builds(Weekly, weekdays, st.sampled_from(Weeks)),
    st.builds(Monthly, weekdays, st.sampled_from([1, 2, 3, 4, LAST_OF_MONTH])),
    st.builds(Once, days),
)


@st.composite
def changes(draw):
    day, kind = draw(days), draw(st.sampled_from(Kind))
    if kind is Kind.MOVED:
        to_day = draw(st.none() | st.integers(-20, 20).map(lambda n: day + timedelta(days=n)))
        return Change(day, kind, to_day=to_day, starts=draw(st.sampled_from([time(8), time(12)])))
    if kind is Kind.CANCELLED:
        # Moved before, an extra date before, or neither
        return Change(day, kind, to_day=draw(st.sampled_from([None, day, day + timedelta(days=8)])))
    return Change(day, kind)


@st.composite
def sessions(draw):
    first_day, last_day = sorted(draw(st.tuples(days, days)))
    return Session(
        "key",
        draw(rules),
        time(9),
        time(11),
        first_day,
        last_day,
        meeting_place=draw(st.sampled_from(["a", "b"])),
        follows_schools=draw(st.booleans()),
        on_public_holidays=draw(st.booleans()),
        changes=tuple(draw(st.lists(changes(), max_size=6, unique_by=lambda change: change.day))),
    )


@st.composite
def closures(draw):
    first_day = draw(days)
    last_day = first_day + timedelta(days=draw(st.sampled_from([0, 2, 6, 20])))
    return Closure(first_day, last_day, "", draw(st.booleans()), draw(st.sampled_from([None, "a", "b"])))


@st.composite
def windows(draw):
    first_day = draw(days)
    return first_day, first_day + timedelta(days=draw(st.sampled_from([0, 6, 13, 60, 300])))


def every_day(first_day, last_day):
    return [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]


def is_of_the_rule(session, day):
    """The rules once more, as plainly as they can be put."""
    rule = session.rule
    if not session.first_day <= day <= session.last_day:
        return False
    if isinstance(rule, Once):
        return day == rule.day
    if day.weekday() != rule.weekday:
        return False
    if isinstance(rule, Weekly):
        parity = day.isocalendar()[1] % 2
        return rule.weeks is Weeks.EVERY or parity == {Weeks.EVEN: 0, Weeks.ODD: 1}[rule.weeks]
    if rule.nth == LAST_OF_MONTH:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == rule.nth


def is_closed(session, closures, day):
    for closure in closures:
        concerned = closure.meeting_place is None or closure.meeting_place == session.meeting_place
        concerned = concerned and (session.follows_schools or not closure.school_holiday)
        if concerned and closure.first_day <= day <= closure.last_day:
            return True
    return bool(holiday_name(day)) and not session.on_public_holidays


def what_is_on(session, closures, first_day, last_day):
    """(day, start) of whatever is held in the window, each day of the calendar asked by itself."""
    by_day = {change.day: change for change in session.changes}
    found = []
    for day in every_day(first_day, last_day):
        change = by_day.get(day)
        decided = change and change.kind is not Kind.NOTED
        if is_of_the_rule(session, day) and not decided and not is_closed(session, closures, day):
            found.append((day, session.starts))
        found += [
            (day, each.starts or session.starts)
            for each in session.changes
            if (each.to_day or each.day) == day
            and (each.kind is Kind.EXTRA or (each.kind is Kind.MOVED and is_of_the_rule(session, each.day)))
        ]
    return sorted(found)


@any_property
@given(sessions(), st.lists(closures(), max_size=4), windows())
def test_the_expansion_is_that_of_a_calendar_read_day_by_day(session, closed, window):
    found = occurrences([session], closed, *window)
    assert [(each.day, each.starts) for each in found if each.is_on] == what_is_on(session, closed, *window)


@any_property
@given(sessions(), st.lists(closures(), max_size=4), windows())
def test_no_date_of_the_rule_disappears(session, closed, window):
    found = occurrences([session], closed, *window)
    shown = {each.original_day for each in found}
    assert {day for day in every_day(*window) if is_of_the_rule(session, day)} <= shown
    assert all(each.other_day for each in found if each.status is Status.GONE)
    # Also on the date that families were sent to
    cancelled = [each for each in session.changes if each.kind is Kind.CANCELLED and each.to_day]
    told = {each.to_day for each in cancelled if each.is_extra or is_of_the_rule(session, each.day)}
    assert {day for day in every_day(*window) if day in told} <= {
        each.day for each in found if each.status is Status.CANCELLED
    }


@any_property
@given(sessions(), st.lists(closures(), max_size=4), windows(), st.integers(1, 50))
def test_a_window_is_the_sum_of_its_parts(session, closed, window, days_in_the_first):
    first_day, last_day = window
    cut = min(first_day + timedelta(days=days_in_the_first), last_day)
    parts = occurrences([session], closed, first_day, cut)
    if cut < last_day:
        parts += occurrences([session], closed, cut + timedelta(days=1), last_day)
    assert parts == occurrences([session], closed, first_day, last_day)


@any_property
@given(sessions(), st.lists(closures(), max_size=4), days, st.integers(1, 5))
def test_the_next_dates_are_the_first_that_are_on(session, closed, today, count):
    year = occurrences([session], closed, today, today + timedelta(days=399))
    assert next_dates([session], closed, today, count) == [each for each in year if each.is_on][:count]


@any_property
@given(sessions(), days)
def test_the_nearest_days_are_of_the_rule_with_none_between(session, day):
    near = nearest_days(session, day)
    assert all(is_of_the_rule(session, each) for each in near)
    if len(near) == 2:
        between = every_day(near[0] + timedelta(days=1), near[1] - timedelta(days=1))
        assert [each for each in between if is_of_the_rule(session, each)] in ([], [day])
