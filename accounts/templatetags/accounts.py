"""What the account pages say of this installation."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def organisation_sign_in(onward):
    """The organisation's own sign-in, as its name and address; None where there is none.

    `onward` is where its user is going; without it to the desk, in the language of the page.
    """
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    if not apps:
        return None
    address = reverse("openid_connect_login", kwargs={"provider_id": apps[0]["provider_id"]})
    return {"name": apps[0]["name"], "url": f"{address}?next={quote(onward or reverse('admin:index'))}"}


@register.filter
def as_text_file(codes):
    """The recovery codes as the address of a text file: made in the page, so that they are sent once only."""
    return "data:text/plain;charset=utf-8," + quote("\r\n".join(codes) + "\r\n")


@register.filter
def in_fours(secret):
    """A key for an app in groups of four letters, as one types it: ABCD EFGH …"""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
