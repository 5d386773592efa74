"""The signed link by which somebody says, without signing in, that their card is right."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from centres.history.recording import recording
from networks.models import Professional

SALT = "networks.confirming"
VALID_FOR = timedelta(days=30)
# Twice a year; who does not answer is asked again after so long.
CONFIRMED_FOR = timedelta(days=182)
PATIENCE = timedelta(days=14)


class LinkState(models.TextChoices):
    """What a link is worth now. OVER: the card has been confirmed or its address changed since, or nobody finds it."""

    OPEN = "open"
    EXPIRED = "expired"
    OVER = "over"


@dataclass(frozen=True)
class Link:
    card: Professional
    state: LinkState

    @property
    def can_be_renewed(self):
        """Whether a new one can be sent to the card's own address."""
        return bool(self.card.active and self.card.email)


def token_of(card):
    """The token of a link for `card` as it is: it works once, and dies with the address it was sent to."""
    return _signer().sign_object([card.uuid.hex, *_facts(card)])


def read(token, centre):
    """The `Link` that `token` makes to a card that `centre` keeps; None where it was made by nobody of us."""
    try:
        said, is_expired = _signer().unsign_object(token, max_age=VALID_FOR), False
    except SignatureExpired:
        said, is_expired = _signer().unsign_object(token), True
    except BadSignature:
        return None
    uuid, *facts = said
    rows = Professional.objects.select_related("organisation", "home", "stand_in")
    card = rows.filter(home=centre, uuid=UUID(uuid)).first()
    if card is None:
        return None
    if facts != _facts(card) or not card.active:
        return Link(card, LinkState.OVER)
    return Link(card, LinkState.EXPIRED if is_expired else LinkState.OPEN)


def confirm(*, card, today, user=None):
    """Says that `card` is right on the date `today`; `user` is who says so, None by a link."""
    with recording([card], user=user):
        card.confirmed_on = today
        card.save(update_fields=["confirmed_on"])


def to_be_asked(today):
    """The cards whose people should be asked on the date `today` whether they are right; longest ago first."""
    long_ago = Q(confirmed_on=None) | Q(confirmed_on__lte=today - CONFIRMED_FOR)
    in_peace = Q(asked_on=None) | Q(asked_on__lte=today - PATIENCE)
    rows = Professional.objects.active().exclude(email="").filter(long_ago, in_peace).select_related("home")
    return rows.order_by(F("confirmed_on").asc(nulls_first=True), "pk")


def masked(email):
    """An address as it may be shown to whoever holds a link: "t…@esimerkki.example"."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _signer():
    return TimestampSigner(salt=SALT)


def _facts(card):
    """What must not change between a link and its use; the address as a digest, for links are kept by browsers."""
    address = salted_hmac(SALT, card.email, algorithm="sha256").hexdigest()[:16]
    return [str(card.confirmed_on or ""), address]
