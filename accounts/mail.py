"""What can go wrong as an e-mail is sent, and how one goes without anybody waiting for it."""

import logging
from threading import Thread

from django.core.exceptions import ImproperlyConfigured

logger = logging.getLogger(__name__)

# A server that refuses, hangs or cannot be found raises an OSError (`smtplib.SMTPException` is one). A folder that
# stands in for a server and cannot be written raises one too, unless Django makes an ImproperlyConfigured of it. To be
# caught around the sending alone: elsewhere the same errors mean something else.
MAIL_FAULTS = (OSError, ImproperlyConfigured)
THREAD = "mail"


def send_meanwhile(message):
    """Sends `message` beside the request, whose answer shows neither that it failed nor how long it took."""
    Thread(target=_send, args=[message], name=THREAD).start()


def _send(message):
    try:
        message.send()
    except Exception:  # nobody waits for this thread, and whatever ends it would be told to nobody
        logger.exception("An e-mail could not be sent.")
