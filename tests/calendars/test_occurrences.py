"""When sessions are held: rules, and what decides each date."""

from datetime import UTC, date, datetime, time

import pytest

from calendars.occurrences import (
    Change,
    Closure,
    Kind,
    Session,
    Status,
    nearest_days,
    next_dates,
    occurrences,
    ways,
)
from calendars.rules import LAST_OF_MONTH, Monthly, Once, Weekly, Weeks

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
AUTUMN = date(2026, 8, 10), date(2026, 12, 18)
SPRING = date(2027, 1, 4), date(2027, 5, 28)
ON_WEDNESDAYS = Weekly(WEDNESDAY)


def session(rule=ON_WEDNESDAYS, season=AUTUMN, **values):
    times = {"starts": time(9, 30), "ends": time(11, 30)}
    return Session("avoin", rule, first_day=season[0], last_day=season[1], **times | values)


def of(one, first_day, last_day, closures=(), language="fi"):
    return occurrences([one], closures, first_day, last_day, language)


def on_days(one, first_day, last_day, closures=()):
    return [each.day for each in of(one, first_day, last_day, closures) if each.is_on]


class TestRules:
    def test_a_weekly_session_is_held_on_its_weekday(self):
        held = on_days(session(), date(2026, 11, 16), date(2026, 11, 29))
        assert held == [date(2026, 11, 18), date(2026, 11, 25)]

    def test_nothing_is_held_outside_the_season(self):
        assert on_days(session(), date(2026, 8, 1), date(2026, 8, 16)) == [date(2026, 8, 12)]
        assert on_days(session(), date(2026, 12, 10), date(2027, 1, 20)) == [date(2026, 12, 16)]
        assert on_days(session(), date(2027, 2, 1), date(2027, 2, 28)) == []

    def test_odd_weeks_follow_each_other_over_the_new_year_of_a_year_with_53_weeks(self):
        odd = session(Weekly(MONDAY, Weeks.ODD), (date(2026, 12, 1), date(2027, 1, 31)))
        # Weeks 51 and 53 of 2026, then 1 and 3 of 2027
        assert on_days(odd, date(2026, 12, 10), date(2027, 1, 24)) == [
            date(2026, 12, 14),
            date(2026, 12, 28),
            date(2027, 1, 4),
            date(2027, 1, 18),
        ]

    def test_even_weeks_pause_for_three_weeks_over_that_new_year(self):
        even = session(Weekly(MONDAY, Weeks.EVEN), (date(2026, 12, 1), date(2027, 1, 31)))
        assert on_days(even, date(2026, 12, 10), date(2027, 1, 24)) == [date(2026, 12, 21), date(2027, 1, 11)]

    @pytest.mark.parametrize(
        ("nth", "expected"),
        [
            (1, [date(2026, 10, 1), date(2026, 11, 5)]),
            (4, [date(2026, 10, 22), date(2026, 11, 26)]),
            (LAST_OF_MONTH, [date(2026, 10, 29), date(2026, 11, 26)]),
        ],
    )
    def test_the_nth_weekday_of_the_month(self, nth, expected):
        assert on_days(session(Monthly(THURSDAY, nth)), date(2026, 10, 1), date(2026, 11, 30)) == expected

    def test_the_nth_weekday_is_counted_from_the_first_of_the_month_wherever_the_window_begins(self):
        second = session(Monthly(THURSDAY, 2))
        assert on_days(second, date(2026, 11, 6), date(2026, 11, 30)) == [date(2026, 11, 12)]
        assert on_days(second, date(2026, 11, 13), date(2026, 11, 30)) == []

    def test_a_theme_day_is_one_date(self):
        day = session(Once(date(2026, 11, 20)))
        assert on_days(day, date(2026, 11, 1), date(2026, 11, 30)) == [date(2026, 11, 20)]
        assert on_days(day, date(2026, 11, 21), date(2026, 11, 30)) == []


