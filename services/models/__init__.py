"""Services, where they are given, by whom, and how to reach them."""

from services.models.contact import Contact
from services.models.offering import Offering
from services.models.point import OpeningSpan, ServicePoint, SpecialHours, Weekday
from services.models.proposal import Proposal
from services.models.provision import Provision
from services.models.service import ONLINE, Service

__all__ = [
    "ONLINE",
    "Contact",
    "Offering",
    "OpeningSpan",
    "Proposal",
    "Provision",
    "Service",
    "ServicePoint",
    "SpecialHours",
    "Weekday",
]
