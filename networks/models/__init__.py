"""Networks, their seats, the people who hold them, and when they meet."""

from networks.models.asking import AccessRequest
from networks.models.local import LocalNetwork, Seat
from networks.models.meeting import Attendance, Material, Meeting
from networks.models.network import Answer, Network, NetworkLink
from networks.models.professional import CardOpening, Professional

__all__ = [
    "AccessRequest",
    "Answer",
    "Attendance",
    "CardOpening",
    "LocalNetwork",
    "Material",
    "Meeting",
    "Network",
    "NetworkLink",
    "Professional",
    "Seat",
]
