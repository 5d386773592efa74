"""Inviting a colleague at the desk: where one may, and what has become of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.db.models.signals import post_save, pre_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from reversion.models import Version

from accounts.models import User
from centres.invitation_actions import NotSentError, accept, post, write
from centres.models import FamilyCentre, Invitation, Membership
from tests.admin.forms import address, errors, filled, save
from tests.factories import (
    AreaFactory,
    FamilyCentreFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)

LIST, ADD = address("changelist", Invitation), address("add", Invitation)


@pytest.fixture
def posio(db: None) -> FamilyCentre:
    return FamilyCentreFactory(slug="posio", name_fi="Posion perhekeskus")


def at_the_desk(role: str = "coordinator", **where: Any) -> Client:
    """A client whose user has that role there, and the right to invite."""
    user, client = UserFactory(is_staff=True, name="Kaisa"), Client()
    user.user_permissions.set(Permission.objects.filter(codename__endswith="_invitation"))
    MembershipFactory(user=user, role=role, **{"centre": None, "area": None} | where)
    client.force_login(user)
    return client


def choices(client: Client, field: str) -> list[str]:
    page = html.fromstring(client.get(ADD).content.decode())
    return page.xpath(f"//select[@name='{field}']/option[@value!='']/text()")


def said(client: Client, answer: Any) -> list[str]:
    page = html.fromstring(client.get(answer["Location"]).content.decode())
    return [item.text_content().strip() for item in page.xpath("//ul[@class='messagelist']/li")]


def state(row: Invitation) -> str:
    """What has become of it by now."""
    return Invitation.objects.with_state(timezone.now()).get(pk=row.pk).state


def act(client: Client, action: str, *rows: Invitation) -> list[str]:
    values = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    return said(client, client.post(f"/en{LIST}", values))


def test_a_coordinator_types_an_address_and_the_colleague_gets_a_link(posio: FamilyCentre):
    client = at_the_desk(centre=posio)

    answer = save(client, ADD, email="Anna@Esimerkki.example")

    assert said(client, answer) == ["Kutsu on matkalla: anna@esimerkki.example."]
    row = Invitation.objects.get()
    assert (answer.status_code, row.email, row.centre, row.role) == (
        302, "anna@esimerkki.example", posio, "coordinator",
    )  # fmt: skip
    assert row.invited_by.name == "Kaisa"
    assert "http://testserver/kutsu/" in mail.outbox[0].body
    assert mail.outbox[0].to == ["anna@esimerkki.example"]


def test_a_coordinator_invites_to_own_centres_alone(posio: FamilyCentre):
    other, client = FamilyCentreFactory(), at_the_desk(centre=posio)

    assert choices(client, "centre") == ["Posion perhekeskus"]
    assert choices(client, "area") == []
    assert choices(client, "role") == ["koordinaattori", "ammattilainen"]
    refused = save(client, f"/en{ADD}", email="a@esimerkki.example", centre=str(other.pk))
    assert errors(refused) == ["Select a valid choice. That choice is not one of the available choices."]
    assert mail.outbox == []


def test_an_area_coordinator_invites_to_the_area_and_its_centres(posio: FamilyCentre):
    FamilyCentreFactory()
    client = at_the_desk(Membership.Role.AREA_COORDINATOR, area=posio.area)

    assert choices(client, "centre") == ["Posion perhekeskus"]
    assert choices(client, "area") == [str(posio.area)]
    save(client, ADD, email="a@esimerkki.example", role="area", centre="", area=str(posio.area.pk))
    assert Invitation.objects.get().area == posio.area


def test_a_professional_invites_nobody_to_anything(posio: FamilyCentre):
    client = at_the_desk(Membership.Role.PROFESSIONAL, centre=posio)

    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"email": "a@esimerkki.example", "centre": str(posio.pk)}).status_code == 403


def test_an_administrator_invites_to_anything(desk: Client, posio: FamilyCentre):
    AreaFactory()

    assert choices(desk, "centre") == ["Posion perhekeskus"]
    assert len(choices(desk, "area")) == 2


def test_nobody_sees_invitations_to_elsewhere(posio: FamilyCentre):
    own, other = InvitationFactory(centre=posio), InvitationFactory()
    client = at_the_desk(centre=posio)

    page = client.get(LIST).content.decode()
    assert (own.email in page, other.email in page) == (True, False)
    assert client.get(address("change", other, other.pk)).status_code == 302
    act(client, "withdraw", other)
    other.refresh_from_db()
    assert other.withdrawn_at is None


def test_the_same_address_is_not_invited_twice_while_it_waits(desk: Client):
    row = InvitationFactory()

    refused = save(desk, f"/en{ADD}", email=row.email, centre=str(row.centre.pk))

    assert errors(refused) == [
        "This address has been invited to this already. Send the invitation again from the list."
    ]


def test_the_list_says_what_has_become_of_each(desk: Client):
    now = timezone.now()
    InvitationFactory(email="e@esimerkki.example")
    InvitationFactory(email="d@esimerkki.example", invited_by=None, expires_at=now + timedelta(days=1))
    InvitationFactory(email="c@esimerkki.example", accepted_at=now, expires_at=now)
    InvitationFactory(email="b@esimerkki.example", withdrawn_at=now, expires_at=now - timedelta(hours=1))
    InvitationFactory(email="a@esimerkki.example", expires_at=now - timedelta(hours=2))

    def states(query: str = "") -> list[str]:
        page = html.fromstring(desk.get(f"/en{LIST}{query}").content.decode())
        return page.xpath("//td[@class='field-state']/text()")

    assert states() == ["waiting", "lapsed", "accepted", "withdrawn", "expired"]
    assert [states(f"?state={state}") for state in Invitation.State.values] == [
        ["waiting"], ["accepted"], ["expired"], ["withdrawn"], ["lapsed"],
    ]  # fmt: skip


def test_the_list_asks_as_much_for_many_as_for_one(desk: Client, django_assert_num_queries: Any):
    InvitationFactory()
    desk.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        desk.get(LIST)
    InvitationFactory.create_batch(9)
    with django_assert_num_queries(len(for_one)):
        desk.get(LIST)


def test_what_expired_or_was_withdrawn_is_sent_again(desk: Client):
    rows = [
        InvitationFactory(expires_at=timezone.now()),
        InvitationFactory(withdrawn_at=timezone.now()),
        InvitationFactory(accepted_at=timezone.now()),
    ]

    assert act(desk, "send_again", *rows) == ["2 invitations were sent again."]
    assert sorted(message.to[0] for message in mail.outbox) == sorted(row.email for row in rows[:2])
    assert [state(row) for row in rows] == ["waiting", "waiting", "accepted"]


def test_what_was_withdrawn_is_not_sent_again_beside_another_to_the_same(desk: Client):
    old = InvitationFactory(email="a@esimerkki.example", withdrawn_at=timezone.now())
    new = InvitationFactory(email="a@esimerkki.example", centre=old.centre, digest="b" * 64)
    other = InvitationFactory(withdrawn_at=timezone.now())

    assert act(desk, "send_again", old, other) == [
        "Nothing was sent to a@esimerkki.example: another invitation to the same is open. Send that one again.",
        "1 invitation was sent again.",
    ]
    assert [message.to for message in mail.outbox] == [[other.email]]
    assert [state(row) for row in (old, new, other)] == ["withdrawn", "waiting", "waiting"]


def test_two_who_invite_the_same_person_at_once_are_no_fault(desk: Client, posio: FamilyCentre):
    def invited_meanwhile(**kwargs: Any) -> None:
        pre_save.disconnect(invited_meanwhile, sender=Invitation)
        InvitationFactory(email="a@esimerkki.example", centre=posio)

    pre_save.connect(invited_meanwhile, sender=Invitation)
    answer = save(desk, f"/en{ADD}", email="a@esimerkki.example", centre=str(posio.pk), language="sv")

    # Here the other one is of the same transaction as what was refused, and gone when the form is looked at again.
    assert answer.status_code == 302
    assert Invitation.objects.count() == 1


def test_a_waiting_invitation_is_withdrawn(desk: Client):
    row = InvitationFactory()

    assert act(desk, "withdraw", row) == ["1 invitation was withdrawn."]
    assert state(row) == "withdrawn"


def test_an_invitation_that_was_sent_is_only_looked_at(desk: Client):
    row = InvitationFactory()
    path = address("change", row, row.pk)

    assert "submit-row" not in desk.get(path).content.decode()
    assert desk.post(path, {"email": "b@esimerkki.example"}).status_code == 403


def no_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def no_folder(settings: Any) -> None:
    """Where e-mails land in a folder, as under `make run`."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = Path(settings.VAR_DIR) / "taken"
    settings.EMAIL_FILE_PATH.touch()


