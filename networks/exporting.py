"""A person's data, out: everything that the portal holds of somebody, without what would let anybody in."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from centres.history.kinds import kind_of
from centres.history.registry import is_derived
from networks.models import CardOpening
from networks.persons import fields_of

# Whoever reads these could sign in, or read somebody's calendar.
SECRETS = {"password", "digest", "calendar_key"}


def export(person):
    """Everything held of `person`, as JSON can tell it."""
    user, card = person.user, person.card
    return {
        "user": facts(user) if user else None,
        "sign_in": sign_in(user) if user else None,
        "memberships": [facts(row) for row in person.memberships],
        "invitations": [facts(row) for row in person.invitations],
        "requests": [facts(row) for row in person.requests],
        "card": facts(card) if card else None,
        "seats": [facts(row) for row in card.seats.order_by("pk")] if card else [],
        "attendances": [facts(row) for row in card.attendances.order_by("pk")] if card else [],
        "stands_in_for": [str(row) for row in card.stands_in_for.order_by("pk")] if card else [],
        "card_was_opened": openings(CardOpening.objects.filter(professional=card)) if card else [],
        "cards_opened": openings(CardOpening.objects.filter(viewer=user)) if user else [],
        "history": [told(version) for version in person.versions()],
    }


def facts(row):
    """What stands in `row`: its fields by name, other rows by what they are called, tags as lists."""
    meta = row._meta
    shared = {
        field.translated_field.name for field in meta.concrete_fields if hasattr(field, "translated_field")
    }
    found = {}
    for field in meta.concrete_fields:
        if field.name in SECRETS | shared or is_derived(field):
            continue
        value = getattr(row, field.name)
        found[field.name] = str(value) if field.is_relation and value is not None else value
    for field in meta.many_to_many:
        found[field.name] = [str(each) for each in getattr(row, field.name).order_by("pk")]
    return found


def sign_in(user):
    """How `user` signs in, and in how many places they are signed in now."""
    factors = Authenticator.objects.filter(user=user).order_by("pk").values_list("type", flat=True)
    accounts = SocialAccount.objects.filter(user=user).order_by("pk")
    return {
        "second_factors": list(factors),
        "organisations": [{"provider": each.provider, "uid": each.uid} for each in accounts],
        "sessions": len(sessions_of(user)),
    }


def sessions_of(user):
    """The sessions of `user` that are alive: all are opened, for their text is sealed."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).order_by("pk")
    return [each for each in alive if each.get_decoded().get(SESSION_KEY) == str(user.pk)]


def openings(rows):
    rows = rows.select_related("viewer", "professional").order_by("day", "pk")
    return [{"day": row.day, "by": str(row.viewer), "card": str(row.professional)} for row in rows]


def told(version):
    """A change as history holds it; who made it is somebody else's data."""
    return {
        "when": version.revision.date_created,
        "what": str(kind_of(version.revision)),
        "row": version.object_repr,
        "fields": fields_of(version),
    }
