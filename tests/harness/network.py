"""Lets the tests' own process reach this machine and nothing else."""

import ipaddress
import socket
from typing import Any

LOOPBACK_NAMES = {"localhost", "", None}


class NetworkUnreachableError(RuntimeError):
    """Not an OSError: code that bears with a failing network must not hide that it tried."""


def is_loopback(host: Any) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def allow_only_loopback() -> None:
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(original: Any) -> Any:
        def connect_to(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
                raise NetworkUnreachableError(f"A test tried to reach {address[0]}.")
            return original(self, address)

        return connect_to

    def look_up(host: Any, *args: Any, **options: Any) -> Any:
        if not is_loopback(host):
            raise NetworkUnreachableError(f"A test tried to look up {host}.")
        return getaddrinfo(host, *args, **options)

    socket.socket.connect = guarded(connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded(connect_ex)  # type: ignore[method-assign]
    socket.getaddrinfo = look_up
