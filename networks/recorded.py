"""Which rows of networks are recorded, and what stands and falls with them."""

from centres.history.registry import record
from networks.models import (
    AccessRequest,
    LocalNetwork,
    Material,
    Meeting,
    Network,
    NetworkLink,
    Professional,
    Seat,
)

record(Network, owns=["links"], holds=["local_networks"])
record(NetworkLink)
record(LocalNetwork, owns=["seats"], named_by=["network", "centre"])
record(Seat, named_by=["local_network", "organisation"])
# What would let somebody in to a calendar is in no history, nor when somebody was asked.
record(Professional, but=["calendar_key", "asked_on"])
record(Meeting, owns=["materials"])
record(Material)
record(AccessRequest, named_by=["organisation"])
