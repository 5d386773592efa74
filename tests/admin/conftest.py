from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD, UserFactory


@pytest.fixture(autouse=True)
def _rows_are_fetched_by_their_keys(settings: Any) -> None:
    """Django's own admin fetches each chosen row by itself when a form is saved, and who asks besides who is shown."""
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]


@pytest.fixture
def administrator(db: Any) -> User:
    return UserFactory(email="paakayttaja@esimerkki.example", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(administrator: User) -> Client:
    """A client whose user may do everything at the desk."""
    client = Client()
    assert client.login(username=administrator.email, password=PASSWORD)
    return client
