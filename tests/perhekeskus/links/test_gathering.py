"""Which links the site shows."""

from datetime import timedelta
from typing import Any

import pytest

from centres.richtext import address_in_html, sanitised
from perhekeskus.links.gathering import addresses, links_in
from tests.conftest import NOW
from tests.factories import (
    ContactFactory,
    FamilyCentreFactory,
    OfferingFactory,
    OrganisationFactory,
    ServiceFactory,
)


@pytest.mark.django_db
class TestGathering:
    def test_addresses_of_every_room_and_whether_they_stand_in_a_text(self, today: Any):
        ContactFactory(value="https://yhteys.example/")
        OfferingFactory(
            centre=FamilyCentreFactory(feedback_url="https://palaute.example/", ask_for_help_url="")
        )
        OrganisationFactory(url="https://toimija.example/")
        ServiceFactory(
            description_fi='<p><a href="https://fi.example/?a=1&amp;b=2">x</a></p>',
            description_sv='<p><a href="https://sv.example/">x</a> <a href="mailto:a@b.example">y</a></p>',
        )

        assert addresses(today) == {
            "https://yhteys.example/": False,
            "https://palaute.example/": False,
            "https://toimija.example/": False,
            "https://fi.example/?a=1&b=2": True,
            "https://sv.example/": True,
        }

    @pytest.mark.parametrize(
        "hidden",
        [
            {"status": "draft"},
            {"service__status": "draft"},
            {"centre__status": "draft"},
            {"published_until": NOW.date() - timedelta(days=1)},
        ],
    )
    def test_what_families_do_not_see_is_left_alone(self, today: Any, hidden: dict[str, Any]):
        ContactFactory(offering=OfferingFactory(**hidden), value="https://piilossa.example/")

        assert addresses(today) == {}

    def test_numbers_are_no_addresses(self, today: Any):
        ContactFactory(kind="phone", value="112")
        ContactFactory(kind="email", value="a@b.example")

        assert addresses(today) == {}

    @pytest.mark.parametrize(
        "url", ["https://a.example/?b=1&c=2", "https://a.example/'x'", 'https://a.example/"']
    )
    def test_an_address_is_found_again_in_the_text_that_links_to_it(self, url: str):
        html = sanitised(f'<p><a href="{url.replace(chr(34), "&quot;")}">x</a></p>')

        assert links_in(html) == [url]
        assert address_in_html(url) in html