@pytest.mark.parametrize("broken", [no_server, no_folder])
def test_when_the_e_mail_cannot_be_sent_nobody_is_invited_and_nothing_typed_is_lost(
    desk: Client, settings: Any, posio: FamilyCentre, broken: Any
):
    broken(settings)

    answer = save(desk, f"/en{ADD}", email="a@esimerkki.example", centre=str(posio.pk), language="sv")

    assert errors(answer) == ["The e-mail could not be sent, so nobody was invited. Try again in a moment."]
    form = filled(answer)
    assert (form["email"], form["centre"], form["language"]) == (
        ["a@esimerkki.example"], [str(posio.pk)], ["sv"],
    )  # fmt: skip
    assert not Invitation.objects.exists()
    assert not User.objects.filter(email="a@esimerkki.example").exists()


def test_a_fault_of_something_else_is_not_told_as_one_of_the_e_mail(desk: Client, posio: FamilyCentre):
    def full(**kwargs: Any) -> None:
        raise OSError("No space left on device")

    post_save.connect(full, sender=Invitation)
    try:
        with pytest.raises(OSError, match="No space"):
            save(desk, ADD, email="a@esimerkki.example", centre=str(posio.pk))
    finally:
        post_save.disconnect(full, sender=Invitation)
    assert mail.outbox == []


