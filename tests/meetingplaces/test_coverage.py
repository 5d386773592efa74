"""What a season's timetable covers, and what collides in it: pure, without a database."""

from datetime import date, time, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.occurrences import occurrences
from meetingplaces.coverage import Clash, Coverage, How, Often, Part, coverage, how_often, parts_of_day
from meetingplaces.models import MeetingPlace, Season, Session, WeekRule

MONDAY, FRIDAY = date(2026, 8, 10), date(2026, 12, 18)  # weeks 33 to 51
BABIES, TODDLERS, SCHOOL = (0, 12), (12, 84), (84, 156)
AGES = [BABIES, TODDLERS, SCHOOL]
CASTLE, YARD = "castle", "yard"
_numbers = count(1)


def session(weekday: int | None = 0, starts: str = "09:00", ends: str = "11:30", **values: Any) -> Session:
    """Open to all, at a meeting place of its own that families see; `place` is where, and `of_place` its own values."""
    of_place = {"status": "published", "charge": "free"} | values.pop("of_place", {})
    key, place = next(_numbers), values.pop("place", None)
    row = Session(
        pk=key,
        weekday=weekday,
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        **{"meeting_place": MeetingPlace(pk=key, **of_place)} | values,
    )
    row.held_at = place
    return row


def planned(*rows: Session, first_day: date = MONDAY, last_day: date = FRIDAY) -> list[Any]:
    season = Season(first_day=first_day, last_day=last_day)
    on_calendar = []
    for row in rows:
        row.season = season
        told = row.on_calendar()
        on_calendar.append(type(told)(**{**vars(told), "place": row.held_at, "on_public_holidays": True}))
    return occurrences(on_calendar, [], first_day, last_day)


def covered(*rows: Session, first_day: date = MONDAY, last_day: date = FRIDAY) -> Coverage:
    return coverage(planned(*rows, first_day=first_day, last_day=last_day), first_day, last_day, AGES)


def often(found: Coverage, weekday: int, part: Part, ages: tuple[int, int]) -> How:
    day = next(each for each in found.weekdays if each.number == weekday)
    of_part = next(each for each in day.parts if each.part is part)
    return of_part.cells[AGES.index(ages)].often.how


class TestParts:
    @pytest.mark.parametrize(
        ("starts", "ends", "parts"),
        [
            ("09:30", "11:30", [Part.MORNING]),
            ("09:30", "12:30", [Part.MORNING]),  # half an hour is not the afternoon
            ("11:00", "14:00", [Part.MORNING, Part.AFTERNOON]),
            ("09:00", "15:30", [Part.MORNING, Part.AFTERNOON]),
            ("16:30", "18:30", [Part.EVENING]),
            ("16:00", "18:00", [Part.AFTERNOON, Part.EVENING]),
            ("11:45", "12:15", [Part.MORNING, Part.AFTERNOON]),  # as much of each
            ("00:00", "23:59", list(Part)),
        ],
    )
    def test_it_is_open_where_an_hour_of_it_or_most_of_it_is(self, starts: str, ends: str, parts: list[Part]):
        assert parts_of_day(time.fromisoformat(starts), time.fromisoformat(ends)) == parts

    @given(st.integers(0, 1438), st.integers(1, 1439))
    def test_each_session_is_open_in_some_part(self, starts: int, length: int):
        ends = min(starts + length, 1439)
        assert parts_of_day(time(*divmod(starts, 60)), time(*divmod(ends, 60)))


class TestHowOften:
    DATES = [MONDAY + timedelta(weeks=number) for number in range(19)]

    def test_of_the_dates_of_a_weekday(self):
        even = [day for day in self.DATES if day.isocalendar().week % 2 == 0]
        odd = [day for day in self.DATES if day not in even]

        assert how_often(self.DATES, self.DATES) == Often(How.EVERY, 19, 19)
        assert how_often(even, self.DATES) == Often(How.EVEN, 9, 19)
        assert how_often(odd, self.DATES) == Often(How.ODD, 10, 19)
        assert how_often(even[1:], self.DATES) == Often(How.SOME, 8, 19)
        assert how_often([], self.DATES) == Often(How.NEVER, 0, 19)

    def test_where_there_is_one_date_it_is_every_one(self):
        assert how_often(self.DATES[:1], self.DATES[:1]).how is How.EVERY


