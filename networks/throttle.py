"""How often one sender may ask for something by e-mail on a day (`accounts.throttle`)."""

from accounts.throttle import Sender

# A whole team behind one address may ask on the day on which they hear of it.
MOST_REQUESTS = 10
MOST_LINKS = 10
# Nobody's mailbox is filled, whoever asks.
MOST_LINKS_OF_A_CARD = 2


def may_ask(request, now):
    """Whether the sender of `request` may ask to be let in once more on the day of `now`; counts it."""
    sender = Sender(request, now)
    return sender.may(sender.called("ask-for-access"), MOST_REQUESTS)


def may_have_link(request, card, now):
    """Whether the sender of `request` may have one more link to confirm `card` sent on the day of `now`; counts it."""
    sender = Sender(request, now)
    of_sender, of_card = sender.called("link"), sender.anybodys("link", str(card.uuid))
    return sender.may(of_sender, MOST_LINKS) and sender.may(of_card, MOST_LINKS_OF_A_CARD)
