"""To whom the desk is open: it follows from rights alone, and closes with the last of them."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from lxml import html

from accounts.models import User
from centres.models import Membership
from tests.admin.forms import address
from tests.factories import AreaFactory, MembershipFactory, UserFactory, enrol

pytestmark = pytest.mark.django_db

VIEW_TOPIC = "view_topic"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(enrol(user))
    return client


def comes_in(client: Client) -> bool:
    """Whether the desk opens; whoever it does not open to is told so by every page."""
    answer = client.get("/en/hallinta/", follow=True)
    if answer.status_code == 403:
        assert html.fromstring(answer.content.decode()).xpath("string(//h1)") == (
            "You have no right to this page."
        )
    return answer.status_code == 200


def with_permission(**kwargs: Any) -> User:
    user = UserFactory(**kwargs)
    user.user_permissions.set(Permission.objects.filter(codename=VIEW_TOPIC))
    return user


def in_a_group() -> User:
    user, group = UserFactory(), Group.objects.create(name="Sanasto")
    group.permissions.set(Permission.objects.filter(codename=VIEW_TOPIC))
    user.groups.add(group)
    return user


def of_an_area() -> User:
    return MembershipFactory(centre=None, area=AreaFactory(), role=Membership.Role.AREA_COORDINATOR).user


@pytest.mark.parametrize(
    "somebody",
    [
        lambda: MembershipFactory().user,
        of_an_area,
        lambda: UserFactory(is_superuser=True),
        with_permission,
        in_a_group,
    ],
    ids=["a coordinator", "an area coordinator", "an administrator", "whoever has a right", "by a group"],
)
def test_it_is_open_to(somebody: Any):
    assert comes_in(signed_in(somebody()))


@pytest.mark.parametrize(
    "somebody",
    [
        UserFactory,
        lambda: MembershipFactory(role=Membership.Role.PROFESSIONAL).user,
        lambda: MembershipFactory(user__is_active=False).user,
        lambda: UserFactory(is_active=False, is_superuser=True),
        lambda: with_permission(is_active=False),
    ],
    ids=["anybody", "a professional", "who has left", "an administrator who has left", "a right unused"],
)
def test_it_is_closed_to(somebody: Any):
    user = somebody()

    assert not User.objects.get(pk=user.pk).is_staff
    assert not user.is_active or not comes_in(signed_in(user))


def test_with_the_last_membership_an_open_session_loses_it_at_once(desk: Client):
    user = MembershipFactory().user
    last = MembershipFactory(user=user)
    client = signed_in(user)
    assert comes_in(client)

    user.memberships.exclude(pk=last.pk).delete()
    assert comes_in(client)
    desk.post(address("delete", last, last.pk), {"post": "yes"})

    assert not comes_in(client)
    assert client.get("/tyylikirja/").status_code == 302
    assert client.get(address("changelist", Membership)).status_code == 302


def test_an_area_that_goes_takes_its_coordinator_from_the_desk():
    user = of_an_area()
    client = signed_in(user)
    assert comes_in(client)

    user.memberships.get().area.delete()

    assert not comes_in(client)


def test_whoever_leaves_is_out_at_once():
    user = MembershipFactory().user
    client = signed_in(user)
    assert comes_in(client)

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.get("/en/hallinta/services/service/")["Location"].startswith("/en/hallinta/login/")
    assert client.get("/en/hallinta/login/")["Location"].startswith("/en/sign-in/")


def test_whoever_comes_in_by_a_right_that_closed_is_led_to_the_front_page():
    membership = MembershipFactory()
    client = signed_in(membership.user)
    assert client.get("/en/sign-in/onward/")["Location"] == "/en/hallinta/"

    membership.delete()

    assert client.get("/en/sign-in/onward/")["Location"] == "/en/"
