"""Help now: 112 and the crisis lines, the same in every centre, and the centre's own."""

from dataclasses import dataclass

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


def help_lines(centre, today):
    """The lines of the page *Help now* of `centre` on the date `today`, in their order; four queries."""
    services = list(Service.objects.help_now(centre, today).prefetch_related("contacts"))
    offerings = Offering.objects.public(today).in_centre(centre).filter(service__in=services)
    here = {row.service_id: list(row.contacts.all()) for row in offerings.prefetch_related("contacts")}
    return [HelpLine(row, [*row.contacts.all(), *here.get(row.pk, [])]) for row in services]
