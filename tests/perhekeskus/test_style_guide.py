"""The style guide shows every piece, to those who sign in."""

import pytest

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_it_is_for_staff(client):
    assert client.get("/tyylikirja/").headers["Location"].startswith("/hallinta/login/")
    client.login(username=UserFactory(is_staff=False).email, password=PASSWORD)
    assert client.get("/tyylikirja/").status_code == 302


def test_it_shows_every_component(client):
    client.login(username=UserFactory(is_staff=True).email, password=PASSWORD)
    response = client.get("/tyylikirja/")
    assert response.status_code == 200
    used = {template.name for template in response.templates if template.name}
    assert {name for name in used if name.startswith("components/")} >= {
        f"components/{name}.html" for name in ("badges", "card", "contact", "level", "pagination", "stairs")
    }