class TestTable:
    def test_even_and_odd_weeks_together_are_every_week(self):
        even, odd = session(rule=WeekRule.EVEN), session(rule=WeekRule.ODD)

        assert often(covered(even), 0, Part.MORNING, BABIES) is How.EVEN
        assert often(covered(even, odd), 0, Part.MORNING, BABIES) is How.EVERY

    def test_across_a_year_of_53_weeks_even_weeks_are_not_every_second_one(self):
        days = {"first_day": date(2026, 12, 14), "last_day": date(2027, 1, 17)}  # weeks 51, 52, 53, 1 and 2
        found = covered(session(rule=WeekRule.EVEN), session(rule=WeekRule.ODD), **days)

        assert often(found, 0, Part.MORNING, BABIES) is How.EVERY
        assert found.clashes == []

    def test_what_is_held_a_part_of_the_season_is_told_as_such(self):
        found = covered(session(valid_until=date(2026, 9, 14)))

        (cell, *_others) = found.weekdays[0].parts[0].cells
        assert cell.often == Often(How.SOME, 6, 19)

    def test_ages_are_those_of_the_session_or_else_of_its_place(self):
        for_babies = session(of_place={"from_month": 0, "to_month": 12})
        for_toddlers = session(1, from_month=12, to_month=84, of_place={"from_month": 0, "to_month": 12})
        found = covered(for_babies, for_toddlers)

        assert [often(found, 0, Part.MORNING, ages) for ages in AGES] == [How.EVERY, How.NEVER, How.NEVER]
        assert [often(found, 1, Part.MORNING, ages) for ages in AGES] == [How.NEVER, How.EVERY, How.NEVER]

    @pytest.mark.parametrize(
        ("values", "how"),
        [
            ({"kind": "open"}, How.EVERY),
            ({"kind": "peer"}, How.EVERY),
            ({"kind": "theme"}, How.EVERY),
            ({"kind": "closed"}, How.NEVER),
            ({"of_place": {"status": "draft"}}, How.NEVER),
            ({"of_place": {"published_from": date(2026, 12, 7)}}, How.SOME),
        ],
    )
    def test_what_families_cannot_come_to_is_not_open(self, values: dict[str, Any], how: How):
        assert often(covered(session(**values)), 0, Part.MORNING, BABIES) is how

    def test_a_weekend_is_there_when_something_is_open_on_it(self):
        assert [day.number for day in covered(session()).weekdays] == [0, 1, 2, 3, 4]
        assert [day.number for day in covered(session(5)).weekdays] == [0, 1, 2, 3, 4, 5]

    def test_a_season_of_two_days_has_two_weekdays(self):
        found = covered(session(), last_day=MONDAY + timedelta(days=1))

        assert [day.number for day in found.weekdays] == [0, 1]
        assert [day.number for day in found.lacking] == [1]


class TestPromise:
    def test_it_is_kept_when_every_weekday_has_something(self):
        assert covered(*(session(weekday) for weekday in range(5))).lacking == []

    def test_days_that_lack_it_are_told_with_how_often_it_is(self):
        rows = [session(0), session(1, rule=WeekRule.EVEN), session(2, rule=WeekRule.FIRST), session(3)]

        assert [(day.number, day.often.how) for day in covered(*rows).lacking] == [
            (1, How.EVEN),
            (2, How.SOME),
            (4, How.NEVER),
        ]

    @pytest.mark.parametrize(
        "values", [{"of_place": {"charge": "charged"}}, {"from_month": 84}, {"kind": "closed"}]
    )
    def test_what_costs_or_is_for_others_does_not_keep_it(self, values: dict[str, Any]):
        rows = [session(weekday) for weekday in range(1, 5)]

        assert [day.number for day in covered(session(0, **values), *rows).lacking] == [0]


