"""The ring of a year: whatever its rows, none lies on another, and each is there once."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import atan2, degrees, hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_plan.clock import EDGE, HUB, OUTERMOST, RIM, clock

TODAY = date(2026, 11, 18)


@dataclass(frozen=True)
class Row:
    number: int
    quarter: int | None = None
    month: int | None = None


@st.composite
def plans(draw, most=120):
    """The rows of a plan, by number: of all year round, of quarters, of months."""
    times = st.one_of(
        st.just((None, None)),
        st.integers(1, 4).map(lambda quarter: (quarter, None)),
        st.integers(1, 12).map(lambda month: ((month + 2) // 3, month)),
    )
    drawn = draw(st.lists(times, max_size=most))
    return [Row(number, *time) for number, time in enumerate(drawn, 1)]


@st.composite
def crowded_plans(draw):
    """As `plans`, with most of a quarter in one month or two, as the ends of quarters have it."""
    rows = []
    for quarter in range(1, 5):
        months = st.sampled_from([None, 3 * quarter - 2, 3 * quarter - 1, 3 * quarter, 3 * quarter])
        rows += [(quarter, month) for month in draw(st.lists(months, max_size=22))]
    return [Row(number, *time) for number, time in enumerate(draw(st.permutations(rows)), 1)]


def is_crowded(rows, quarter):
    """Whether a month of the `quarter` has more rows than room, or the quarter has, with those of no month."""
    of_it = [row.month for row in rows if row.quarter == quarter]
    return len(of_it) > 15 or any(of_it.count(month) > 5 for month in of_it if month)


def angle(mark):
    """Of a mark: in degrees clockwise from 12 o'clock."""
    return degrees(atan2(mark.x, -mark.y)) % 360


def rows_of(ring):
    return [mark.row for mark in ring.marks] + [row for more in ring.more for row in more.rows]


def a_quarter(number, quarter=1, month=None):
    return [Row(at, quarter, month) for at in range(1, number + 1)]


class TestAnyPlan:
    @given(plans() | crowded_plans())
    def test_every_row_is_there_once(self, rows):
        assert sorted(row.number for row in rows_of(clock(rows, 2026, TODAY))) == [row.number for row in rows]

    @given(plans() | plans(most=30) | crowded_plans())
    def test_no_two_marks_touch(self, rows):
        ring = clock(rows, 2026, TODAY)
        for one, other in combinations([*ring.marks, *ring.more], 2):
            assert hypot(one.x - other.x, one.y - other.y) >= 2 * ring.layout.reach

    @given(plans() | plans(most=30) | crowded_plans())
    def test_each_mark_is_within_the_ring_and_within_its_part_of_it(self, rows):
        ring = clock(rows, 2026, TODAY)
        reach = ring.layout.reach
        for mark in [*ring.marks, *ring.more]:
            quarter = mark.quarter if mark in ring.more else mark.row.quarter
            distance = hypot(mark.x, mark.y)
            if quarter is None:
                assert distance + reach <= HUB
            else:
                assert distance - reach >= HUB
                assert distance + reach <= RIM
                assert 90 * (quarter - 1) < angle(mark) < 90 * quarter

    @given(plans() | plans(most=30) | crowded_plans())
    def test_a_row_with_a_month_stands_in_its_month_unless_a_month_of_its_quarter_is_crowded(self, rows):
        for mark in clock(rows, 2026, TODAY).marks:
            if mark.row.month and not is_crowded(rows, mark.row.quarter):
                assert 30 * (mark.row.month - 1) < angle(mark) < 30 * mark.row.month

    @given(plans() | crowded_plans())
    def test_rows_with_months_stand_in_the_order_of_these(self, rows):
        dated = [mark for mark in clock(rows, 2026, TODAY).marks if mark.row.month]
        months = [mark.row.month for mark in sorted(dated, key=angle)]
        assert months == sorted(months)

    @given(plans())
    def test_all_is_in_whole_units(self, rows):
        ring = clock(rows, 2026, TODAY)
        assert {type(value) for mark in [*ring.marks, *ring.more] for value in (mark.x, mark.y)} <= {int}
        assert "." not in ring.lines + ring.sector + ring.hand

    @given(plans() | crowded_plans())
    def test_rows_are_left_out_only_where_their_quarter_is_full(self, rows):
        for more in clock(rows, 2026, TODAY).more:
            of_it = [row for row in rows if row.quarter == more.quarter]
            assert len(of_it) > (20 if more.quarter is None else 19)


