"""What is done by cron and by hand: asking to confirm, a person's data out, and gone."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client
from django.utils.translation import gettext, override
from reversion.models import Revision, Version

from accounts.models import User
from centres.history.recording import recording
from centres.models import Invitation, Membership
from networks.confirming import token_of
from networks.models import AccessRequest, Attendance, CardOpening, Professional, Seat
from networks.persons import fields_of, find
from tests.conftest import NOW
from tests.factories import (
    AccessRequestFactory,
    AttendanceFactory,
    CardOpeningFactory,
    ContactFactory,
    InvitationFactory,
    LocalNetworkFactory,
    MembershipFactory,
    PlaceFactory,
    ProfessionalFactory,
    SeatFactory,
    SpokenLanguageFactory,
    TopicFactory,
    UserFactory,
    enrol,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
ROOT = "https://portal.example"


def run(name, *args, **options):
    out = StringIO()
    call_command(name, *args, stdout=out, **options)
    return out.getvalue()


class TestAskingToConfirm:
    def ask(self, **options):
        """Who was written to, by this run of the command alone."""
        before = len(mail.outbox)
        run("ask_to_confirm", root=ROOT, **options)
        return [message.to[0] for message in mail.outbox[before:]]

    def card(self, centre, name, days, **values):
        confirmed_on = None if days is None else TODAY - timedelta(days=days)
        return ProfessionalFactory(
            home=centre, email=f"{name}@esimerkki.example", confirmed_on=confirmed_on, **values
        )

    def test_asks_whoever_has_not_said_so_for_half_a_year_longest_ago_first(self, centre):
        for name, days in (("lately", 181), ("half", 182), ("year", 365), ("never", None)):
            self.card(centre, name, days)
        self.card(centre, "gone", 365, active=False)
        ProfessionalFactory(home=centre, confirmed_on=None)
        assert self.ask() == [f"{name}@esimerkki.example" for name in ("never", "year", "half")]

    def test_sends_a_link_that_works(self, centre, client):
        card = self.card(centre, "testi", 200)
        self.ask()
        (message,) = mail.outbox
        assert message.subject == gettext("Is your card right?")
        link = next(word for word in message.body.split() if word.startswith(ROOT)).removeprefix(ROOT)
        assert link.endswith(f"/{token_of(card).rpartition(':')[0]}:{link.rpartition(':')[2]}")
        assert client.post(link, headers={"origin": "http://testserver"}).status_code == 303
        card.refresh_from_db()
        assert card.confirmed_on == TODAY

    def test_leaves_people_in_peace_for_two_weeks(self, centre, time_machine):
        self.card(centre, "testi", 200)
        assert len(self.ask()) == 1
        time_machine.move_to(NOW + timedelta(days=13))
        assert self.ask() == []
        time_machine.move_to(NOW + timedelta(days=14))
        assert len(self.ask()) == 1

    def test_writes_in_the_language_in_which_they_were_written_to(self, centre):
        self.card(centre, "testi", 200)
        InvitationFactory(email="Testi@esimerkki.example", language="sv")
        self.ask()
        with override("sv"):
            assert mail.outbox[0].subject == gettext("Is your card right?")
        assert f"{ROOT}/sv/keskus/" in mail.outbox[0].body

    def test_sends_so_many_and_the_others_the_next_time(self, centre):
        for number in range(5):
            self.card(centre, f"a{number}", 200 + number)
        assert [len(self.ask(limit=3)), len(self.ask(limit=3)), len(self.ask(limit=3))] == [3, 2, 0]

    def test_a_message_that_could_not_be_sent_is_sent_the_next_time(self, centre, settings):
        self.card(centre, "testi", 200)
        with_mail = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        assert run("ask_to_confirm") == "Sent: 0. Could not be sent: 1.\n"
        settings.EMAIL_BACKEND = with_mail
        assert len(self.ask()) == 1

    def test_leaves_no_trace_in_the_history(self, centre):
        self.card(centre, "testi", 200)
        self.ask()
        assert Version.objects.count() == 0


class TestTellingOfTheEnd:
    def member(self, centre, days, **values):
        return MembershipFactory(
            centre=centre, role="professional", ends_on=TODAY + timedelta(days=days), **values
        )

    def told(self):
        before = len(mail.outbox)
        run("ask_to_confirm", root=ROOT)
        return {message.to[0] for message in mail.outbox[before:]}

    def test_tells_once_whose_access_ends_within_thirty_days(self, centre):
        soon, today = self.member(centre, 30), self.member(centre, 0)
        self.member(centre, 31)
        self.member(centre, -1)
        self.member(centre, 10, user__is_active=False)
        MembershipFactory(centre=centre)
        assert self.told() == {soon.user.email, today.user.email}
        assert self.told() == set()
        assert mail.outbox[0].subject == gettext("Your access ends soon")

    def test_tells_again_once_it_was_let_last_longer(self, centre, time_machine):
        row = self.member(centre, 30)
        assert len(self.told()) == 1
        Membership.objects.update(ends_on=TODAY + timedelta(days=365))
        assert self.told() == set()
        time_machine.move_to(NOW + timedelta(days=340))
        assert self.told() == {row.user.email}


NAME, EMAIL, PHONE = "Erasmus Hävitettävä", "erasmus@poistettava.example", "040 7654321"
STRINGS = [
    *("Erasmus", "Hävitettävä", "hävitettävä", "havitettava", EMAIL, "poistettava.example", PHONE),
    *(
        "Unikouluttaja",
        "Sömncoach",
        "Ainoastaan tiistaisin",
        "Kysy koiranunesta",
        "Pyydän pääsyä koirien takia",
    ),
]


def everything():
    """Every text of every table, by table and column; what a session holds is sealed, and opened."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            rows = (str(dict(zip(columns, row, strict=True))) for row in cursor.fetchall())
            found[table] = " ".join(rows).replace("\\\\", "\\")
    found["opened sessions"] = " ".join(str(each.get_decoded()) for each in Session.objects.order_by("pk"))
    return found


