"""A page is judged with its stylesheet, however late that comes: a click ends before the next page is whole."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browser.pages import VIEWS

PAGE = """<!doctype html><html lang="en"><title>Links</title><link rel="stylesheet" href="/late.css">
<main><h1>Links</h1><ul><li><a href="/one">One</a></li><li><a href="/two">Two</a></li></ul></main></html>"""
STYLE = "a { display: inline-block; padding: 2rem }"
LATE = 0.5  # Seconds: far more than a click needs.


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_style = self.path.endswith(".css")
        if is_style:
            time.sleep(LATE)
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if is_style else "text/html")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write((STYLE if is_style else PAGE).encode())

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


@pytest.fixture
def crowded_page(page):
    """A page just come to by a click, whose links stand too close until its stylesheet has come."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.locator("a").first.click()
        yield page
        server.shutdown()


def test_axe_judges_the_page_as_it_looks(crowded_page, axe_violations):
    assert axe_violations(crowded_page) == []


def test_a_window_is_shown_when_the_page_is_whole(crowded_page):
    VIEWS[0].show(crowded_page)
    assert crowded_page.locator("a").first.bounding_box()["height"] > 64
