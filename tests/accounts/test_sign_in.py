"""Signing in: one page, any case of letters, and not a word about which addresses are known."""

import re
import socket
import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache.backends.db import DatabaseCache
from django.core.mail import BadHeaderError, EmailMessage
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from lxml import html

from accounts.mail import THREAD, send_meanwhile
from accounts.models import User
from tests.factories import KEY, PASSWORD, UserFactory
from tests.harness.mail import arrived
from tests.signing_in import code

pytestmark = pytest.mark.django_db

WRONG = "The e-mail address or the password is wrong. Check both."


def enter(client, email, password=PASSWORD, **more):
    return client.post("/en/sign-in/", {"login": email, "password": password, **more})


def errors(answer):
    """(field, sentence) of everything that the page complains of; the field is "" for the form as a whole."""
    page = html.fromstring(answer.content.decode())
    return [
        (item.get("id", "").removeprefix("id_").removesuffix("_error"), item.text_content().strip())
        for item in page.xpath("//*[contains(@class, 'field__error')][not(@hidden)]")
    ]


def heading(answer):
    return html.fromstring(answer.content.decode()).xpath("string(//h1)")


@pytest.fixture
def reader():
    """Somebody who signs in and maintains nothing."""
    return UserFactory(email="anna@esimerkki.example")


@pytest.mark.parametrize("email", ["anna@esimerkki.example", " Anna@ESIMERKKI.example "])
def test_one_signs_in_with_the_address_in_any_case(client, reader, email):
    answer = enter(client, email)

    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_the_session_lasts_a_working_day(client, reader):
    enter(client, reader.email)

    assert client.session.get_expiry_age() == 12 * 60 * 60


def test_no_second_table_of_addresses_is_kept(client, reader):
    enter(client, reader.email)
    client.post("/en/sign-in/forgotten/", {"email": reader.email})

    assert not EmailAddress.objects.exists()


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, reader):
    answers = [enter(client, email, "vaara") for email in (reader.email, "ei@esimerkki.example")]

    assert [errors(answer) for answer in answers] == [[("form-error", WRONG)]] * 2
    assert "_auth_user_id" not in client.session


class Counting(MD5PasswordHasher):
    """Digests passwords as quickly as the other tests do, and counts."""

    runs = 0

    def encode(self, password, salt):
        Counting.runs += 1
        return super().encode(password, salt)


def cost(ask):
    """What `ask` makes the portal do: how many passwords it digests, and how many queries it sends."""
    Counting.runs = 0
    with (
        override_settings(PASSWORD_HASHERS=[f"{__name__}.Counting"]),
        CaptureQueriesContext(connection) as queries,
    ):
        ask()
    return Counting.runs, len(queries)


@pytest.fixture
def known(client, reader):
    """The addresses of everybody who may be known, and one of nobody, by who they are."""
    client.get("/en/sign-in/")  # what is asked once and then remembered
    return {
        "nobody": "ei@esimerkki.example",
        "a reader": reader.email,
        "a coordinator": UserFactory(is_staff=True).email,
        "who has left": UserFactory(is_active=False).email,
        "who comes through an organisation": UserFactory(password=None).email,
    }


def test_a_wrong_password_costs_the_portal_as_much_whoever_it_is(client, known):
    """Else the time that an answer takes would tell which addresses are known."""
    costs = {who: cost(lambda email=email: enter(client, email, "vaara")) for who, email in known.items()}

    assert costs == dict.fromkeys(known, costs["nobody"])
    assert costs["nobody"][0] == 1  # a password is digested even where there is none to compare with


def test_what_did_not_fit_is_tied_to_both_fields(client, reader):
    page = html.fromstring(enter(client, reader.email, "vaara").content.decode())

    (alert,) = page.xpath("//*[@role='alert'][not(@hidden)]")
    fields = page.xpath(f"//input[@aria-invalid='true'][@aria-describedby='{alert.get('id')}']")
    assert [field.get("name") for field in fields] == ["login", "password"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"login": "anna", "password": "x"}, [("login", "Enter a valid email address.")]),
        ({}, [("login", "This field is required."), ("password", "This field is required.")]),
    ],
)
def test_a_slip_is_told_beside_its_field(client, db, values, said):
    page = client.post("/en/sign-in/", values)

    assert errors(page) == said
    for field, _sentence in said:
        assert f'aria-describedby="id_{field}_error"' in page.content.decode()


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/kirjaudu/", "Kirjaudu sisään"), ("/sv/logga-in/", "Logga in"), ("/en/sign-in/", "Sign in")],
)
def test_the_page_speaks_the_language_of_its_address(client, db, path, heading):
    page = html.fromstring(client.get(path).content.decode())

    assert page.xpath("string(//h1)") == heading


