"""What about networks and their people needs a person, beside what any row may need (`centres.needs`)."""

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from centres.models import LinkCheck, Membership
from centres.needs import LINKS, NEVER, SOON, Need, standing
from networks.models import AccessRequest, Network, NetworkLink, Seat

# A card that nobody has said is right for so long may be wrong, whatever e-mails were sent.
DOUBTFUL_AFTER = relativedelta(years=1)


def _waits(model, measure):
    return Q(state=AccessRequest.State.WAITING)


def _is_doubtful(model, measure):
    long_ago = Q(confirmed_on__lte=measure.today - DOUBTFUL_AFTER)
    return Q(active=True) & (Q(confirmed_on=None) | long_ago)


def _access_ends_soon(model, measure):
    until = measure.today + SOON
    soon = Membership.objects.filter(
        role=Membership.Role.PROFESSIONAL,
        user=OuterRef("user"),
        centre=OuterRef("home"),
        ends_on__gte=measure.today,
        ends_on__lte=until,
    )
    return Q(active=True) & Q(Exists(soon.order_by()))


ASKS = Need(
    "access",
    _("Somebody asks for access"),
    _("A professional waits for your answer. Accept or refuse with one click."),
    _waits,
)
UNCONFIRMED = Need(
    "unconfirmed",
    _("Cards that nobody has confirmed for a year"),
    _(
        "Call, or write: is the person still there? Put right what has changed and the day of confirming, or take "
        "away the tick “works here”."
    ),
    _is_doubtful,
)
ACCESS_ENDS = Need(
    "renewal",
    _("Access that ends soon"),
    _("Within 30 days they are no longer let in. Choose those who stay, and let them in for another year."),
    _access_ends_soon,
)

# What is empty may also be NULL: a text that was taken away is.
_SAYS_WHEN = Q(network__when_to_turn_fi__gt="")
_SAYS_HOW = (
    Q(how_to_reach_fi__gt="")
    | Q(network__how_to_bring_fi__gt="")
    | Q(phone__gt="")
    | Q(email__gt="")
    | Q(url__gt="")
)


def _cannot_be_turned_to(model, measure):
    return standing(model, measure.today) & _SAYS_WHEN & ~_SAYS_HOW


def _has_no_convener(model, measure):
    return standing(model, measure.today) & ~model.objects.all().condition_convened()


def _has_seats_of_people_who_left(model, measure):
    left = Seat.objects.left().filter(local_network=OuterRef("pk"))
    return standing(model, measure.today) & Q(Exists(left.order_by()))


def broken_links_beside(need, measure):
    """The condition that one of the links that stand in rows of their own beside a network leads nowhere."""
    if need is not LINKS:
        return NEVER
    broken = LinkCheck.objects.broken().order_by().values("url")
    links = NetworkLink.objects.filter(network=OuterRef("pk"), url__in=broken)
    return standing(Network, measure.today) & Q(Exists(links.order_by()))


NO_WAY_THERE = Need(
    "turning",
    _("Networks that cannot be reached"),
    _(
        "They say when to turn to them, and not how. Tell whom to call, where to write or how a case is brought."
    ),
    _cannot_be_turned_to,
)
NO_CONVENER = Need(
    "convener",
    _("Networks that nobody convenes"),
    _("Agree who calls them together, and choose that organisation as the convener."),
    _has_no_convener,
)
LEFT = Need(
    "left",
    _("Seats of people who have left"),
    _("Whoever held them works here no more. Name who follows, or free the seats: they then stand as empty."),
    _has_seats_of_people_who_left,
)
# Those that only a network in a centre may have.
OF_LOCAL_NETWORKS = [NO_WAY_THERE, NO_CONVENER, LEFT]
