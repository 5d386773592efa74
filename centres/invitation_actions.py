"""Inviting, sending again, withdrawing and accepting."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext, override

from accounts.mail import MAIL_FAULTS
from accounts.models import User
from centres.models import Invitation, Membership
from centres.models.invitation import VALID_FOR, digest
from centres.models.membership import last_day

# What a new link changes of an invitation that is there.
_OF_A_LINK = ("email", "digest", "invited_by", "expires_at", "withdrawn_at")


class NotSentError(Exception):
    """The e-mail of an invitation could not be sent."""


class AlreadyInvitedError(Exception):
    """The address has another open invitation to the same role in the same place."""


class NowKnownError(Exception):
    """Whoever was new has become a user meanwhile, by another invitation."""


class NotOpenError(Exception):
    """The invitation was accepted or withdrawn meanwhile, its time is over, or whoever sent it may not invite now.

    `state` says which.
    """

    def __init__(self, state):
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class Letter:
    """The e-mail with the link of `invitation`, and how that was `before` it had the link (None: it was not there)."""

    invitation: Invitation
    message: EmailMessage
    before: dict[str, Any] | None


def send(*, invitation, by, root, now):
    """Gives `invitation` a new link (see `write`) and sends it (see `post`); False if it was accepted meanwhile."""
    letter = write(invitation=invitation, by=by, root=root, now=now)
    if letter:
        post(letter)
    return letter is not None


@transaction.atomic
def write(*, invitation, by, root, now):
    """Saves `invitation` with a new link, which works from the moment `now` on; older links are dead. Gives its Letter.

    One that was accepted meanwhile stays as it is, and there is no letter. `by` is who invites, `root` the portal's
    scheme and host. The letter is to be posted once all is committed: nobody else waits for the mail server then.
    AlreadyInvitedError when another link to the same is open.
    """
    before = None
    if invitation.pk:
        # Somebody may have accepted it since the row was read.
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if invitation.accepted_at:
            return None
        before = {name: getattr(invitation, name) for name in _OF_A_LINK}
    token = secrets.token_urlsafe(32)
    invitation.email = invitation.email.lower()
    invitation.digest, invitation.invited_by = digest(token), by
    invitation.expires_at, invitation.withdrawn_at = now + VALID_FOR, None
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        raise AlreadyInvitedError from error
    with override(invitation.language):
        context = {
            "invitation": invitation,
            "by": by,
            "url": root + reverse("invitation", kwargs={"token": token}),
            "until": localtime(invitation.expires_at),
        }
        if invitation.role == Membership.Role.PROFESSIONAL:
            subject = gettext("You have been let in: %s") % invitation.where
        else:
            subject = gettext("An invitation to the family centre pages")
        body = render_to_string("centres/invitation.txt", context)
    return Letter(invitation, EmailMessage(subject, body, None, [invitation.email]), before)


def post(letter):
    """Sends `letter`. When that fails, NotSentError is raised, and its invitation is as if not written."""
    try:
        letter.message.send()
    except MAIL_FAULTS as error:
        _take_back(letter)
        raise NotSentError from error


def _take_back(letter):
    """What was made of the invitation since, by somebody else, stays."""
    rows = Invitation.objects.filter(
        pk=letter.invitation.pk, digest=letter.invitation.digest, accepted_at=None
    )
    if letter.before is None:
        rows.delete()
    else:
        rows.update(**letter.before)


def withdraw(*, invitation, now):
    """Makes the link of `invitation` dead. What was accepted stays; True if there was something to withdraw."""
    open_ones = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    return open_ones.update(withdrawn_at=now) == 1


@transaction.atomic
def accept(*, invitation, now, user=None, name="", password=None):
    """Gives the membership to `user`, or to a new one called `name` with `password`; returns the user.

    Raises NotOpenError unless the link still waits: of two who use it at the same moment the second comes too late.
    NowKnownError when somebody new is a user by now: they sign in, and accept as that user.
    """
    rows = Invitation.objects.with_state(now).select_for_update(of=("self",))
    invitation = rows.get(pk=invitation.pk)
    if invitation.state != Invitation.State.WAITING:
        raise NotOpenError(invitation.state)
    user = user or _new_user(invitation.email, password, name)
    give_membership(
        user=user,
        role=invitation.role,
        centre=invitation.centre,
        area=invitation.area,
        today=localdate(now),
    )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return user


def give_membership(*, user, role, today, centre=None, area=None):
    """The membership of `role` that `user` has from the date `today` on; one that is there already is renewed.

    A professional's ends after a year (`centres.models.membership.last_day`). To be called within a transaction.
    """
    row, is_new = Membership.objects.select_for_update(of=("self",)).get_or_create(
        user=user, role=role, centre=centre, area=area, defaults={"ends_on": last_day(role, today)}
    )
    if not is_new:
        row.renew(today)
        row.save(update_fields=["ends_on"])
    return row


def _new_user(email, password, name):
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, name=name)
    except IntegrityError as error:
        raise NowKnownError from error