def where(text):
    """The tables in which `text` stands, in any case of letters, also as SQLite keeps it in JSON (``\\u00e4``)."""
    forms = [each.casefold() for each in (text, json.dumps(text)[1:-1], json.dumps(text.lower())[1:-1])]
    return sorted(
        table for table, held in everything().items() if any(each in held.casefold() for each in forms)
    )


@pytest.fixture
def erasmus(centre):
    """Somebody of whom the portal holds all that it can hold of anybody; a coordinator, too."""
    user = enrol(UserFactory(email=EMAIL, name=NAME))
    SocialAccount.objects.create(
        user=user, provider="organisation", uid=f"oidc|{EMAIL}", extra_data={"name": NAME}
    )
    rows = [MembershipFactory(user=user, centre=centre, role="professional", ends_on=date(2027, 6, 30))]
    rows.append(MembershipFactory(user=user, centre=centre))
    card = ProfessionalFactory(
        user=user,
        home=centre,
        given_name="Erasmus",
        family_name="Hävitettävä",
        title_fi="Unikouluttaja",
        title_sv="Sömncoach",
        email=EMAIL,
        phone=PHONE,
        hours_fi="Ainoastaan tiistaisin",
        about_fi="Kysy koiranunesta",
        topics=[TopicFactory(name_fi="Uni")],
        languages=[SpokenLanguageFactory(name_fi="suomi")],
    )
    # Their own changes, and others' changes of rows that tell of them.
    with recording([user, card], user=user):
        card.phone = PHONE
        card.hours_fi = "Ainoastaan tiistaisin"
        card.save()
    asks = AccessRequestFactory(
        centre=centre,
        given_name="Erasmus",
        family_name="Hävitettävä",
        title="Unikouluttaja",
        email=EMAIL,
        phone=PHONE,
        message="Pyydän pääsyä koirien takia",
        state="accepted",
        decided_at=NOW,
    )
    old = AccessRequestFactory(centre=centre, email=EMAIL, message="Pyydän pääsyä koirien takia")
    invitation = InvitationFactory(email=EMAIL, centre=centre, role="professional")
    with recording([asks, old, invitation], user=user):
        AccessRequest.objects.filter(pk=old.pk).update(family_name="Hävitettävä")
    old.delete()
    seat = SeatFactory(person=card)
    AttendanceFactory(professional=card)
    CardOpeningFactory(professional=card)
    CardOpeningFactory(viewer=user)
    ProfessionalFactory(stand_in=card)
    place = PlaceFactory(name_fi="Talo")
    with recording([place, seat.local_network], user=user):
        # What somebody once wrote into a text of another row.
        place.directions_fi = f'Soita: {NAME}, "{PHONE}" tai {EMAIL.upper()}.'
        place.save()
    with recording([place], user=UserFactory()):
        place.directions_fi = "Soita ovikelloa."
        place.save()
    LogEntry.objects.create(
        user=UserFactory(),
        content_type=ContentType.objects.get_for_model(Professional),
        object_id=str(card.pk),
        object_repr=NAME,
        action_flag=2,
    )
    LogEntry.objects.create(
        user=UserFactory(),
        content_type=ContentType.objects.get_for_model(Seat),
        object_id=str(seat.pk),
        object_repr=f"Paikka: {NAME}",
        action_flag=2,
    )
    Redirect.objects.create(site_id=1, old_path=f"/x/ammattilaiset/{card.uuid}/", new_path="/x/")
    client = Client()
    client.force_login(user)
    return card


