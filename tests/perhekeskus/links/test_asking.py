"""Links are asked whether they lead somewhere: by real requests to a real server."""

import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from centres.models import LinkCheck
from perhekeskus.links import asking
from perhekeskus.links.asking import Answer, Asker, is_public
from tests.perhekeskus.links.linked_site import Server, Site, served

Fault = LinkCheck.Fault


class TestAsking:
    @pytest.mark.parametrize(
        ("path", "answer"),
        [
            ("/200", Answer("", 200)),
            ("/204", Answer("", 204)),
            ("/to//200", Answer("", 200)),
            ("/to//to//200", Answer("", 200)),
            ("/404", Answer(Fault.GONE, 404)),
            ("/410", Answer(Fault.GONE, 410)),
            ("/to//404", Answer(Fault.GONE, 404)),
            ("/403", Answer(Fault.UNCLEAR, 403)),
            ("/429", Answer(Fault.UNCLEAR, 429)),
            ("/500", Answer(Fault.UNCLEAR, 500)),
            ("/503", Answer(Fault.UNCLEAR, 503)),
            ("/head-405", Answer("", 200)),
            ("/hang-up", Answer(Fault.NO_ANSWER)),
            ("/round", Answer(Fault.ROUND)),
            ("/to/ftp://127.0.0.1/", Answer(Fault.NO_ADDRESS)),
            ("/to/javascript:alert(1)", Answer(Fault.NO_ADDRESS)),
            ("/to/http://[", Answer(Fault.NO_ADDRESS)),
            ("/endless", Answer("", 200)),
        ],
    )
    def test_what_an_address_answers(self, asker: Asker, site: str, path: str, answer: Answer):
        assert asker.ask(f"{site}{path}") == answer

    @pytest.mark.parametrize(
        "url", ["https:///", "ftp://127.0.0.1/", "http://[", "mailto:a@b.example", "http://:x/"]
    )
    def test_what_is_no_web_address(self, asker: Asker, url: str):
        assert asker.ask(url) == Answer(Fault.NO_ADDRESS)

    def test_nobody_is_there(self, asker: Asker):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]

        assert asker.ask(f"http://127.0.0.1:{port}/") == Answer(Fault.NO_ANSWER)

    def test_it_says_who_asks_and_asks_for_the_head_first(self, asker: Asker, server: Server, site: str):
        asker.ask(f"{site}/head-405?näin=1 2#kohta")

        assert [(command, path) for command, path, _headers in server.heard] == [
            ("HEAD", "/head-405?n%C3%A4in=1%202"),
            ("GET", "/head-405?n%C3%A4in=1%202"),
        ]
        assert server.heard[0][2]["User-Agent"] == "Testi (+https://portaali.example/)"
        assert server.heard[0][2]["Host"] == site.removeprefix("http://")

    def test_a_site_that_has_enough_is_not_asked_once_more(self, asker: Asker, server: Server, site: str):
        asker.ask(f"{site}/429")

        assert len(server.heard) == 1

    def test_it_gives_up_on_who_answers_for_ever(self, asker: Asker, site: str, monkeypatch: Any):
        monkeypatch.setattr(asking, "WHOLE", 0.2)

        assert asker.ask(f"{site}/trickle") == Answer(Fault.NO_ANSWER)

    def test_it_waits_before_it_asks_one_site_again(self, site: str, server: Server):
        polite = Asker("Testi", pause=0.2, allow_private=True)
        began = time.monotonic()
        for _number in range(3):
            polite.ask(f"{site}/200")

        assert time.monotonic() - began >= 0.4
        assert len(server.heard) == 3


class TestCertificate:
    @pytest.fixture
    def secure_site(self, tmp_path: Path) -> Iterator[str]:
        """A site whose certificate nobody has signed."""
        key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
        made = (
            f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {key} -out {certificate}"
        )
        subprocess.run(["openssl", *made.split()], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server = Server(("127.0.0.1", 0), Site)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        for _running in served(server):
            yield f"https://localhost:{server.server_port}"

    def test_a_certificate_that_browsers_warn_of_is_a_fault(self, asker: Asker, secure_site: str):
        assert asker.ask(f"{secure_site}/200") == Answer(Fault.CERTIFICATE)


class TestInwards:
    """Nobody makes this machine knock at doors that only it can reach."""

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "127.1"])
    def test_this_machine_is_not_asked(self, server: Server, host: str):
        guarded = Asker("Testi", pause=0)
        if host[0] in "02" or host == "127.1":  # the look-up of tests knows dotted addresses alone
            host = socket.inet_ntoa(socket.inet_aton(host))

        assert guarded.ask(f"http://{host}:{server.server_port}/200") == Answer(Fault.INWARDS)
        assert server.heard == []

    @pytest.mark.parametrize(
        "address",
        [
            *(
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",  # noqa: S104
                "224.0.0.1",
            ),
            *(
                "::1",
                "fe80::1",
                "fe80::1%eth0",
                "fc00::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "2002:7f00:1::",
            ),
            *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "ff02::1", "::", "2001:db8::1"),
        ],
    )
    def test_networks_of_somebodys_own_are_not_public(self, address: str):
        assert not is_public(address)

    @pytest.mark.parametrize(
        "address", ["193.166.1.1", "2a00:1190::1", "::ffff:193.166.1.1", "64:ff9b::c1a6:101"]
    )
    def test_what_anybody_reaches_is_public(self, address: str):
        assert is_public(address)

    def test_a_redirect_inwards_is_not_followed(self, server: Server, site: str):
        class OutsideFirst(Asker):
            """Takes the first address for a public one, as if the site stood outside."""

            def _addresses(self, host, port):
                self.allow_private = not server.heard
                return super()._addresses(host, port)

        answer = OutsideFirst("Testi", pause=0).ask(f"{site}/to/http://127.0.0.1:{server.server_port}/200")

        assert answer == Answer(Fault.INWARDS)
        assert [path for _command, path, _headers in server.heard] == [
            f"/to/http://127.0.0.1:{server.server_port}/200"
        ]
