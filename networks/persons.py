"""One person, whatever the portal holds of them: a user, a card, or a request that nobody has answered."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from reversion.models import Version

from accounts.models import User
from centres.models import Invitation, Membership
from networks.models import AccessRequest, Professional

# The rows that are of one person alone: what history holds of them is that person's.
PERSONAL = (User, Membership, Professional, AccessRequest, Invitation)


class NobodyError(Exception):
    """The portal knows nobody by the address."""


class SeveralError(Exception):
    """The address is on the cards of several people: nobody can tell whose data is meant."""


@dataclass(frozen=True)
class Person:
    """Somebody found by the address `email`; `emails` are all that they, and nobody else, are known by."""

    email: str
    user: Any
    card: Any
    emails: frozenset[str]

    @property
    def requests(self):
        return AccessRequest.objects.filter(_any_of("email", self.emails)).order_by("pk")

    @property
    def invitations(self):
        return Invitation.objects.filter(_any_of("email", self.emails)).order_by("pk")

    @property
    def memberships(self):
        return (
            Membership.objects.filter(user=self.user).order_by("pk")
            if self.user
            else Membership.objects.none()
        )

    def rows(self):
        """The rows that are of this person alone, the user and the card first."""
        own = [row for row in (self.user, self.card) if row is not None]
        return [*own, *self.memberships, *self.requests, *self.invitations]

    def versions(self):
        """What history holds of the rows of this person, of those too that are gone: a list of versions.

        Rows that are there and are not this person's are somebody else's, whatever address they once had.
        """
        keys, found = {(type(row), str(row.pk)) for row in self.rows()}, []
        kinds = {ContentType.objects.get_for_model(model): model for model in PERSONAL}
        named = _any_of("serialized_data", self.emails, "icontains")
        if self.user:
            named |= Q(content_type=ContentType.objects.get_for_model(Membership))
        for model, pk in keys:
            named |= Q(content_type=ContentType.objects.get_for_model(model), object_id=pk)
        candidates = Version.objects.filter(named, content_type__in=kinds).select_related("revision")
        there = {
            (model, str(pk))
            for model in PERSONAL
            for pk in model.objects.order_by("pk").values_list("pk", flat=True)
        }
        for version in candidates.order_by("pk"):
            model = kinds[ContentType.objects.get_for_id(version.content_type_id)]
            key = (model, version.object_id)
            if key in keys or (key not in there and self._is_told_by(model, fields_of(version))):
                found.append(version)
        return found

    def _is_told_by(self, model, fields):
        """Whether a version of `model` with these `fields` is of this person: by user, or by address."""
        if model is Membership:
            return self.user is not None and fields.get("user") == self.user.pk
        return str(fields.get("email", "")).lower() in self.emails


def find(email):
    """The `Person` known by the address `email`. Raises NobodyError or SeveralError."""
    email = email.strip().lower()
    user = User.objects.filter(email__iexact=email).first()
    of_address = Q(email__iexact=email)
    cards = list(
        Professional.objects.filter(of_address | Q(user=user) if user else of_address).order_by("pk")
    )
    if len(cards) > 1:
        raise SeveralError
    card = cards[0] if cards else None
    if card is not None and card.user is not None:
        if user not in (None, card.user):
            raise SeveralError
        user = card.user
    known = {row.email.lower() for row in (user, card) if row is not None and row.email}
    emails = {email} | {each for each in known if not _has_somebody_else(each, user, card)}
    person = Person(email, user, card, frozenset(emails))
    if not person.rows() and not person.versions():
        raise NobodyError
    return person


def _has_somebody_else(email, user, card):
    """Whether the address `email` is also that of a user or card other than these: a team's."""
    cards = Professional.objects.filter(email__iexact=email).exclude(pk=card and card.pk)
    users = User.objects.filter(email__iexact=email).exclude(pk=user and user.pk)
    return cards.exists() or users.exists()


def fields_of(version):
    """What a version says, as JSON has it."""
    (entry,) = json.loads(version.serialized_data)
    return entry["fields"]


def _any_of(column, texts, lookup="iexact"):
    condition = Q(pk=None)
    for text in texts:
        condition |= Q(**{f"{column}__{lookup}": text})
    return condition
