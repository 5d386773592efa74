"""Links that show a page as families will see it, before they do. Whoever has the link may look, until it expires."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner, b62_decode
from django.db.models import Model
from django.urls import reverse

LASTS = timedelta(days=7)
_signer = TimestampSigner(salt="perhekeskus.preview")

__all__ = ["LASTS", "BadSignature", "Preview", "SignatureExpired", "address_of", "read_token", "token_of"]


@dataclass(frozen=True)
class Preview:
    """What a link with the `token` shows: the row `pk` of `model`, until the moment `until`."""

    model: type[Model]
    pk: int
    until: datetime
    token: str

    @property
    def address(self):
        """Where it is shown, in the language of now."""
        return address_of(self.token)


def token_of(row):
    """The part of a link that says, so that nobody can change it, which row it shows and since when it is valid."""
    return _signer.sign(f"{row._meta.label_lower}.{row.pk}")


def address_of(token):
    """The link with the `token`, in the language of now."""
    return reverse("preview", kwargs={"token": token})


def read_token(token):
    """The `Preview` of `token`. Raises SignatureExpired when it is too old, BadSignature when it is none of ours."""
    what = _signer.unsign(token, max_age=LASTS)
    made = datetime.fromtimestamp(b62_decode(token.rsplit(":", 2)[1]), tz=UTC)
    label, pk = what.rsplit(".", 1)
    return Preview(apps.get_model(label), int(pk), made + LASTS, token)
