"""A site that links lead to: a real server, whose addresses say what they answer."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Site(BaseHTTPRequestHandler):
    """A site whose addresses say what they answer: ``/404``, ``/to/…``, ``/head-405``."""

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.server.heard.append((self.command, self.path, dict(self.headers)))
        word = self.path[1:].split("?")[0]
        if word.startswith("to/"):
            self.say(302, Location=word.removeprefix("to/"))
        elif word == "round":
            self.say(301, Location="/round")
        elif word == "head-405":
            self.say(405 if self.command == "HEAD" else 200)
        elif word == "hang-up":
            self.close_connection = True
        elif word == "trickle":
            self.trickle()
        elif word == "endless":
            self.say(200, body=self.endless())
        else:
            self.say(int(word))

    def say(self, status: int, body: Any = (), **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in body if self.command == "GET" else ():
            self.wfile.write(piece)

    def endless(self) -> Iterator[bytes]:
        while not self.server.is_over:
            yield b"x" * 65536

    def trickle(self) -> None:
        self.send_response(200)
        self.flush_headers()
        while not self.server.is_over:
            self.wfile.write(b"X-More: 1\r\n")
            time.sleep(0.05)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    is_over = False

    def __init__(self, *args: Any) -> None:
        self.heard: list[tuple[str, str, dict[str, str]]] = []
        super().__init__(*args)

    def handle_error(self, *args: Any) -> None:
        """Whoever hangs up on us may."""


def served(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.is_over = True
    server.shutdown()
    server.server_close()
    thread.join()
