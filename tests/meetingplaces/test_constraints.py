"""What must never be in the tables of meeting places."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from meetingplaces.models import Season, Session, SessionChange, WeekRule
from services.models import Weekday
from tests.factories import (
    FACTORIES,
    ClosureFactory,
    ComingFactory,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    OfferingFactory,
    OrganisationFactory,
    PlaceFactory,
    SeasonFactory,
    SessionChangeFactory,
    SessionFactory,
)
from tests.forbidden import (
    Forbidden,
    assert_database_refuses,
    assert_field_is_unique,
    assert_form_refuses,
    but,
    models_of,
    unique_fields_of,
    untested,
)

pytestmark = pytest.mark.django_db


def slug_of_another_in_the_same_centre(factory):
    first = factory(slug="sama")
    return but(factory(centre=first.centre), slug="sama")


def same_session_twice():
    first = SessionFactory()
    return but(
        SessionFactory(
            meeting_place=first.meeting_place, season=first.season, starts=time(13), ends=time(15)
        ),
        starts=first.starts,
    )


def same_session_twice_from_a_day():
    first = SessionFactory(valid_from=date(2026, 11, 2))
    values = {"meeting_place": first.meeting_place, "season": first.season, "valid_from": first.valid_from}
    return but(SessionFactory(**values, starts=time(13), ends=time(15)), starts=first.starts)


def same_theme_day_twice():
    first = one_date(date(2026, 11, 20))
    second = one_date(date(2026, 11, 27), meeting_place=first.meeting_place, season=first.season)
    return but(second, day=first.day)


def one_date(day, **values):
    return SessionFactory(rule=WeekRule.ONCE, weekday=None, day=day, **values)


def change_of_the_same_date():
    first = SessionChangeFactory()
    return but(SessionChangeFactory(session=first.session, day=date(2026, 11, 25)), day=first.day)


def count_of_the_same_date():
    first = ComingFactory()
    return but(ComingFactory(session=first.session, day=date(2026, 11, 25)), day=first.day)


STATES = [
    Forbidden(
        f"meetingplaces_{name}_slug_once_per_centre",
        "two addresses of one name",
        lambda factory=factory: slug_of_another_in_the_same_centre(factory),
    )
    for name, factory in (("meetingplace", MeetingPlaceFactory), ("season", SeasonFactory))
]
STATES += [
    Forbidden(
        "meetingplaces_meetingplace_break_within_a_year",
        "a break of more than a year",
        lambda: but(
            MeetingPlaceFactory(), published_from=date(2027, 6, 2), published_until=date(2026, 5, 31)
        ),
    ),
    Forbidden(
        "meetingplaces_meetingplace_web_url",
        "a link that runs",
        lambda: but(MeetingPlaceFactory(), url="javascript:alert(1)"),
        choices=True,
    ),
    *(
        Forbidden(
            "meetingplace_photo_in_words",
            f"a photo with {nothing!r} to read",
            lambda nothing=nothing: but(MeetingPlaceFactory(), photo="photos/ovi.webp", photo_alt_fi=nothing),
        )
        for nothing in ("", None)
    ),
    Forbidden(
        "season_forwards", "a season backwards", lambda: but(SeasonFactory(), last_day=date(2026, 8, 9))
    ),
    Forbidden(
        "season_within_a_year", "a season of years", lambda: but(SeasonFactory(), last_day=date(2027, 8, 12))
    ),
    Forbidden(
        "season_on_the_calendar",
        "a season of Roman times",
        lambda: but(SeasonFactory(), first_day=date(1, 1, 1), last_day=date(1, 5, 1)),
    ),
    Forbidden(
        "season_on_the_calendar",
        "a season that no page can show",
        lambda: but(SeasonFactory(), first_day=date(2099, 12, 1), last_day=date(2100, 1, 1)),
    ),
    Forbidden(
        "session_known_weekday", "an eighth day", lambda: but(SessionFactory(), weekday=7), choices=True
    ),
    Forbidden("session_weekday_or_day", "neither", lambda: but(SessionFactory(), weekday=None)),
    Forbidden(
        "session_weekday_or_day",
        "both",
        lambda: but(one_date(date(2026, 11, 20)), weekday=Weekday.FRIDAY),
    ),
    Forbidden(
        "session_weekday_or_day",
        "a date of a weekly one",
        lambda: but(SessionFactory(), day=date(2026, 11, 18)),
    ),
    *(
        Forbidden(
            "session_closed_group_can_be_joined",
            f"a closed group with {nothing!r} of how to join",
            lambda nothing=nothing: but(SessionFactory(), kind="closed", how_to_join_fi=nothing),
        )
        for nothing in ("", None)
    ),
    Forbidden("session_once_from_a_day", "the same session twice from a day", same_session_twice_from_a_day),
    Forbidden("session_forwards", "it ends as it starts", lambda: but(SessionFactory(), ends=time(9, 30))),
    Forbidden(
        "session_dates_forwards",
        "dates backwards",
        lambda: but(SessionFactory(), valid_from=date(2026, 11, 2), valid_until=date(2026, 11, 1)),
    ),
    Forbidden("session_once_a_season", "the same session twice", same_session_twice),
    Forbidden("session_once_a_day", "the same theme day twice", same_theme_day_twice),
    Forbidden("sessionchange_once_a_day", "two changes of a date", change_of_the_same_date),
    Forbidden(
        "sessionchange_moves_something",
        "moved to nowhere",
        lambda: but(SessionChangeFactory(), kind=SessionChange.Kind.MOVED),
    ),
    Forbidden(
        "sessionchange_only_a_move_leads_away",
        "extra, to another date",
        lambda: but(
            SessionChangeFactory(kind=SessionChange.Kind.EXTRA, day=date(2026, 11, 20)),
            to_day=date(2026, 11, 21),
        ),
    ),
    Forbidden("coming_once_a_day", "two counts of a date", count_of_the_same_date),
    Forbidden(
        "closure_forwards", "a closure backwards", lambda: but(ClosureFactory(), last_day=date(2026, 10, 18))
    ),
]
STATES += [
    Forbidden(
        f"meetingplaces_{name}_ages_{rule}",
        f"ages: {values}",
        lambda factory=factory, values=values: but(factory(), **values),
    )
    for name, factory in (("meetingplace", MeetingPlaceFactory), ("session", SessionFactory))
    for rule, values in (
        ("forwards", {"from_month": 12, "to_month": 12}),
        ("from_pregnancy", {"from_month": -10}),
    )
]


def sentence(row):
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        return refused.value.message_dict


@pytest.mark.parametrize("state", STATES, ids=str)
def test_form_and_database_refuse(state):
    assert_form_refuses("meetingplaces", state)
    assert_database_refuses(state.row())


def test_no_rule_is_untested():
    # The change's own `clean` speaks first about times that cross: see below.
    assert untested("meetingplaces", STATES) == {"sessionchange_forwards"}


def test_times_of_a_change_that_cross_are_refused_beside_the_field():
    row = but(SessionChangeFactory(kind=SessionChange.Kind.NOTED), starts=time(12), ends=time(11))
    assert sentence(row)["ends"] == ["It cannot end before it starts."]
    assert_database_refuses(row)


@pytest.mark.parametrize("model", models_of("meetingplaces"), ids=lambda model: model.__name__)
def test_what_factories_make_is_right(model):
    FACTORIES[model]().full_clean()


@pytest.mark.parametrize(("model", "name"), unique_fields_of("meetingplaces"))
def test_unique_fields(model, name):
    if model._meta.get_field(name).editable:
        assert_field_is_unique(model, name)
    else:
        first, second = FACTORIES[model](), FACTORIES[model]()
        assert_database_refuses(but(second, **{name: getattr(first, name)}))


def of_another_centre(factory):
    return factory(home=FamilyCentreFactory())


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (lambda: but(MeetingPlaceFactory(), place=of_another_centre(PlaceFactory)), "place"),
        (lambda: but(MeetingPlaceFactory(), organiser=of_another_centre(OrganisationFactory)), "organiser"),
        (lambda: but(MeetingPlaceFactory(), offering=OfferingFactory()), "offering"),
        (lambda: but(SessionFactory(), season=SeasonFactory()), "season"),
        (lambda: but(SessionFactory(), place=of_another_centre(PlaceFactory)), "place"),
        (lambda: but(ClosureFactory(), meeting_place=MeetingPlaceFactory()), "meeting_place"),
    ],
    ids=["place", "organiser", "offering", "season", "place of a session", "meeting place"],
)
def test_a_row_of_another_centre_is_refused_beside_the_field(row, field):
    assert list(sentence(row())) == [field]


@pytest.mark.parametrize("name", ["valid_from", "valid_until"])
def test_a_day_outside_the_season_is_refused(name):
    row = but(SessionFactory(), **{name: date(2027, 1, 1)})
    assert sentence(row) == {name: ["This day is outside the season."]}


def test_a_change_of_a_date_that_the_session_has_not_is_refused_with_the_nearest_right_ones():
    row = but(SessionChangeFactory(), day=date(2026, 11, 20))
    assert sentence(row) == {
        "day": ["The session is not held on this date. The nearest dates are 18.11.2026 and 25.11.2026."]
    }


def test_an_extra_date_that_is_typed_as_cancelled_stays_an_extra_one():
    change = SessionChangeFactory(kind=SessionChange.Kind.EXTRA, day=date(2026, 11, 20))
    change.kind, change.reason_fi = SessionChange.Kind.CANCELLED, "Ohjaaja on sairas"
    change.full_clean()
    assert (change.is_extra, change.to_day) == (True, date(2026, 11, 20))


def test_a_move_to_its_own_day_moves_nothing():
    row = but(SessionChangeFactory(), kind=SessionChange.Kind.MOVED, to_day=date(2026, 11, 18))
    assert sentence(row) == {"__all__": ["Give the new date, time or place."]}


@pytest.mark.parametrize(
    ("kind", "name", "values"),
    [
        (SessionChange.Kind.MOVED, "to_day", {"to_day": date(2027, 1, 4)}),
        (SessionChange.Kind.EXTRA, "day", {"day": date(2026, 7, 1)}),
    ],
)
def test_a_date_far_from_its_season_is_refused(kind, name, values):
    row = but(SessionChangeFactory(), kind=kind, **values)
    assert sentence(row) == {
        name: ["This is more than two weeks outside the season. Enter it as a session of its own."]
    }


def test_a_session_is_not_moved_past_the_end_of_a_date_that_ends_earlier():
    change = SessionChangeFactory(kind=SessionChange.Kind.MOVED, ends=time(10))
    row = but(change.session, starts=time(10), ends=time(12))
    assert sentence(row) == {
        "starts": ["On 18.11.2026 it would end before it starts. Put the change of that date right first."]
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"weekday": 3}, "weekday"),
        ({"rule": WeekRule.EVEN}, "rule"),
        ({"rule": WeekRule.ONCE, "weekday": None, "day": date(2026, 11, 26)}, "rule"),
        ({"valid_from": date(2026, 11, 26)}, "valid_from"),
        ({"valid_until": date(2026, 11, 17)}, "valid_until"),
    ],
)
@pytest.mark.parametrize("kind", ["cancelled", "noted"])
def test_a_rule_that_leaves_a_changed_date_behind_is_refused(values, field, kind):
    change = SessionChangeFactory(kind=kind)
    refused = sentence(but(change.session, **values))
    assert list(refused) == [field]
    assert "no longer be in the timetable: 18.11.2026." in refused[field][0]


def test_a_date_that_is_yet_to_be_held_on_another_day_is_not_left_behind():
    change = SessionChangeFactory(day=date(2026, 11, 11), kind="moved", to_day=date(2026, 11, 19))
    assert list(sentence(but(change.session, weekday=3))) == ["weekday"]


@pytest.mark.parametrize(
    "values",
    [
        {"day": date(2026, 11, 11)},
        {"day": date(2026, 11, 27), "kind": "extra"},
    ],
    ids=["gone by", "extra"],
)
def test_what_is_past_or_extra_stands_in_no_rules_way(values):
    but(SessionChangeFactory(**values).session, weekday=3).full_clean()


def test_a_date_that_was_left_behind_before_stands_in_nobodys_way():
    change = SessionChangeFactory(day=date(2026, 11, 20))
    but(change.session, title="Kahvila").full_clean()


def test_a_session_that_its_season_has_left_behind_has_no_dates_to_change():
    session = SessionFactory(valid_from=date(2026, 11, 2))
    Season.objects.filter(pk=session.season_id).update(last_day=date(2026, 10, 1))
    change = SessionChange(session=Session.objects.get(), day=date(2026, 11, 4))
    assert sentence(change)["day"] == ["The session is not held on this date, nor near it."]


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        ({"rule": WeekRule.EVERY}, {"rule": WeekRule.EVEN}, True),
        ({"rule": WeekRule.ODD}, {"rule": WeekRule.EVERY}, True),
        ({"rule": WeekRule.ODD}, {"rule": WeekRule.EVEN}, False),
        ({"rule": WeekRule.EVERY}, {"rule": WeekRule.FIRST}, False),
        ({"valid_until": date(2026, 10, 15)}, {"valid_from": date(2026, 10, 16)}, False),
        ({"valid_until": date(2026, 10, 15)}, {"valid_from": date(2026, 10, 15)}, True),
        ({}, {"valid_from": date(2026, 10, 16)}, True),
        ({}, {"weekday": Weekday.THURSDAY}, False),
    ],
)
def test_a_session_stands_once_on_each_day(first, second, twice):
    here = SessionFactory(**first)
    row = SessionFactory.build(meeting_place=here.meeting_place, season=here.season, **second)
    told = sentence(row) if twice else row.full_clean()
    assert told == ({"__all__": ["This session is in this season already."]} if twice else None)


@pytest.mark.parametrize("kind", ["cancelled", "moved"])
def test_families_are_told_why_a_door_is_closed(kind):
    row = but(SessionChangeFactory(), kind=kind, starts=time(10) if kind == "moved" else None, reason_fi="")
    assert sentence(row) == {"reason_fi": ["Tell families why, for example: the instructor is ill."]}


def test_a_date_on_which_it_is_held_anyway_is_no_extra_one():
    row = but(SessionChangeFactory(), kind=SessionChange.Kind.EXTRA)
    assert sentence(row) == {
        "day": ["The session is held on this date anyway. Choose “moved”, or add a session of its own."]
    }


def test_an_extra_date_may_be_any_other():
    but(SessionChangeFactory(), day=date(2026, 11, 20), kind=SessionChange.Kind.EXTRA).full_clean()


def test_a_number_that_cannot_be_dialled_is_refused():
    assert list(sentence(but(MeetingPlaceFactory(), phone="soita illalla"))) == ["phone"]
