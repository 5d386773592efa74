"""Writes over several rows of meeting places."""

from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError

from meetingplaces.actions import copy_season, moved_day
from meetingplaces.models import Season, Session, SessionChange
from tests.factories import (
    MeetingPlaceFactory,
    OrganisationFactory,
    PlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
    SpokenLanguageFactory,
)

SPRING = {
    "first_day": date(2027, 1, 11),
    "last_day": date(2027, 5, 28),
    "slug": "kevat-2027",
    "name_fi": "Kevät",
}


@pytest.mark.parametrize(
    ("day", "new", "moved"),
    [
        (date(2026, 11, 19), date(2027, 8, 9), date(2027, 11, 18)),  # 52 weeks
        (date(2026, 11, 19), date(2027, 8, 10), date(2027, 11, 18)),  # a day more: the same Thursday
        (date(2026, 11, 19), date(2026, 8, 10), date(2026, 11, 19)),
    ],
)
def test_a_single_date_is_moved_by_whole_weeks(day: date, new: date, moved: date):
    assert moved_day(day, old=date(2026, 8, 10), new=new) == moved


class TestCopySeason:
    @pytest.fixture
    def session(self, db: Any) -> Session:
        """With everything that a session can have."""
        place = MeetingPlaceFactory()
        session = SessionFactory(
            meeting_place=place,
            season=SeasonFactory(centre=place.centre, name_fi="Syksy", name_sv="Hösten", note_sv="Obs."),
            kind="peer",
            title_fi="Vauvat",
            title_sv="Bebisar",
            rule="even",
            valid_from=date(2026, 9, 1),
            valid_until=date(2026, 12, 1),
            follows_schools=False,
            on_public_holidays=True,
            place=PlaceFactory(),
            co_host=OrganisationFactory(),
            capacity=12,
            needs_registration=True,
            how_to_join_en="Call us.",
            visitor_fi="Terveydenhoitaja",
            note_se="Buores boahtin",
            from_month=0,
            to_month=12,
        )
        session.languages.set([SpokenLanguageFactory(), SpokenLanguageFactory()])
        session.save()
        return session

    def test_the_season_is_the_same_but_for_what_is_given(self, session: Session):
        made = copy_season(season=session.season, sessions=[], **SPRING)

        assert Season.objects.get(slug="kevat-2027") == made
        assert (made.centre, made.name_fi, made.name_sv, made.note_sv) == (
            session.season.centre,
            "Kevät",
            "Hösten",
            "Obs.",
        )
        assert (made.first_day, made.last_day) == (SPRING["first_day"], SPRING["last_day"])

    def test_a_session_is_the_same_in_all_its_fields_and_languages_and_new_to_calendars(
        self, session: Session
    ):
        made = copy_season(season=session.season, sessions=[session], **SPRING)

        copy = Session.objects.get(season=made)
        own = {"id", "uid", "sequence", "season_id", "valid_from", "valid_until", "updated_at"}
        columns = {field.attname for field in Session._meta.concrete_fields} - own
        assert {name: getattr(copy, name) for name in columns} == {
            name: getattr(Session.objects.get(pk=session.pk), name) for name in columns
        }
        assert list(copy.languages.order_by("pk")) == list(session.languages.order_by("pk"))
        assert (copy.valid_from, copy.valid_until, copy.sequence) == (None, None, 0)
        assert session.sequence > 0
        assert copy.uid != session.uid

    def test_what_was_different_on_single_dates_stays_behind(self, session: Session):
        SessionChangeFactory(session=session, day=date(2026, 11, 18))

        copy_season(season=session.season, sessions=[session], **SPRING)

        assert SessionChange.objects.count() == 1

    def test_the_old_season_stays_as_it_was(self, session: Session):
        before = Session.objects.filter(pk=session.pk).values().get()

        copy_season(season=session.season, sessions=[session], **SPRING)

        assert Session.objects.filter(pk=session.pk).values().get() == before

    def test_a_single_date_comes_along_on_the_same_weekday(self, session: Session):
        day = SessionFactory(
            season=session.season,
            meeting_place=session.meeting_place,
            rule="once",
            weekday=None,
            day=date(2026, 8, 20),
            starts=time(12),
            ends=time(14),
        )
        made = copy_season(season=session.season, sessions=[day], **SPRING)

        assert made.sessions.get().day == date(2027, 1, 21)

    def test_it_is_all_or_nothing(self, session: Session):
        other = Session.objects.get(pk=session.pk)  # the same line twice is refused by the database

        with pytest.raises(IntegrityError):
            copy_season(season=session.season, sessions=[session, other], **SPRING)

        assert not Season.objects.filter(slug="kevat-2027").exists()
