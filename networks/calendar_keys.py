"""The address of a person's own calendar: a secret that can be made anew, and taken out of use, at any time.

Calendars cannot sign in, so whoever has the address reads it. It is signed, so that nobody guesses one, and works only
as long as the person is let in somewhere: that is asked each time.
"""

from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer

from networks.models import Professional

# No full stop is in a signature, and no calendar stumbles over one in an address.
_signer = Signer(salt="perhekeskus.calendar", sep=".")


def token_of(person):
    """The secret part of the address of the calendar of `person`; empty while there is none."""
    return _signer.sign(person.calendar_key.hex) if person.calendar_key else ""


def person_of(token):
    """Whose calendar `token` opens: an active professional who signs in as an active user; None for a dead address.

    BadSignature for a `token` that was never ours.
    """
    key = UUID(_signer.unsign(token))
    people = Professional.objects.active().filter(calendar_key=key, user__is_active=True)
    return people.select_related("user").first()


def make_anew(*, person):
    """Gives the calendar of `person` a new address; the old one is dead at once."""
    Professional.objects.filter(pk=person.pk).update(calendar_key=uuid4())


def take_out_of_use(*, person):
    """Makes the address of the calendar of `person` dead at once."""
    Professional.objects.filter(pk=person.pk).update(calendar_key=None)


__all__ = ["BadSignature", "make_anew", "person_of", "take_out_of_use", "token_of"]
