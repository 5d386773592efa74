"""A person's own card: which one it is, and how it becomes theirs."""

from centres.history.recording import recording
from networks.models import Professional


def own_card(user, centre):
    """The card of `user`; None where there is none.

    Whoever was let in finds a card waiting in the directory of `centre`, made of what they asked with or kept by the
    coordinator: the first visit makes it theirs. Nobody else can take it, for the address that they sign in with is
    one whose e-mails they have read. So the kernel, which accepts invitations, need not know that there are cards.
    """
    rows = Professional.objects.select_related("organisation", "home", "stand_in")
    return rows.filter(user=user).first() or _take(rows, user, centre)


def only_card(cards, email):
    """The one of `cards` that has the address `email` and that nobody signs in as; None where several have it."""
    found = list(cards.filter(user=None, email__iexact=email).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def _take(rows, user, centre):
    card = only_card(rows.active().in_centre(centre), user.email)
    if card is not None:
        with recording([card], user=user):
            card.user = user
            card.save(update_fields=["user"])
    return card
