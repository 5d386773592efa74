"""An invitation: from the e-mail to the desk, and every way in which it can lead nowhere."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models.signals import pre_save
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from lxml import html

from accounts.models import User
from centres.invitation_actions import NotOpenError, NotSentError, NowKnownError, accept, send, withdraw
from centres.inviting import invitations_of
from centres.models import Area, FamilyCentre, Invitation, Membership
from centres.models.invitation import digest
from tests.factories import (
    PASSWORD,
    AreaFactory,
    FamilyCentreFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)
from tests.signing_in import code

pytestmark = pytest.mark.django_db

NOT_VALID = "It is not valid any more. An invitation works for seven days at most."
NEW = {"name": "Anna Niemi", "password1": "lumi sade ja 7 poroa"}


@pytest.fixture
def invitation():
    """To be a coordinator of Posio, sent by Kaisa in English; its link is in the one e-mail."""
    row = Invitation(
        email="Anna@Esimerkki.example",
        centre=FamilyCentreFactory(slug="posio", name_fi="Posion perhekeskus"),
        language="en",
    )
    kaisa = MembershipFactory(user__name="Kaisa", centre=row.centre).user
    send(invitation=row, by=kaisa, root="https://portal.example", now=timezone.now())
    return row


def link():
    """The path of the link in the e-mail that was sent last."""
    return re.findall(r"https://portal\.example(\S+)", mail.outbox[-1].body)[0]


def heading(answer):
    return html.fromstring(answer.content.decode()).xpath("string(//h1)")


def lead(answer):
    return html.fromstring(answer.content.decode()).xpath("string(//*[@class='account__head']/p)").strip()


class TestEmail:
    def test_it_says_who_invites_where_and_until_when(self, invitation):
        (message,) = mail.outbox

        assert (message.to, message.subject) == (
            ["anna@esimerkki.example"],
            "An invitation to the family centre pages",
        )
        assert "Kaisa invites you to maintain" in message.body
        assert "coordinator, Posion perhekeskus" in message.body
        # Seven days on, to the minute; seconds pass while tests run.
        assert re.search(r"until 25 November 2026 at 10:\d\d\.", message.body)

    def test_a_professional_is_not_told_to_maintain_anything(self):
        row = Invitation(
            email="a@esimerkki.example",
            centre=FamilyCentreFactory(),
            role=Membership.Role.PROFESSIONAL,
            language="en",
        )

        send(invitation=row, by=UserFactory(name="Kaisa"), root="https://portal.example", now=timezone.now())

        body = mail.outbox[0].body
        assert mail.outbox[0].subject == f"You have been let in: {row.centre.name_fi}"
        assert "Kaisa has let you in to the pages of professionals as:" in body
        assert [word for word in ("maintain", "invite", "five minutes") if word in body] == []

    def test_nor_are_they_at_the_link(self, client):
        row = InvitationFactory(role=Membership.Role.PROFESSIONAL)

        page = client.get(f"/en/invitation/{row.email[::-1]}/").content.decode()

        assert f"{row.invited_by} has let you in." in page
        assert [word for word in ("your changes", "has invited you") if word in page] == []

    @pytest.mark.parametrize(
        ("language", "path", "subject"),
        [
            ("fi", "/kutsu/", "Kutsu perhekeskuksen sivuille"),
            ("sv", "/sv/inbjudan/", "En inbjudan till familjecentralens sidor"),
        ],
    )
    def test_it_is_in_the_language_that_was_chosen_and_leads_to_pages_in_it(self, language, path, subject):
        row = Invitation(email="a@esimerkki.example", centre=FamilyCentreFactory(), language=language)

        send(invitation=row, by=UserFactory(), root="https://portal.example", now=timezone.now())

        assert mail.outbox[0].subject == subject
        assert link().startswith(path)

    def test_only_a_digest_of_the_link_is_kept(self, invitation):
        token = link().rstrip("/").rpartition("/")[2]

        assert len(token) == 43
        assert invitation.digest == digest(token)
        assert token not in str(Invitation.objects.values().get())

    def test_what_cannot_be_sent_is_not_saved(self, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        row = Invitation(email="a@esimerkki.example", centre=FamilyCentreFactory())

        with pytest.raises(NotSentError):
            send(invitation=row, by=UserFactory(), root="https://portal.example", now=timezone.now())
        assert not Invitation.objects.exists()


class TestTwoAtOnce:
    def test_whoever_became_a_user_by_another_invitation_meanwhile_signs_in(self, client, invitation):
        def known_meanwhile(**kwargs):
            User.objects.bulk_create([User(email="anna@esimerkki.example")])

        pre_save.connect(known_meanwhile, sender=User)
        try:
            answer = client.post(link(), NEW)
        finally:
            pre_save.disconnect(known_meanwhile, sender=User)

        assert answer["Location"] == f"/en/sign-in/?next={link()}"
        assert not Membership.objects.filter(user__email="anna@esimerkki.example").exists()

    def test_the_other_invitation_still_waits(self, invitation):
        other = InvitationFactory(email=invitation.email)
        accept(invitation=invitation, now=timezone.now(), name="Anna", password=PASSWORD)

        with pytest.raises(NowKnownError):
            accept(invitation=other, now=timezone.now(), name="Anna", password=PASSWORD)
        assert Invitation.objects.with_state(timezone.now()).get(pk=other.pk).state == "waiting"


class TestAccepting:
    def test_a_new_person_chooses_a_password_enrols_and_is_at_the_desk(self, client, invitation):
        page = client.get(link())
        assert heading(page) == "Welcome"

        assert client.post(link(), NEW)["Location"] == "/en/sign-in/own/"
        user = User.objects.get(email="anna@esimerkki.example")
        assert (user.name, user.is_staff, user.is_superuser) == ("Anna Niemi", True, False)
        assert user.check_password(NEW["password1"])
        assert [(each.role, each.centre) for each in user.memberships.all()] == [
            ("coordinator", invitation.centre)
        ]
        assert heading(client.get("/en/sign-in/own/")) == "Make your sign-in safe"

        page = html.fromstring(client.get("/en/sign-in/app/").content.decode())
        key = page.xpath("string(//*[@class='secret'])").replace(" ", "")
        client.post("/en/sign-in/app/", {"code": code(key)})
        assert client.get("/en/sign-in/onward/")["Location"] == "/en/hallinta/"
        assert "Welcome! You are ready to begin." in client.get("/en/hallinta/").content.decode()

    def test_a_professional_comes_to_their_own_card_without_a_desk(self, client):
        row = InvitationFactory(role=Membership.Role.PROFESSIONAL)

        answer = client.post(f"/en/invitation/{row.email[::-1]}/", NEW)

        assert answer["Location"] == f"/en/{row.centre.slug}/professionals/own/"
        assert not User.objects.get(email=row.email).is_staff

    def test_an_area_coordinator_gets_the_area(self, client):
        row = InvitationFactory(role=Membership.Role.AREA_COORDINATOR, centre=None, area=AreaFactory())

        client.post(f"/en/invitation/{row.email[::-1]}/", NEW)

        assert Membership.objects.get().area == row.area

    @pytest.mark.parametrize(
        ("values", "fields"),
        [
            ({"password1": "salasana"}, ["password1"]),
            ({"name": ""}, ["name"]),
            ({"password1": "anna@esimerkki.example"}, ["password1"]),
        ],
    )
    def test_a_slip_is_told_beside_its_field_and_nothing_is_saved(self, client, invitation, values, fields):
        answer = client.post(link(), NEW | values)

        assert (answer.status_code, answer["Referrer-Policy"]) == (400, "same-origin")
        assert list(answer.context["form"].errors) == fields
        assert 'aria-invalid="true"' in answer.content.decode()
        assert not User.objects.filter(email=invitation.email).exists()

    def test_somebody_known_signs_in_and_says_yes(self, client, invitation):
        user = UserFactory(email="anna@esimerkki.example", is_staff=True)
        path = link()

        assert client.get(path)["Location"] == f"/en/sign-in/?next={path}"
        client.force_login(user)
        page = html.fromstring(client.get(path).content.decode())
        assert page.xpath("//main//input[@type!='hidden']") == []
        assert client.post(path)["Location"] == "/en/sign-in/onward/"
        assert user.memberships.get().centre == invitation.centre

    def test_whoever_comes_back_by_the_link_that_they_used_is_led_on(self, client, invitation):
        client.post(link(), NEW)

        assert client.get(link())["Location"] == "/en/sign-in/onward/"
        assert client.post(link(), NEW)["Location"] == "/en/sign-in/onward/"
        assert User.objects.get(email=invitation.email).memberships.count() == 1

    def test_nobody_accepts_for_somebody_else(self, client, invitation):
        client.force_login(UserFactory())

        answers = [client.get(link()), client.post(link(), NEW)]

        assert [heading(answer) for answer in answers] == ["This invitation is for somebody else"] * 2
        assert not Membership.objects.exclude(user=invitation.invited_by).exists()

    def test_who_has_the_membership_already_does_not_get_it_twice(self, invitation):
        user = MembershipFactory(centre=invitation.centre).user

        accept(invitation=invitation, now=timezone.now(), user=user)

        assert user.memberships.count() == 1


class TestDeadLinks:
    @pytest.fixture
    def over(self, client):
        """What stands on the page of a link that has died: (status, heading, first sentence)."""

        def look(path):
            answers = {
                (answer.status_code, heading(answer), lead(answer))
                for answer in (client.get(path), client.post(path, NEW))
            }
            assert not User.objects.filter(name=NEW["name"]).exclude(memberships__isnull=False).exists()
            (only,) = answers
            return only

        return look

    def test_used(self, client, over, invitation):
        client.post(link(), NEW)
        client.logout()

        assert over(link()) == (
            410,
            "This invitation does not work",
            "It has been used already. If it was you who used it, sign in.",
        )

    def test_expired(self, over, invitation, time_machine):
        time_machine.move_to(timezone.now() + timedelta(days=7, seconds=1))

        assert over(link()) == (
            410,
            "This invitation does not work",
            NOT_VALID,
        )

    def test_a_professional_is_led_to_ask_for_access_instead(self, client, invitation):
        withdraw(invitation=invitation, now=timezone.now())
        with override("en"):
            in_english = reverse("professionals:ask", kwargs={"centre": invitation.centre.slug})
        assert in_english not in client.get(link()).content.decode()
        Invitation.objects.update(role=Membership.Role.PROFESSIONAL)
        assert f'href="{in_english}"' in client.get(link()).content.decode()
        FamilyCentre.objects.update(status="draft")
        assert in_english not in client.get(link()).content.decode()

    def test_withdrawn(self, over, invitation):
        assert withdraw(invitation=invitation, now=timezone.now())

        assert over(link()) == (410, "This invitation does not work", "It has been withdrawn.")

    @pytest.mark.parametrize(
        "leave",
        [
            lambda user: user.memberships.all().delete(),
            lambda user: user.memberships.update(role=Membership.Role.PROFESSIONAL),
            lambda user: user.memberships.update(centre=FamilyCentreFactory()),
            lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
            lambda user: user.delete(),
        ],
        ids=["no membership", "a professional now", "elsewhere now", "who has left", "deleted"],
    )
    def test_whoever_sent_it_may_not_invite_any_more(self, over, invitation, leave):
        leave(invitation.invited_by)

        assert over(link()) == (410, "This invitation does not work", NOT_VALID)

    def test_while_a_form_is_filled_in_whoever_sent_it_may_go(self, invitation):
        invitation.invited_by.memberships.all().delete()

        with pytest.raises(NotOpenError):
            accept(invitation=invitation, now=timezone.now(), name="Anna", password=PASSWORD)
        assert not User.objects.filter(email=invitation.email).exists()

    def test_sent_again_by_whoever_may_it_works(self, client, invitation):
        invitation.invited_by.memberships.all().delete()
        other = MembershipFactory(centre=invitation.centre).user
        send(invitation=invitation, by=other, root="https://portal.example", now=timezone.now())

        assert client.get(link()).status_code == 200

    @pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "ä"])
    def test_forged(self, over, db, token):
        assert over(f"/en/invitation/{token}/")[:2] == (404, "This invitation does not work")

    def test_sent_again_the_older_link_is_dead(self, client, over, invitation):
        older = link()
        send(
            invitation=invitation, by=invitation.invited_by, root="https://portal.example", now=timezone.now()
        )

        assert over(older)[0] == 404
        assert client.get(link()).status_code == 200

    def test_of_two_who_use_it_at_once_the_second_comes_too_late(self, invitation):
        now = timezone.now()
        accept(invitation=invitation, now=now, name="Anna", password=PASSWORD)

        with pytest.raises(NotOpenError):
            accept(invitation=invitation, now=now, name="Anna", password=PASSWORD)

    def test_what_was_accepted_is_not_withdrawn(self, invitation):
        accept(invitation=invitation, now=timezone.now(), name="Anna", password=PASSWORD)

        assert not withdraw(invitation=invitation, now=timezone.now())
        invitation.refresh_from_db()
        assert invitation.withdrawn_at is None


def test_the_page_leaves_no_trace(client, invitation):
    answer = client.get(link())

    assert "no-store" in answer["Cache-Control"]
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex")


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "waiting"),
        ({"expires_at": timezone.now()}, "expired"),
        ({"accepted_at": timezone.now()}, "accepted"),
        ({"withdrawn_at": timezone.now()}, "withdrawn"),
        ({"invited_by": None}, "lapsed"),
        ({"invited_by": None, "accepted_at": timezone.now()}, "accepted"),
    ],
)
def test_an_invitation_is_in_one_of_five_states(values, state):
    row = InvitationFactory(**values)

    assert Invitation.objects.with_state(timezone.now()).get(pk=row.pk).state == state


class TestWhoMayInvite:
    """An invitation is good for as long as whoever sent it could send it now."""

    @pytest.fixture
    def users(self):
        """Everybody who might invite somebody to a centre of the first area, or to that area."""
        area, other = AreaFactory(), AreaFactory()
        posio, ranua = FamilyCentreFactory(area=area), FamilyCentreFactory(area=area)
        of_area = {"role": Membership.Role.AREA_COORDINATOR, "centre": None}
        return [
            UserFactory(),
            UserFactory(is_superuser=True),
            UserFactory(is_superuser=True, is_active=False),
            MembershipFactory(centre=posio).user,
            MembershipFactory(centre=posio, user__is_active=False).user,
            MembershipFactory(centre=posio, role=Membership.Role.PROFESSIONAL).user,
            MembershipFactory(centre=ranua).user,
            MembershipFactory(area=area, **of_area).user,
            MembershipFactory(area=other, **of_area).user,
            MembershipFactory(centre=ranua, user=MembershipFactory(area=other, **of_area).user).user,
        ]

    def test_the_condition_in_the_database_says_what_the_rights_say(self, users):
        centres, areas = FamilyCentre.objects.all(), Area.objects.all()
        wheres = [{"centre": centre} for centre in centres] + [
            {"centre": None, "area": area, "role": Membership.Role.AREA_COORDINATOR} for area in areas
        ]
        for user in users:
            for where in wheres:
                row = InvitationFactory(invited_by=user, **where)
                may = user.is_active and Invitation.objects.filter(invitations_of(user), pk=row.pk).exists()
                state = Invitation.objects.with_state(timezone.now()).get(pk=row.pk).state
                assert (state == "waiting") == may, (user, row)