class TestWhatDecides:
    def test_a_public_holiday_calls_it_off_by_its_name(self):
        (epiphany,) = of(session(season=SPRING), date(2027, 1, 4), date(2027, 1, 10))
        assert (epiphany.status, epiphany.holiday) == (Status.CANCELLED, "Loppiainen")

    def test_the_holiday_is_named_in_the_readers_language(self):
        (epiphany,) = of(session(season=SPRING), date(2027, 1, 4), date(2027, 1, 10), language="sv")
        assert epiphany.holiday == "Trettondag"

    def test_a_session_may_be_held_on_public_holidays(self):
        held = session(season=SPRING, on_public_holidays=True)
        assert on_days(held, date(2027, 1, 4), date(2027, 1, 10)) == [date(2027, 1, 6)]

    def test_a_school_holiday_closes_what_follows_the_schools(self):
        autumn_break = Closure(date(2026, 10, 19), date(2026, 10, 25), "Syysloma", school_holiday=True)
        week = date(2026, 10, 19), date(2026, 10, 25)
        (off,) = of(session(), *week, [autumn_break])
        assert (off.status, off.closure) == (Status.CANCELLED, autumn_break)
        assert on_days(session(follows_schools=False), *week, [autumn_break]) == [date(2026, 10, 21)]

    def test_another_closure_closes_that_too(self):
        renovation = Closure(date(2026, 10, 21), date(2026, 10, 21), "Remontti")
        assert on_days(session(follows_schools=False), *AUTUMN, [renovation]).count(date(2026, 10, 21)) == 0

    def test_a_closure_of_one_meeting_place_leaves_the_others_open(self):
        closure = Closure(date(2026, 11, 1), date(2026, 11, 30), "Remontti", meeting_place="pirtti")
        week = date(2026, 11, 16), date(2026, 11, 22)
        assert on_days(session(meeting_place="pirtti"), *week, [closure]) == []
        assert on_days(session(meeting_place="olohuone"), *week, [closure]) == [date(2026, 11, 18)]

    def test_of_several_closures_the_shortest_gives_the_reason(self):
        month = Closure(date(2026, 11, 1), date(2026, 11, 30), "Remontti")
        day = Closure(date(2026, 11, 18), date(2026, 11, 18), "Henkilökunnan koulutus")
        (off,) = of(session(), date(2026, 11, 16), date(2026, 11, 22), [month, day])
        assert off.closure == day

    def test_a_cancelled_date_stays_with_its_reason(self):
        ill = Change(date(2026, 11, 18), Kind.CANCELLED, "Ohjaaja on sairas")
        (off,) = of(session(changes=(ill,)), date(2026, 11, 16), date(2026, 11, 22))
        assert (off.status, off.change, off.is_on) == (Status.CANCELLED, ill, False)

    def test_a_change_decides_before_closures_and_holidays(self):
        held = Change(date(2027, 1, 6), Kind.EXTRA, "Loppiaisen perhekahvila")
        closed = Closure(date(2027, 1, 4), date(2027, 1, 10), "Joululoma", school_holiday=True)
        (epiphany,) = of(
            session(season=SPRING, changes=(held,)), date(2027, 1, 4), date(2027, 1, 10), [closed]
        )
        assert (epiphany.status, epiphany.change, epiphany.is_on) == (Status.EXTRA, held, True)

    def test_a_note_alone_opens_no_door(self):
        priest = Change(date(2027, 1, 6), Kind.NOTED, "Pappi mukana")
        (epiphany,) = of(session(season=SPRING, changes=(priest,)), date(2027, 1, 4), date(2027, 1, 10))
        assert (epiphany.status, epiphany.change, epiphany.holiday) == (
            Status.CANCELLED,
            priest,
            "Loppiainen",
        )


