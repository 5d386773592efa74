"""How often one sender may ask for something about annual plans by e-mail on a day (`accounts.throttle`)."""

from accounts.throttle import Sender

MOST_LINKS = 10
# Nobody's mailbox is filled, whoever asks.
MOST_LINKS_TO_ONE = 2


def may_have_link(request, link, now):
    """Whether the sender of `request` may have one more `link` (`asking.Link`) sent on the day of `now`; counts it."""
    sender = Sender(request, now)
    of_sender, of_address = sender.called("plan-link"), sender.anybodys("plan-link", link.address.casefold())
    return sender.may(of_sender, MOST_LINKS) and sender.may(of_address, MOST_LINKS_TO_ONE)
