"""What machines read of a service: schema.org's own words, and nothing that says nothing."""

from datetime import date, datetime, time

import pytest

from calendars.wall_time import HELSINKI
from centres.models import Organisation
from services.detail import detail_of
from services.models import Contact, Offering, Provision, Weekday
from services.structured_data import audience, centre_data, place_data, service_data, without_empty
from tests.factories import (
    ContactFactory,
    FamilyCentreFactory,
    OfferingFactory,
    OpeningSpanFactory,
    OrganisationFactory,
    PlaceFactory,
    ProvisionFactory,
    ServiceFactory,
    ServicePointFactory,
    SpecialHoursFactory,
)

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=HELSINKI)
URL = "https://perhekeskus.example/posio/palvelut/neuvola/"


def told(offering):
    about = detail_of(offering, Offering.objects.in_centre(offering.centre), NOW, "fi", offering.centre)
    return service_data(offering, about, offering.centre, URL)


@pytest.fixture
def offering(db):
    return OfferingFactory(
        centre__municipality_fi="Posio",
        service__name_fi="Neuvola",
        service__summary_fi="Odottaville perheille.",
    )


def test_a_bare_service_says_what_it_is_and_where(offering):
    assert told(offering) == {
        "@context": "https://schema.org",
        "@type": "Service",
        "@id": URL,
        "url": URL,
        "name": "Neuvola",
        "description": "Odottaville perheille.",
        "areaServed": {"@type": "AdministrativeArea", "name": "Posio"},
    }


@pytest.mark.parametrize(
    ("kind", "service_type", "organisation_type"),
    [
        (Organisation.Kind.COUNTY, "GovernmentService", "GovernmentOrganization"),
        (Organisation.Kind.MUNICIPALITY, "GovernmentService", "GovernmentOrganization"),
        (Organisation.Kind.STATE, "GovernmentService", "GovernmentOrganization"),
        (Organisation.Kind.PARISH, "Service", "Organization"),
        (Organisation.Kind.ASSOCIATION, "Service", "Organization"),
        (Organisation.Kind.COMPANY, "Service", "Organization"),
        (Organisation.Kind.SCHOOL, "Service", "Organization"),
    ],
)
def test_a_public_authority_s_service_is_a_government_service(
    offering, kind, service_type, organisation_type
):
    ProvisionFactory(offering=offering, organisation__kind=kind, organisation__name_fi="Vastaava")
    data = told(offering)
    assert (data["@type"], data["provider"]) == (
        service_type,
        [{"@type": organisation_type, "name": "Vastaava"}],
    )


def test_who_produces_provides_and_without_a_producer_who_answers(offering):
    ProvisionFactory(
        service=offering.service, organisation=OrganisationFactory(name_fi="Alue", kind="county")
    )
    assert [row["name"] for row in told(offering)["provider"]] == ["Alue"]
    company = OrganisationFactory(name_fi="Yritys", url="https://yritys.example/")
    ProvisionFactory(offering=offering, organisation=company, role=Provision.Role.PRODUCER)
    data = told(offering)
    assert data["@type"] == "GovernmentService"
    assert data["provider"] == [{"@type": "Organization", "name": "Yritys", "url": "https://yritys.example/"}]


def test_every_contact_is_a_channel(offering):
    kinds = Contact.Kind
    ContactFactory(offering=offering, kind=kinds.PHONE, value="116 111", label_fi="Ajanvaraus", order=1)
    ContactFactory(offering=offering, kind=kinds.EMAIL, value="neuvola@esimerkki.example", order=2)
    ContactFactory(offering=offering, kind=kinds.CHAT, value="https://esimerkki.example/chat", order=3)
    assert told(offering)["availableChannel"] == [
        {
            "@type": "ServiceChannel",
            "name": "Ajanvaraus",
            "servicePhone": {"@type": "ContactPoint", "telephone": "116 111"},
        },
        {
            "@type": "ServiceChannel",
            "servicePhone": {"@type": "ContactPoint", "email": "neuvola@esimerkki.example"},
        },
        {"@type": "ServiceChannel", "serviceUrl": "https://esimerkki.example/chat"},
    ]


