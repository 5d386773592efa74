"""The signed link by which a network says, without anybody signing in, what became of its rows of a plan."""

from dataclasses import dataclass

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.crypto import salted_hmac

from annual_plan.models import Plan, PlanItem, Responsible
from annual_plan.quarters import due_with, ended_of
from networks.confirming import VALID_FOR, LinkState
from networks.models import LocalNetwork, Seat

SALT = "annual_plan.asking"


@dataclass(frozen=True)
class Link:
    """Where a link leads: a plan, a network, the rows of the plan that this is responsible for, by number.

    `address` is the one that the link was sent to, "" where nobody of the network has it any more.
    """

    plan: Plan
    network: LocalNetwork
    address: str
    rows: list[PlanItem]
    is_old: bool

    @property
    def state(self):
        """OVER: the plan is not under way, none of its rows is the network's, or the address has changed since."""
        if not self.is_sound:
            return LinkState.OVER
        return LinkState.EXPIRED if self.is_old else LinkState.OPEN

    @property
    def is_sound(self):
        """Whether it leads somewhere but for its age: then a new one can be sent to the same address."""
        return bool(self.plan.phase == Plan.Phase.RUNNING and self.address and self.rows)


def contacts_of(network):
    """The e-mail addresses of whoever answers for `network`: its own, else those of the people who convene it."""
    return contacts_of_each([network])[network]


def contacts_of_each(networks):
    """As `contacts_of`, by network: one query, whatever their number."""
    convened = [network for network in networks if not network.email]
    seats = Seat.objects.filter(local_network__in=convened, role=Seat.Role.CONVENER, person__active=True)
    found: dict[int, list[str]] = {}
    people = seats.exclude(person__email="").order_by("order", "pk")
    for key, address in people.values_list("local_network", "person__email"):
        found.setdefault(key, []).append(address)
    return {
        network: [network.email] if network.email else list(dict.fromkeys(found.get(network.pk, ())))
        for network in networks
    }


def by_network(rows):
    """The networks that are responsible for any of `rows`, each with its rows."""
    found: dict[LocalNetwork, list[PlanItem]] = {}
    for row in rows:
        for each in row.responsibles.all():
            if each.network and row not in found.setdefault(each.network, []):
                found[each.network].append(row)
    return found


def out_of_reach(rows, contacts):
    """Whoever sees to any of `rows` and has none of the `contacts` (`contacts_of_each`): to be told by mouth.

    By what they are called in the language in use, each with its rows: networks without an address, organisations,
    and who stands there in words alone.
    """
    found: dict[str, list[PlanItem]] = {}
    for row in rows:
        for each in row.responsibles.all():
            if not contacts.get(each.network) and row not in found.setdefault(each.said, []):
                found[each.said].append(row)
    return found


def token_of(plan, network, address):
    """The token of a link that is sent to `address`, one of `contacts_of(network)`; it may be used many times."""
    return _signer().sign_object([plan.pk, network.pk, _digest(address)])


def read(token, centre):
    """The `Link` that `token` makes in `centre`; None where it was made by nobody of us, or for another centre."""
    try:
        said, is_old = _signer().unsign_object(token, max_age=VALID_FOR), False
    except SignatureExpired:
        said, is_old = _signer().unsign_object(token), True
    except BadSignature:
        return None
    plan_pk, network_pk, digest = said
    plan = Plan.objects.in_centre(centre).select_related("centre").filter(pk=plan_pk).first()
    network = LocalNetwork.objects.in_centre(centre).select_related("network").filter(pk=network_pk).first()
    if plan is None or network is None:
        return None
    address = next((each for each in contacts_of(network) if _digest(each) == digest), "")
    return Link(plan, network, address, list(rows_for(plan, network)), is_old)


def rows_for(plan, network):
    """The rows of `plan` that `network` is responsible for, internal ones too, by number, each with its goal."""
    its_own = Responsible.objects.filter(network=network, item__plan=plan).order_by()
    rows = PlanItem.objects.filter(plan=plan, pk__in=its_own.values("item"))
    return rows.select_related("plan__centre", "parent").order_by("number")


def lacking(rows, today):
    """Those of the `rows` of one plan whose time is over on the date `today` and that nobody has evaluated."""
    return [row for row in rows if not row.is_evaluated and is_due(row, today)]


def is_due(row, today):
    return due_with(row.quarter) <= ended_of(row.plan.year, today)


def _signer():
    return TimestampSigner(salt=SALT)


def _digest(address):
    """An address as a link may hold it, for links are kept by browsers."""
    return salted_hmac(SALT, address, algorithm="sha256").hexdigest()[:16]