class TestExporting:
    def test_tells_everything_that_is_held(self, erasmus):
        told = json.loads(run("export_person", EMAIL.upper()))
        assert (told["user"]["email"], told["user"]["name"]) == (EMAIL, NAME)
        assert {row["role"] for row in told["memberships"]} == {"professional", "coordinator"}
        assert (told["card"]["title_fi"], told["card"]["title_sv"], told["card"]["topics"]) == (
            "Unikouluttaja", "Sömncoach", ["Uni"],
        )  # fmt: skip
        assert [len(told[name]) for name in ("requests", "invitations", "seats", "attendances")] == [1] * 4
        assert [len(told[name]) for name in ("card_was_opened", "cards_opened", "stands_in_for")] == [1] * 3
        assert told["sign_in"] == {
            "second_factors": ["totp"],
            "organisations": [{"provider": "organisation", "uid": f"oidc|{EMAIL}"}],
            "sessions": 1,
        }
        assert {"Pyydän pääsyä koirien takia", "Ainoastaan tiistaisin"} <= {
            value for each in told["history"] for value in each["fields"].values() if isinstance(value, str)
        }

    def test_names_every_table_that_leads_to_a_person(self):
        """A new one must be told in the export, and then here."""
        of_people = {
            f"{model._meta.model_name}.{field.name}"
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model in (User, Professional)
        }
        assert of_people == {
            *("accessrequest.decided_by", "invitation.invited_by", "proposal.proposed_by", "revision.user"),
            *(
                "attendance.professional",
                "authenticator.user",
                "cardopening.professional",
                "cardopening.viewer",
            ),
            *("emailaddress.user", "logentry.user", "membership.user", "professional.stand_in"),
            *("professional.user", "seat.person", "socialaccount.user"),
        }

    def test_tells_no_secret(self, erasmus):
        secrets = [
            User.objects.get(email=EMAIL).password,
            Invitation.objects.get().digest,
            *(str(each.data) for each in Authenticator.objects.order_by("pk")),
            *Session.objects.order_by("pk").values_list("session_key", flat=True),
        ]
        told = run("export_person", EMAIL)
        assert [secret for secret in secrets if secret in told] == []
        assert not {"password", "digest", "calendar_key"} & set(
            json.loads(told)["user"] | json.loads(told)["card"]
        )

    def test_tells_of_somebody_who_has_only_asked(self, centre):
        row = AccessRequestFactory(centre=centre)
        told = json.loads(run("export_person", row.email))
        assert (told["user"], told["card"], len(told["requests"])) == (None, None, 1)

    def test_tells_of_a_card_that_nobody_signs_in_as(self, centre):
        card = ProfessionalFactory(home=centre, email="kortti@esimerkki.example")
        assert json.loads(run("export_person", card.email))["card"]["family_name"] == card.family_name

    @pytest.mark.parametrize("command", ["export_person", "erase_person"])
    def test_of_nobody_or_of_a_teams_address_is_refused_in_a_sentence(self, centre, command):
        with pytest.raises(CommandError, match="The portal knows nobody by this address"):
            call_command(command, "kukaan@esimerkki.example")
        ProfessionalFactory.create_batch(2, home=centre, email="tiimi@esimerkki.example")
        with pytest.raises(CommandError, match="Several people have this address"):
            call_command(command, "tiimi@esimerkki.example")

    @pytest.fixture
    def team(self, centre):
        """Maija signs in with her own address, and her card says her team's, as those of her colleagues do."""
        user = UserFactory(email="maija@esimerkki.example", name="Maija Mallikas")
        card = ProfessionalFactory(user=user, home=centre, email="tiimi@esimerkki.example")
        colleagues = [
            ProfessionalFactory(home=centre, family_name=f"Kollega{name}", email="tiimi@esimerkki.example")
            for name in "AB"
        ]
        with recording([card, *colleagues], user=user):
            for each in (card, *colleagues):
                each.phone = "040 1234567"
                each.save()
        AccessRequestFactory(centre=centre, family_name="Kollega", email="tiimi@esimerkki.example")
        InvitationFactory(centre=centre, email="tiimi@esimerkki.example")
        return card

    def test_tells_nothing_of_colleagues_who_share_a_teams_address(self, team):
        said = run("export_person", "maija@esimerkki.example")
        told = json.loads(said)
        assert (told["requests"], told["invitations"], len(told["history"])) == ([], [], 2)
        assert told["card"]["email"] == "tiimi@esimerkki.example"
        assert "Kollega" not in said

    def test_erasing_leaves_colleagues_who_share_a_teams_address(self, team):
        run("erase_person", "maija@esimerkki.example", yes=True)
        assert where("Mallikas") == []
        assert sorted(Professional.objects.values_list("family_name", flat=True)) == ["KollegaA", "KollegaB"]
        assert (AccessRequest.objects.count(), Invitation.objects.count()) == (1, 1)
        held = [fields_of(each) for each in Version.objects.order_by("pk")]
        assert [each["family_name"] for each in held] == ["KollegaA", "KollegaB"] * 2
        assert {each["email"] for each in held} == {"tiimi@esimerkki.example"}
        assert [each["phone"] for each in held] == ["", "", "040 1234567", "040 1234567"]

    @pytest.mark.parametrize("command", ["export_person", "erase_person"])
    def test_of_a_sign_in_address_on_somebody_elses_card_is_refused(self, centre, command):
        user = UserFactory(email="tiimi@esimerkki.example")
        card = ProfessionalFactory(user=UserFactory(), home=centre, email=user.email)
        with pytest.raises(CommandError, match="Several people have this address"):
            run(command, user.email, **({"yes": True} if command == "erase_person" else {}))
        assert Professional.objects.get() == card

    def test_takes_no_history_of_a_card_that_is_somebody_elses(self, centre):
        user = UserFactory(email="maija@esimerkki.example")
        other = ProfessionalFactory(home=centre, email=user.email)
        with recording([other]):
            other.email = "toinen@esimerkki.example"
            other.save()
        assert json.loads(run("export_person", user.email))["history"] == []


