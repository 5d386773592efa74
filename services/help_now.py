"""Help now: 112 and the crisis lines, the same in every centre, and the centre's own."""

from dataclasses import dataclass

from django.db.models import F

from services.models import Contact, Service

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
    """The lines of the page *Help now* of `centre` on the date `today`, in their order; three queries.

    Asked apart, so that each looks its contacts up by an index: an "or" over both would read them all.
    """
    services = list(Service.objects.help_now(centre, today))
    own = Contact.objects.filter(service__in=services).annotate(helps=F("service"))
    here = Contact.objects.filter(offering__centre=centre, offering__service__in=services)
    contacts = {service.pk: [] for service in services}
    for contact in [*own, *here.annotate(helps=F("offering__service"))]:
        contacts[contact.helps].append(contact)
    return [HelpLine(service, contacts[service.pk]) for service in services]
