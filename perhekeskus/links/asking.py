"""Asks a web address whether it still leads somewhere: politely, briefly, and never into a network of somebody's own.

Whoever writes an address at the desk could else make this machine knock at doors that only it can reach. So each name
is looked up once, what it leads to is judged, and just that is connected to, at every step of a redirect anew.
"""

import errno
import http.client
import socket
import ssl
import threading
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

from centres.models import LinkCheck

Fault = LinkCheck.Fault

# Seconds: for each step of a connection, and for all of a request however slowly it trickles in.
STEP = 10
WHOLE = 20
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410)
TOO_MANY_REQUESTS = 429
# IPv4 addresses within these IPv6 ones (RFC 6052).
NAT64 = IPv6Network("64:ff9b::/96")
# What is given out of IPv6 (IANA), and what of IPv4 is kept for protocols (RFC 6890).
UNICAST = IPv6Network("2000::/3")
PROTOCOLS = IPv4Network("192.0.0.0/24")
# What stands in a path and query as it is; anything else is written in its %-form.
AS_IT_IS = "/?:@!$&'()*+,;=-._~%[]"


@dataclass(frozen=True)
class Answer:
    """What an address answered: the fault (empty when all is well) and the HTTP status if there was one."""

    fault: str
    status: int | None = None


class _FaultError(Exception):
    """There is no use in asking on."""

    def __init__(self, fault):
        super().__init__(fault)
        self.fault = fault


class Asker:
    """Asks one address after the other, with a pause (seconds) between two requests to one host.

    `agent` is how it introduces itself. `allow_private` lets it into networks of somebody's own, for tests and for
    portals that live in one.
    """

    def __init__(self, agent, *, pause, allow_private=False):
        self.agent = agent
        self.pause = pause
        self.allow_private = allow_private
        self._asked_at: dict[str, float] = {}
        self._context = ssl.create_default_context()

    def ask(self, url):
        """The `Answer` of `url`. Only its head is asked for; where a site refuses that, the page, and not read."""
        answer = self._follow("HEAD", url)
        refused = answer.status is not None and answer.status != TOO_MANY_REQUESTS and answer.fault
        return self._follow("GET", url) if refused or answer.fault == Fault.NO_ANSWER else answer

    def _follow(self, method, url):
        try:
            for _step in range(MOST_REDIRECTS + 1):
                status, location = self._request(method, url)
                if status not in REDIRECTS or not location:
                    return judged(status)
                url = joined(url, location)
        except _FaultError as error:
            return Answer(error.fault)
        return Answer(Fault.ROUND)

    def _request(self, method, url):
        """Status and the header Location of one request."""
        host, port, target, is_secure = parted(url)
        addresses = self._addresses(host, port)
        self._wait_for(host)
        try:
            with _connected(addresses) as plain, _hung_up_after(plain, WHOLE):
                sock = self._context.wrap_socket(plain, server_hostname=host) if is_secure else plain
                return _exchange(sock, method, target, self._headers(host, port, is_secure))
        except ssl.SSLCertVerificationError as error:
            raise _FaultError(Fault.CERTIFICATE) from error
        except (OSError, http.client.HTTPException) as error:
            is_ours = getattr(error, "errno", None) == errno.ENETUNREACH
            raise _FaultError(Fault.UNCLEAR if is_ours else Fault.NO_ANSWER) from error

    def _headers(self, host, port, is_secure):
        name = f"[{host}]" if ":" in host else host
        named = name if port == (443 if is_secure else 80) else f"{name}:{port}"
        return {"Host": named, "User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}

    def _addresses(self, host, port):
        """Where `host` lives, as `socket.getaddrinfo` gives it; all of it public, unless told otherwise."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            is_sure = error.errno != socket.EAI_AGAIN
            raise _FaultError(Fault.NO_SITE if is_sure else Fault.UNCLEAR) from error
        except (OSError, UnicodeError) as error:
            raise _FaultError(Fault.NO_SITE) from error
        if not self.allow_private and not all(is_public(address[4][0]) for address in found):
            raise _FaultError(Fault.INWARDS)
        return found

    def _wait_for(self, host):
        """Leaves `host` in peace for a moment since it was asked last."""
        now = time.monotonic()
        wait = self._asked_at.get(host, now - self.pause) + self.pause - now
        time.sleep(max(0, wait))
        self._asked_at[host] = time.monotonic()


def judged(status):
    """The `Answer` that an HTTP status stands for. Only “not there” is sure: machines are often turned away."""
    if status in GONE:
        return Answer(Fault.GONE, status)
    return Answer("" if status < http.HTTPStatus.BAD_REQUEST else Fault.UNCLEAR, status)


def parted(url):
    """Host, port, path with query, and whether it is https."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:  # UnicodeError among them
        raise _FaultError(Fault.NO_ADDRESS) from error
    if parts.scheme not in ("http", "https") or not host:
        raise _FaultError(Fault.NO_ADDRESS)
    is_secure = parts.scheme == "https"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, port or (443 if is_secure else 80), quote(target, safe=AS_IT_IS), is_secure


def joined(url, location):
    """Where a page at `url` that says `location` leads."""
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise _FaultError(Fault.NO_ADDRESS) from error


def is_public(text):
    """Whether an IP address can be reached from anywhere; of one within another, the inner one counts."""
    address = ip_address(text.split("%")[0])
    if address.version == 6:
        within = IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
        inner = within or address.ipv4_mapped or address.sixtofour
        if inner:
            return is_public(str(inner))
        if address not in UNICAST:
            return False
    return address.is_global and not address.is_multicast and address not in PROTOCOLS


def _connected(addresses):
    """A socket to the first of `addresses` that lets us in."""
    failure: OSError = OSError("no address")
    for family, kind, protocol, _name, address in addresses:
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(STEP)
        try:
            sock.connect(address)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure


@contextmanager
def _hung_up_after(sock, seconds):
    """Hangs up on a site that takes longer than `seconds`, however busily it sends."""
    # The same connection by another handle: a socket that is wrapped for https gives its own away.
    line, is_over = sock.dup(), threading.Event()
    timer = threading.Timer(seconds, _hang_up, [line, is_over])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        line.close()
    if is_over.is_set():  # half an answer reads like a whole one
        raise TimeoutError


def _hang_up(line, is_over):
    is_over.set()
    with suppress(OSError):  # the site was quicker
        line.shutdown(socket.SHUT_RDWR)


def _exchange(sock, method, target, headers):
    """Status and the header Location of the answer; what comes after the headers is not read."""
    with closing(sock):
        connection = http.client.HTTPConnection(headers["Host"])
        connection.sock = sock
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        with closing(connection.getresponse()) as response:
            return response.status, response.headers.get("Location", "")