class TestMoves:
    WEEK = date(2026, 11, 16), date(2026, 11, 22)

    def test_another_time_on_the_same_day_keeps_the_length(self):
        later = Change(date(2026, 11, 18), Kind.MOVED, starts=time(13))
        (moved,) = of(session(changes=(later,)), *self.WEEK)
        assert (moved.status, moved.starts, moved.ends) == (Status.MOVED, time(13), time(15))
        assert moved.other_day is None

    def test_another_place(self):
        outdoors = Change(date(2026, 11, 18), Kind.MOVED, place="liikennepuisto")
        (moved,) = of(session(place="pirtti", changes=(outdoors,)), *self.WEEK)
        assert (moved.status, moved.place) == (Status.MOVED, "liikennepuisto")

    def test_another_date_stands_on_both_dates(self):
        to_friday = Change(
            date(2026, 11, 18), Kind.MOVED, "Sali on varattu", to_day=date(2026, 11, 20), starts=time(10)
        )
        old, new = of(session(changes=(to_friday,)), *self.WEEK)
        assert (old.day, old.status, old.other_day) == (date(2026, 11, 18), Status.GONE, date(2026, 11, 20))
        assert (new.day, new.status, new.other_day) == (date(2026, 11, 20), Status.MOVED, date(2026, 11, 18))
        assert {old.original_day, new.original_day} == {date(2026, 11, 18)}
        assert old.change == new.change == to_friday

    def test_what_is_moved_and_then_called_off_is_off_on_both_dates(self):
        off = Change(
            date(2026, 11, 18),
            Kind.CANCELLED,
            "Ohjaaja on sairas",
            to_day=date(2026, 11, 20),
            starts=time(10),
        )
        old, new = of(session(changes=(off,)), *self.WEEK)
        assert (old.day, old.starts, old.other_day) == (date(2026, 11, 18), time(9, 30), date(2026, 11, 20))
        assert (new.day, new.starts, new.other_day) == (date(2026, 11, 20), time(10), date(2026, 11, 18))
        assert old.status is new.status is Status.CANCELLED
        assert (old.is_left, new.is_left) == (True, False)
        assert old.change == new.change == off

    def test_an_extra_date_that_is_called_off_stays_with_its_reason(self):
        day = date(2026, 11, 20)
        off = Change(day, Kind.CANCELLED, "Sali on varattu", to_day=day, starts=time(17))
        _usual, found = of(session(changes=(off,)), *self.WEEK)
        assert (found.day, found.starts, found.status) == (day, time(17), Status.CANCELLED)
        assert (found.is_extra, found.is_left) == (True, False)

    def test_an_extra_date_on_one_of_the_rule_that_is_called_off_is_there_once(self):
        day = date(2026, 11, 18)
        (found,) = of(session(changes=(Change(day, Kind.CANCELLED, to_day=day),)), *self.WEEK)
        assert found.status is Status.CANCELLED

    def test_what_comes_from_another_week_is_in_the_window_of_its_new_date(self):
        to_next_week = Change(date(2026, 11, 18), Kind.MOVED, to_day=date(2026, 11, 24))
        following = on_days(session(changes=(to_next_week,)), date(2026, 11, 23), date(2026, 11, 29))
        assert following == [date(2026, 11, 24), date(2026, 11, 25)]

    @pytest.mark.parametrize("kind", [Kind.MOVED, Kind.CANCELLED, Kind.NOTED])
    def test_a_date_that_the_rule_gives_no_more_is_not_changed(self, kind):
        of_old = Change(date(2026, 11, 17), kind, to_day=date(2026, 11, 20) if kind is Kind.MOVED else None)
        (usual,) = of(session(changes=(of_old,)), *self.WEEK)
        assert (usual.day, usual.change) == (date(2026, 11, 18), None)

    def test_an_extra_date_is_outside_the_rule_and_may_be_outside_the_season(self):
        extra = Change(date(2026, 12, 21), Kind.EXTRA, starts=time(17), ends=time(19))
        (added,) = of(session(changes=(extra,)), date(2026, 12, 19), date(2026, 12, 27))
        assert (added.day, added.starts, added.ends, added.status) == (
            date(2026, 12, 21),
            time(17),
            time(19),
            Status.EXTRA,
        )

    def test_a_move_past_the_end_of_the_day_ends_with_the_day(self):
        late = Change(date(2026, 11, 18), Kind.MOVED, starts=time(23))
        (moved,) = of(session(changes=(late,)), *self.WEEK)
        assert moved.ends == time(23, 59)


class TestTime:
    def test_the_change_of_clocks_moves_no_session(self):
        before, after = of(session(Weekly(SUNDAY)), date(2026, 10, 18), date(2026, 10, 25))
        assert before.starts == after.starts
        assert before.start == datetime(2026, 10, 18, 6, 30, tzinfo=UTC)
        assert after.start == datetime(2026, 10, 25, 7, 30, tzinfo=UTC)
        assert (after.end - after.start).total_seconds() == 2 * 3600

    def test_occurrences_come_in_the_order_of_time_whatever_order_the_sessions_have(self):
        afternoon = session(starts=time(13), ends=time(15))
        morning, tuesday = session(), session(Weekly(TUESDAY), starts=time(17), ends=time(18))
        found = occurrences([afternoon, morning, tuesday], [], date(2026, 11, 16), date(2026, 11, 22))
        assert [each.session for each in found] == [tuesday, morning, afternoon]

    def test_nobody_can_ask_for_a_century(self):
        with pytest.raises(ValueError, match="longer than 400 days"):
            of(session(), date(2026, 1, 1), date(2126, 1, 1))