def test_every_door_is_a_channel_with_its_hours(offering):
    place = PlaceFactory(name_fi="Terveyskeskus", street_address="Tie 1", postcode="97900", town="Posio")
    point = ServicePointFactory(offering=offering, place=place)
    OpeningSpanFactory(
        point=point, weekday=Weekday.SUNDAY, valid_from=date(2026, 6, 1), valid_until=date(2026, 8, 31)
    )
    SpecialHoursFactory(point=point)
    SpecialHoursFactory(
        point=point, first_day=date(2026, 12, 31), last_day=date(2026, 12, 31), opens=time(8), closes=time(12)
    )
    (door,) = told(offering)["availableChannel"]
    assert door == {
        "@type": "ServiceChannel",
        "serviceLocation": {
            "@type": "Place",
            "name": "Terveyskeskus",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Tie 1",
                "postalCode": "97900",
                "addressLocality": "Posio",
                "addressCountry": "FI",
            },
            "openingHoursSpecification": [
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": "https://schema.org/Sunday",
                    "opens": "08:00",
                    "closes": "16:00",
                    "validFrom": "2026-06-01",
                    "validThrough": "2026-08-31",
                }
            ],
            "specialOpeningHoursSpecification": [
                {
                    "@type": "OpeningHoursSpecification",
                    "opens": opens,
                    "closes": closes,
                    "validFrom": day,
                    "validThrough": day,
                }
                for day, opens, closes in (("2026-12-24", "00:00", "00:00"), ("2026-12-31", "08:00", "12:00"))
            ],
        },
    }


def hours_of(offering, kind):
    (door,) = told(offering)["availableChannel"]
    return [(row["opens"], row["closes"]) for row in door["serviceLocation"][kind]]


def test_closing_at_midnight_is_the_last_minute_of_the_day(offering):
    point = ServicePointFactory(offering=offering)
    OpeningSpanFactory(point=point, opens=time(20), closes=time(0))
    day = {"first_day": date(2026, 12, 31), "last_day": date(2026, 12, 31)}
    SpecialHoursFactory(point=point, opens=time(18), closes=time(0), **day)
    assert hours_of(offering, "openingHoursSpecification") == [("20:00", "23:59")]
    assert hours_of(offering, "specialOpeningHoursSpecification") == [("18:00", "23:59")]


def test_a_day_that_is_open_all_through_is_not_told_as_closed(offering):
    point = ServicePointFactory(offering=offering)
    SpecialHoursFactory(point=point, opens=time(0), closes=time(0))
    assert hours_of(offering, "specialOpeningHoursSpecification") == [("00:00", "23:59")]


def test_a_door_that_is_always_open_is_open_every_day_all_through(offering):
    point = ServicePointFactory(offering=offering, always_open=True)
    OpeningSpanFactory(point=point)
    (door,) = told(offering)["availableChannel"]
    (hours,) = door["serviceLocation"]["openingHoursSpecification"]
    assert (hours["opens"], hours["closes"], len(set(hours["dayOfWeek"]))) == ("00:00", "23:59", 7)
    assert hours["dayOfWeek"][0] == "https://schema.org/Monday"


@pytest.mark.django_db
def test_a_place_with_coordinates_says_where_it_is():
    place = PlaceFactory(latitude="66.109600", longitude="28.164200")
    place.refresh_from_db()
    point = ServicePointFactory(place=place)
    (door,) = detail_of(point.offering, Offering.objects.all(), NOW, "fi", point.offering.centre).doors
    assert place_data(place, door.schedule, NOW.date())["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 66.1096,
        "longitude": 28.1642,
    }


@pytest.mark.parametrize(
    ("from_month", "to_month", "ages"),
    [
        (0, 84, {"suggestedMinAge": 0, "suggestedMaxAge": 6}),
        (-9, 12, {"suggestedMinAge": 0, "suggestedMaxAge": 0}),
        (156, None, {"suggestedMinAge": 13}),
        (None, 24, {"suggestedMaxAge": 1}),
    ],
)
def test_ages_are_told_in_whole_years_the_last_included(from_month, to_month, ages):
    service = ServiceFactory.build(from_month=from_month, to_month=to_month)
    assert audience(service) == {"@type": "PeopleAudience", **ages}


def test_any_age_is_no_audience():
    assert audience(ServiceFactory.build()) is None


def test_what_says_nothing_is_left_out_and_zero_says_something():
    assert without_empty({"a": 0, "b": "", "c": None, "d": [], "e": {}, "f": False}) == {"a": 0, "f": False}


def test_a_centre_is_an_organisation_that_serves_its_municipality():
    centre = FamilyCentreFactory.build(
        area=None, name_fi="Posion perhekeskus", municipality_fi="Posio", municipality_code="614"
    )
    assert centre_data(centre, "https://perhekeskus.example/posio/") == {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": "https://perhekeskus.example/posio/",
        "url": "https://perhekeskus.example/posio/",
        "name": "Posion perhekeskus",
        "areaServed": {"@type": "AdministrativeArea", "name": "Posio", "identifier": "614"},
    }
