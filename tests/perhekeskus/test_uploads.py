"""What is sent to the portal is not read beyond what it takes, and whoever sent it reads why."""

import socket
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from perhekeskus.uploads import UploadLimitMiddleware
from tests.factories import FamilyCentreFactory

pytestmark = pytest.mark.django_db

IMPORT = "/hallinta/services/service/import/"


class Unread:
    """A body of 200 MB that must not be asked for."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("The body was read.")


def post(path: str, **environ: Any) -> Any:
    request = RequestFactory().post(path)
    request.environ["wsgi.input"] = Unread()
    request.META |= environ
    return UploadLimitMiddleware(lambda _request: pytest.fail("It was let through."))(request)


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "Tiedosto on liian suuri"), ("/sv", "Filen är för stor"), ("/en", "The file is too large")],
)
def test_what_says_it_is_too_large_is_refused_unread_in_the_readers_language(prefix: str, words: str):
    answer = post(f"{prefix}{IMPORT}", CONTENT_LENGTH=str(200 * 1024 * 1024))

    assert answer.status_code == 413
    assert f"<h1>{words}</h1>" in answer.content.decode()


def test_what_does_not_say_how_large_it_is_is_refused():
    answer = post(IMPORT, HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH="")

    assert answer.status_code == 411
    assert "Tiedosto ei kertonut kokoaan" in answer.content.decode()


@pytest.mark.parametrize("length", ["", "0", "12", "abc", "²"])
def test_everything_else_goes_on(length: str):
    request = RequestFactory().post(IMPORT)
    request.META["CONTENT_LENGTH"] = length

    assert UploadLimitMiddleware(lambda _request: "on")(request) == "on"


def test_it_stands_before_all_that_reads(client: Client):
    FamilyCentreFactory(slug="posio")
    for path in (IMPORT, "/hallinta/login/", "/posio/"):
        answer = client.post(
            path, {"file": SimpleUploadedFile("a.csv", b"x" * (settings.LARGEST_REQUEST + 1))}
        )
        assert answer.status_code == 413, path
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def answer_to(server: str, *headers: str) -> str:
    """What the server says to the head of a request alone: its body is never sent."""
    host, port = server.removeprefix("http://").split(":")
    head = "\r\n".join(
        [f"POST {IMPORT} HTTP/1.1", f"Host: {host}:{port}", "Connection: close", *headers, "", ""]
    )
    answer = b""
    with socket.create_connection((host, int(port)), timeout=30) as wire:
        wire.sendall(head.encode())
        while b"</html>" not in answer and (part := wire.recv(65_536)):
            answer += part
    return answer.decode()


def test_a_real_server_answers_before_the_body_is_there(live_server: Any):
    answer = answer_to(live_server.url, f"Content-Length: {200 * 1024 * 1024}", "Content-Type: text/plain")

    assert answer.startswith("HTTP/1.1 413 ")
    assert "Tiedosto on liian suuri" in answer


def test_a_real_server_takes_no_stream_without_an_end(live_server: Any):
    answer = answer_to(live_server.url, "Transfer-Encoding: chunked", "Content-Type: text/plain")

    assert answer.startswith("HTTP/1.1 411 ")
    assert "Tiedosto ei kertonut kokoaan" in answer
