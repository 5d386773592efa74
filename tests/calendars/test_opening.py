from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from calendars import opening
from calendars.opening import (
    WHOLE_DAY,
    DayGroup,
    DayHours,
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

EIGHT_TO_FOUR = Interval(time(8), time(16))
EIGHT_TO_THREE = Interval(time(8), time(15))
OFFICE = Schedule(
    spans=(
        *(Span(weekday, time(8), time(16)) for weekday in range(4)),
        Span(4, time(8), time(15)),
    )
)


def at(text):
    """A moment written in Finnish wall time, the first of two where it comes twice."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def told(moment):
    return moment and moment.isoformat()


class TestWhatCanBeEntered:
    @pytest.mark.parametrize(
        ("opens", "closes"), [(time(16), time(8)), (time(8), time(8)), (time(20), time(0, 1))]
    )
    def test_hours_that_do_not_end_after_they_begin_are_refused(self, opens, closes):
        with pytest.raises(ValueError, match="past midnight is two spans"):
            Interval(opens, closes)
        with pytest.raises(ValueError, match="past midnight is two spans"):
            Span(0, opens, closes)

    def test_closing_at_midnight_is_the_end_of_the_day(self):
        assert Interval(time(20), time(0)).end > (False, time(23, 59))
        assert Interval(time(0), time(0)) == WHOLE_DAY
        assert (WHOLE_DAY.whole_day, Interval(time(20), time(0)).whole_day) == (True, False)

    def test_times_with_a_zone_are_refused(self):
        with pytest.raises(ValueError, match="without a zone"):
            Interval(time(8, tzinfo=UTC), time(16, tzinfo=UTC))

    @pytest.mark.parametrize("weekday", [-1, 7])
    def test_a_week_has_seven_days(self, weekday):
        with pytest.raises(ValueError, match=f"not {weekday}"):
            Span(weekday, time(8), time(16))

    def test_a_season_or_special_day_does_not_end_before_it_begins(self):
        with pytest.raises(ValueError, match="before 2026-08-01"):
            Span(0, time(8), time(16), date(2026, 8, 1), date(2026, 7, 31))
        with pytest.raises(ValueError, match="before 2026-08-01"):
            SpecialDay(date(2026, 8, 1), date(2026, 7, 31))


class TestHoursOfADay:
    def test_an_ordinary_day_and_a_weekend(self):
        assert hours_on(OFFICE, date(2026, 11, 20)) == DayHours(date(2026, 11, 20), (EIGHT_TO_THREE,))
        assert hours_on(OFFICE, date(2026, 11, 21)) == DayHours(date(2026, 11, 21), ())

    def test_a_lunch_break_stays_and_adjoining_or_overlapping_spans_become_one(self):
        schedule = Schedule(
            spans=(
                Span(0, time(12, 30), time(15)),
                Span(0, time(8), time(12)),
                Span(0, time(15), time(17)),
                Span(0, time(9), time(10)),
            )
        )
        assert hours_on(schedule, date(2026, 11, 23)).intervals == (
            Interval(time(8), time(12)),
            Interval(time(12, 30), time(17)),
        )

    def test_a_span_to_midnight_swallows_what_lies_within_it(self):
        schedule = Schedule(spans=(Span(0, time(20), time(0)), Span(0, time(21), time(23))))
        assert hours_on(schedule, date(2026, 11, 23)).intervals == (Interval(time(20), time(0)),)

    def test_the_first_and_last_day_of_a_season_belong_to_it(self):
        summer = Span(0, time(9), time(14), date(2026, 6, 1), date(2026, 8, 3))
        schedule = Schedule(spans=(summer,))
        days = [date(2026, 5, 25), date(2026, 6, 1), date(2026, 8, 3), date(2026, 8, 10)]
        assert [bool(hours_on(schedule, day).intervals) for day in days] == [False, True, True, False]

    @pytest.mark.parametrize(
        ("language", "name"),
        [("fi", "Jouluaatto"), ("sv", "Julafton"), ("en", "Christmas Eve"), ("se", "Jouluaatto")],
    )
    def test_a_holiday_closes_and_says_its_name_in_the_readers_language(self, language, name):
        day = date(2026, 12, 24)
        assert hours_on(replace(OFFICE, language=language), day) == DayHours(day, (), name, holiday=True)

    def test_a_holiday_is_no_reason_where_the_day_is_closed_anyway(self):
        assert hours_on(OFFICE, date(2026, 6, 20)) == DayHours(date(2026, 6, 20), ())

    def test_a_place_may_stay_open_on_holidays(self):
        schedule = replace(OFFICE, open_on_holidays=True)
        assert hours_on(schedule, date(2026, 12, 24)) == DayHours(date(2026, 12, 24), (EIGHT_TO_FOUR,))

    def test_always_open_means_holidays_too_but_a_special_day_closes(self):
        closed = SpecialDay(date(2026, 12, 27), date(2026, 12, 27), reason="Muutto")
        schedule = Schedule(always_open=True, special_days=(closed,))
        assert hours_on(schedule, date(2026, 12, 25)) == DayHours(date(2026, 12, 25), (WHOLE_DAY,))
        assert hours_on(schedule, date(2026, 12, 27)) == DayHours(date(2026, 12, 27), (), "Muutto")


class TestSpecialDays:
    SUMMER = SpecialDay(date(2026, 7, 1), date(2026, 7, 31), reason="Kesätauko")
    DUTY_DAY = SpecialDay(date(2026, 7, 15), date(2026, 7, 15), (Interval(time(10), time(12)),), "Päivystys")

    def test_it_replaces_the_weekly_hours_from_first_to_last_day(self):
        schedule = replace(OFFICE, special_days=(self.SUMMER,))
        days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 3)]
        assert [hours_on(schedule, day).reason for day in days] == ["", "Kesätauko", "Kesätauko", ""]
        assert [len(hours_on(schedule, day).intervals) for day in days] == [1, 0, 0, 1]

    @pytest.mark.parametrize("order", [1, -1])
    def test_the_shortest_wins_whatever_the_order(self, order):
        schedule = replace(OFFICE, special_days=(self.SUMMER, self.DUTY_DAY)[::order])
        day = date(2026, 7, 15)
        assert hours_on(schedule, day) == DayHours(day, (Interval(time(10), time(12)),), "Päivystys")

    @pytest.mark.parametrize("order", [1, -1])
    def test_of_equally_long_ones_the_later_to_begin_wins(self, order):
        earlier = SpecialDay(date(2026, 7, 6), date(2026, 7, 10), reason="A")
        later = SpecialDay(date(2026, 7, 8), date(2026, 7, 12), reason="B")
        schedule = Schedule(special_days=(earlier, later)[::order])
        assert [hours_on(schedule, date(2026, 7, n)).reason for n in (7, 8, 10, 11)] == ["A", "B", "B", "B"]

    @pytest.mark.parametrize("order", [1, -1])
    def test_of_two_for_the_same_dates_the_closed_one_wins(self, order):
        closed = replace(self.DUTY_DAY, intervals=(), reason="Sairastapaus")
        schedule = Schedule(special_days=(self.DUTY_DAY, closed)[::order])
        assert hours_on(schedule, date(2026, 7, 15)).reason == "Sairastapaus"

    def test_it_opens_the_door_on_a_holiday_and_on_a_sunday(self):
        hours = (Interval(time(12), time(14)), Interval(time(10), time(12)))
        party = SpecialDay(date(2026, 12, 6), date(2026, 12, 6), hours, "Itsenäisyyspäivän juhla")
        answer = hours_on(replace(OFFICE, special_days=(party,)), date(2026, 12, 6))
        assert answer.intervals == (Interval(time(10), time(14)),)
        assert (answer.reason, answer.holiday) == ("Itsenäisyyspäivän juhla", False)

    def test_its_reason_comes_before_the_holidays_name(self):
        leave = SpecialDay(date(2026, 12, 21), date(2026, 12, 31), reason="Joululoma")
        answer = hours_on(replace(OFFICE, special_days=(leave,)), date(2026, 12, 24))
        assert (answer.reason, answer.holiday) == ("Joululoma", False)


class TestWeek:
    def test_seven_days_from_monday_whatever_day_is_asked(self):
        monday = week_hours(OFFICE, date(2026, 11, 16))
        assert week_hours(OFFICE, date(2026, 11, 22)) == monday
        assert [hours.day for hours in monday] == [date(2026, 11, n) for n in range(16, 23)]

    def test_equal_days_fold(self):
        assert grouped_week(OFFICE, date(2026, 11, 18)) == [
            DayGroup(0, 3, (EIGHT_TO_FOUR,)),
            DayGroup(4, 4, (EIGHT_TO_THREE,)),
            DayGroup(5, 6, ()),
        ]

    def test_a_holiday_parts_the_week_and_the_usual_week_can_still_be_asked(self):
        ascension = date(2026, 5, 14)
        assert grouped_week(OFFICE, ascension) == [
            DayGroup(0, 2, (EIGHT_TO_FOUR,)),
            DayGroup(3, 3, (), "Helatorstai", holiday=True),
            DayGroup(4, 4, (EIGHT_TO_THREE,)),
            DayGroup(5, 6, ()),
        ]
        usual = replace(OFFICE, special_days=(), open_on_holidays=True)
        assert grouped_week(usual, ascension) == grouped_week(OFFICE, date(2026, 11, 18))

    def test_equal_days_that_are_not_neighbours_stay_apart(self):
        schedule = Schedule(spans=(Span(0, time(8), time(16)), Span(2, time(8), time(16))))
        assert [
            (group.first_weekday, group.last_weekday) for group in grouped_week(schedule, date(2026, 11, 18))
        ] == [
            (0, 0),
            (1, 1),
            (2, 2),
            (3, 6),
        ]

    def test_two_holidays_side_by_side_keep_their_own_names(self):
        groups = grouped_week(Schedule(spans=OFFICE.spans), date(2026, 12, 25))
        assert [group.reason for group in groups] == ["", "Jouluaatto", "Joulupäivä", ""]


class TestStatus:
    @pytest.mark.parametrize(
        ("moment", "until", "next_opening"),
        [
            ("2026-11-20T07:59:59", None, "2026-11-20T08:00:00+02:00"),
            ("2026-11-20T08:00", "2026-11-20T15:00:00+02:00", "2026-11-23T08:00:00+02:00"),
            ("2026-11-20T14:59:59", "2026-11-20T15:00:00+02:00", "2026-11-23T08:00:00+02:00"),
            ("2026-11-20T15:00", None, "2026-11-23T08:00:00+02:00"),
            ("2026-07-15T08:00", "2026-07-15T16:00:00+03:00", "2026-07-16T08:00:00+03:00"),
        ],
    )
    def test_open_from_the_first_minute_to_the_last(self, moment, until, next_opening):
        status = status_at(OFFICE, at(moment))
        assert (status.open_now, told(status.until), told(status.next_opening)) == (
            until is not None,
            until,
            next_opening,
        )
        assert (status.reason, status.always_open, status.by_appointment) == ("", False, False)

    def test_adjoining_spans_are_one_opening(self):
        schedule = Schedule(spans=(Span(4, time(8), time(12)), Span(4, time(12), time(16))))
        assert told(status_at(schedule, at("2026-11-20T09:00")).until) == "2026-11-20T16:00:00+02:00"

    def test_a_lunch_break_ends_the_opening_and_the_next_is_the_same_day(self):
        schedule = Schedule(spans=(Span(4, time(8), time(11)), Span(4, time(12), time(16))))
        status = status_at(schedule, at("2026-11-20T09:00"))
        assert told(status.until) == "2026-11-20T11:00:00+02:00"
        assert told(status.next_opening) == "2026-11-20T12:00:00+02:00"

    def test_hours_past_midnight_are_one_opening_made_of_two_spans(self):
        schedule = Schedule(spans=(Span(4, time(20), time(0)), Span(5, time(0), time(2))))
        evening = status_at(schedule, at("2026-11-20T23:00"))
        night = status_at(schedule, at("2026-11-21T01:00"))
        assert told(evening.until) == told(night.until) == "2026-11-21T02:00:00+02:00"
        assert told(night.next_opening) == "2026-11-27T20:00:00+02:00"

    def test_a_holiday_today_is_told_with_its_name_and_skipped_over(self):
        status = status_at(OFFICE, at("2026-12-24T10:00"))
        assert (status.open_now, status.reason, status.today.holiday) == (False, "Jouluaatto", True)
        assert told(status.next_opening) == "2026-12-28T08:00:00+02:00"

    def test_a_special_day_today_gives_its_reason_open_or_closed(self):
        short = SpecialDay(date(2026, 11, 20), date(2026, 11, 20), (Interval(time(8), time(10)),), "Koulutus")
        schedule = replace(OFFICE, special_days=(short,))
        open_, closed = (
            status_at(schedule, at("2026-11-20T09:00")),
            status_at(schedule, at("2026-11-20T11:00")),
        )
        assert (open_.open_now, told(open_.until), open_.reason) == (
            True,
            "2026-11-20T10:00:00+02:00",
            "Koulutus",
        )
        assert (closed.open_now, closed.until, closed.reason) == (False, None, "Koulutus")

    def test_always_open_has_no_closing_and_no_next_opening(self):
        status = status_at(Schedule(always_open=True, by_appointment=True), at("2026-12-25T03:00"))
        assert (status.open_now, status.until, status.next_opening, status.reason) == (True, None, None, "")
        assert (status.always_open, status.by_appointment) == (True, True)

    def test_always_open_closes_for_a_special_day_in_sight(self):
        closed = SpecialDay(date(2026, 12, 27), date(2026, 12, 28), reason="Muutto")
        status = status_at(Schedule(always_open=True, special_days=(closed,)), at("2026-12-25T03:00"))
        assert told(status.until) == "2026-12-27T00:00:00+02:00"
        assert told(status.next_opening) == "2026-12-29T00:00:00+02:00"

    @pytest.mark.parametrize(
        "special_days",
        [(), (SpecialDay(date(2026, 12, 1), date(2026, 12, 24), reason="Muutto"),)],
        ids=["none", "over"],
    )
    def test_always_open_is_looked_at_no_further_than_its_last_special_day(self, special_days, monkeypatch):
        asked = []
        monkeypatch.setattr(
            opening, "hours_on", lambda schedule, day: asked.append(day) or hours_on(schedule, day)
        )
        status_at(Schedule(always_open=True, special_days=special_days), at("2026-12-25T03:00"))
        assert max(asked) <= date(2026, 12, 26)

    @pytest.mark.parametrize(
        ("spans", "within"),
        [
            ((Span(4, time(8), time(16)),), True),
            ((Span(4, time(0), time(0)), Span(5, time(0), time(9))), True),
            ((Span(4, time(0), time(0)), Span(5, time(0), time(9, 1))), False),
            (tuple(Span(day, time(0), time(0)) for day in range(7)), False),
            ((), False),
        ],
    )
    def test_a_closing_time_says_enough_when_it_is_within_a_day(self, spans, within):
        status = status_at(Schedule(spans=spans, open_on_holidays=True), at("2026-11-20T09:00"))
        assert status.closes_within_a_day is within

    def test_nothing_entered_is_closed_with_nothing_in_sight(self):
        status = status_at(Schedule(), at("2026-11-20T09:00"))
        assert (status.open_now, status.until, status.next_opening) == (False, None, None)

    def test_a_summer_break_is_in_sight_to_its_end_and_what_lies_beyond_the_window_is_not(self):
        def opening_on(day):
            return Schedule(special_days=(SpecialDay(day, day, (EIGHT_TO_FOUR,)),))

        moment = at("2026-11-20T09:00")
        assert (
            told(status_at(opening_on(date(2027, 3, 20)), moment).next_opening) == "2027-03-20T08:00:00+02:00"
        )
        assert status_at(opening_on(date(2027, 3, 21)), moment).next_opening is None

    def test_the_moment_may_come_in_any_zone_but_not_in_none(self):
        assert (
            told(status_at(OFFICE, datetime(2026, 11, 20, 6, tzinfo=UTC)).until)
            == "2026-11-20T15:00:00+02:00"
        )
        with pytest.raises(ValueError, match="has no time zone"):
            status_at(OFFICE, datetime(2026, 11, 20, 8))  # noqa: DTZ001

    def test_the_date_is_the_finnish_one(self):
        late_in_utc = datetime(2026, 12, 23, 22, 30, tzinfo=UTC)
        assert status_at(OFFICE, late_in_utc).reason == "Jouluaatto"


class TestChangesOfTheClocks:
    SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)

    def test_office_hours_keep_their_wall_time_over_both_changes(self):
        assert told(status_at(OFFICE, at("2026-03-27T16:00")).next_opening) == "2026-03-30T08:00:00+03:00"
        assert told(status_at(OFFICE, at("2026-10-23T16:00")).next_opening) == "2026-10-26T08:00:00+02:00"

    def test_the_sunday_itself_is_23_or_25_hours_long(self):
        schedule = Schedule(spans=(Span(6, time(0), time(0)),))
        for day, hours in ((self.SPRING, 23), (self.AUTUMN, 25)):
            status = status_at(schedule, at(f"{day}T00:00"))
            assert (
                status.until.astimezone(UTC) - at(f"{day}T00:00").astimezone(UTC)
            ).total_seconds() == hours * 3600

    def test_hours_that_begin_in_the_skipped_hour_begin_at_the_change(self):
        schedule = Schedule(spans=(Span(6, time(3, 30), time(6)),))
        before = status_at(schedule, at("2026-03-29T02:59"))
        assert (before.open_now, told(before.next_opening)) == (False, "2026-03-29T04:00:00+03:00")
        assert told(status_at(schedule, at("2026-03-29T04:00")).until) == "2026-03-29T06:00:00+03:00"

    def test_hours_that_lie_within_the_skipped_hour_never_come(self):
        schedule = Schedule(spans=(Span(6, time(3), time(4)),))
        status = status_at(schedule, at("2026-03-29T02:00"))
        assert (status.open_now, told(status.next_opening)) == (False, "2026-04-12T03:00:00+03:00")

    def test_hours_that_end_in_the_hour_that_comes_twice_end_at_its_first_coming(self):
        schedule = Schedule(spans=(Span(6, time(1), time(3, 30)),))
        open_ = status_at(schedule, datetime(2026, 10, 25, 0, 29, tzinfo=UTC))
        closed = status_at(schedule, datetime(2026, 10, 25, 1, 10, tzinfo=UTC))
        assert (open_.open_now, told(open_.until)) == (True, "2026-10-25T03:30:00+03:00")
        assert closed.open_now is False

    def test_hours_over_the_repeated_hour_last_an_hour_longer_without_a_break(self):
        schedule = Schedule(spans=(Span(6, time(3), time(4)),))
        for minute in range(120):
            moment = datetime(2026, 10, 25, minute // 60, minute % 60, tzinfo=UTC)
            assert told(status_at(schedule, moment).until) == "2026-10-25T04:00:00+02:00"
        assert status_at(schedule, datetime(2026, 10, 25, 2, tzinfo=UTC)).open_now is False


def test_the_language_of_a_reason_goes_with_it_into_days_weeks_and_the_status():
    leave = SpecialDay(date(2026, 7, 14), date(2026, 7, 15), reason="Sjukdom", reason_lang="sv")
    schedule = replace(OFFICE, special_days=(leave,))
    assert hours_on(schedule, date(2026, 7, 14)).reason_lang == "sv"
    assert [group.reason_lang for group in grouped_week(schedule, date(2026, 7, 14))] == [
        "",
        "sv",
        "",
        "",
        "",
    ]
    assert status_at(schedule, at("2026-07-15T10:00")).reason_lang == "sv"
    assert status_at(schedule, at("2026-07-16T10:00")).reason_lang == ""
