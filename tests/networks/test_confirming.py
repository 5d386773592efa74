"""A card is said to be right twice a year by a signed link, without signing in."""

from datetime import date, timedelta

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from lxml import html
from reversion.models import Version

from networks.confirming import SALT, masked, token_of
from networks.models import Professional
from networks.throttle import MOST_LINKS, MOST_LINKS_OF_A_CARD
from tests.conftest import NOW
from tests.factories import FamilyCentreFactory, ProfessionalFactory, SpokenLanguageFactory, TopicFactory
from tests.harness.mail import arrived

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
TODAY = NOW.date()


@pytest.fixture
def client():
    """A browser that has never signed in, and has no CSRF cookie to show."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def card(centre):
    return ProfessionalFactory(
        home=centre, given_name="Testi", family_name="Esimerkki", email="testi@esimerkki.example"
    )


def address(token, name="confirm", centre="keskus"):
    return reverse(f"professionals:{name}", kwargs={"centre": centre, "token": token})


def send(client, path, origin=HERE, sender="192.0.2.1"):
    return client.post(path, headers={"origin": origin} if origin else {}, REMOTE_ADDR=sender)


def text(answer):
    return " ".join(html.fromstring(answer.content.decode()).find(".//main").text_content().split())


def confirmed_on():
    return Professional.objects.get(family_name="Esimerkki").confirmed_on


class TestTheLink:
    def test_shows_the_card_and_confirms_it_with_one_tap(self, client, card):
        path = address(token_of(card))
        assert "Testi Esimerkki" in text(client.get(path))
        answer = send(client, path)
        assert (answer.status_code, confirmed_on()) == (303, TODAY)
        assert gettext("Thank you! Your card is confirmed.") in text(client.get(answer.headers["Location"]))
        newest = Version.objects.get_for_object(card).first()
        assert (newest.revision.user, str(TODAY) in newest.serialized_data) == (None, True)

    def test_leads_to_the_own_card_where_something_has_changed(self, client, card):
        page = html.fromstring(client.get(address(token_of(card))).content.decode())
        (link,) = page.xpath(f"//a[@href='{reverse('professionals:own_edit', kwargs={'centre': 'keskus'})}']")
        assert gettext("Something has changed") in link.text_content()

    def test_opened_changes_nothing(self, client, card):
        path = address(token_of(card))
        client.get(path)
        client.head(path)
        assert confirmed_on() == date(2026, 9, 1)

    def test_is_private_and_its_page_lets_browsers_say_where_the_form_comes_from(self, client, card):
        answers = [client.get(address(token_of(card))), send(client, address(token_of(card)))]
        answers.append(client.get(address(token_of(card))))
        for answer in answers:
            assert "no-store" in answer.headers["Cache-Control"]
            assert answer.headers["X-Robots-Tag"] == "noindex"
        assert {each.headers["Referrer-Policy"] for each in (answers[0], answers[2])} == {"same-origin"}
        assert [each.cookies for each in answers] == [{}] * 3

    def test_names_no_address_in_itself(self, card):
        token = token_of(card)
        assert "esimerkki" not in str(TimestampSigner(salt=SALT).unsign_object(token))

    def test_costs_the_same_with_many_topics(self, client, card, django_assert_num_queries):
        path = address(token_of(card))
        for number in (1, 10):
            card.topics.add(*TopicFactory.create_batch(number))
            card.languages.add(*SpokenLanguageFactory.create_batch(number))
            with django_assert_num_queries(4):
                client.get(path)

    @pytest.mark.parametrize("origin", ["", "null", "https://muu.example"])
    def test_is_not_used_by_a_form_from_elsewhere(self, client, card, origin):
        path = address(token_of(card))
        assert send(client, path, origin=origin).status_code == 403
        assert send(client, address(token_of(card), "confirm_again"), origin=origin).status_code == 403
        assert confirmed_on() == date(2026, 9, 1)
        assert arrived() == []


class TestALinkThatIsOver:
    def test_says_so_once_it_was_used(self, client, card):
        path = address(token_of(card))
        send(client, path)
        for answer in (client.get(path), send(client, path)):
            assert answer.status_code == 410
            assert gettext("It has been used already, or the card has changed since it was sent.") in text(
                answer
            )
            assert "Esimerkki" not in text(answer)

    def test_says_so_after_thirty_days(self, client, card, time_machine):
        path = address(token_of(card))
        time_machine.move_to(NOW + timedelta(days=29))
        assert client.get(path).status_code == 200
        time_machine.move_to(NOW + timedelta(days=31))
        for answer in (client.get(path), send(client, path)):
            assert answer.status_code == 410
            assert gettext("It worked for 30 days.") in text(answer)
        assert confirmed_on() == date(2026, 9, 1)

    def test_is_one_that_was_sent_to_another_address(self, client, card):
        path = address(token_of(card))
        card.email = "uusi@esimerkki.example"
        card.save()
        assert client.get(path).status_code == 410

    def test_offers_a_new_one_that_goes_to_the_address_on_the_card(self, client, card, time_machine):
        token = token_of(card)
        time_machine.move_to(NOW + timedelta(days=31))
        page = html.fromstring(client.get(address(token)).content.decode())
        (action,) = page.xpath("//main//form/@action")
        answer = send(client, action)
        assert answer.status_code == 200
        assert "t…@esimerkki.example" in text(answer)
        assert "testi@esimerkki.example" not in text(answer)
        (message,) = arrived()
        assert (message.to, message.subject) == (["testi@esimerkki.example"], gettext("Is your card right?"))
        assert f"{HERE}{address(token_of(card))[:30]}" in message.body
        link = next(word for word in message.body.split() if word.startswith(HERE)).removeprefix(HERE)
        assert send(client, link).status_code == 303

    def test_keeps_its_referrer_so_that_its_form_has_an_origin(self, client, card):
        path = address(token_of(card))
        send(client, path)
        assert client.get(path).headers["Referrer-Policy"] == "same-origin"

    @pytest.mark.parametrize("changes", [{"active": False}, {"email": ""}])
    def test_offers_nothing_where_nobody_could_be_written_to(self, client, card, changes):
        token = token_of(card)
        Professional.objects.update(**changes)
        answer = client.get(address(token))
        assert answer.status_code == 410
        assert html.fromstring(answer.content.decode()).xpath("//main//form") == []
        assert send(client, address(token, "confirm_again")).status_code == 410
        assert arrived() == []

    def test_new_ones_are_asked_for_by_posting(self, client, card):
        token = token_of(card)
        answer = client.get(address(token, "confirm_again"))
        assert (answer.status_code, answer.headers["Location"]) == (302, address(token))
        assert arrived() == []

    def test_new_ones_fill_nobodys_mailbox(self, client, card):
        path = address(token_of(card), "confirm_again")
        answers = [send(client, path, sender=f"192.0.2.{number}") for number in range(4)]
        assert [answer.status_code for answer in answers] == [200] * MOST_LINKS_OF_A_CARD + [429] * 2
        assert len(arrived()) == MOST_LINKS_OF_A_CARD

    def test_nobody_has_them_sent_to_many(self, client, centre):
        cards = ProfessionalFactory.create_batch(MOST_LINKS + 1, home=centre, email="joku@esimerkki.example")
        answers = [send(client, address(token_of(each), "confirm_again")).status_code for each in cards]
        assert answers == [200] * MOST_LINKS + [429]


class TestAForgedLink:
    @pytest.mark.parametrize(
        "token", ["x", "x:y:z", "::", "a" * 10_000, "%00", "å", "0", "eyJ9:1tR:abc", "..", "1 OR 1=1"]
    )
    def test_leads_nowhere(self, client, card, token):
        for name in ("confirm", "confirm_again"):
            path = f"/keskus/{gettext('professionals')}/"
            assert client.get(f"{path}x/{token}/").status_code in (400, 404)
            answer = send(client, address(token, name))
            assert answer.status_code == 404
        assert confirmed_on() == date(2026, 9, 1)

    def test_that_was_cut_says_so_and_shows_the_way_in_without_sending_anything(self, client, card):
        for answer in (
            client.get(address(token_of(card)[:-3])),
            send(client, address("roskaa")),
            send(client, address("roskaa", "confirm_again")),
        ):
            assert answer.status_code == 404
            assert gettext("The link is not whole: copy all of it, or sign in.") in text(answer)
            page = html.fromstring(answer.content.decode())
            assert page.xpath("//main//form") == []
            own = reverse("professionals:own", kwargs={"centre": "keskus"})
            assert page.xpath("//main//a/@href")[-1] == own
        assert arrived() == []

    def test_signed_for_something_else_leads_nowhere(self, client, card):
        said = [card.uuid.hex, "2026-09-01", "x"]
        for salt in ("centres.previews", "networks", ""):
            token = TimestampSigner(salt=salt or "x").sign_object(said)
            assert client.get(address(token)).status_code == 404

    def test_changed_in_one_letter_leads_nowhere(self, client, card):
        token = token_of(card)
        changed = ("a" if token[0] != "a" else "b") + token[1:]
        assert client.get(address(changed)).status_code == 404

    def test_of_another_centres_card_leads_nowhere(self, client, card):
        FamilyCentreFactory(slug="toinen")
        assert client.get(address(token_of(card), centre="toinen")).status_code == 404

    def test_of_a_card_that_is_gone_leads_nowhere(self, client, card):
        token = token_of(card)
        card.delete()
        assert client.get(address(token)).status_code == 404


def test_an_address_is_shown_in_part():
    assert masked("testi@esimerkki.example") == "t…@esimerkki.example"
    assert masked("x@y.example") == "x…@y.example"
