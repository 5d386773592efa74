"""Requests for access at the desk: read, and answered with one click."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from lxml import html
from reversion.models import Version

from accounts.models import User
from centres.invitation_actions import NotSentError, accept
from centres.models import FamilyCentre, Invitation, Membership
from networks import joining
from networks.admin.access_requests import FAULTS
from networks.models import AccessRequest, Professional
from networks.own_card import own_card
from tests.admin.forms import address, changed_by, filled, save
from tests.conftest import NOW
from tests.factories import (
    PASSWORD,
    AccessRequestFactory,
    FamilyCentreFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    ProfessionalFactory,
    UserFactory,
)
from tests.harness.mail import arrived

LIST = address("changelist", AccessRequest)
IN_A_YEAR = date(2027, 11, 18)


@pytest.fixture
def asking(posio: FamilyCentre) -> AccessRequest:
    """Somebody new who asks to be let in to Posio."""
    return AccessRequestFactory(
        centre=posio, email="testi@esimerkki.example", given_name="Testi", family_name="Pyytäjä"
    )


def click(client: Client, answer: str, row: AccessRequest) -> Any:
    """Presses one of the two buttons in the row of the list."""
    page = html.fromstring(client.get(LIST).content.decode())
    path = address(answer, row, row.pk)
    (button,) = page.xpath(f"//form[@id='changelist-form']//button[@formaction='{path}']")
    return client.post(button.get("formaction"), dict(button.getparent().getparent().items()))


def said(client: Client) -> list[str]:
    page = html.fromstring(client.get(LIST).content.decode())
    return [item.text_content().strip() for item in page.xpath("//ul[@class='messagelist']/li")]


def fault(error: type[Exception]) -> str:
    return f"Testi Pyytäjä: {FAULTS[error]}"


def state(row: AccessRequest) -> str:
    return AccessRequest.objects.get(pk=row.pk).state


class TestTheList:
    def test_shows_those_that_wait_in_own_centres_and_the_others_when_asked(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        AccessRequestFactory()
        done = AccessRequestFactory(centre=posio, state="refused", decided_at=timezone.now())

        def listed(query: str) -> set[AccessRequest]:
            return set(coordinator.get(f"{LIST}{query}").context["cl"].queryset)

        assert listed("") == {asking}
        assert listed("?state=refused") == {done}
        assert listed("?state=all") == {asking, done}
        assert listed("?need=access") == {asking}

    def test_says_who_asks_from_where_and_what_they_do(self, coordinator: Client, asking: AccessRequest):
        asking.message = "Neuvolassa torstaisin."
        asking.organisation, asking.organisation_name = None, "Uusi yhdistys"
        asking.save()
        page = coordinator.get(LIST).content.decode()
        for words in ("Testi Pyytäjä", asking.title, "Uusi yhdistys", "Neuvolassa torstaisin.", asking.email):
            assert words in page

    def test_shows_what_was_typed_as_text(self, coordinator: Client, asking: AccessRequest):
        asking.family_name = asking.message = "<script>alert(1)</script>"
        asking.save()
        assert "<script>alert(1)" not in coordinator.get(LIST).content.decode()

    def test_costs_the_same_with_one_and_with_many(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre, django_assert_num_queries: Any
    ):
        coordinator.get(LIST)
        with django_assert_num_queries(9):
            coordinator.get(LIST)
        AccessRequestFactory.create_batch(30, centre=posio)
        with django_assert_num_queries(9):
            coordinator.get(LIST)

    def test_nobody_asks_in_somebody_elses_name(self, coordinator: Client, asking: AccessRequest):
        assert coordinator.get(address("add", AccessRequest)).status_code == 403


class TestAcceptingSomebodyNew:
    def test_invites_them_and_makes_their_card(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        # The database's clock does not stand still with the tests'.
        AccessRequest.objects.update(asked_at=NOW)
        answer = click(coordinator, "accept", asking)

        assert (answer.status_code, answer["Location"]) == (302, LIST)
        asking.refresh_from_db()
        assert (asking.state, asking.decided_by) == ("accepted", User.objects.get(memberships__centre=posio))
        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.role, invitation.centre) == (
            "testi@esimerkki.example", "professional", posio,
        )  # fmt: skip
        card = Professional.objects.get()
        assert (card.name, card.title_fi, card.organisation, card.home, card.user, card.email) == (
            "Testi Pyytäjä", asking.title, asking.organisation, posio, None, "testi@esimerkki.example",
        )  # fmt: skip
        assert (card.active, card.confirmed_on) == (True, date(2026, 11, 18))
        (message,) = arrived()
        assert message.to == ["testi@esimerkki.example"]
        assert re.search(r"http://testserver/kutsu/\S+", message.body)
        assert said(coordinator) == [
            gettext("%s has been let in, and is told so by e-mail.") % "Testi Pyytäjä"
        ]

    def test_once_they_come_in_they_are_let_in_for_a_year_and_the_card_is_theirs(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        click(coordinator, "accept", asking)
        user = accept(
            invitation=Invitation.objects.get(), now=timezone.now(), name="Testi Pyytäjä", password=PASSWORD
        )

        membership = Membership.objects.get(user=user)
        assert (membership.centre, membership.role, membership.ends_on) == (posio, "professional", IN_A_YEAR)
        assert own_card(user, posio) == Professional.objects.get(user=user)
        assert Professional.objects.count() == 1

    def test_is_written_in_their_language(self, coordinator: Client, asking: AccessRequest):
        AccessRequest.objects.update(language="sv")
        click(coordinator, "accept", asking)

        assert "/sv/inbjudan/" in mail.outbox[0].body
        card = Professional.objects.get()
        assert (card.title_fi, card.title_sv) == (asking.title, asking.title)

    def test_of_an_organisation_that_was_only_written_asks_to_choose_it_first(
        self, coordinator: Client, asking: AccessRequest
    ):
        AccessRequest.objects.update(organisation=None, organisation_name="Uusi yhdistys")
        answer = click(coordinator, "accept", asking)

        assert answer.url == address("change", asking, asking.pk)
        assert said(coordinator) == [fault(joining.NoOrganisationError)]
        assert (state(asking), Invitation.objects.count(), Professional.objects.count()) == ("waiting", 0, 0)

        chosen = OrganisationFactory()
        save(coordinator, address("change", asking, asking.pk), organisation=str(chosen.pk))
        click(coordinator, "accept", asking)
        assert Professional.objects.get().organisation == chosen

    def test_who_was_invited_by_hand_meanwhile_gets_a_new_link(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        InvitationFactory(email="testi@esimerkki.example", role="professional", centre=posio)
        click(coordinator, "accept", asking)

        assert (state(asking), Invitation.objects.count()) == ("accepted", 1)

    def test_a_card_that_the_coordinator_kept_is_theirs_from_now_on(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        card = ProfessionalFactory(home=posio, email="Testi@esimerkki.example", title_fi="Psykologi")
        click(coordinator, "accept", asking)

        assert list(Professional.objects.values_list("pk", "title_fi")) == [(card.pk, "Psykologi")]

    @pytest.mark.parametrize("works", [True, False])
    def test_whose_e_mail_cannot_be_sent_leaves_the_card_that_is_there_as_it_was(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre, settings: Any, works: bool
    ):
        home = FamilyCentreFactory()
        card = ProfessionalFactory(home=home, also_in=[posio], active=False, email=asking.email)
        with_mail = settings.EMAIL_BACKEND
        if not works:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        click(coordinator, "accept", asking)
        settings.EMAIL_BACKEND = with_mail

        card.refresh_from_db()
        expected = (True, posio, []) if works else (False, home, [posio])
        assert (card.active, card.home, list(card.also_in.all())) == expected
        assert Professional.objects.count() == 1
        assert Version.objects.get_for_object(card).count() == (2 if works else 1)

    def test_takes_no_card_of_another_centre_and_none_of_several(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        theirs = ProfessionalFactory(email=asking.email)
        several = ProfessionalFactory.create_batch(2, home=posio, email=asking.email, active=False)
        click(coordinator, "accept", asking)

        new = Professional.objects.exclude(pk__in=[theirs.pk, *(each.pk for each in several)]).get()
        assert (new.home, new.family_name) == (posio, "Pyytäjä")
        assert not Professional.objects.filter(pk__in=[each.pk for each in several], active=True).exists()
        assert list(theirs.also_in.all()) == []

    def test_who_comes_in_meanwhile_by_an_earlier_link_needs_no_letter(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        invited = InvitationFactory(email=asking.email, role="professional", centre=posio)

        def come_in(**kwargs: Any) -> None:
            pre_save.disconnect(come_in, Professional)
            Invitation.objects.filter(pk=invited.pk).update(accepted_at=timezone.now())

        pre_save.connect(come_in, Professional)
        click(coordinator, "accept", asking)
        assert state(asking) == "accepted"

    def test_whose_e_mail_cannot_be_sent_waits_on_as_if_nobody_had_answered(
        self, coordinator: Client, asking: AccessRequest, settings: Any
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        click(coordinator, "accept", asking)

        assert said(coordinator) == [fault(NotSentError)]
        assert (state(asking), Invitation.objects.count(), Professional.objects.count()) == ("waiting", 0, 0)
        assert AccessRequest.objects.get().decided_by is None


class TestAcceptingSomebodyKnown:
    @pytest.fixture
    def known(self, posio: FamilyCentre) -> User:
        """A professional of another centre, with a card there."""
        user = UserFactory(email="testi@esimerkki.example", name="Testi Pyytäjä")
        home = FamilyCentreFactory()
        MembershipFactory(user=user, centre=home, role="professional", ends_on=date(2026, 12, 1))
        ProfessionalFactory(user=user, home=home, given_name="Testi", family_name="Pyytäjä")
        return user

    def test_lets_them_in_at_once_and_puts_their_card_into_the_directory(
        self, coordinator: Client, asking: AccessRequest, known: User, posio: FamilyCentre
    ):
        click(coordinator, "accept", asking)

        membership = known.memberships.get(centre=posio)
        assert (membership.role, membership.ends_on) == ("professional", IN_A_YEAR)
        assert list(known.professional.also_in.all()) == [posio]
        assert (Professional.objects.count(), Invitation.objects.count()) == (1, 0)
        (message,) = arrived()
        assert (message.to, message.subject) == (["testi@esimerkki.example"], gettext("You have been let in"))
        assert f"http://testserver{reverse('professionals:own', args=['posio'])}" in message.body.split()
        assert "18.11.2027" in message.body

    def test_lets_stay_who_asks_to_for_a_year_from_today(
        self, coordinator: Client, asking: AccessRequest, known: User, posio: FamilyCentre
    ):
        MembershipFactory(user=known, centre=posio, role="professional", ends_on=date(2026, 12, 1))
        AccessRequest.objects.update(is_renewal=True)
        click(coordinator, "accept", asking)

        assert known.memberships.get(centre=posio).ends_on == IN_A_YEAR

    @pytest.mark.parametrize("until", [None, IN_A_YEAR + timedelta(days=1)])
    def test_takes_nothing_from_who_is_let_in_longer(
        self, coordinator: Client, asking: AccessRequest, known: User, posio: FamilyCentre, until: Any
    ):
        MembershipFactory(user=known, centre=posio, role="professional", ends_on=until)
        click(coordinator, "accept", asking)

        assert known.memberships.get(centre=posio).ends_on == until

    def test_who_had_left_is_back_in_this_centre_alone(
        self, coordinator: Client, asking: AccessRequest, known: User, posio: FamilyCentre
    ):
        Professional.objects.update(active=False)
        click(coordinator, "accept", asking)

        card = Professional.objects.get()
        assert (card.active, card.home, list(card.also_in.all())) == (True, posio, [])

    def test_not_whose_account_is_closed(self, coordinator: Client, asking: AccessRequest, known: User):
        User.objects.filter(pk=known.pk).update(is_active=False)
        click(coordinator, "accept", asking)

        assert said(coordinator) == [fault(joining.AccountClosedError)]
        assert (state(asking), known.memberships.count()) == ("waiting", 1)

    def test_makes_a_card_for_who_has_none(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        user = UserFactory(email="Testi@esimerkki.example")
        click(coordinator, "accept", asking)

        assert Professional.objects.get().user == user


class TestRefusing:
    def test_says_no_kindly_and_whom_to_ask(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        posio.coordinator_email = "koordinaattori@esimerkki.example"
        posio.save()
        click(coordinator, "refuse", asking)

        assert (state(asking), Professional.objects.count(), Invitation.objects.count()) == ("refused", 0, 0)
        (message,) = arrived()
        assert (message.to, message.subject) == (
            ["testi@esimerkki.example"],
            gettext("Your request for access"),
        )
        assert "koordinaattori@esimerkki.example" in message.body
        assert message.reply_to == ["koordinaattori@esimerkki.example"]
        assert said(coordinator) == [
            gettext("%s has been refused, and is told so by e-mail.") % "Testi Pyytäjä"
        ]

    def test_names_whoever_keeps_the_centre_where_it_tells_no_address(
        self, coordinator: Client, asking: AccessRequest
    ):
        click(coordinator, "refuse", asking)

        (message,) = arrived()
        keeper = User.objects.get(memberships__centre__slug="posio").email
        assert (message.reply_to, keeper in message.body) == ([keeper], True)

    def test_is_in_their_history_with_who_did_it(self, coordinator: Client, asking: AccessRequest):
        click(coordinator, "refuse", asking)

        assert changed_by(asking) == [User.objects.get(memberships__centre__slug="posio"), None]


class TestBoth:
    @pytest.mark.parametrize("answer", ["accept", "refuse"])
    def test_come_too_late_where_somebody_else_has_answered(
        self, coordinator: Client, asking: AccessRequest, answer: str
    ):
        path = address(answer, asking, asking.pk)
        AccessRequest.objects.update(state="refused", decided_at=timezone.now())
        coordinator.post(path)

        assert said(coordinator) == [fault(joining.DecidedMeanwhileError)]
        assert (state(asking), mail.outbox) == ("refused", [])

    @pytest.mark.parametrize("answer", ["accept", "refuse"])
    def test_are_posted_and_never_read(self, coordinator: Client, asking: AccessRequest, answer: str):
        assert coordinator.get(address(answer, asking, asking.pk)).status_code == 405
        assert state(asking) == "waiting"

    @pytest.mark.parametrize("answer", ["accept", "refuse"])
    def test_are_the_own_centres_alone(self, coordinator: Client, answer: str):
        theirs = AccessRequestFactory()
        for key in (theirs.pk, 999_999, "x"):
            assert coordinator.post(address(answer, theirs, key)).status_code == 302
        assert state(theirs) == "waiting"
        assert mail.outbox == []

    @pytest.mark.parametrize("answer", ["accept", "refuse"])
    def test_need_the_forms_token(self, asking: AccessRequest, posio: FamilyCentre, answer: str):
        client = Client(enforce_csrf_checks=True)
        client.force_login(MembershipFactory(centre=posio, user=UserFactory(is_staff=True)).user)

        assert client.post(address(answer, asking, asking.pk)).status_code == 403
        assert state(asking) == "waiting"

    @pytest.mark.parametrize("answer", ["accept", "refuse"])
    def test_are_nothing_for_a_professional(self, asking: AccessRequest, posio: FamilyCentre, answer: str):
        client = Client()
        client.force_login(MembershipFactory(centre=posio, role="professional").user)
        client.post(address(answer, asking, asking.pk))
        assert state(asking) == "waiting"

    def test_can_be_given_to_many_at_once(
        self, coordinator: Client, asking: AccessRequest, posio: FamilyCentre
    ):
        rows = [asking, AccessRequestFactory(centre=posio)]
        written = AccessRequestFactory(centre=posio, organisation=None, organisation_name="Yhdistys")
        theirs = AccessRequestFactory()

        def act(action: str, *chosen: AccessRequest) -> list[str]:
            keys = [str(row.pk) for row in chosen]
            coordinator.post(LIST, {"action": action, "_selected_action": keys})
            return said(coordinator)

        words = act("accept_chosen", *rows, written, theirs)
        let_in = ngettext("%d professional has been let in.", "%d professionals have been let in.", 2) % 2
        refused = ngettext("%d request has been refused.", "%d requests have been refused.", 1) % 1
        assert words[1:] == [let_in]
        assert act("refuse_chosen", written) == [refused]
        assert [state(row) for row in [*rows, written, theirs]] == ["accepted"] * 2 + ["refused", "waiting"]

    def test_an_answered_request_stays_as_it_was(self, coordinator: Client, asking: AccessRequest):
        AccessRequest.objects.update(state="refused", decided_at=timezone.now())
        page = coordinator.get(address("change", asking, asking.pk))

        assert page.status_code == 200
        assert "given_name" not in filled(page)


class TestMemberships:
    def test_are_renewed_for_a_year_many_at_once(self, coordinator: Client, posio: FamilyCentre):
        soon = MembershipFactory(centre=posio, role="professional", ends_on=date(2026, 12, 1))
        over = MembershipFactory(centre=posio, role="professional", ends_on=date(2026, 10, 1))
        long = MembershipFactory(centre=posio, role="professional", ends_on=date(2028, 1, 1))
        theirs = MembershipFactory(role="professional", ends_on=date(2026, 12, 1))
        rows = [soon, over, long, theirs]

        coordinator.post(
            address("changelist", Membership),
            {"action": "let_in_for_another_year", "_selected_action": [str(row.pk) for row in rows]},
        )

        assert [Membership.objects.get(pk=row.pk).ends_on for row in rows] == [
            IN_A_YEAR, IN_A_YEAR, date(2028, 1, 1), date(2026, 12, 1),
        ]  # fmt: skip

    def test_of_an_invitation_sent_by_hand_last_a_year_too(self, posio: FamilyCentre, db: None):
        professional = InvitationFactory(centre=posio, role="professional")
        coordinator = InvitationFactory(centre=posio)
        for row in (professional, coordinator):
            user = accept(invitation=row, now=timezone.now(), name="Testi", password=PASSWORD)
            until = IN_A_YEAR if row == professional else None
            assert user.memberships.get().ends_on == until


class TestCards:
    def test_are_listed_with_until_when_their_people_are_let_in(
        self, coordinator: Client, posio: FamilyCentre
    ):
        user = MembershipFactory(centre=posio, role="professional", ends_on=IN_A_YEAR).user
        ProfessionalFactory(home=posio, user=user)
        ProfessionalFactory(home=posio)
        page = html.fromstring(coordinator.get(address("changelist", Professional)).content.decode())
        assert {each.text for each in page.xpath("//td[contains(@class, 'field-let_in_until')]")} == {
            "18.11.2027",
            "-",
        }

    def test_are_found_by_small_letters_without_marks(self, coordinator: Client, posio: FamilyCentre):
        card = ProfessionalFactory(home=posio, family_name="Äärimäki")
        ProfessionalFactory(home=posio)
        found = coordinator.get(f"{address('changelist', Professional)}?q=AARI").context["cl"].queryset
        assert list(found) == [card]

    def test_of_somebody_who_works_here_no_more_end_their_access(
        self, coordinator: Client, posio: FamilyCentre
    ):
        user = MembershipFactory(centre=posio, role="professional", ends_on=IN_A_YEAR).user
        kept = [
            MembershipFactory(user=user, centre=posio, role="coordinator"),
            MembershipFactory(user=user, role="professional", ends_on=IN_A_YEAR),
        ]
        card = ProfessionalFactory(home=posio, user=user)
        AccessRequestFactory(centre=posio, email=user.email, is_renewal=True)
        save(coordinator, address("change", card, card.pk), phone="040 1234567")
        assert user.memberships.count() == 3

        save(coordinator, address("change", card, card.pk), active=[])
        card.refresh_from_db()
        assert (card.active, list(user.memberships.order_by("pk"))) == (False, kept)
        assert AccessRequest.objects.count() == 0
        assert changed_by(user) == [User.objects.exclude(pk=user.pk).get(memberships__centre=posio), None]

    def test_are_nobodys_to_lend(self, coordinator: Client, posio: FamilyCentre):
        card = ProfessionalFactory(home=posio)
        answer = save(
            coordinator, address("change", card, card.pk), user=str(UserFactory().pk), phone="040 1234567"
        )
        card.refresh_from_db()
        assert (answer.status_code, card.user, card.phone) == (302, None, "040 1234567")

    def test_are_shown_by_no_link_to_somebody_who_has_not_been_let_in(
        self, coordinator: Client, posio: FamilyCentre
    ):
        card = ProfessionalFactory(home=posio)
        for path in (address("change", card, card.pk), address("add", Professional)):
            context = coordinator.get(path).context
            assert (context["previews"], context["can_preview"]) == ([], False)
