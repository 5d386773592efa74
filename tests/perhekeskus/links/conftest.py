"""A site to ask, and who asks it."""

from collections.abc import Iterator

import pytest

from perhekeskus.links.asking import Asker
from tests.perhekeskus.links.linked_site import Server, Site, served


@pytest.fixture
def server() -> Iterator[Server]:
    yield from served(Server(("127.0.0.1", 0), Site))


@pytest.fixture
def site(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def asker() -> Asker:
    return Asker("Testi (+https://portaali.example/)", pause=0, allow_private=True)
