"""Signing in to the desk in a browser: as a person does, or at once for stories about something else."""

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.factories import KEY, PASSWORD


def code(key: str = KEY) -> str:
    """What an authenticator app with `key` shows now."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


def sign_in(page: Any, email: str, password: str = PASSWORD, key: str = KEY) -> None:
    """On the sign-in page: address and password, then the code of the app; the browser is then where it was going."""
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator(".account__form [type=submit]").click()
    page.locator("[name=code]").fill(code(key))
    page.locator(".account__form [type=submit]").click()


def let_in(page: Any, root: str, user: User) -> None:
    """Gives the browser of `page` a session of `user`, who need not pass the sign-in page."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
