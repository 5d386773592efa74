"""The page of one service as a reader gets it: marked languages, nothing empty, nothing hidden."""

import re
from datetime import date
from typing import ClassVar

import pytest
from django.utils.translation import gettext, override

from centres.templatetags.dates import day
from tests.factories import (
    FamilyCentreFactory,
    OfferingFactory,
    OpeningSpanFactory,
    OrganisationFactory,
    ServiceFactory,
    ServicePointFactory,
    SpecialHoursFactory,
    SpokenLanguageFactory,
    TopicFactory,
    WayFactory,
)

pytestmark = pytest.mark.django_db

IN_FINNISH = '<span lang="fi">{}</span>'


def page(client, offering, language="fi"):
    with override(language):
        path = offering.get_absolute_url()
    return client.get(path).content.decode()


def said(words, language, **values):
    with override(language):
        return gettext(words) % values


def test_tags_in_finnish_are_marked_on_a_swedish_page(client):
    service = ServiceFactory(
        topics=[TopicFactory(name_fi="Ero")],
        ways=[WayFactory(name_fi="Ryhmä", order=1), WayFactory(name_fi="Chatti", name_sv="Chatt", order=2)],
        languages=[SpokenLanguageFactory(name_fi="suomi")],
    )
    html = page(client, OfferingFactory(service=service), "sv")
    for words in ("Ero", "suomi"):
        assert f"<dd>{IN_FINNISH.format(words)}</dd>" in html
    assert f"<dd>{IN_FINNISH.format('Ryhmä')}, Chatt</dd>" in html


def test_a_reason_in_finnish_is_marked_wherever_a_swedish_page_tells_it(client, today):
    point = ServicePointFactory()
    for weekday in range(7):
        OpeningSpanFactory(point=point, weekday=weekday)
    SpecialHoursFactory(point=point, first_day=today, last_day=today, reason_fi="Koulutus <yö>")
    html, marked = page(client, point.offering, "sv"), IN_FINNISH.format("Koulutus &lt;yö&gt;")
    assert said("Different hours today: %(reason)s", "sv", reason=marked) in html
    assert html.count(f"({marked})") == 2
    assert html.count("Koulutus") == 3


def test_the_notice_is_given_for_a_place_too(client):
    offering = OfferingFactory(service__name_sv="Rådgivning", service__summary_sv="Stöd i vardagen.")
    assert 'class="lang-note"' not in page(client, offering, "sv")
    ServicePointFactory(offering=offering)
    assert 'class="lang-note"' in page(client, offering, "sv")


def test_the_older_check_is_told_with_the_name_of_who_checked_in_its_language(client):
    offering = OfferingFactory(
        reviewed_on=date(2026, 5, 2),
        reviewed_by=OrganisationFactory(name_fi="Kunta"),
        service__reviewed_on=date(2026, 3, 1),
        service__reviewed_by=OrganisationFactory(name_fi="Alue & co"),
    )
    words = "Checked on %(date)s by %(name)s"
    assert said(words, "fi", date="1.3.2026", name="Alue &amp; co") in page(client, offering)
    with override("sv"):
        told = said(words, "sv", date=day(date(2026, 3, 1)), name=IN_FINNISH.format("Alue &amp; co"))
    assert told in page(client, offering, "sv")


def test_a_name_in_a_language_without_a_version_is_words_and_not_a_link(client):
    centre = FamilyCentreFactory(languages=["fi", "sv"])
    offering = OfferingFactory(centre=centre, service__name_sv="Rådgivning", service__name_en="Clinic")
    html = page(client, offering)
    assert '<span lang="en">Clinic (English)</span></dd>' in html
    with override("sv"):
        url = offering.get_absolute_url()
    assert f'<dd><a href="{url}" lang="sv" hreflang="sv">Rådgivning (svenska)</a><br>' in html


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, False),
        ({"how_to_get_fi": "Soita."}, True),
        ({"service__how_to_get_fi": "Soita."}, True),
        ({"service__access": "open"}, True),
        ({"centre__ask_for_help_url": "https://kysy.example/"}, True),
    ],
)
def test_how_to_get_help_is_a_heading_over_something(client, values, shown):
    assert ('id="next"' in page(client, OfferingFactory(**values))) is shown


def test_a_description_is_prose_once(client):
    html = page(client, OfferingFactory(service__description_fi="<p>Teksti.</p>"))
    assert re.findall(r'<\w+ class="prose"', html) == ['<div class="prose"']


class TestOnABreak:
    """A service hidden for a while says when it is back: its address is on posters."""

    DAYS: ClassVar[dict[str, date]] = {
        "published_until": date(2026, 10, 31),
        "published_from": date(2027, 1, 7),
    }

    def test_its_page_says_when_it_is_back_and_search_engines_leave_it(self, client):
        offering = OfferingFactory(service__name_fi="Luistelukerho", **self.DAYS)
        html = page(client, offering)

        assert "Luistelukerho" in html
        assert "7.1.2027" in html
        assert '<meta name="robots" content="noindex">' in html
        assert "application/ld+json" not in html

    def test_it_is_in_no_list_and_on_no_map_of_the_site(self, client):
        offering = OfferingFactory(**self.DAYS)
        path, other = offering.get_absolute_url(), OfferingFactory(centre=offering.centre)

        for name in ("palvelut/", "sitemap.xml"):
            html = client.get(f"/{offering.centre.slug}/{name}").content.decode()
            assert (other.get_absolute_url() in html, path in html) == (True, False)

    def test_what_may_help_meanwhile_is_a_tap_away(self, client):
        topic = TopicFactory()
        offering = OfferingFactory(service=ServiceFactory(topics=[topic]), **self.DAYS)
        other = OfferingFactory(service=ServiceFactory(topics=[topic]), centre=offering.centre)

        assert f'href="{other.get_absolute_url()}"' in page(client, offering)

    def test_a_sensitive_service_is_as_discreet_as_ever(self, client):
        offering = OfferingFactory(service=ServiceFactory(topics=[TopicFactory(sensitive=True)]), **self.DAYS)
        response = client.get(offering.get_absolute_url())

        assert "no-store" in response.headers["Cache-Control"]
        assert "data-quick-exit" in response.content.decode()

    def test_in_another_language_its_finnish_name_is_marked(self, client):
        html = page(client, OfferingFactory(service__name_fi="Kerho", **self.DAYS), "sv")

        assert '<h1 lang="fi">Kerho</h1>' in html

    def test_it_costs_what_the_budget_allows(self, client, django_assert_max_num_queries):
        offering = OfferingFactory(service=ServiceFactory(topics=[TopicFactory()]), **self.DAYS)
        path = offering.get_absolute_url()
        with django_assert_max_num_queries(10):
            client.get(path)

    def test_what_is_yet_to_come_and_what_is_over_have_no_page(self, client):
        for days in ({"published_from": date(2027, 1, 7)}, {"published_until": date(2026, 10, 31)}):
            assert client.get(OfferingFactory(**days).get_absolute_url()).status_code == 404
