"""What is kept or sent on only sealed: it is of no use without the portal's own key."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# A key of its own for each purpose, made of SECRET_KEY: whoever learns this one cannot forge a session.
PURPOSE = b"perhekeskus: second factors"


def seal(text, purpose=PURPOSE):
    """`text`, readable only with the portal's key."""
    return _fernet(purpose).encrypt(text.encode()).decode()


def unseal(sealed, purpose=PURPOSE):
    """What `seal` was given for the same `purpose`. Raises `cryptography.fernet.InvalidToken` when it was not, or when
    SECRET_KEY is another one now.

    A key that was retired to SECRET_KEY_FALLBACKS still opens what it sealed.
    """
    return _fernet(purpose).decrypt(sealed.encode()).decode()


def _fernet(purpose):
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(_key(secret, purpose) for secret in secrets)


def _key(secret, purpose):
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
