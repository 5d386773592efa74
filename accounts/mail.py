"""What can go wrong as an e-mail is sent, and how one goes without anybody waiting for it."""

import logging
from threading import Thread

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import BadHeaderError

logger = logging.getLogger(__name__)

# A server that refuses, hangs or cannot be found raises an OSError (`smtplib.SMTPException` is one). A folder that
# stands in for a server and cannot be written raises one too, unless Django makes an ImproperlyConfigured of it. To be
# caught around the sending alone: elsewhere the same errors mean something else. A header that cannot be, such as a
# subject with a line break in it, stops one letter and not those after it.
MAIL_FAULTS = (OSError, ImproperlyConfigured, BadHeaderError)
THREAD = "mail"


def send_meanwhile(message):
    """Sends `message` beside the request, whose answer shows neither that it failed nor how long it took."""
    Thread(target=_send, args=[message], name=THREAD).start()


def default_root():
    """The portal's scheme and host for e-mails that no request asks for; commands let cron say another one."""
    host = next(iter(settings.ALLOWED_HOSTS), "localhost").lstrip(".")
    return f"{'https' if settings.SECURE_SSL_REDIRECT else 'http'}://{host}"


def _send(message):
    try:
        message.send()
    except Exception:  # nobody waits for this thread, and whatever ends it would be told to nobody
        logger.exception("An e-mail could not be sent.")
