"""What the desk says of a text while it is being typed."""

import pytest
from django.test import Client

from tests.factories import UserFactory

HARD = (
    "Palvelun piiriin hakeudutaan lähetteellä tai asiakkaan omatoimisen yhteydenoton perusteella palvelutarpeen "
    "arvioinnin jälkeen."
)
EASY = "Saat apua arkeen."


def said(desk: Client, name: str, text: str, prefix: str = "/en") -> tuple[str, bool]:
    answer = desk.post(f"{prefix}/hallinta/check/{name}/", {"text": text})
    assert answer.status_code == 200
    return answer.json()["said"], answer.json()["trouble"]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "text-fi",
            HARD,
            "Long words: omatoimisen, yhteydenoton, palvelutarpeen. Is there a shorter or more familiar one?",
        ),
        (
            "text-fi-simple",
            HARD,
            "A long sentence (12 words): “Palvelun piiriin hakeudutaan lähetteellä tai…” Could it be two?",
        ),
        ("card-fi", "Apua. " * 24, "This is long for a card: families see it best in 140 characters."),
        ("card-fi-simple", "Apua. " * 31, "This is long for a card: families see it best in 180 characters."),
        (
            "to-month",
            "4",
            "Write the age with its unit, for example 8 months or 4 years. Ages go from pregnancy to 99 years.",
        ),
        ("hours", "ma 9–15 ehkä", "“ehkä” was not understood."),
        (
            "exceptions",
            "24.12.",
            "From when to when is it open on “24.12.”? If it is closed, write “closed”.",
        ),
    ],
)
def test_what_is_in_the_way_is_named(desk: Client, name: str, text: str, sentence: str):
    assert said(desk, name, text) == (sentence, True)


@pytest.mark.parametrize("name", ["text-fi", "text-fi-simple", "card-fi", "text-sv", "card-en", "text-se"])
def test_of_an_easy_text_nothing_is_said(desk: Client, name: str):
    assert said(desk, name, EASY) == ("", False)


def test_hours_are_told_as_they_were_understood(desk: Client):
    assert said(desk, "hours", "maanantaista klo 9") == ("“9” was not understood.", True)
    assert said(desk, "hours", "arkisin klo 9.00-15.00", "") == ("Ymmärretty: ma–pe 9–15", False)
    assert said(desk, "exceptions", "24.12. kiinni", "") == ("Ymmärretty: 24.12.2026 suljettu", False)
    assert said(desk, "hours", "") == ("", False)


def test_an_age_is_told_as_the_end_of_a_range_that_it_is(desk: Client):
    assert said(desk, "from-month", "8 kk") == ("Understood: from 8 months", False)
    assert said(desk, "to-month", "4 v") == ("Understood: under 4 years", False)
    assert said(desk, "to-month", "4 v 6 kk") == ("Understood: 4 years 6 months", False)
    assert said(desk, "from-month", "raskaus") == ("Understood: from pregnancy on", False)
    assert said(desk, "from-month", "") == ("", False)


def test_only_staff_is_answered(client: Client, db: None):
    assert client.post("/hallinta/check/text-fi/", {"text": EASY}).status_code == 302

    client.force_login(UserFactory())
    assert client.post("/hallinta/check/text-fi/", {"text": EASY}).status_code == 302


def test_what_is_no_question_is_refused(desk: Client):
    assert desk.post("/hallinta/check/text-de/", {"text": EASY}).status_code == 404
    assert desk.get("/hallinta/check/text-fi/").status_code == 405
    assert desk.post("/hallinta/check/text-fi/").json() == {"said": "", "trouble": False}


def test_boxes_of_texts_say_who_judges_them(desk: Client):
    page = desk.get("/hallinta/services/service/add/").content.decode()

    assert 'data-check="/hallinta/check/card-fi/"' in page
    assert 'data-check="/hallinta/check/text-fi-simple/"' in page
    assert 'data-count="250"' in page
    assert "check/text-fi/" not in page.partition('name="name_fi"')[0].rpartition("<input")[2]
