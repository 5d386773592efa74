"""Which rows of services are recorded, and what stands and falls with them."""

from centres.history.registry import record
from services.models import (
    Contact,
    Offering,
    OpeningSpan,
    Proposal,
    Provision,
    Service,
    ServicePoint,
    SpecialHours,
)

record(Service, owns=["contacts", "provisions"], holds=["offerings"])
record(Offering, owns=["contacts", "provisions", "points"], named_by=["service", "centre"])
record(ServicePoint, owns=["spans", "special_hours"], named_by=["place"])
record(Provision, named_by=["organisation"])
for model in (Contact, OpeningSpan, SpecialHours):
    record(model)
record(Proposal, named_by=["service", "centre"])
