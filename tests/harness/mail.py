"""E-mails that the portal sends beside a request."""

import threading

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from accounts.mail import THREAD


def arrived() -> list[EmailMessage]:
    """Every e-mail of the test, once those that are on their way have come or failed."""
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join(timeout=10)
    return list(mail.outbox)


class TellingOfTransactions(EmailBackend):
    """Keeps e-mails as the tests do, each with a header that says whether a transaction was open as it went."""

    def send_messages(self, messages):
        for message in messages:
            message.extra_headers["In-Transaction"] = str(connection.in_atomic_block)
        return super().send_messages(messages)