class TestNextDates:
    def test_the_next_that_are_on_are_given(self):
        ill = Change(date(2026, 11, 25), Kind.CANCELLED, "Ohjaaja on sairas")
        coming = next_dates([session(changes=(ill,))], [], date(2026, 11, 18), 3)
        assert [each.day for each in coming] == [date(2026, 11, 18), date(2026, 12, 2), date(2026, 12, 9)]

    def test_those_that_are_rare_are_found_months_ahead(self):
        rare = session(Monthly(MONDAY, LAST_OF_MONTH), (date(2026, 8, 1), date(2027, 5, 31)))
        coming = next_dates([rare], [], date(2026, 11, 18), 5)
        assert len(coming) == 5

    def test_there_may_be_fewer(self):
        assert [each.day for each in next_dates([session()], [], date(2026, 12, 10), 5)] == [
            date(2026, 12, 16)
        ]


class TestWays:
    def test_a_session_is_held_as_it_usually_is_and_as_its_changes_say(self):
        ill = Change(date(2026, 8, 12), Kind.CANCELLED)
        outdoors = Change(date(2026, 11, 18), Kind.MOVED, to_day=date(2026, 11, 19), place="puisto")
        usual, off, moved = ways([session(changes=(ill, outdoors), place="pirtti")])
        assert (usual.day, usual.status, usual.place) == (date(2026, 8, 12), Status.HELD, "pirtti")
        assert (off.day, off.status) == (date(2026, 8, 12), Status.CANCELLED)
        assert (moved.day, moved.place) == (date(2026, 11, 19), "puisto")

    def test_what_has_no_date_by_its_rule_has_its_extra_ones(self):
        never = Once(date(2027, 1, 1))
        extra = Change(date(2026, 11, 20), Kind.EXTRA)
        assert ways([session(never)]) == []
        assert [each.day for each in ways([session(never, changes=(extra,))])] == [date(2026, 11, 20)]


class TestNearestDays:
    def test_the_dates_on_both_sides_are_named(self):
        assert nearest_days(session(), date(2026, 11, 20)) == [date(2026, 11, 18), date(2026, 11, 25)]

    def test_at_the_ends_of_the_season_there_is_one(self):
        assert nearest_days(session(), date(2026, 8, 3)) == [date(2026, 8, 12)]
        assert nearest_days(session(), date(2026, 12, 24)) == [date(2026, 12, 16)]

    @pytest.mark.parametrize("day", [date.min, date(2020, 1, 1), date(2040, 1, 1), date.max])
    def test_far_from_the_season_there_is_none(self, day):
        assert nearest_days(session(), day) == []


A_WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("bad", "because"),
    [
        (lambda: Weekly(7), "weekdays are 0"),
        (lambda: Monthly(0, 5), "there are 1-4 and the last"),
        (lambda: session(starts=time(11, 30)), "a session is within one day"),
        (lambda: session(season=(date(2026, 12, 1), date(2026, 11, 30))), "ends on 2026-11-30, before"),
        (lambda: session(starts=time(9, tzinfo=UTC)), "without a zone"),
        (lambda: Change(A_WEDNESDAY, Kind.MOVED), "the new date, time or place"),
        (lambda: Change(A_WEDNESDAY, Kind.EXTRA, to_day=date(2026, 11, 19)), "only a move"),
        (
            lambda: Change(A_WEDNESDAY, Kind.EXTRA, starts=time(12), ends=time(11)),
            "ends at 11:00:00, not after",
        ),
        (lambda: session(changes=(Change(A_WEDNESDAY, Kind.MOVED, ends=time(9)),)), "before it starts"),
        (lambda: session(changes=(Change(A_WEDNESDAY, Kind.NOTED),) * 2), "changed once"),
        (lambda: Closure(A_WEDNESDAY, date(2026, 11, 17), ""), "ends on 2026-11-17, before"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_is_refused(bad, because):
    with pytest.raises(ValueError, match=because):
        bad()
