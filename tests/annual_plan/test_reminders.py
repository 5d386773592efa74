"""At a quarter's end the coordinator and the responsible networks are told what is still open, once, if they wish."""

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from annual_plan.models import Outcome, Plan
from annual_plan.quarters import ended_of, last_ended
from networks.models import LocalNetwork, Seat
from tests.factories import (
    FamilyCentreFactory,
    InvitationFactory,
    LocalNetworkFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    PlanFactory,
    PlanItemFactory,
    ProfessionalFactory,
    ResponsibleFactory,
    SeatFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ROOT = "https://portal.example"
KEEPER = "koordinaattori@esimerkki.example"


class Refusing(EmailBackend):
    """A mail server that takes nothing for one address, as long as the test says so."""

    refused: str = ""

    def send_messages(self, messages):
        if any(self.refused in message.to for message in messages):
            raise ConnectionRefusedError
        return super().send_messages(messages)


@pytest.fixture
def centre():
    return FamilyCentreFactory(slug="keskus", name_fi="Testin perhekeskus", coordinator_email=KEEPER)


@pytest.fixture
def plan(centre):
    return PlanFactory(centre=centre, year=2026, reminders=True)


@pytest.fixture
def network(centre):
    return local(centre, "Ystäväverkosto", "ystavat@esimerkki.example")


def local(centre, name, email=""):
    return LocalNetworkFactory(centre=centre, network=NetworkFactory(name_fi=name), email=email)


def row_of(plan, number, quarter, *networks, **values):
    row = PlanItemFactory(plan=plan, number=number, quarter=quarter, title_fi=f"Rivi{number}", **values)
    for network in networks:
        ResponsibleFactory(item=row, network=network, label_fi="")
    return row


def run(**options):
    """What the command says."""
    out = StringIO()
    call_command("remind_of_plans", root=ROOT, stdout=out, **options)
    return out.getvalue()


def told(**options):
    """Who was written to by this run alone: the e-mails by their first address."""
    before = len(mail.outbox)
    run(**options)
    return {message.to[0]: message for message in mail.outbox[before:]}


def rows_in(message):
    return [f"Rivi{number}" for number in range(1, 10) if f" Rivi{number}" in message.body]


def link_in(message):
    return next(word for word in message.body.split() if word.startswith(ROOT)).removeprefix(ROOT)


class TestAtAQuartersEnd:
    def test_each_is_told_of_their_own_and_the_coordinator_of_all(self, plan, network, centre):
        other = local(centre, "Motti", "motti@esimerkki.example")
        row_of(plan, 1, 1, network)
        row_of(plan, 2, 3, network, other, is_internal=True)
        row_of(plan, 3, 3, network, outcome=Outcome.ACHIEVED)
        row_of(plan, 4, 3, outcome=Outcome.UNDER_WAY)
        row_of(plan, 5, 4, network)
        row_of(plan, 6, None, network)
        letters = told()
        assert {to: rows_in(message) for to, message in letters.items()} == {
            KEEPER: ["Rivi1", "Rivi2", "Rivi4"],
            "ystavat@esimerkki.example": ["Rivi1", "Rivi2"],
            "motti@esimerkki.example": ["Rivi2"],
        }
        with override("fi"):
            subject = gettext("%(centre)s, %(quarter)s %(year)s: what is still open") % {
                "centre": "Testin perhekeskus",
                "quarter": gettext("3rd quarter"),
                "year": 2026,
            }
            assert {message.subject for message in letters.values()} == {subject}
            for message in letters.values():
                quarters = [each in message.body for each in (gettext("3rd quarter"), gettext("4th quarter"))]
                assert quarters == [True, False]
        with override("fi"):
            asked = gettext("These have been asked, each about its own: %(asked)s.")
        assert asked % {"asked": "Ystäväverkosto, Motti"} in letters[KEEPER].body
        assert "Rivi2 (Ystäväverkosto, Motti)" in letters[KEEPER].body
        assert "Motti" not in letters["ystavat@esimerkki.example"].body

    def test_the_link_of_a_network_works_without_signing_in(self, plan, network):
        row_of(plan, 1, 3, network)
        answer = Client().get(link_in(told()["ystavat@esimerkki.example"]))
        assert (answer.status_code, "Rivi1" in answer.content.decode()) == (200, True)

    def test_the_coordinator_gets_no_secret_but_the_way_to_the_plan(self, plan, network):
        row_of(plan, 1, 3, network)
        with override("fi"):
            assert link_in(told()[KEEPER]) == reverse("admin:annual_plan_plan_evaluate", args=[plan.pk])

    def test_conveners_are_written_to_where_the_network_has_no_address(self, plan, centre):
        network = local(centre, "Motti")
        for name in ("ensin", "sitten"):
            SeatFactory(
                local_network=network,
                role=Seat.Role.CONVENER,
                person=ProfessionalFactory(email=f"{name}@esimerkki.example"),
            )
        row_of(plan, 1, 3, network)
        letters = told()
        assert list(letters) == [KEEPER, "ensin@esimerkki.example", "sitten@esimerkki.example"]
        assert len({link_in(message) for message in letters.values()}) == 3

    def test_the_coordinator_is_told_whom_to_tell_by_mouth(self, plan, centre):
        row = row_of(plan, 1, 3, local(centre, "Motti"))
        ResponsibleFactory(item=row, organisation=OrganisationFactory(name_fi="Posion kunta"), label_fi="")
        ResponsibleFactory(item=row_of(plan, 2, 3), label_fi="Koko verkosto")
        ResponsibleFactory(item=row_of(plan, 3, 3), label_fi="Koko verkosto")
        letters = told()
        assert list(letters) == [KEEPER]
        with override("fi"):
            said = gettext("Nobody can write to these from here. Tell them yourself:")
            one, many = "%(who)s: row %(numbers)s", "%(who)s: rows %(numbers)s"
            expected = [
                ngettext(one, many, number) % {"who": who, "numbers": numbers}
                for who, number, numbers in (
                    ("Motti", 1, "1"),
                    ("Posion kunta", 1, "1"),
                    ("Koko verkosto", 2, "2, 3"),
                )
            ]
        _before, _said, after = letters[KEEPER].body.partition(said)
        assert after.split("\n\n")[0].splitlines()[1:] == [f"- {each}" for each in expected]

    def test_a_network_is_called_by_its_one_label_else_by_its_title(self, plan, network):
        other = local(plan.centre, "Motti", "motti@esimerkki.example")
        ResponsibleFactory(item=row_of(plan, 1, 3), network=network, label_fi="Ystävien tiimi")
        for number, label in ((2, "Motin väki"), (3, "Motin nuoret")):
            ResponsibleFactory(item=row_of(plan, number, 3), network=other, label_fi=label)
        letters = told()
        assert "Ystävien tiimi" in letters[network.email].body
        assert "Ystäväverkosto" not in letters[network.email].body
        assert "Motti" in letters[other.email].body

    def test_every_letter_ends_with_thanks(self, plan, network):
        row_of(plan, 1, 3, network)
        with override("fi"):
            thanks = gettext("Thank you!")
        assert [message.body.split()[-1] for message in told().values()] == [thanks] * 2

    def test_all_coordinators_get_one_letter_where_the_centre_has_no_address(self, plan, centre):
        centre.coordinator_email = ""
        centre.save()
        for name in ("b", "a"):
            MembershipFactory(centre=centre, user=UserFactory(email=f"{name}@esimerkki.example"))
        row_of(plan, 1, 3)
        run()
        assert [message.to for message in mail.outbox] == [["a@esimerkki.example", "b@esimerkki.example"]]

    def test_whoever_is_known_to_read_swedish_is_written_to_in_swedish(self, plan, network):
        InvitationFactory(email=network.email, language="sv")
        row = row_of(plan, 1, 3, network)
        row.title_sv = "Rad1"
        row.save()
        letters = told()
        assert "Rad1" in letters[network.email].body
        assert link_in(letters[network.email]).startswith("/sv/keskus/")
        assert "Rad1" not in letters[KEEPER].body

    def test_a_network_that_is_responsible_twice_is_told_once(self, plan, network):
        ResponsibleFactory(item=row_of(plan, 1, 3, network), network=network, label_fi="Puheenjohtaja")
        assert told()[network.email].body.count("Rivi1") == 1

    def test_another_centres_plan_is_told_to_its_own(self, plan, network):
        elsewhere = FamilyCentreFactory(slug="toinen", coordinator_email="toinen@esimerkki.example")
        row_of(plan, 1, 3)
        row_of(PlanFactory(centre=elsewhere, reminders=True), 2, 3)
        letters = told()
        assert {to: rows_in(message) for to, message in letters.items()} == {
            KEEPER: ["Rivi1"],
            "toinen@esimerkki.example": ["Rivi2"],
        }


class TestWhen:
    def test_off_unless_the_plan_says_so(self, centre):
        plan = PlanFactory(centre=centre)
        row_of(plan, 1, 1)
        assert told() == {}
        plan.refresh_from_db()
        assert (plan.reminders, plan.reminded_quarter) == (False, 0)

    @pytest.mark.parametrize("phase", [Plan.Phase.DRAFTING, Plan.Phase.EVALUATED])
    def test_only_while_the_plan_is_under_way(self, plan, phase):
        row_of(plan, 1, 3)
        Plan.objects.update(phase=phase)
        assert told() == {}

    def test_once_for_each_quarter(self, plan, time_machine):
        row_of(plan, 1, 1)
        found = []
        for day in (
            *(date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2), date(2026, 6, 30), date(2026, 7, 1)),
            *(date(2026, 9, 30), date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)),
            date(2027, 4, 1),
        ):
            time_machine.move_to(
                datetime(day.year, day.month, day.day, 0, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
            )
            if told():
                found.append(day)
        assert found == [date(2026, 4, 1), date(2026, 7, 1), date(2026, 11, 1), date(2027, 1, 1)]

    def test_in_january_last_years_plan_with_what_went_on_all_year(self, plan, centre, time_machine):
        row_of(plan, 1, None)
        row_of(PlanFactory(centre=centre, year=2027, reminders=True), 2, 1)
        time_machine.move_to(datetime(2027, 1, 4, 9, 30, tzinfo=ZoneInfo("Europe/Helsinki")))
        letters = told()
        assert {to: rows_in(message) for to, message in letters.items()} == {KEEPER: ["Rivi1"]}
        with override("fi"):
            assert gettext("4th quarter") in letters[KEEPER].subject
            assert gettext("All year round") in letters[KEEPER].body
        assert sorted(Plan.objects.values_list("year", "reminded_quarter")) == [(2026, 4), (2027, 0)]

    def test_nothing_open_is_told_to_nobody_and_is_done_with(self, plan):
        row = row_of(plan, 1, 3, outcome=Outcome.ACHIEVED)
        row_of(plan, 2, 4)
        assert told() == {}
        plan.refresh_from_db()
        assert plan.reminded_quarter == 3
        row.outcome = Outcome.UNDER_WAY
        row.save()
        assert told() == {}

    def test_that_it_was_told_is_in_no_history_and_makes_no_newer_plan(self, plan):
        row_of(plan, 1, 3)
        before = Plan.objects.values("updated_at").get()
        told()
        assert Plan.objects.values("updated_at").get() == before

    @pytest.mark.parametrize(
        ("day", "last", "of_2026"),
        [
            (date(2026, 1, 1), (2025, 4), 0),
            (date(2026, 3, 31), (2025, 4), 0),
            (date(2026, 4, 1), (2026, 1), 1),
            (date(2026, 9, 30), (2026, 2), 2),
            (date(2026, 12, 31), (2026, 3), 3),
            (date(2027, 1, 1), (2026, 4), 4),
            (date(2025, 12, 31), (2025, 3), 0),
        ],
    )
    def test_a_quarter_is_over_on_the_day_after_it(self, day, last, of_2026):
        assert (last_ended(day), ended_of(2026, day)) == (last, of_2026)


class TestWhatCannotBeSent:
    @pytest.fixture
    def refusing(self, settings):
        settings.EMAIL_BACKEND = f"{Refusing.__module__}.Refusing"
        yield Refusing
        Refusing.refused = ""

    def test_is_tried_again_and_nobody_is_told_twice(self, plan, network, refusing):
        row_of(plan, 1, 3, network)
        refusing.refused = network.email
        assert run() == "Sent: 1. Could not be sent: 1.\n"
        plan.refresh_from_db()
        assert plan.reminded_quarter == 0
        assert run() == "Sent: 0. Could not be sent: 1.\n"
        refusing.refused = ""
        assert run() == "Sent: 1. Could not be sent: 0.\n"
        assert run() == "Sent: 0. Could not be sent: 0.\n"
        assert [message.to for message in mail.outbox] == [[KEEPER], [network.email]]

    def test_goes_to_the_new_address_once_that_was_mended(self, plan, network, refusing):
        row_of(plan, 1, 3, network)
        refusing.refused = network.email
        run()
        LocalNetwork.objects.update(email="oikea@esimerkki.example")
        run()
        assert [message.to[0] for message in mail.outbox] == [KEEPER, "oikea@esimerkki.example"]

    def test_at_worst_somebody_is_told_twice_and_nobody_never(self, plan, network, refusing):
        row_of(plan, 1, 3, network)
        refusing.refused = network.email
        run()
        cache.clear()
        refusing.refused = ""
        run()
        assert [message.to[0] for message in mail.outbox] == [KEEPER, KEEPER, network.email]

    def test_holds_up_no_other_plan(self, plan, network, refusing):
        row_of(plan, 1, 3, network)
        other = PlanFactory(
            centre=FamilyCentreFactory(coordinator_email="toinen@esimerkki.example"), reminders=True
        )
        row_of(other, 2, 3)
        refusing.refused = KEEPER
        assert run() == "Sent: 2. Could not be sent: 1.\n"
        assert sorted(Plan.objects.values_list("pk", "reminded_quarter")) == [(plan.pk, 0), (other.pk, 3)]


def test_a_dry_run_says_who_would_be_written_to_and_does_nothing(plan, network):
    row_of(plan, 1, 3, network)
    said = run(dry_run=True).splitlines()
    assert [line.rpartition(" → ")[2] for line in said] == [KEEPER, network.email]
    plan.refresh_from_db()
    assert (mail.outbox, plan.reminded_quarter) == ([], 0)
    assert len(told()) == 2
