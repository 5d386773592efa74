"""How often one network address may send something on a day. The address itself is kept nowhere.

What is kept until midnight is a digest of it with a key that is made anew each day: SECRET_KEY alone tells nobody from
where something came. Key and digests are deleted by the first that is sent the next day, or by
``manage.py forget_old`` at night.
"""

import math
import secrets
from datetime import time, timedelta
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from accounts.counted import forget_expired
from calendars.wall_time import instant

# Bits of the network that stands for a household. Providers give a home a /56 (RIPE-690), which holds 256 networks of
# 2⁶⁴ addresses each.
HOUSEHOLD = 56
KEY = "key-of-the-day"


class Sender:
    """Who has sent `request` on the day of the aware moment `now`, as far as it is remembered until midnight.

    What is counted has a name, made by `called` of words that no other form uses.
    """

    def __init__(self, request, now):
        self._lasts = _until_midnight(now)
        self._key = _key_of(now)
        self._address = _address(request)

    def called(self, *words):
        """The name by which what this sender does with `words` is counted."""
        return _digest(self._key, self._address, *words)

    def anybodys(self, *words):
        """As `called`, of whoever sends it: what is counted of all senders together."""
        return _digest(self._key, *words)

    def number(self, name):
        """How often it was counted today."""
        return cache.get(name, 0)

    def is_known(self, name):
        return name in cache

    def is_first(self, name):
        """Whether nobody was first with it today; two at the same moment are told apart."""
        return cache.add(name, True, self._lasts)

    def count(self, name, number):
        """Writes down that it was counted `number` times."""
        # Not `incr`: with most caches it would be forgotten after five minutes.
        cache.set(name, number, self._lasts)

    def may(self, name, most):
        """Counts one more of it; False, with nothing counted, where there were `most` already.

        Of two at once one may not be counted, which does no harm.
        """
        number = self.number(name)
        if number >= most:
            return False
        self.count(name, number + 1)
        return True


def _address(request):
    """The address that sign-in is throttled by, too. Of IPv6 the network of a household."""
    address = ip_address(get_adapter().get_client_ip(request))
    address = getattr(address, "ipv4_mapped", None) or address
    return str(address if address.version == 4 else ip_network((address, HOUSEHOLD), strict=False))


def _until_midnight(now):
    """In seconds."""
    midnight = instant(now.date() + timedelta(days=1), time.min)
    return math.ceil((midnight - now).total_seconds())


def _key_of(now):
    """The key of the day. With the first that is sent on a day all that was kept of the day before goes."""
    day, key = cache.get(KEY, (None, ""))
    if day != now.date():
        forget_expired()
        key = secrets.token_hex()
        cache.set(KEY, (now.date(), key), _until_midnight(now))
    return key


def _digest(key, *words):
    return salted_hmac(key, "|".join(words), algorithm="sha256").hexdigest()
