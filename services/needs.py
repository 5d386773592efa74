"""What about a service needs a person, beside what any row may need (`centres.needs`)."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from centres.needs import DRAFT, ENDED, ENDING, NEVER, Need, standing
from centres.publishing import Status
from services.models import Contact, Offering, Service, ServicePoint


def _cannot_be_reached(model, measure):
    return standing(model, measure.today) & _REACHED_BY[model]


def _without(rows, **key):
    return ~Exists(rows.filter(**{name: OuterRef(way) for name, way in key.items()}).order_by())


# An offering is reached by its own contacts, its service's, or at a door. A service as such is a page only among
# those of help now, where it stands with its numbers.
_REACHED_BY = {
    Offering: Q(_without(Contact.objects.all(), offering="pk"))
    & Q(_without(Contact.objects.all(), service="service_id"))
    & Q(_without(ServicePoint.objects.all(), offering="pk")),
    Service: Q(urgent_order__isnull=False) & Q(_without(Contact.objects.all(), service="pk")),
}


# The days and the status of a service stand on its own form alone.
OF_EACH_FORM = (ENDING, ENDED, DRAFT)


def told_of_offering(need, measure):
    """The condition that a service is one page with the offering of the centre that keeps it, and that has `need` too.

    The texts and contacts of both stand on the offering's form, so what is to be done there is told once. But for what
    is put right on the form of each (`OF_EACH_FORM`).
    """
    if need in OF_EACH_FORM:
        return NEVER
    own = Offering.objects.filter(service=OuterRef("pk"), centre=OuterRef("home"))
    return Q(Exists(own.filter(need.condition(Offering, measure)).order_by()))


# An offering is one page with the service that its centre keeps, and that is a draft too: the status of both stands
# on the service's form.
DRAFT_OF_SERVICE = Q(
    Exists(
        Service.objects.filter(
            pk=OuterRef("service_id"), home=OuterRef("centre_id"), status=Status.DRAFT
        ).order_by()
    )
)


def _unanswered(model, measure):
    return Q(answer="")


UNREACHABLE = Need(
    "contact",
    _("No way to get in touch"),
    _("There is no number, no address and no place. Give at least one."),
    _cannot_be_reached,
)

UNANSWERED = Need(
    "proposal",
    _("A proposal waits for your answer"),
    _("A centre asks for a change in a shared text. Change it, or tell why not."),
    _unanswered,
)