class TestErasing:
    def test_is_held_first_in_many_tables(self, erasmus):
        """Or the next test would prove nothing."""
        assert where("Hävitettävä") == [
            *("accounts_user", "django_admin_log", "networks_accessrequest", "networks_professional"),
            *("reversion_version", "socialaccount_socialaccount"),
        ]
        assert "socialaccount_socialaccount" in where(EMAIL)
        assert where("Ainoastaan tiistaisin") == ["networks_professional", "reversion_version"]

    def test_leaves_none_of_the_persons_words_in_any_table(self, erasmus):
        said = run("erase_person", EMAIL, yes=True)
        assert {text: where(text) for text in STRINGS} == {text: [] for text in STRINGS}
        assert where(str(erasmus.uuid)) == []
        assert said == "Deleted, with all that history held.\n"

    def test_deletes_the_rows_and_leaves_the_seats_open(self, erasmus):
        people = Professional.objects.count()
        run("erase_person", EMAIL, yes=True)
        assert not User.objects.filter(email=EMAIL).exists()
        gone = (
            Membership,
            Invitation,
            AccessRequest,
            Attendance,
            CardOpening,
            Session,
            Authenticator,
            SocialAccount,
        )
        assert [model.__name__ for model in gone if model.objects.filter(*of_erasmus(model)).exists()] == []
        assert Professional.objects.count() == people - 1
        assert Seat.objects.filter(person=None).count() == 1
        assert not Professional.objects.filter(stand_in__isnull=False).exists()

    def test_keeps_the_history_of_others_readable(self, erasmus):
        run("erase_person", EMAIL, yes=True)
        texts = [
            json.loads(version.serialized_data)[0]["fields"]["directions_fi"]
            for version in Version.objects.filter(serialized_data__contains="directions_fi").order_by("pk")
        ]
        assert texts == ["", 'Soita: —, "—" tai —.', "Soita ovikelloa."]
        assert set(Revision.objects.order_by("pk").values_list("comment", flat=True)) <= {"saved", "found"}
        assert not Revision.objects.filter(version=None).exists()
        assert list(LogEntry.objects.order_by("pk").values_list("object_repr", flat=True)) == ["Paikka: —"]

    def test_says_where_others_have_written_of_the_person(self, erasmus):
        contact = ContactFactory(label_fi=NAME)
        said = run("erase_person", EMAIL, yes=True)
        assert f"services.Contact {contact.pk} label_fi" in said

    def test_takes_no_part_of_anybody_elses_name_number_or_address(self, centre):
        anna, johanna = (
            ProfessionalFactory(
                home=centre,
                given_name=given,
                family_name="Virtanen",
                email=f"{given.lower()}.virtanen@posio.example",
                phone=phone,
            )
            for given, phone in (("Anna", "040 123456"), ("Johanna", "040 1234567"))
        )
        place = PlaceFactory(name_fi="Talo", directions_fi="")
        words = (
            "Johanna Virtanen, johanna.virtanen@posio.example, 040 1234567",
            "Anna Virtanen, anna.virtanen@posio.example, 040 123456.",
        )
        for text in (*words, "Soita ovikelloa."):
            with recording([place, johanna]):
                place.directions_fi = text
                place.save()
        ContactFactory(label_fi="Johanna Virtanen")
        said = run("erase_person", anna.email, yes=True)
        held = [fields_of(each) for each in Version.objects.get_for_object(place).order_by("pk")]
        assert [each["directions_fi"] for each in held] == ["", words[0], "—, —, —.", "Soita ovikelloa."]
        held = fields_of(Version.objects.get_for_object(johanna).get())
        assert (held["given_name"], held["email"], held["phone"]) == (
            "Johanna", "johanna.virtanen@posio.example", "040 1234567",
        )  # fmt: skip
        assert said == "Deleted, with all that history held.\n"

    def test_leaves_the_numbers_and_addresses_that_others_have_too(self, centre):
        card = ProfessionalFactory(home=centre, email="vaihde@posio.example", phone="016 123456")
        local = LocalNetworkFactory(phone=card.phone, email=card.email)
        with recording([local]):
            local.order = 2
            local.save()
        run("erase_person", card.email, yes=True)
        held = [fields_of(each) for each in Version.objects.get_for_object(local)]
        assert len(held) == 2
        assert {(each["phone"], each["email"]) for each in held} == {("016 123456", "vaihde@posio.example")}

    def test_does_nothing_unless_it_is_meant(self, erasmus):
        with pytest.raises(CommandError, match="say --yes"):
            call_command("erase_person", EMAIL)
        assert find(EMAIL).card == erasmus

    def test_leaves_everybody_else_as_they_were(self, erasmus, professional):
        Client().force_login(professional.user)
        enrol(professional.user)
        with recording([professional], user=professional.user):
            professional.about_fi = "Kysy minulta."
            professional.save()
        run("erase_person", EMAIL, yes=True)
        assert User.objects.filter(email=professional.user.email).count() == 1
        assert professional.user.memberships.count() == 1
        assert (Session.objects.count(), Authenticator.objects.count()) == (1, 1)
        assert Version.objects.get_for_object(professional).count() == 2
        assert Professional.objects.get(pk=professional.pk).about_fi == "Kysy minulta."

    def test_erases_somebody_who_was_refused(self, centre):
        row = AccessRequestFactory(centre=centre, family_name="Hävitettävä", state="refused", decided_at=NOW)
        run("erase_person", row.email, yes=True)
        assert where("Hävitettävä") == []

    def test_finds_what_is_left_in_history_alone(self, centre):
        row = AccessRequestFactory(centre=centre, family_name="Hävitettävä", email=EMAIL)
        with recording([row]):
            row.delete()
        run("erase_person", EMAIL, yes=True)
        assert where("Hävitettävä") == []


def of_erasmus(model):
    """The condition that a row of `model` is of the person, where others have some too."""
    return [models.Q(professional__email=EMAIL)] if model is Attendance else []
