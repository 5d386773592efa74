"""How often one network address may tap. The address itself is kept nowhere.

What is kept until midnight is a digest of it with a key that is made anew each day: SECRET_KEY alone tells nobody from
where a tap came. Key and digests are deleted by the first tap of the next day, or by ``manage.py forget_old`` at night.
"""

import math
import secrets
from datetime import time, timedelta
from enum import Enum
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from accounts.counted import forget_expired
from calendars.wall_time import instant

MOST_A_DAY = 20
# As many as the page of a place has buttons. With more, a few addresses could make its dates look full.
MOST_AT_ONE_PLACE = 5
# Bits of the network that stands for a household. Providers give a home a /56 (RIPE-690), which holds 256 networks of
# 2⁶⁴ addresses each.
HOUSEHOLD = 56
KEY = "we-might-come"


class Tap(Enum):
    """What a tap is to be taken for."""

    FIRST = "first"
    AGAIN = "again"
    TOO_MANY = "too many"


def take(request, meeting_place, name, now):
    """Whether the sender of `request` has tapped on the day of `now` before: this date, or too many others.

    `name` is what a date of `meeting_place` is called, as `coming.name_of_date` has it. Two at once of
    one address are told apart; its totals may come out some taps short, which does no harm.
    """
    lasts, key, sender = _until_midnight(now), _key_of(now), _sender(request)
    totals = {
        _digest(key, sender): MOST_A_DAY,
        _digest(key, sender, str(meeting_place.pk)): MOST_AT_ONE_PLACE,
    }
    this_one = _digest(key, sender, name)
    taps = {total: cache.get(total, 0) for total in totals}
    if any(taps[total] >= most for total, most in totals.items()):
        return Tap.AGAIN if this_one in cache else Tap.TOO_MANY
    if not cache.add(this_one, True, lasts):
        return Tap.AGAIN
    for total in totals:
        # Not `incr`: with most caches it would be forgotten after five minutes.
        cache.set(total, taps[total] + 1, lasts)
    return Tap.FIRST


def _sender(request):
    """The address that sign-in is throttled by, too. Of IPv6 the network of a household."""
    address = ip_address(get_adapter().get_client_ip(request))
    address = getattr(address, "ipv4_mapped", None) or address
    return str(address if address.version == 4 else ip_network((address, HOUSEHOLD), strict=False))


def _until_midnight(now):
    """In seconds."""
    midnight = instant(now.date() + timedelta(days=1), time.min)
    return math.ceil((midnight - now).total_seconds())


def _key_of(now):
    """The key of the day. With the first tap of a day all that was kept of the day before goes."""
    day, key = cache.get(KEY, (None, ""))
    if day != now.date():
        forget_expired()
        key = secrets.token_hex()
        cache.set(KEY, (now.date(), key), _until_midnight(now))
    return key


def _digest(key, *parts):
    return salted_hmac(key, "|".join(parts), algorithm="sha256").hexdigest()
