"""An organisation's own sign-in: a real OpenID Connect provider, in a process of its own, at the tests' time."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

# Its libraries warn of their own deprecations, which are not ours to mend.
START = """
import sys, warnings
warnings.simplefilter("ignore")
import time_machine
from datetime import datetime
time_machine.travel(datetime.fromisoformat(sys.argv[1]), tick=True).start()
from oidc_provider_mock.__main__ import run
run(["--port", sys.argv[2]])
"""


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


class Provider:
    """A running provider at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = build_opener(_StayHere)

    def know(self, sub: str, **claims: object) -> None:
        """From now on it says `claims` of the person `sub`."""
        body = json.dumps(claims).encode()
        headers = {"Content-Type": "application/json"}
        self._opener.open(Request(f"{self.url}/users/{sub}", body, headers, method="PUT"))  # noqa: S310

    def answer(self, address: str, **form: str) -> str:
        """Where it leads whoever came to `address` and sent `form`: ``sub="anna"``, or ``action="deny"``."""
        with self._opener_answer(address, urlencode(form).encode()) as answer:
            return str(answer.headers["Location"])

    def _opener_answer(self, address: str, body: bytes) -> object:
        try:
            return self._opener.open(address, body)
        except URLError as answer:  # urllib calls a redirect that is not followed an error
            return answer


@contextmanager
def running_provider(now: datetime) -> Iterator[Provider]:
    """A provider for whom it is `now`; gone at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", START, now.isoformat(), str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield Provider(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The provider did not start within a minute.")
