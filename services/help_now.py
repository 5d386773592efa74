"""Help now: 112 and the crisis lines, the same in every centre, and the centre's own."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Coalesce

from services.models import Contact, Offering, Service

EMERGENCY = "112"


@dataclass(frozen=True)
class HelpLine:
    """A service that helps at once, and the ways to reach it: its own, and those of its offering here."""

    service: Service
    contacts: list[Contact]

    @property
    def call(self):
        """The first number to call, or None."""
        return next((contact for contact in self.contacts if contact.phone), None)

    @property
    def is_emergency_number(self):
        return self.call is not None and self.call.phone.display == EMERGENCY


def numbers_about(centre, today, topics):
    """The numbers of the help lines that are about any of `topics` (ids), in their order; one query.

    Each is a `Contact` with its `service` or `offering.service` fetched; `Contact.of_service` is that service. 112 is
    not among them: it stands first wherever numbers are told.
    """
    services = Service.objects.help_now(centre, today).filter(topics__in=topics).order_by()
    offerings = Offering.objects.public(today).in_centre(centre).filter(service__in=services).order_by()
    return list(
        Contact.objects.filter(kind=Contact.Kind.PHONE)
        .exclude(value=EMERGENCY)
        .filter(Q(service__in=services) | Q(offering__in=offerings))
        .select_related("service", "offering__service")
        .order_by(Coalesce("service__urgent_order", "offering__service__urgent_order"), "order", "pk")
    )


def numbers_of(offerings):
    """The numbers of `offerings` and of their services, the first of each first, in their order; one query."""
    order = {offering.service_id: place for place, offering in enumerate(offerings)}
    numbers = Contact.objects.filter(kind=Contact.Kind.PHONE).filter(
        Q(offering__in=offerings) | Q(service__in=list(order))
    )
    rows = numbers.select_related("service", "offering__service").order_by("order", "pk")
    return sorted(rows, key=lambda row: (row.order, order[row.of_service.pk]))


def help_lines(centre, today):
    """The lines of the page *Help now* of `centre` on the date `today`, in their order; three queries.

    The ways to reach a service that are the same everywhere come before those of its offering here.
    """
    services = list(Service.objects.help_now(centre, today))
    offerings = Offering.objects.public(today).in_centre(centre).filter(service__in=services).order_by("pk")
    here = dict(offerings.values_list("pk", "service_id"))
    contacts = {service.pk: [] for service in services}
    found = Contact.objects.filter(Q(service__in=services) | Q(offering__in=list(here)))
    for contact in sorted(found, key=lambda row: row.service_id is None):
        contacts[contact.service_id or here[contact.offering_id]].append(contact)
    return [HelpLine(service, contacts[service.pk]) for service in services]
