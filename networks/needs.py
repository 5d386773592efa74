"""What about networks and their people needs a person, beside what any row may need (`centres.needs`)."""

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.needs import Need
from networks.models import AccessRequest

# A card that nobody has said is right for so long may be wrong, whatever e-mails were sent.
DOUBTFUL_AFTER = relativedelta(years=1)


def _waits(model, measure):
    return Q(state=AccessRequest.State.WAITING)


def _is_doubtful(model, measure):
    long_ago = Q(confirmed_on__lte=measure.today - DOUBTFUL_AFTER)
    return Q(active=True) & (Q(confirmed_on=None) | long_ago)


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