def test_sent_again_to_several_each_that_fails_is_named(desk: Client, settings: Any):
    rows = [InvitationFactory(email=f"{name}@esimerkki.example") for name in "ab"]
    no_server(settings)

    (words,) = act(desk, "send_again", *rows)
    assert words.startswith("No e-mail could be sent to b@esimerkki.example, a@esimerkki.example.")
    assert [Invitation.objects.get(pk=row.pk).digest for row in rows] == [row.digest for row in rows]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_mail_server_to_save_something_else(desk: Client, settings: Any):
    settings.EMAIL_BACKEND = "tests.harness.mail.TellingOfTransactions"
    centre, waiting = FamilyCentreFactory(), InvitationFactory()

    save(desk, ADD, email="a@esimerkki.example", centre=str(centre.pk))
    act(desk, "send_again", waiting)

    assert [(message.to, message.extra_headers) for message in mail.outbox] == [
        (["a@esimerkki.example"], {"In-Transaction": "False"}),
        ([waiting.email], {"In-Transaction": "False"}),
    ]


def test_of_an_invitation_that_was_not_sent_nothing_is_told(desk: Client, settings: Any, posio: FamilyCentre):
    no_server(settings)

    answer = save(desk, f"/en{ADD}", email="a@esimerkki.example", centre=str(posio.pk))

    assert "is on its way" not in answer.content.decode()
    assert not Version.objects.get_for_model(Invitation).exists()


def test_a_link_that_was_used_while_its_e_mail_failed_stays_used(administrator: User, settings: Any):
    row = InvitationFactory()
    letter = write(invitation=row, by=administrator, root="https://portal.example", now=timezone.now())
    accept(invitation=letter.invitation, now=timezone.now(), user=UserFactory())
    no_server(settings)

    with pytest.raises(NotSentError):
        post(letter)

    row.refresh_from_db()
    assert (state(row), row.digest) == ("accepted", letter.invitation.digest)


def test_what_was_done_in_the_list_is_in_the_history(desk: Client, administrator: User, time_machine: Any):
    row = InvitationFactory()
    time_machine.move_to(timezone.now() + timedelta(minutes=1))

    act(desk, "send_again", row)
    act(desk, "withdraw", row)

    versions = Version.objects.get_for_object(row).filter(revision__user=administrator)
    told = [version.field_dict for version in versions]
    assert [(each["withdrawn_at"] is None, each["expires_at"] > row.expires_at) for each in told] == [
        (False, True), (True, True),
    ]  # fmt: skip


class TestWhatIsOfferedInLists:
    """Nobody narrows a list by what cannot stand in it."""

    def offered(self, client: Client, model: Any, title: str) -> list[str]:
        page = html.fromstring(client.get(f"/en{address('changelist', model)}").content.decode())
        found = page.xpath(f"//*[@id='changelist-filter']//details[@data-filter-title='{title}']//li")
        return [item.text_content().strip() for item in found]

    def test_roles(self, posio: FamilyCentre):
        for role in (Membership.Role.COORDINATOR, Membership.Role.PROFESSIONAL):
            InvitationFactory(centre=posio, role=role)
        InvitationFactory(centre=None, area=posio.area, role=Membership.Role.AREA_COORDINATOR)
        MembershipFactory(centre=None, area=posio.area, role=Membership.Role.AREA_COORDINATOR)
        MembershipFactory(centre=posio, role=Membership.Role.PROFESSIONAL)
        coordinator = at_the_desk(centre=posio)
        of_area = at_the_desk(Membership.Role.AREA_COORDINATOR, area=posio.area)

        assert self.offered(coordinator, Invitation, "role") == ["All", "coordinator", "professional"]
        assert self.offered(coordinator, Membership, "role") == ["All", "coordinator", "professional"]
        assert self.offered(of_area, Invitation, "role") == [
            "All", "coordinator", "area coordinator", "professional",
        ]  # fmt: skip

    def test_areas_and_centres(self, desk: Client, posio: FamilyCentre):
        ranua = FamilyCentreFactory(area=posio.area, name_fi="Ranuan perhekeskus")
        FamilyCentreFactory(name_fi="Muualla")
        MembershipFactory(centre=None, area=posio.area, role=Membership.Role.AREA_COORDINATOR)
        coordinator = at_the_desk(centre=posio)
        MembershipFactory(centre=ranua, user=User.objects.get(name="Kaisa"))

        assert self.offered(coordinator, Membership, "area") == []
        assert self.offered(coordinator, Membership, "family centre") == [
            "All", "Ranuan perhekeskus", "Posion perhekeskus", "-",
        ]  # fmt: skip
        assert "Muualla" in self.offered(desk, Membership, "family centre")

    @pytest.mark.parametrize("role", Membership.Role.values)
    def test_a_list_is_narrowed_to_a_role(self, desk: Client, posio: FamilyCentre, role: str):
        where = {"centre": None, "area": posio.area} if role == "area" else {"centre": posio}
        row = InvitationFactory(role=role, **where)
        other = "coordinator" if role != "coordinator" else "professional"
        InvitationFactory(role=other, centre=posio)

        page = html.fromstring(desk.get(f"{LIST}?role={role}").content.decode())
        assert page.xpath("//th[@class='field-email']//text()") == [row.email]
