"""Rows that are sent together on the form of the row they belong to."""

import pytest
from django.test import Client

from tests.admin.forms import address, errors, save
from tests.factories import NetworkFactory, NetworkLinkFactory

pytestmark = pytest.mark.django_db


def test_two_rows_that_say_the_same_are_told_in_words_of_the_form(desk: Client):
    network = NetworkFactory()
    sent = {"links-TOTAL_FORMS": "2"}
    for number in (0, 1):
        sent |= {
            f"links-{number}-label_fi": "Sivut",
            f"links-{number}-url": "https://posio.example/",
            f"links-{number}-order": "0",
        }

    answer = save(desk, f"/en{address('change', network, network.pk)}", **sent)

    assert "Two rows say the same: Web page." in errors(answer)
    assert "duplicate" not in answer.content.decode()


def test_what_is_taken_away_is_asked_nothing(desk: Client):
    link = NetworkLinkFactory()
    path = f"/en{address('change', link.network, link.network.pk)}"
    sent = {"links-0-DELETE": "on", "links-0-label_fi": "", "links-0-url": ""}

    refused = save(desk, path, **sent, name_fi="")
    answer = save(desk, path, **sent)

    assert errors(refused) == ["This field is required."]
    assert (answer.status_code, link.network.links.count()) == (302, 0)
