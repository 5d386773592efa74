"""How often one sender may ask for something about annual plans by e-mail on a day (`accounts.throttle`)."""

from django.core.cache import cache

from accounts.throttle import Sender

MOST_LINKS = 10
# Nobody's mailbox is filled, whoever asks.
MOST_LINKS_TO_ONE = 2


def may_have_link(request, link, now):
    """Whether the sender of `request` may have one more `link` (`asking.Link`) sent on the day of `now`; counts it."""
    sender = Sender(request, now)
    of_sender, of_address = sender.called("plan-link"), sender.anybodys("plan-link", link.address.casefold())
    return sender.may(of_sender, MOST_LINKS) and sender.may(of_address, MOST_LINKS_TO_ONE)


def may_ask_networks(request, plan, now):
    """Whether nobody has asked the networks of `plan` on the day of `now`; from now on somebody has."""
    sender = Sender(request, now)
    return sender.is_first(_asked(sender, plan))


def asked_nobody(request, plan, now):
    """Takes back that the networks of `plan` were asked: no e-mail could be sent."""
    cache.delete(_asked(Sender(request, now), plan))


def _asked(sender, plan):
    return sender.anybodys("plan-networks-asked", str(plan.pk))
