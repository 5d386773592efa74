"""Age groups, themes and the list agree on what is in them, and the young are led to somebody to talk to."""

from datetime import timedelta

import lxml.html
import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from centres.models import FamilyCentre, Theme
from services.models import Contact, Offering, Service

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_the_young_are_led_first_to_those_who_talk_with_them_unnamed(client):
    response = client.get("/rovaniemi/ikaryhmat/13-17-vuotiaat/")
    first = [row.slug for row in response.context["talk_first"]]
    assert {"sekasin-chat", "lasten-ja-nuorten-puhelin"} <= set(first)
    assert all(row.service.anonymous and row.talking for row in response.context["talk_first"])


def test_the_page_of_the_youngest_does_not_lead_to_a_chat_first(client):
    assert client.get("/rovaniemi/ikaryhmat/1-6-vuotiaat/").context["talk_first"] == []


@pytest.mark.parametrize("group", ["1-6-vuotiaat", "13-17-vuotiaat", "nuoret-aikuiset"])
def test_an_age_group_and_the_list_narrowed_to_it_hold_the_same(group, client):
    page = client.get(f"/rovaniemi/ikaryhmat/{group}/").context
    sections = [*page["levels"], page["online"]]
    assert not any(section.has_more for section in sections)
    listed = client.get(f"/rovaniemi/palvelut/?group={group}").context
    assert sum(len(section.offerings) for section in sections) == listed["page"].paginator.count
    (level,) = (facet for facet in listed["facets"] if facet.name == "level")
    shown = {str(section.words.level): len(section.offerings) for section in sections if section.offerings}
    assert {option.value: option.count for option in level.options} == shown
    for step, number in shown.items():
        narrowed = client.get(f"/rovaniemi/palvelut/?group={group}&level={step}").context["page"]
        assert narrowed.paginator.count == number


def test_the_link_to_the_next_page_keeps_every_filter(client):
    html = client.get("/rovaniemi/palvelut/?q=a&level=2&level=3").content.decode()
    (query,) = {part.split('"')[0] for part in html.split('rel="next"')[0].split('href="?')[-1:]}
    parsed = QueryDict(query.replace("&amp;", "&"))
    assert (parsed["q"], parsed.getlist("level"), parsed["page"]) == ("a", ["2", "3"], "2")


def test_a_list_narrowed_to_a_sensitive_theme_is_discreet(client):
    sensitive = client.get("/rovaniemi/palvelut/?theme=lahisuhdevakivalta")
    assert "no-store" in sensitive.headers["Cache-Control"]
    assert sensitive.headers["Referrer-Policy"] == "no-referrer"
    assert "data-quick-exit" in sensitive.content.decode()
    assert "Cache-Control" not in client.get("/rovaniemi/palvelut/?theme=asuminen-ja-talous").headers


def test_112_stands_on_the_front_page_whatever_the_rows_say(client):
    Service.objects.filter(slug="hatanumero").update(status="draft")
    html = client.get("/posio/").content.decode()
    assert 'href="tel:112"' in html
    assert 'href="tel:116117"' in html


def test_a_number_of_an_offering_that_is_not_public_is_on_no_page(client):
    shelter = Offering.objects.get(service__urgent_order=20, centre__slug="rovaniemi")
    Contact.objects.create(offering=shelter, kind=Contact.Kind.PHONE, value="+46 70 174 06 10")
    Offering.objects.filter(pk=shelter.pk).update(status="draft")
    for path in ("/rovaniemi/apua-heti/", "/rovaniemi/"):
        assert "+46-70-174-06-10" not in client.get(path).content.decode()


def test_a_number_of_the_centres_own_offering_can_be_dialled_on_help_now(client):
    shelter = Offering.objects.get(service__urgent_order=20, centre__slug="rovaniemi")
    Contact.objects.create(offering=shelter, kind=Contact.Kind.PHONE, value="+46 70 174 06 10")
    assert 'href="tel:+46-70-174-06-10"' in client.get("/rovaniemi/apua-heti/").content.decode()
    assert 'href="tel:+46-70-174-06-10"' not in client.get("/posio/apua-heti/").content.decode()


