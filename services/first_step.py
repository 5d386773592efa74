"""The first thing that a family does to get a service, in one short sentence."""

from django.utils.translation import gettext as _

from services.models import Contact, Service


def first_step(service, detail):
    """What to do first, by how one gets `service` and by what its page (`ServiceDetail`) shows; "" when not known.

    Nobody is told to come to a place that is not on the page.
    """
    if service.access == Service.Access.BOOKING:
        return _("Book an appointment first.")
    if service.access == Service.Access.APPLICATION:
        return _("You apply for this.")
    if service.access == Service.Access.REFERRAL:
        return _("A professional refers you. Ask the one you already know.")
    return _open_door(detail) if service.access == Service.Access.OPEN else ""


def _open_door(detail):
    if any(not door.point.by_appointment for door in detail.doors):
        return _("Just come in. You do not have to book.")
    kind = detail.contacts[0].kind if detail.contacts else None
    if kind == Contact.Kind.PHONE:
        return _("Call.")
    if kind == Contact.Kind.CHAT:
        return _("Write in the chat.")
    return _("Get in touch yourself. You do not need a referral.")
