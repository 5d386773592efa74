"""Who sits where: the organisations of a centre × its networks, and the seats that people who have left hold yet."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from centres.history.recording import recording
from centres.models import Organisation
from networks.models import LocalNetwork, Seat

# More columns than these fit on no screen and no paper: the rest is on a page of its own.
MOST_NETWORKS = 30
# Organisations that sit nowhere, and seats of people who have left: so many are named.
MOST_NAMED = 100


@dataclass(frozen=True)
class Cell:
    """How many seats an organisation has in a `network`, and how many of these nobody is known to hold."""

    network: LocalNetwork
    seats: int
    empty: int


@dataclass(frozen=True)
class Row:
    """An organisation, with a cell for each network."""

    organisation: Organisation
    cells: list[Cell]


def networks_in(centre, *, tier="", kind=""):
    """The networks of `centre`, drafts too, in its order, with `is_convened`; `tier` and `kind` narrow where given."""
    rows = LocalNetwork.objects.in_centre(centre).select_related("network", "centre")
    convened = ExpressionWrapper(rows.condition_convened(), output_field=BooleanField())
    narrowed = {name: value for name, value in (("network__tier", tier), ("network__kind", kind)) if value}
    return rows.annotate(is_convened=convened).filter(**narrowed).order_by("order", "slug")


def chart(networks):
    """The `Row`s of those organisations that sit in any of `networks`, by name: one query."""
    seats = Seat.objects.filter(local_network__in=[each.pk for each in networks])
    held, empty, organisations = defaultdict(int), defaultdict(int), {}
    for seat in seats.select_related("organisation", "person").order_by("organisation__sort_fi", "pk"):
        where = (seat.organisation_id, seat.local_network_id)
        held[where] += 1
        empty[where] += seat.person is None or not seat.person.active
        organisations[seat.organisation_id] = seat.organisation
    return [
        Row(each, [Cell(one, held[pk, one.pk], empty[pk, one.pk]) for one in networks])
        for pk, each in organisations.items()
    ]


def sit_nowhere(centre):
    """The organisations that `centre` may use and that have no seat in any of its networks, by name."""
    seats = Seat.objects.filter(organisation=OuterRef("pk"), local_network__centre=centre)
    rows = Organisation.objects.filter(Q(home=None) | Q(home=centre))
    return rows.filter(~Exists(seats.order_by())).order_by("sort_fi", "pk")


def seats_left_in(centre):
    """The seats in networks of `centre` that people who have left hold yet."""
    rows = Seat.objects.left().filter(local_network__centre=centre)
    return rows.select_related("local_network__network", "local_network__centre", "organisation", "person")


@transaction.atomic
def free_seats_of_those_who_left(networks, *, user):
    """Takes the names of people who have left off the seats of `networks` (LocalNetworks); gives how many."""
    seats = Seat.objects.left().filter(local_network__in=networks.order_by().values("pk"))
    rows = list(LocalNetwork.objects.filter(pk__in=seats.order_by().values("local_network")))
    with recording(rows, user=user):
        return seats.order_by().update(person=None)
