from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.models import User
from centres.models import FamilyCentre
from tests.admin.forms import filled
from tests.admin.two_people import Opening, Saving, change
from tests.factories import PASSWORD, FamilyCentreFactory, MembershipFactory, UserFactory
from tests.signing_in import let_in


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


@pytest.fixture
def posio(db: None) -> FamilyCentre:
    return FamilyCentreFactory(slug="posio", municipality_fi="Posio")


@pytest.fixture
def coordinator(posio: FamilyCentre) -> Client:
    """A client whose user keeps Posio."""
    user = MembershipFactory(centre=posio, user=UserFactory(is_staff=True)).user
    client = Client()
    assert client.login(username=user.email, password=PASSWORD)
    return client


@pytest.fixture
def colleague(db: Any) -> Client:
    client, user = Client(), UserFactory(name="Kaisa", is_staff=True, is_superuser=True)
    assert client.login(username=user.email, password=PASSWORD)
    return client


@pytest.fixture
def send_as_it_stands(desk: Client) -> Callable[..., Any]:
    """Sends values of a form, with changes; None takes one away, as a box that is not ticked."""

    def send(row: Any, values: dict[str, Any], **changes: Any) -> Any:
        sent = {"_save": "1"} | values | changes
        if "_save_mine" in changes:
            del sent["_save"]
        query = urlencode({name: value for name, value in sent.items() if value is not None}, doseq=True)
        path = f"/en{change(row)}"
        return desk.post(path, query, content_type="application/x-www-form-urlencoded")

    return send


@pytest.fixture
def opened(desk: Client, send_as_it_stands: Callable[..., Any]) -> Opening:
    """Opens the form of a row now; what it gives sends the form later, with changes, as it stood then."""

    def open_(row: Any) -> Saving:
        values = filled(desk.get(f"/en{change(row)}"))
        return lambda **changes: send_as_it_stands(row, values, **changes)

    return open_


@pytest.fixture
def again(send_as_it_stands: Callable[..., Any]) -> Callable[..., Any]:
    """Sends a form that has come back with questions."""
    return lambda row, answer, **changes: send_as_it_stands(row, filled(answer), **changes)


@pytest.fixture
def sign_in(page: Any, live_server: Any) -> Callable[[User], None]:
    """Comes in as a user, by the cookie that signing in gives."""
    return lambda user: let_in(page, live_server.url, user)
