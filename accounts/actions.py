"""Writes that touch several rows of an account."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone


@transaction.atomic
def reset_second_factor(*, user):
    """Takes away the app, the passkeys and the recovery codes of `user`, who enrols anew at the next sign-in.

    For whoever has lost them all. Returns how many there were.
    """
    count, _by_model = Authenticator.objects.filter(user=user).delete()
    return count


def end_other_sessions(*, user, session_key):
    """Signs `user` out everywhere but in the session `session_key`.

    What a session holds is sealed in its text: all that are alive are opened, as seldom as somebody enrols a factor.
    """
    alive = (
        Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=session_key).order_by("pk")
    )
    theirs = [each.pk for each in alive if each.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
