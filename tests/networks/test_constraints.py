"""What must never be in the tables of networks, people and meetings."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from networks.models import AccessRequest, LocalNetwork, Professional
from tests.factories import (
    FACTORIES,
    AccessRequestFactory,
    AttendanceFactory,
    CardOpeningFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    MaterialFactory,
    MeetingFactory,
    NetworkFactory,
    NetworkLinkFactory,
    OrganisationFactory,
    PlaceFactory,
    ProfessionalFactory,
    SeatFactory,
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

MOMENT = datetime(2026, 11, 18, 8, tzinfo=UTC)
RUNS = "javascript:alert(1)"


def slug_of_another_in_the_same_centre():
    first = LocalNetworkFactory(slug="sama")
    return but(LocalNetworkFactory(centre=first.centre), slug="sama")


def same_network_in_the_same_centre():
    first = LocalNetworkFactory()
    return but(LocalNetworkFactory(centre=first.centre), network=first.network)


def same_link_twice():
    first = NetworkLinkFactory()
    return but(NetworkLinkFactory(network=first.network), url=first.url)


def steered_by_itself():
    row = NetworkFactory()
    return but(row, parent=row)


def own_stand_in():
    person = ProfessionalFactory()
    return but(person, stand_in=person)


def two_seats_of_one_person():
    first = SeatFactory(person=ProfessionalFactory())
    return but(SeatFactory(local_network=first.local_network), person=first.person)


def two_meetings_at_a_time():
    first = MeetingFactory()
    second = MeetingFactory(local_network=first.local_network, starts=time(8, 30))
    return but(second, starts=first.starts)


def two_answers():
    first = AttendanceFactory()
    return but(AttendanceFactory(meeting=first.meeting), professional=first.professional)


def two_openings_on_a_day():
    first = CardOpeningFactory()
    second = CardOpeningFactory(viewer=first.viewer, professional=first.professional, day=date(2026, 11, 17))
    return but(second, day=first.day)


def two_requests_that_wait():
    first = AccessRequestFactory()
    return but(AccessRequestFactory(centre=first.centre), email=first.email.upper())


STATES = [
    Forbidden(
        "networks_localnetwork_slug_once_per_centre",
        "two addresses of one name",
        slug_of_another_in_the_same_centre,
    ),
    Forbidden("localnetwork_once_per_centre", "a network twice", same_network_in_the_same_centre),
    Forbidden("network_not_steered_by_itself", "a circle of one", steered_by_itself),
    Forbidden("networklink_once", "one link twice", same_link_twice),
    Forbidden("professional_no_own_stand_in", "their own stand-in", own_stand_in),
    Forbidden("seat_once_per_person", "two seats of one person", two_seats_of_one_person),
    Forbidden(
        "meeting_ends_after_start", "it ends as it starts", lambda: but(MeetingFactory(), ends=time(9))
    ),
    Forbidden("meeting_once_at_a_time", "two meetings at a time", two_meetings_at_a_time),
    Forbidden("attendance_once", "two answers", two_answers),
    Forbidden("cardopening_once_a_day", "two openings on a day", two_openings_on_a_day),
    Forbidden(
        "accessrequest_has_organisation",
        "from nowhere",
        lambda: but(AccessRequestFactory(), organisation=None),
    ),
    Forbidden(
        "accessrequest_decided_once",
        "decided, nobody knows when",
        lambda: but(AccessRequestFactory(), state=AccessRequest.State.ACCEPTED),
    ),
    Forbidden(
        "accessrequest_decided_once",
        "decided while it waits",
        lambda: but(AccessRequestFactory(), decided_at=MOMENT),
    ),
    Forbidden("accessrequest_waits_once", "two that wait", two_requests_that_wait),
]
STATES += [
    Forbidden(
        f"networks_{name}_break_within_a_year",
        "a break of more than a year",
        lambda factory=factory: but(
            factory(), published_from=date(2027, 6, 2), published_until=date(2026, 5, 31)
        ),
    )
    for name, factory in (("network", NetworkFactory), ("localnetwork", LocalNetworkFactory))
]
STATES += [
    Forbidden(
        f"networks_{name}_web_{field}",
        "a link that runs",
        lambda factory=factory, field=field: but(factory(), **{field: RUNS}),
        choices=True,
    )
    for name, factory, field in (
        ("network", NetworkFactory, "legal_url"),
        ("networklink", NetworkLinkFactory, "url"),
        ("localnetwork", LocalNetworkFactory, "url"),
        ("meeting", MeetingFactory, "remote_link"),
        ("material", MaterialFactory, "url"),
    )
]
STATES += [
    Forbidden(
        f"networks_{name}_ages_{rule}",
        f"ages: {values}",
        lambda factory=factory, values=values: but(factory(), **values),
    )
    for name, factory in (("network", NetworkFactory), ("professional", ProfessionalFactory))
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
    assert_form_refuses("networks", state)
    assert_database_refuses(state.row())


def test_no_rule_is_untested():
    assert untested("networks", STATES) == set()


@pytest.mark.parametrize("model", models_of("networks"), ids=lambda model: model.__name__)
def test_what_factories_make_is_right(model):
    FACTORIES[model]().full_clean()


@pytest.mark.parametrize(("model", "name"), unique_fields_of("networks"))
def test_unique_fields(model, name):
    if name in ("user", "calendar_key"):  # empty until somebody signs in, or asks for a calendar
        first, second = FACTORIES[model](), FACTORIES[model]()
        value = CardOpeningFactory().viewer if name == "user" else first.uuid
        type(first).objects.filter(pk=first.pk).update(**{name: value})
        assert_database_refuses(but(second, **{name: value}))
    elif model._meta.get_field(name).editable:
        assert_field_is_unique(model, name)
    else:
        first, second = FACTORIES[model](), FACTORIES[model]()
        assert_database_refuses(but(second, **{name: getattr(first, name)}))


def of_another_centre(factory):
    return factory(home=FamilyCentreFactory())


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (lambda: but(LocalNetworkFactory(), network=of_another_centre(NetworkFactory)), "network"),
        (lambda: but(LocalNetworkFactory(), convener=of_another_centre(OrganisationFactory)), "convener"),
        (lambda: but(MeetingFactory(), place=of_another_centre(PlaceFactory)), "place"),
        (
            lambda: but(ProfessionalFactory(), organisation=of_another_centre(OrganisationFactory)),
            "organisation",
        ),
        (lambda: but(ProfessionalFactory(), stand_in=ProfessionalFactory()), "stand_in"),
    ],
)
def test_a_row_of_another_centre_is_refused(row, field):
    assert list(sentence(row())) == [field]


@pytest.mark.parametrize("factory", [LocalNetworkFactory, ProfessionalFactory])
def test_a_number_that_cannot_be_dialled_is_refused(factory):
    assert sentence(but(factory(), phone="soita illalla")) == {
        "phone": ["This number does not work. Write it for example as 040 1234567."]
    }


def test_a_network_is_not_steered_by_one_that_it_steers_however_far_down():
    top = NetworkFactory()
    below = NetworkFactory(parent=NetworkFactory(parent=top))

    assert sentence(but(top, parent=below)) == {"parent": ["This network steers that one already."]}


def test_a_request_that_was_refused_may_be_made_again():
    first = AccessRequestFactory(state=AccessRequest.State.REFUSED, decided_at=MOMENT)

    AccessRequestFactory(centre=first.centre, email=first.email).full_clean()


def test_a_text_that_was_taken_away_is_as_one_that_was_never_there():
    there = LocalNetworkFactory(), ProfessionalFactory(about_fi="Lapsen puhe.")
    for nothing in ("", None):
        LocalNetworkFactory(network__when_to_turn_fi=nothing)
        ProfessionalFactory(about_fi=nothing)

    assert list(LocalNetwork.objects.to_turn_to()) == [there[0]]
    assert list(Professional.objects.who_answer()) == [there[1]]
