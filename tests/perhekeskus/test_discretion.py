"""Pages on sensitive topics leave as little trace as they can, and are found by their true names."""

import re

import pytest

from services.models import Offering

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

EXIT = re.compile(r'<a href="https://www\.ilmatieteenlaitos\.fi/" data-quick-exit')


def is_discreet(response):
    headers = response.headers
    found = EXIT.search(response.content.decode()) is not None
    return (
        found,
        "no-store" in headers.get("Cache-Control", ""),
        headers["Referrer-Policy"] == "no-referrer",
    )


@pytest.mark.parametrize(
    "path",
    [
        "/rovaniemi/teemat/lahisuhdevakivalta/",
        "/rovaniemi/teemat/paihteet-ja-riippuvuudet/",
        "/rovaniemi/apua-heti/",
        "/en/posio/help-now/",
        "/rovaniemi/palvelut/?q=turvakoti",
        "/rovaniemi/toimijat/naisten-linja/",
        "/rovaniemi/toimijat/lapin-ensi-ja-turvakoti/",
    ],
)
def test_a_page_on_a_sensitive_topic_has_the_exit_and_is_kept_nowhere(path, client):
    response = client.get(path)
    assert response.status_code == 200
    assert is_discreet(response) == (True, True, True)


@pytest.mark.parametrize(
    "path",
    [
        "/rovaniemi/",
        "/rovaniemi/teemat/asuminen-ja-talous/",
        "/posio/palvelut/neuvola/",
        "/rovaniemi/toimijat/lapha/",
    ],
)
def test_other_pages_have_neither(path, client):
    assert is_discreet(client.get(path)) == (False, False, False)


def test_what_somebody_typed_is_kept_nowhere_whatever_it_was(client):
    for word in ("luistelu", "neuvola"):
        assert is_discreet(client.get(f"/rovaniemi/palvelut/?q={word}")) == (False, True, True)


def test_a_theme_on_violence_begins_with_numbers_to_call(client):
    html = client.get("/rovaniemi/teemat/lahisuhdevakivalta/").content.decode()
    before_the_stairs = html.split("<main")[1].split('id="stairs"')[0]
    numbers = re.findall(r'href="tel:([^"]+)"', before_the_stairs)
    page = client.get("/rovaniemi/teemat/lahisuhdevakivalta/").context
    assert [section.words.level for section in page["in_order"]] == [4, 3, 2, 1]
    assert "turvakoti" in [offering.slug for offering in page["in_order"][0].offerings[:2]]
    assert (numbers[0], numbers.count("112"), "+358-800-05005" in numbers) == ("112", 1, True)


def test_every_service_on_a_sensitive_topic_has_the_exit_on_its_own_page(client):
    sensitive = Offering.objects.filter(service__topics__sensitive=True, centre__slug="rovaniemi").distinct()
    assert sensitive.count() > 3
    for offering in sensitive:
        assert is_discreet(client.get(offering.get_absolute_url())) == (True, True, True), offering.slug


def test_the_title_of_a_sensitive_page_stays_true(client):
    html = client.get("/rovaniemi/teemat/lahisuhdevakivalta/").content.decode()
    title = re.search(r"<title>(.*?)</title>", html).group(1)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html).group(1)
    assert title.startswith(heading)
    assert "väkival" in title