class TestWhatHasRoom:
    def test_sixty_rows_in_quarters_and_twenty_all_year_round(self):
        rows = [Row(number, 1 + number % 4) for number in range(60)] + [Row(60 + at) for at in range(20)]
        ring = clock(rows, 2026, TODAY)
        assert (len(ring.marks), ring.more, ring.is_full) == (80, [], True)

    @pytest.mark.parametrize("dated", range(16))
    def test_fifteen_rows_in_a_quarter_however_many_of_them_have_a_month(self, dated):
        rows = [Row(at, 2, 4 + at % 3 if at < dated else None) for at in range(15)]
        assert clock(rows, 2026, TODAY).more == []

    def test_nineteen_rows_in_a_month(self):
        assert clock(a_quarter(19, 4, 12), 2026, TODAY).more == []
        assert [more.number for more in clock(a_quarter(20, 4, 12), 2026, TODAY).more] == [2]

    def test_sixty_rows_of_which_most_are_at_the_ends_of_quarters(self):
        months = [3] * 10 + [6] * 7 + [12] * 9 + [2, 5, 8, 11] * 2
        rows = [Row(at, (month + 2) // 3, month) for at, month in enumerate(months)]
        rows += [Row(len(months) + at, 1 + at % 4 if at < 10 else None) for at in range(60 - len(months))]
        ring = clock(rows, 2026, TODAY)
        assert (len(ring.marks), ring.more, ring.is_crowded) == (60, [], True)

    def test_what_has_none_is_one_mark_with_their_number(self):
        ring = clock(a_quarter(31, 3), 2026, TODAY)
        (more,) = ring.more
        assert (more.quarter, more.number) == (3, 13)
        assert [row.number for row in more.rows] == list(range(19, 32))
        assert len(ring.marks) == 18

    def test_thirteen_rows_all_year_round_leave_the_middle_to_the_year(self):
        ring = clock([Row(at) for at in range(13)], 2026, TODAY)
        assert not ring.is_full
        assert {round(hypot(mark.x, mark.y), -1) for mark in ring.marks} == {540}


class TestWhereThingsStand:
    def test_rows_of_a_quarter_follow_each_other_clockwise(self):
        marks = clock(a_quarter(11), 2026, TODAY).marks
        assert [mark.row.number for mark in sorted(marks, key=angle)] == list(range(1, 12))

    def test_one_row_of_a_month_stands_in_the_middle_of_it_and_nearest_to_its_name(self):
        (mark,) = clock([Row(1, 4, 10)], 2026, TODAY).marks
        assert round(angle(mark)) == 285
        assert hypot(mark.x, mark.y) == pytest.approx(1230, abs=1)

    def test_five_rows_of_a_month_stand_in_it(self):
        ring = clock(a_quarter(5, 4, 12), 2026, TODAY)
        assert min(map(angle, ring.marks)) > 330
        assert not ring.is_crowded

    def test_a_crowded_month_borrows_from_the_next_and_no_more_than_it_needs(self):
        marks = clock(a_quarter(8, 4, 12), 2026, TODAY).marks
        assert all(320 < angle(mark) < 360 for mark in marks)
        (first,) = [
            mark
            for mark in clock([Row(9, 4, 10), *a_quarter(8, 4, 12)], 2026, TODAY).marks
            if mark.row.number == 9
        ]
        assert 270 < angle(first) < 300

    def test_few_rows_have_larger_marks(self):
        few = [Row(number, 1 + number % 4) for number in range(40)] + [Row(40 + at) for at in range(9)]
        assert clock(few, 2026, TODAY).is_roomy
        assert not clock([*few, Row(49)], 2026, TODAY).is_roomy
        assert not clock([*few, Row(49, 4)], 2026, TODAY).is_roomy

    def test_rows_without_a_month_stand_apart_from_those_with_one(self):
        dated, undated = clock([Row(1, 1, 2), Row(2, 1)], 2026, TODAY).marks
        assert round(angle(dated)) == round(angle(undated)) == 45
        assert hypot(undated.x, undated.y) < hypot(dated.x, dated.y)

    def test_an_empty_plan_has_its_months_all_the_same(self):
        ring = clock([], 2026, TODAY)
        assert (ring.marks, ring.more, ring.is_full) == ([], [], False)
        assert [name.month for name in ring.names] == list(range(1, 13))

    def test_names_of_months_stand_upright_around_the_rim(self):
        names = clock([], 2026, TODAY).names
        assert all(name.turn <= 90 or name.turn >= 270 for name in names)
        assert all(RIM < hypot(name.x, name.y) < OUTERMOST < EDGE for name in names)


class TestToday:
    @pytest.mark.parametrize(
        ("day", "angle_of_hand"),
        [(date(2026, 1, 1), 0), (date(2026, 4, 1), 90), (date(2026, 11, 16), 315), (date(2026, 12, 31), 360)],
    )
    def test_the_hand_stands_where_the_day_is_in_its_month(self, day, angle_of_hand):
        x, y = clock([], 2026, day).hand.partition("L")[2].split()
        assert degrees(atan2(int(x), -int(y))) % 360 == pytest.approx(angle_of_hand, abs=1)

    def test_the_months_of_its_quarter_are_marked(self):
        ring = clock([], 2026, TODAY)
        assert [name.month for name in ring.names if name.is_now] == [10, 11, 12]
        assert ring.sector.startswith(f"M-{OUTERMOST} 0A")

    @pytest.mark.parametrize("year", [2025, 2027])
    def test_another_year_has_neither(self, year):
        ring = clock([], year, TODAY)
        assert (ring.hand, ring.sector, [name for name in ring.names if name.is_now]) == ("", "", [])