@pytest.mark.parametrize("path", ["/kirjaudu/", "/kirjaudu/unohtunut/"])
def test_an_account_page_is_kept_nowhere_and_found_by_no_search_engine(client, db, path):
    answer = client.get(path)

    assert "no-store" in answer["Cache-Control"]
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "same-origin")
    assert set(answer.cookies) == {"csrftoken"}


@pytest.mark.parametrize(
    "headers",
    [{"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"}],
    ids=["json", "script"],
)
@pytest.mark.parametrize(
    ("path", "status"), [("/en/sign-in/", 200), ("/en/sign-in/new-password/1-x/", 410)], ids=["in", "reset"]
)
def test_a_page_is_answered_whatever_is_asked_for(client, db, path, status, headers):
    answer = client.get(path, headers=headers)

    assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")


def test_the_way_onward_is_kept(client, reader):
    page = html.fromstring(client.get("/en/sign-in/?next=/en/posio/").content.decode())
    (kept,) = set(page.xpath("//input[@name='next']/@value"))

    assert enter(client, reader.email, next=kept)["Location"] == "/en/posio/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_nobody_is_led_to_another_site(client, reader, elsewhere):
    assert enter(client, reader.email, next=elsewhere)["Location"] == "/en/"


class TestThrottle:
    @pytest.mark.parametrize(
        ("path", "heading"),
        [
            ("/kirjaudu/", "Liian monta yritystä"),
            ("/sv/logga-in/", "För många försök"),
            ("/en/sign-in/", "Too many attempts"),
        ],
    )
    def test_who_guesses_one_password_is_slowed_down_in_their_language(self, client, reader, path, heading):
        guesses = [client.post(path, {"login": reader.email, "password": f"arvaus{n}"}) for n in range(6)]

        assert [answer.status_code for answer in guesses] == [400] * 5 + [429]
        assert html.fromstring(guesses[5].content.decode()).xpath("string(//h1)") == heading

    def test_the_right_password_does_not_help_until_the_time_is_over(self, client, reader, time_machine):
        for number in range(5):
            enter(client, reader.email, f"arvaus{number}")
        assert enter(client, reader.email).status_code == 429

        time_machine.move_to(timezone.now() + timedelta(seconds=301))
        assert enter(client, reader.email).status_code == 302

    def test_an_unknown_address_is_slowed_down_alike(self, client, db):
        assert [enter(client, "ei@esimerkki.example", "x").status_code for _ in range(6)] == [400] * 5 + [429]

    def test_who_tries_many_addresses_is_slowed_down_too(self, client, db):
        statuses = [enter(client, f"a{number}@esimerkki.example", "x").status_code for number in range(11)]

        assert statuses == [400] * 10 + [429]

    def test_behind_a_proxy_each_reader_is_told_apart_by_what_the_proxy_says(self, client, db, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

        def guess(number, forwarded):
            values = {"login": f"a{number}@esimerkki.example", "password": "x"}
            return client.post("/en/sign-in/", values, headers={"x-forwarded-for": forwarded}).status_code

        assert [guess(number, f"203.0.113.{number}, 198.51.100.1") for number in range(11)] == [400] * 10 + [
            429
        ]
        assert guess(11, "198.51.100.2") == 400

    def test_a_code_cannot_be_guessed_either(self, client, db):
        enter(client, UserFactory(is_staff=True).email)
        answers = [client.post("/en/sign-in/code/", {"code": "000000"}) for _ in range(6)]

        assert errors(answers[0])[0][1].startswith("This code is not right.")
        assert errors(answers[5]) == [
            ("code", "There have been too many attempts. Wait five minutes and try again.")
        ]

    @pytest.mark.django_db(transaction=True)
    def test_what_is_counted_is_shared_by_all_processes(self):
        """Each process has a cache object of its own; what they share is the table that a migration makes."""
        one, other = DatabaseCache("cache", {}), DatabaseCache("cache", {})
        try:
            assert one.add("lock", value=True)
            assert not other.add("lock", value=True)
            one.set("count", [1.5])
            assert other.get("count") == [1.5]
        finally:
            one.clear()


class TestSigningOut:
    def test_a_link_asks_and_a_button_does(self, client, reader):
        enter(client, reader.email)

        assert client.get("/en/sign-in/out/").status_code == 200
        assert "_auth_user_id" in client.session
        assert client.post("/en/sign-in/out/")["Location"] == "/en/sign-in/"
        assert "_auth_user_id" not in client.session


class TestForgottenPassword:
    def ask(self, client, email, path="/en/sign-in/forgotten/"):
        return client.post(path, {"email": email})

    def link(self):
        (message,) = arrived()
        (address,) = re.findall(r"http://testserver(\S+)", message.body)
        return address

    def test_the_link_leads_to_a_new_password(self, client, reader):
        assert self.ask(client, reader.email.upper())["Location"] == "/en/sign-in/forgotten/sent/"
        page = client.get(self.link(), follow=True)
        new = {"password1": "lumi sade ja 7 poroa"}

        assert client.post(page.request["PATH_INFO"], new)["Location"] == "/en/sign-in/forgotten/changed/"
        assert enter(client, reader.email, "lumi sade ja 7 poroa").status_code == 302

    def test_whoever_guessed_too_often_comes_in_with_the_new_one_at_once(self, client, reader):
        statuses = [enter(client, reader.email, f"arvaus{number}").status_code for number in range(6)]
        assert statuses[5] == 429
        self.ask(client, reader.email)
        page = client.get(self.link(), follow=True)
        client.post(page.request["PATH_INFO"], {"password1": "lumi sade ja 7 poroa"})

        assert enter(client, reader.email, "lumi sade ja 7 poroa").status_code == 302

    def test_it_works_once(self, client, reader):
        self.ask(client, reader.email)
        path = client.get(self.link(), follow=True).request["PATH_INFO"]
        new = {"password1": "lumi sade ja 7 poroa"}
        client.post(path, new)

        for again in (Client().get(self.link(), follow=True), client.get(path), client.post(path, new)):
            assert (again.status_code, heading(again)) == (410, "This link does not work any more")

    def test_of_several_sent_at_once_each_waits_for_the_one_before_it_looks_at_the_link(self, client, reader):
        self.ask(client, reader.email)
        path = client.get(self.link(), follow=True).request["PATH_INFO"]

        with CaptureQueriesContext(connection) as asked:
            client.post(path, {"password1": "lumi sade ja 7 poroa"})

        queries = [query["sql"] for query in asked]
        held, changed = (
            next(number for number, sql in enumerate(queries) if words in sql)
            for words in ('FROM "accounts_user"', 'UPDATE "accounts_user"')
        )
        savepoint = next(sql for sql in reversed(queries[:held]) if sql.startswith("SAVEPOINT"))
        assert f"RELEASE {savepoint}" not in queries[:changed]
        # SQLite has one writer at a time, whatever row is written.
        assert connection.vendor == "sqlite" or "FOR UPDATE" in queries[held]

    def test_it_works_for_a_day(self, client, reader, time_machine):
        self.ask(client, reader.email)
        time_machine.move_to(timezone.localtime() + timedelta(days=1, seconds=1))

        page = client.get(self.link(), follow=True)
        assert (page.status_code, heading(page)) == (410, "This link does not work any more")

    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ("/kirjaudu/uusi-salasana/1-x/", "Tämä linkki ei enää toimi"),
            ("/sv/logga-in/nytt-losenord/zz-set-password/", "Den här länken fungerar inte längre"),
            ("/en/sign-in/new-password/9999999999999-x-y/", "This link does not work any more"),
        ],
    )
    def test_a_made_up_link_says_so(self, client, db, path, words):
        for answer in (client.get(path), client.post(path, {"password1": "lumi sade ja 7 poroa"})):
            assert (answer.status_code, heading(answer)) == (410, words)

    def test_a_weak_password_is_refused_beside_its_field(self, client, reader):
        self.ask(client, reader.email)
        page = client.get(self.link(), follow=True)

        refused = client.post(page.request["PATH_INFO"], {"password1": "salasana"})
        assert [field for field, _sentence in errors(refused)] == ["password1"]

    @pytest.mark.parametrize(
        ("path", "subject"),
        [
            ("/kirjaudu/unohtunut/", "Uusi salasana perhekeskuksen sivuille"),
            ("/sv/logga-in/glomt/", "Ett nytt lösenord till familjecentralens sidor"),
        ],
    )
    def test_the_e_mail_is_in_the_language_of_the_page(self, client, reader, path, subject):
        self.ask(client, reader.email, path)

        (message,) = arrived()
        assert message.subject == subject
        assert path.rpartition("unohtunut")[0].rpartition("glomt")[0] in message.body
        assert (message.to, message.from_email) == ([reader.email], "perhekeskus@localhost")

    def test_an_unknown_address_gets_the_same_answer_and_no_e_mail(self, client, db):
        assert self.ask(client, "ei@esimerkki.example")["Location"] == "/en/sign-in/forgotten/sent/"
        assert arrived() == []

    def test_it_costs_the_portal_as_much_whoever_asks(self, client, known):
        costs = {who: cost(lambda email=email: self.ask(client, email)) for who, email in known.items()}

        assert costs == dict.fromkeys(known, costs["nobody"])
        assert {message.to[0] for message in arrived()} == set(known.values()) - {
            known["nobody"],
            known["who has left"],
        }

    def test_the_answer_does_not_wait_for_the_e_mail(self, client, reader, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        with socket.create_server(("127.0.0.1", 0)) as silent:
            settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()

            answer = self.ask(client, reader.email)

            assert answer["Location"] == "/en/sign-in/forgotten/sent/"
            assert [thread.name for thread in threading.enumerate()].count(THREAD) == 1
            silent.accept()[0].close()
        assert arrived() == []

    @pytest.mark.parametrize("email", ["anna@esimerkki.example", "ei@esimerkki.example"])
    def test_a_fault_of_the_mail_shows_in_the_log_alone(
        self, client, reader, settings, tmp_path, caplog, email
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path / "taken"
        settings.EMAIL_FILE_PATH.touch()

        assert self.ask(client, email)["Location"] == "/en/sign-in/forgotten/sent/"
        arrived()
        logged = [record.message for record in caplog.records if record.name == "accounts.mail"]
        assert logged == ["An e-mail could not be sent."] * (email == reader.email)

    def test_so_does_a_fault_that_nobody_thought_of(self, caplog):
        send_meanwhile(EmailMessage("A line\nand another", "Hello.", None, ["a@esimerkki.example"]))

        assert arrived() == []
        (logged,) = [record for record in caplog.records if record.name == "accounts.mail"]
        assert (logged.message, logged.exc_info[0]) == ("An e-mail could not be sent.", BadHeaderError)

    @pytest.mark.parametrize("email", ["anna@esimerkki.example", "ei@esimerkki.example"])
    def test_asking_again_and_again_is_slowed_down_whoever_it_is(self, client, reader, email):
        assert [self.ask(client, email).status_code for _ in range(6)] == [302] * 5 + [429]


class TestPassword:
    def test_it_is_changed_by_who_knows_the_present_one(self, client, reader):
        enter(client, reader.email)
        new = "lumi sade ja 7 poroa"

        wrong = client.post("/en/sign-in/password/", {"oldpassword": "vaara", "password1": new})
        assert errors(wrong) == [("oldpassword", "This is not your present password.")]
        assert (
            client.post("/en/sign-in/password/", {"oldpassword": PASSWORD, "password1": new}).status_code
            == 302
        )
        assert User.objects.get(pk=reader.pk).check_password(new)

    def test_nobody_sets_a_first_one_who_has_one(self, client, reader):
        enter(client, reader.email)

        assert client.get("/en/sign-in/first-password/")["Location"] == "/en/sign-in/password/"


def test_a_closed_account_is_told_so_only_to_who_knows_its_password(client, db):
    user = UserFactory(is_active=False)

    assert errors(enter(client, user.email, "vaara")) == [("form-error", WRONG)]
    assert enter(client, user.email)["Location"] == "/en/sign-in/closed/"
    assert client.get("/en/sign-in/closed/").status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "socialaccount_signup", "account_request_login_code"]
)
def test_what_nobody_needs_answers_nobody(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_code_after_the_password_leads_to_the_desk(client, db):
    user = UserFactory(is_staff=True)

    assert enter(client, user.email)["Location"] == "/en/sign-in/code/"
    assert "_auth_user_id" not in client.session
    assert client.post("/en/sign-in/code/", {"code": code(KEY)})["Location"] == "/en/hallinta/"


def test_a_refused_form_says_so_by_its_status_and_can_be_sent_again(client):
    """Browsers send no origin with a form of a page without a referrer, and Django would refuse the second try."""
    answer = enter(client, "ei@esimerkki.example", "vaara")

    assert (answer.status_code, answer["Referrer-Policy"]) == (400, "same-origin")
    assert "no-store" in answer["Cache-Control"]
