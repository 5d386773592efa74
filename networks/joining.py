"""Asking to be let in or to stay, and being let in or refused."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.mail import send_meanwhile
from accounts.models import User
from centres.history.forgetting import forget, forget_deleted
from centres.history.recording import note, recording, roots_of
from centres.history.snapshots import Key
from centres.invitation_actions import NotSentError, give_membership, post, write
from centres.languages import FINNISH, column
from centres.models import Invitation, Membership
from centres.models.invitation import OPEN
from centres.rights import written_to_as_keepers
from networks import letters
from networks.models import AccessRequest, Professional
from networks.own_card import only_card

State = AccessRequest.State
# How long requests are kept: what was decided, and what nobody answered.
DECIDED_FOR = timedelta(days=30)
WAITING_FOR = timedelta(days=90)


class DecidedMeanwhileError(Exception):
    """Somebody else has answered the request."""


class NoOrganisationError(Exception):
    """The organisation was only written: somebody must choose it first."""


class AccountClosedError(Exception):
    """Whoever asks has an account here that an administrator has closed."""


def ask(*, row, root):
    """Keeps `row`, a request that is not saved yet, and tells the coordinator; `root` is the portal's scheme and host.

    Nothing happens where one from the same address waits already.
    """
    row.email = row.email.lower()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return
    if addresses := written_to_as_keepers(row.centre):
        send_meanwhile(letters.to_coordinator(row, addresses, root))


def ask_to_stay(*, card, centre, language, root):
    """Asks that the user of `card` may stay in `centre` for another year."""
    row = AccessRequest(
        centre=centre,
        given_name=card.given_name,
        family_name=card.family_name,
        title=card.title,
        # By it the coordinator's answer finds the user; the one on the card may be a team's.
        email=card.user.email,
        phone=card.phone,
        organisation=card.organisation,
        language=language,
        is_renewal=True,
    )
    ask(row=row, root=root)


def accept(*, row, by, root, now):
    """Lets in whoever asks by the request `row`; `by` is who answers, `now` when, `root` the portal's scheme and host.

    Somebody new is invited, and their card waits for them (`networks.own_card`); a user is let in at once. Raises
    DecidedMeanwhileError, NoOrganisationError or AccountClosedError, with nothing done. NotSentError where
    the invitation could not be sent: then the request waits on.
    """
    user = User.objects.filter(email__iexact=row.email).first()
    card = _card_of(row, user)
    known = [each for each in (row, user, card) if each is not None]
    with recording(known, user=by):
        row, card = _still_waiting(row), _as_it_is(card)
        if row.organisation is None:
            raise NoOrganisationError
        if user and not user.is_active:
            raise AccountClosedError
        # One that is there changes only once somebody new has their letter: nothing need be taken back of it then.
        made = _keep_card(row, card, user) if user or card is None else None
        letter = None if user else _invite(row, by, root, now)
        membership = user and give_membership(
            user=user, role=Membership.Role.PROFESSIONAL, centre=row.centre, today=localdate(now)
        )
        _decide(row, State.ACCEPTED, by, now)
        new = [made if card is None else None, letter and letter.invitation]
        note(roots_of([each for each in new if each]), user=by)
    if membership:
        send_meanwhile(letters.let_in(row, membership, root))
        return
    if letter:  # else they have come in meanwhile, by the link that they had
        try:
            post(letter)
        except NotSentError:
            _take_back(row, made, by)
            raise
    if made is None:
        with recording([card], user=by):
            _keep_card(row, _as_it_is(card), user)


def refuse(*, row, by, now):
    """Says no to the request `row`, kindly. DecidedMeanwhileError where somebody else was quicker."""
    with recording([row], user=by):
        row = _still_waiting(row)
        _decide(row, State.REFUSED, by, now)
    send_meanwhile(letters.refused(row))


def forget_old_requests(now):
    """Deletes the requests whose time is over, with what history holds of them."""
    over = AccessRequest.objects.filter(
        Q(decided_at__lt=now - DECIDED_FOR) | Q(state=State.WAITING, asked_at__lt=now - WAITING_FOR)
    )
    with transaction.atomic():
        forget([Key.of(row) for row in over.order_by("pk")])
        over.delete()
        forget_deleted(AccessRequest, now - DECIDED_FOR)


def _as_it_is(card):
    """`card` as it is now that nobody else can change it; None where there is none, any more."""
    return card and Professional.objects.filter(pk=card.pk).first()


def _still_waiting(row):
    """`row` as it is now that nobody else can answer it."""
    row = AccessRequest.objects.select_related("centre", "organisation").get(pk=row.pk)
    if row.state != State.WAITING:
        raise DecidedMeanwhileError
    return row


def _decide(row, state, by, now):
    row.state, row.decided_by, row.decided_at = state, by, now
    row.save(update_fields=["state", "decided_by", "decided_at"])


def _card_of(row, user):
    """The card of whoever asks: their own, or the one with their address in the centre that nobody signs in as.

    None where there is none, and where several have the address: it is a team's.
    """
    own = Professional.objects.filter(user=user).first() if user else None
    return own or only_card(Professional.objects.in_centre(row.centre), row.email)


def _keep_card(row, card, user):
    """The card of whoever asks by `row`, in the directory of its centre from now on: `card`, or a new one."""
    if card is None:
        card = Professional(
            given_name=row.given_name,
            family_name=row.family_name,
            organisation=row.organisation,
            home=row.centre,
            phone=row.phone,
            email=row.email,
            # They have just written it.
            confirmed_on=localdate(row.asked_at),
        )
        for language in {FINNISH, row.language}:
            setattr(card, column("title", language), row.title)
    if card.user_id is None:
        card.user = user
    if not card.active:
        # Back from having left: they work here now, whatever centre they worked in then.
        card.active, card.home, card.organisation = True, row.centre, row.organisation
        card.also_in.clear()
    card.save()
    if card.home_id != row.centre_id:
        card.also_in.add(row.centre)
    return card


def _invite(row, by, root, now):
    """The letter that invites whoever asks by `row`; one that was invited by hand meanwhile gets a new link."""
    same = Invitation.objects.filter(OPEN, role=Membership.Role.PROFESSIONAL, centre=row.centre)
    invitation = same.filter(email__iexact=row.email).first() or Invitation(
        email=row.email, role=Membership.Role.PROFESSIONAL, centre=row.centre
    )
    invitation.language = row.language
    return write(invitation=invitation, by=by, root=root, now=now)


def _take_back(row, made, by):
    """Lets the request wait on as if nobody had answered, without the card `made` of it; another may wait by now."""
    waiting = AccessRequest.objects.filter(state=State.WAITING, centre=row.centre, email__iexact=row.email)
    with recording([row], user=by):
        if made:
            forget([Key.of(made)])
            made.delete()
        if not waiting.exists():
            _decide(row, State.WAITING, None, None)
