"""Secrets that the database keeps only sealed: what it holds is of no use without the portal's own key."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# A key of its own, made of SECRET_KEY: whoever learns this one cannot forge a session.
PURPOSE = b"perhekeskus: second factors"


def seal(text):
    """`text`, readable only with the portal's key."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed):
    """What `seal` was given. Raises `cryptography.fernet.InvalidToken` when SECRET_KEY is another one now.

    A key that was retired to SECRET_KEY_FALLBACKS still opens what it sealed.
    """
    return _fernet().decrypt(sealed.encode()).decode()


def _fernet():
    return MultiFernet(_key(secret) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])


def _key(secret):
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
