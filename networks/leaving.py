"""Leaving a centre: as one wishes, or because the coordinator says that one works there no more."""

from django.db.models import Q

from accounts.models import User
from centres.history.forgetting import forget
from centres.history.recording import recording
from centres.history.snapshots import Key
from centres.models import Membership
from centres.rights import let_in_to
from networks.models import AccessRequest, LocalNetwork, Professional, Seat


def leave(*, user, centre, today):
    """Ends the access of `user` to the people of `centre` on the date `today`, as the user wishes.

    Their seats there are open. The card goes out of the directory, unless it stands in that of another centre which
    lets them in: then one of those keeps it. What they keep as a coordinator stays as it is.
    """
    # As a row: what a request has may be made only when somebody asks for it.
    user = User.objects.get(pk=user.pk)
    seats = Seat.objects.filter(person__user=user, local_network__centre=centre).order_by()
    networks = LocalNetwork.objects.filter(pk__in=seats.values("local_network")).order_by("pk")
    cards = Professional.objects.filter(user=user)
    with recording([user, *cards.order_by("pk"), *networks], user=user):
        _end(user, centre)
        seats.update(person=None)
        # As it is now that nobody else can change it.
        card = cards.first()
        if card is None:
            return
        keeper = stays_in(card, centre, today)
        card.also_in.remove(centre)
        if keeper is None:
            card.active = False
            card.calendar_key = None
        elif card.home_id == centre.pk:
            card.home = keeper
            card.also_in.remove(keeper)
        card.save(update_fields=["active", "calendar_key", "home"])


def stays_in(card, centre, today):
    """The centre that keeps `card` once its user has left `centre` on the date `today`; None: nobody finds it then."""
    stands = Q(pk__in=card.also_in.order_by().values("pk")) | Q(pk=card.home_id)
    return let_in_to(card.user, today).filter(stands).exclude(pk=centre.pk).order_by("pk").first()


def end_access(*, card, by):
    """Ends what the user of `card`, who works in its centre no more, may see there; `by` is who says so."""
    if card.user:
        with recording([card.user], user=by):
            _end(card.user, card.home)


def _end(user, centre):
    """Ends the access of `user` as a professional to `centre`, and their wish to keep it."""
    user.memberships.filter(role=Membership.Role.PROFESSIONAL, centre=centre).delete()
    waiting = AccessRequest.objects.filter(
        state=AccessRequest.State.WAITING, centre=centre, email__iexact=user.email
    )
    forget([Key.of(row) for row in waiting.order_by("pk")])
    waiting.delete()
