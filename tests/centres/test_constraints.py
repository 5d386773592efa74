"""What must never be in the kernel's tables."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from centres.models import RESERVED_SLUGS, Membership
from tests.factories import (
    FACTORIES,
    AgeGroupFactory,
    AreaFactory,
    CheckIntervalFactory,
    FamilyCentreFactory,
    InvitationFactory,
    LevelNameFactory,
    LocalTaskFactory,
    MembershipFactory,
    OrganisationFactory,
    PlaceFactory,
    TaskFactory,
    ThemeFactory,
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

MOMENT = datetime(2026, 11, 18, tzinfo=UTC)


def slug_of_another_in_the_same_centre(factory):
    first = factory(slug="sama")
    return but(factory(centre=first.centre), slug="sama")


def second_name_for_a_level():
    first = LevelNameFactory(level=1)
    return but(LevelNameFactory(centre=first.centre, level=2), level=1)


def same_role_in_the_same_centre():
    first = MembershipFactory()
    return but(MembershipFactory(user=first.user), centre=first.centre)


def area_coordinator(**values):
    return MembershipFactory(centre=None, area=AreaFactory(), role=Membership.Role.AREA_COORDINATOR, **values)


def same_role_in_the_same_area():
    first = area_coordinator()
    return but(area_coordinator(user=first.user), area=first.area)


def invited_twice(**where):
    first = InvitationFactory(email="anna@esimerkki.example", **where)
    return but(
        InvitationFactory(centre=first.centre, area=first.area, role=first.role), email=first.email.upper()
    )


def invited_to_an_area():
    return {"centre": None, "area": AreaFactory(), "role": Membership.Role.AREA_COORDINATOR}


def second_way_to_do_a_task():
    first = LocalTaskFactory()
    return but(LocalTaskFactory(centre=first.centre), task=first.task)


def organisation_within_itself():
    row = OrganisationFactory()
    return but(row, parent=row)


FORBIDDEN = [
    Forbidden(
        "centres_theme_break_within_a_year",
        "a break of more than a year",
        lambda: but(ThemeFactory(), published_from=date(2027, 6, 2), published_until=date(2026, 5, 31)),
    ),
    *(
        Forbidden(
            "familycentre_slug_not_reserved",
            f"a centre called {slug}",
            lambda slug=slug: but(FamilyCentreFactory(), slug=slug),
        )
        for slug in RESERVED_SLUGS
    ),
    *(
        Forbidden(
            "familycentre_slug_not_reserved",
            f"a centre whose address reads as the language {code}",
            lambda code=code: but(FamilyCentreFactory(), slug=f"{code}-malax"),
        )
        for code, _name in settings.LANGUAGES
    ),
    Forbidden(
        "familycentre_notice_forwards",
        "a notice that ends before it begins",
        lambda: but(FamilyCentreFactory(), notice_from=date(2026, 11, 20), notice_until=date(2026, 11, 16)),
    ),
    Forbidden("levelname_once_per_centre", "two names for a level", second_name_for_a_level),
    Forbidden(
        "levelname_known_level", "a fifth level", lambda: but(LevelNameFactory(), level=5), choices=True
    ),
    Forbidden(
        "levelname_known_level",
        "a level below the first",
        lambda: but(LevelNameFactory(), level=0),
        choices=True,
    ),
    Forbidden(
        "invitation_in_centre_or_area",
        "a coordinator of an area",
        lambda: but(InvitationFactory(), centre=None, area=AreaFactory()),
    ),
    Forbidden(
        "invitation_in_centre_or_area",
        "an area coordinator of a centre",
        lambda: but(InvitationFactory(), role=Membership.Role.AREA_COORDINATOR),
    ),
    Forbidden(
        "invitation_accepted_or_withdrawn",
        "accepted and withdrawn",
        lambda: but(InvitationFactory(), accepted_at=MOMENT, withdrawn_at=MOMENT),
    ),
    Forbidden("invitation_once_per_centre", "the same address twice to a centre", invited_twice),
    Forbidden(
        "invitation_once_per_area",
        "the same address twice to an area",
        lambda: invited_twice(**invited_to_an_area()),
    ),
    Forbidden(
        "membership_in_centre_or_area",
        "a coordinator of an area",
        lambda: but(MembershipFactory(), centre=None, area=AreaFactory()),
    ),
    Forbidden(
        "membership_in_centre_or_area",
        "a coordinator of nothing",
        lambda: but(MembershipFactory(), centre=None),
    ),
    Forbidden(
        "membership_in_centre_or_area",
        "a coordinator of a centre and an area",
        lambda: but(MembershipFactory(), area=AreaFactory()),
    ),
    Forbidden(
        "membership_in_centre_or_area",
        "an area coordinator of a centre",
        lambda: but(area_coordinator(), area=None, centre=FamilyCentreFactory()),
    ),
    Forbidden(
        "membership_in_centre_or_area",
        "an area coordinator of an area and a centre",
        lambda: but(area_coordinator(), centre=FamilyCentreFactory()),
    ),
    Forbidden(
        "membership_only_professionals_end",
        "a coordinator who ends",
        lambda: but(MembershipFactory(), ends_on=date(2026, 12, 31)),
    ),
    Forbidden("membership_once_per_centre", "the same role twice in a centre", same_role_in_the_same_centre),
    Forbidden("membership_once_per_area", "the same role twice in an area", same_role_in_the_same_area),
    Forbidden(
        "place_both_coordinates",
        "a latitude without a longitude",
        lambda: but(PlaceFactory(), latitude="66.5"),
    ),
    Forbidden(
        "place_both_coordinates",
        "a longitude without a latitude",
        lambda: but(PlaceFactory(), longitude="25.7"),
    ),
    Forbidden("checkinterval_months", "checked all the time", lambda: but(CheckIntervalFactory(), months=0)),
    Forbidden("checkinterval_months", "hardly ever checked", lambda: but(CheckIntervalFactory(), months=61)),
    Forbidden("task_one_of_seven", "a task before the first", lambda: but(TaskFactory(), number=0)),
    Forbidden("task_one_of_seven", "an eighth task", lambda: but(TaskFactory(), number=8)),
    Forbidden("localtask_once_per_centre", "a task done in two ways", second_way_to_do_a_task),
    Forbidden(
        "centres_agegroup_slug_once_per_centre",
        "two groups at one address",
        lambda: slug_of_another_in_the_same_centre(AgeGroupFactory),
    ),
    Forbidden(
        "centres_agegroup_ages_forwards",
        "ages that end before they begin",
        lambda: but(AgeGroupFactory(), from_month=84, to_month=12),
    ),
    Forbidden(
        "centres_agegroup_ages_forwards",
        "ages that end where they begin",
        lambda: but(AgeGroupFactory(), from_month=12, to_month=12),
    ),
    Forbidden(
        "centres_agegroup_ages_from_pregnancy",
        "ages from before pregnancy",
        lambda: but(AgeGroupFactory(), from_month=-10),
    ),
    Forbidden(
        "centres_organisation_web_url",
        "a link that runs",
        lambda: but(OrganisationFactory(), url="javascript:alert(1)"),
        choices=True,
    ),
    Forbidden(
        "centres_familycentre_web_feedback_url",
        "a link that runs",
        lambda: but(FamilyCentreFactory(), feedback_url="javascript:alert(1)"),
        choices=True,
    ),
    Forbidden(
        "centres_familycentre_web_ask_for_help_url",
        "a link to a file",
        lambda: but(FamilyCentreFactory(), ask_for_help_url="file:///etc/passwd"),
        choices=True,
    ),
    Forbidden(
        "organisation_not_part_of_itself",
        "an organisation within itself",
        organisation_within_itself,
    ),
    Forbidden(
        "centres_theme_slug_once_per_centre",
        "two themes at one address",
        lambda: slug_of_another_in_the_same_centre(ThemeFactory),
    ),
]


@pytest.mark.parametrize("state", FORBIDDEN, ids=str)
def test_a_form_refuses_with_a_sentence(state):
    assert_form_refuses("centres", state)


@pytest.mark.parametrize("state", FORBIDDEN, ids=str)
def test_the_database_refuses(state):
    assert_database_refuses(state.row())


@pytest.mark.parametrize(("model", "field"), unique_fields_of("centres"))
def test_no_two_rows_share(model, field):
    assert_field_is_unique(model, field)


def test_every_constraint_is_tested():
    assert untested("centres", FORBIDDEN) == set()


@pytest.mark.parametrize("app", ["accounts", "centres", "services"])
def test_every_model_has_a_factory(app):
    assert set(models_of(app)) - set(FACTORIES) == set()


@pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model._meta.label)
def test_every_factory_makes_a_row_without_fault(model):
    FACTORIES[model]().full_clean()


def test_the_same_slug_in_two_centres_is_allowed():
    AgeGroupFactory(slug="vauvat")
    AgeGroupFactory(slug="vauvat").full_clean()


def test_a_centre_may_begin_with_the_letters_of_a_language():
    for slug in ("sveitsi", "enontekio", "fiskars", "sevettijarvi"):
        FamilyCentreFactory(slug=slug).full_clean()


def test_a_user_may_have_two_roles_in_one_centre():
    first = MembershipFactory()
    MembershipFactory(user=first.user, centre=first.centre, role=Membership.Role.PROFESSIONAL).full_clean()


def test_a_theme_may_be_shown_for_one_day():
    ThemeFactory(published_from=date(2026, 6, 1), published_until=date(2026, 6, 1)).full_clean()


def test_a_theme_may_be_hidden_between_two_days():
    ThemeFactory(published_from=date(2026, 8, 1), published_until=date(2026, 5, 31)).full_clean()
    ThemeFactory(published_from=date(2027, 6, 1), published_until=date(2026, 5, 31)).full_clean()


def test_an_age_group_may_hold_one_month():
    AgeGroupFactory(from_month=-9, to_month=-8).full_clean()