def test_a_compilation_with_a_season_says_when_it_is(client):
    html = client.get("/esimerkkila/koonnit/talven-tekemista/").content.decode()
    assert "1.10.2026" in html
    assert "30.4.2027" in html


class TestOutOfSeason:
    SUMMER = "/esimerkkila/koonnit/kesan-kerhot-ja-leirit/"

    def test_a_compilation_says_when_its_season_begins_and_search_engines_leave_it(self, client):
        response = client.get(self.SUMMER)
        html = response.content.decode()
        assert (response.status_code, "15.4.2027" in html) == (200, True)
        assert '<meta name="robots" content="noindex">' in html
        assert 'href="/esimerkkila/koonnit/talven-tekemista/"' in html
        assert self.SUMMER not in client.get("/esimerkkila/sitemap.xml").content.decode()

    def test_a_season_that_is_over_says_so_and_names_no_day_gone_by(self, client, today):
        Theme.objects.filter(slug="kesan-kerhot-ja-leirit").update(
            published_from=today - timedelta(days=90), published_until=today - timedelta(days=1)
        )
        html = client.get(self.SUMMER).content.decode()
        assert "Kausi on päättynyt" in html
        assert f"{today.year}" not in html.split("<main")[1].split("</main>")[0]

    def test_a_draft_and_a_theme_yet_to_come_stay_unseen(self, client, today):
        summer = Theme.objects.filter(slug="kesan-kerhot-ja-leirit")
        summer.update(status="draft")
        assert client.get(self.SUMMER).status_code == 404
        summer.update(status="published", kind="theme")
        assert client.get("/esimerkkila/teemat/kesan-kerhot-ja-leirit/").status_code == 404

    @pytest.mark.parametrize("kind", ["theme", "collection"])
    def test_a_theme_on_a_break_says_when_it_is_back(self, client, today, kind):
        summer = Theme.objects.get(slug="kesan-kerhot-ja-leirit")
        summer.kind = kind
        summer.published_until, summer.published_from = (
            today - timedelta(days=1),
            today + timedelta(days=1),
        )
        summer.save()
        response = client.get(summer.get_absolute_url())
        assert (response.status_code, response.context["begins"]) == (200, summer.published_from)

    def test_a_theme_that_is_back_from_its_break_tells_of_no_season(self, client, today):
        summer = Theme.objects.filter(slug="kesan-kerhot-ja-leirit")
        earlier = today - timedelta(days=90)

        summer.update(published_from=earlier, published_until=today)
        (season,) = self.seasons(client)
        assert str(today.year) in season

        summer.update(published_from=today, published_until=earlier)
        assert self.seasons(client) == []

    def seasons(self, client):
        """What the page says of its season: beside a calendar."""
        page = lxml.html.fromstring(client.get(self.SUMMER).content.decode())
        beside = page.xpath("//main//p[.//*[local-name()='use' and contains(@href, 'calendar-days')]]")
        return [" ".join(line.text_content().split()) for line in beside]

    def test_on_its_first_and_last_day_it_is_in_season(self, client, today):
        summer = Theme.objects.filter(slug="kesan-kerhot-ja-leirit")
        summer.update(published_from=today, published_until=today)
        assert "levels" in client.get(self.SUMMER).context


def test_without_the_finnish_prefix_nobody_is_sent_to_another_host(client):
    for path in ("/fi//evil.example/", "/fi/%2Fevil.example/", "/fi///evil.example"):
        assert not client.get(path).headers["Location"].startswith("//")


def test_a_form_sent_from_elsewhere_gets_our_own_page(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/rovaniemi/", {"a": "b"})
    with override("fi"):
        assert response.status_code == 403
        assert reverse("account_login") in response.content.decode()
    assert "<style" not in response.content.decode()


def test_the_centre_decides_what_its_levels_are_called(client):
    posio = FamilyCentre.objects.get(slug="posio")
    name = posio.level_names.get(level=3).name_fi
    assert name in client.get("/posio/palvelut/").content.decode()
    assert name in client.get("/posio/palvelut/perheneuvola/").content.decode()


def test_only_112_itself_is_drawn_as_the_first_line_of_help_now(client):
    html = client.get("/rovaniemi/apua-heti/").content.decode()
    assert html.count("helpline--first") == 1
    assert html.index("helpline--first") < html.index("Päivystysapu")
