"""schema.org JSON-LD of a service: only properties in the domain of their type (STANDARDS 4)."""

from calendars.opening import MIDNIGHT
from centres.ages import YEAR
from centres.models import Organisation
from services.models import Contact

CONTEXT = "https://schema.org"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ALWAYS_OPEN = {
    "@type": "OpeningHoursSpecification",
    "dayOfWeek": [f"{CONTEXT}/{weekday}" for weekday in WEEKDAYS],
    "opens": "00:00",
    "closes": "23:59",
}
_GOVERNMENT = {Organisation.Kind.COUNTY, Organisation.Kind.MUNICIPALITY, Organisation.Kind.STATE}


def without_empty(data):
    """`data` without the keys that say nothing: schema.org knows no null."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def service_data(offering, detail, centre, url):
    """The offering as a `GovernmentService` (a `Service` when no public authority answers for it)."""
    service, responsible = offering.service, [row.organisation for row in detail.responsible]
    public = any(row.kind in _GOVERNMENT for row in responsible)
    return without_empty(
        {
            "@context": CONTEXT,
            "@type": "GovernmentService" if public else "Service",
            "@id": url,
            "url": url,
            "name": offering.title,
            "description": service.summary,
            "areaServed": {"@type": "AdministrativeArea", "name": centre.municipality},
            "audience": audience(service),
            "provider": [
                organisation_data(row.organisation) for row in detail.producers or detail.responsible
            ],
            "availableChannel": [*map(_contact_channel, detail.contacts), *map(_door_channel, detail.doors)],
        }
    )


def audience(service):
    """The ages of a service in years, as schema.org's `PeopleAudience`; None for any age."""
    if service.from_month is None and service.to_month is None:
        return None
    return without_empty(
        {
            "@type": "PeopleAudience",
            "suggestedMinAge": max(service.from_month, 0) // YEAR if service.from_month is not None else None,
            "suggestedMaxAge": (service.to_month - 1) // YEAR
            if service.to_month and service.to_month > 0
            else None,
        }
    )


def organisation_data(organisation):
    """An organisation by its name and own web page."""
    kind = "GovernmentOrganization" if organisation.kind in _GOVERNMENT else "Organization"
    return without_empty({"@type": kind, "name": organisation.name, "url": organisation.url})


def _contact_channel(contact):
    channel = {"@type": "ServiceChannel", "name": contact.label}
    if contact.kind == Contact.Kind.PHONE:
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": contact.value}
    elif contact.kind == Contact.Kind.EMAIL:
        # ServiceChannel has no e-mail of its own; a ContactPoint does.
        channel["servicePhone"] = {"@type": "ContactPoint", "email": contact.value}
    else:
        channel["serviceUrl"] = contact.value
    return without_empty(channel)


def _door_channel(door):
    place = place_data(door.point.place, door.schedule, door.status.today.day)
    return {"@type": "ServiceChannel", "serviceLocation": place}


def place_data(place, schedule, today):
    """A place with its address, weekly hours and the exceptions that are not over on the date `today`.

    An exception with no hours is closed from 00:00 to 00:00.
    """
    return without_empty(
        {
            **located(place),
            "openingHoursSpecification": [_ALWAYS_OPEN]
            if schedule.always_open
            else [_weekly(span) for span in schedule.spans],
            "specialOpeningHoursSpecification": [
                hours for day in schedule.special_days if day.last_day >= today for hours in _special(day)
            ],
        }
    )


def located(place):
    """A place by its name, address and coordinates."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.street_address,
        "postalCode": place.postcode,
        "addressLocality": place.town,
        "addressCountry": "FI",
    }
    return without_empty(
        {
            "@type": "Place",
            "name": place.name,
            "address": without_empty(address),
            "geo": _coordinates(place),
        }
    )


def _coordinates(place):
    if place.latitude is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": float(place.latitude), "longitude": float(place.longitude)}


def _weekly(span):
    return without_empty(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"{CONTEXT}/{WEEKDAYS[span.weekday]}",
            "opens": f"{span.opens:%H:%M}",
            "closes": _closing(span.closes),
            "validFrom": span.valid_from and span.valid_from.isoformat(),
            "validThrough": span.valid_until and span.valid_until.isoformat(),
        }
    )


def _closing(time):
    """A closing time; midnight is the last minute of the day, for 00:00–00:00 says that a place is closed."""
    return "23:59" if time == MIDNIGHT else f"{time:%H:%M}"


def _special(day):
    times = [(f"{hours.opens:%H:%M}", _closing(hours.closes)) for hours in day.intervals]
    for opens, closes in times or [("00:00", "00:00")]:
        yield {
            "@type": "OpeningHoursSpecification",
            "opens": opens,
            "closes": closes,
            "validFrom": day.first_day.isoformat(),
            "validThrough": day.last_day.isoformat(),
        }


def centre_data(centre, url):
    """A family centre as an organisation that serves its municipality."""
    return {
        "@context": CONTEXT,
        "@type": "GovernmentOrganization",
        "@id": url,
        "url": url,
        "name": centre.name,
        "areaServed": {
            "@type": "AdministrativeArea",
            "name": centre.municipality,
            "identifier": centre.municipality_code,
        },
    }
