"""The server's own log: refused addresses are written down, but for those of people and of secrets."""

import io
import logging
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.translation import override

from perhekeskus.logs import WithoutPeople
from tests.factories import FamilyCentreFactory

SECRET = "salaisuus-1234"


@pytest.fixture
def written():
    """What the portal's own handler writes."""
    (handler,) = [each for each in logging.getLogger().handlers if isinstance(each.formatter, WithoutPeople)]
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream.getvalue
    handler.setStream(before)


@pytest.fixture
def centre(db):
    return FamilyCentreFactory(slug="keskus", languages=["sv", "en"])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_refused_address_of_people_is_cut(centre, client, written, language):
    with override(language):
        start = reverse("professionals:index", kwargs={"centre": centre.slug})
        for rest in (f"{SECRET}.ics", f"{SECRET}/", f"{SECRET} {SECRET}/card.vcf"):
            assert client.get(start + rest).status_code == HTTPStatus.NOT_FOUND
        token = reverse("professionals:calendar", kwargs={"centre": centre.slug, "token": SECRET})
        assert client.get(token).status_code == HTTPStatus.NOT_FOUND
        token = reverse("professionals:confirm", kwargs={"centre": centre.slug, "token": SECRET})
        assert client.get(token).status_code >= HTTPStatus.BAD_REQUEST
    lines = written().splitlines()
    assert len(lines) == 5
    assert {line.partition(": ")[2] for line in lines} == {f"{start}…"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_so_is_the_link_of_a_network_to_a_plan(centre, client, written, language):
    with override(language):
        for name, more in (("evaluate", {}), ("evaluate_again", {}), ("evaluate_row", {"number": 1})):
            token = reverse(f"annual_plan:{name}", kwargs={"centre": centre.slug, "token": SECRET, **more})
            for answer in (client.get(token), client.post(token, headers={"origin": "http://testserver"})):
                assert answer.status_code >= HTTPStatus.BAD_REQUEST or answer.status_code == HTTPStatus.FOUND
        start = token.partition(SECRET)[0]
    assert {line.partition(": ")[2] for line in written().splitlines()} == {f"{start}…"}


@pytest.mark.django_db
def test_so_is_a_link_that_is_as_good_as_a_password(client, written):
    assert client.get(reverse("invitation", args=[SECRET])).status_code == HTTPStatus.NOT_FOUND
    client.get(reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": SECRET}))
    assert client.get(reverse("preview", args=[SECRET])).status_code >= HTTPStatus.BAD_REQUEST
    assert written().splitlines() == [
        "Not Found: /kutsu/…",
        "Gone: /kirjaudu/uusi-salasana/…",
        "Not Found: /esikatselu/…",
    ]


def test_so_is_what_an_error_says(written):
    address = f"/keskus/ammattilaiset/{SECRET}/"
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", address, exc_info=ValueError(address)
    )
    assert "Internal Server Error: /keskus/ammattilaiset/…\n" in written()
    assert "ValueError: /keskus/ammattilaiset/…" in written()
    assert SECRET not in written()


def test_other_addresses_are_written_down_whole(centre, client, written):
    client.get("/keskus/palvelut/ei-ole/")
    assert written() == "Not Found: /keskus/palvelut/ei-ole/\n"