class TestClashes:
    def test_one_place_is_not_for_two_at_a_time(self):
        one, other = session(place=CASTLE), session(starts="11:00", ends="13:00", place=CASTLE, from_month=84)
        (clash,) = covered(one, other).clashes

        assert clash == Clash(one, other, True, MONDAY, Often(How.EVERY, 19, 19))

    def test_one_after_the_other_is_no_clash(self):
        found = covered(session(place=CASTLE), session(starts="11:30", ends="13:00", place=CASTLE))
        assert found.clashes == []

    def test_elsewhere_at_the_same_time_is_told_mildly_where_ages_meet(self):
        babies = {"from_month": 0, "to_month": 12}
        one, other = session(place=CASTLE, **babies), session(place=YARD)

        assert [clash.same_place for clash in covered(one, other).clashes] == [False]
        assert covered(session(place=CASTLE, **babies), session(place=YARD, from_month=12)).clashes == []

    def test_even_and_odd_weeks_never_meet(self):
        found = covered(session(place=CASTLE, rule=WeekRule.EVEN), session(place=CASTLE, rule=WeekRule.ODD))
        assert found.clashes == []

    def test_a_monthly_one_meets_a_weekly_one_on_its_own_days(self):
        (clash,) = covered(session(place=CASTLE), session(place=CASTLE, rule=WeekRule.FIRST)).clashes
        assert (clash.first_day, clash.often) == (date(2026, 9, 7), Often(How.SOME, 4, 19))

    def test_a_closed_group_and_a_draft_collide_with_nothing(self):
        closed, draft = (
            session(place=CASTLE, kind="closed"),
            session(place=CASTLE, of_place={"status": "draft"}),
        )
        assert covered(session(place=CASTLE), closed, draft).clashes == []

    def test_where_no_place_is_given_a_meeting_place_is_one(self):
        one = session()
        twice = session(starts="10:00", meeting_place=one.meeting_place)

        assert [clash.same_place for clash in covered(one, twice).clashes] == [True]
        assert [clash.same_place for clash in covered(one, session()).clashes] == [False]


lines = st.builds(
    session,
    weekday=st.integers(0, 6),
    starts=st.sampled_from(["08:00", "09:30", "11:00", "13:00"]),
    ends=st.sampled_from(["13:30", "15:00", "18:00"]),
    rule=st.sampled_from([rule for rule in WeekRule if rule != WeekRule.ONCE]),
    kind=st.sampled_from(["open", "closed"]),
    place=st.sampled_from([CASTLE, YARD]),
    from_month=st.sampled_from([None, 0, 12]),
    to_month=st.sampled_from([None, 84, 156]),
)


@given(st.lists(lines, max_size=8), st.integers(0, 90))
def test_it_is_what_looking_at_each_date_finds(rows: list[Session], length: int):
    last_day = MONDAY + timedelta(days=length)
    dated = [each for each in planned(*rows, last_day=last_day) if each.session.key.kind == "open"]
    found = coverage(dated, MONDAY, last_day, AGES)

    for day in found.weekdays:
        for part in day.parts:
            for ages, cell in zip(AGES, part.cells, strict=True):
                dates = {
                    each.day
                    for each in dated
                    if each.day.weekday() == day.number
                    and part.part in parts_of_day(each.starts, each.ends)
                    and each.session.key.suits(*ages)
                }
                assert cell.often.count == len(dates)
                assert bool(cell.sessions) == bool(dates)
    at_once = {
        (each.day, frozenset({each.session.key, other.session.key}))
        for each in dated
        for other in dated
        if each.session.key != other.session.key
        and each.day == other.day
        and each.place == other.place
        and each.start < other.end
        and other.start < each.end
    }
    assert sum(clash.often.count for clash in found.same_place) == len(at_once)
    assert {frozenset({clash.one, clash.other}) for clash in found.same_place} == {
        pair for _day, pair in at_once
    }
