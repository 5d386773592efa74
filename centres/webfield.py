"""Web and e-mail addresses that a page may link to."""

from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _


def names_nobody(address):
    """Refuses an address with a user's name or password in it: it looks like another site than it leads to."""
    if "@" in urlsplit(address).netloc:
        raise ValidationError(_("Leave out the part before the @ sign."), code="userinfo")


def mailto(address):
    """What a tap on an e-mail address opens: a letter to it, and nothing else that the address may hold."""
    return f"mailto:{quote(address, safe='@+')}"


class WebField(models.URLField):
    """An address of a web page: https or http, nothing that runs, nothing that a browser hands on."""

    default_validators = [URLValidator(schemes=["https", "http"]), names_nobody]


def web_address(field):
    """The constraint that `field`, where it is not empty, leads to a web page, whatever way it came in."""
    begins = Q(**{f"{field}__startswith": "https://"}) | Q(**{f"{field}__startswith": "http://"})
    return CheckConstraint(
        condition=Q(**{field: ""}) | begins,
        name=f"%(app_label)s_%(class)s_web_{field}",
        violation_error_message=_("A web address begins with https://."),
    )
