"""``manage.py ask_to_confirm``: asks professionals whether their cards are right, and tells whose access ends soon.

Made for cron, on weekday mornings::

    0 9 * * 1-5  manage.py ask_to_confirm --root https://perhekeskus.example

Nobody is asked to confirm more often than once in two weeks, nor told of an end more than once.
"""

from itertools import chain

from django.core.management import BaseCommand
from django.utils import timezone

from accounts.mail import MAIL_FAULTS, default_root
from centres.models import Membership
from centres.needs import SOON
from networks import letters
from networks.confirming import to_be_asked, token_of
from networks.models import Professional


class Command(BaseCommand):
    help = (
        "Asks professionals whether their cards are right, and tells those whose access ends within 30 days."
    )

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=200, help="At most so many e-mails.")
        parser.add_argument("--root", default=default_root(), help="The portal's scheme and host.")

    def handle(self, *args, limit, root, **options):
        today = timezone.localdate()
        sent = failed = 0
        for message, done in chain(ends(today, root), questions(today, limit, root)):
            if sent + failed == limit:
                break
            try:
                message.send()
            except MAIL_FAULTS:
                failed += 1
            else:
                done()
                sent += 1
        self.stdout.write(f"Sent: {sent}. Could not be sent: {failed}.")


def ends(today, root):
    """The e-mails that tell whose access ends soon, each with what notes that it went: ``(message, function)``."""
    rows = Membership.objects.reading(today).filter(ends_on__lte=today + SOON, user__is_active=True)
    for row in rows.select_related("user", "centre").order_by("ends_on", "pk"):
        # Told already, unless it has been let last longer since.
        if row.told_on is None or row.told_on < row.ends_on - SOON:
            yield letters.ends_soon(row, root), noting(Membership, row, told_on=today)


def questions(today, limit, root):
    """The e-mails that ask whether a card is right, each with what notes that it went."""
    for card in to_be_asked(today)[:limit]:
        yield letters.to_confirm(card, token_of(card), root), noting(Professional, card, asked_on=today)


def noting(model, row, **values):
    """A function that keeps `values` of `row`: of when somebody was told no history tells."""
    return lambda: model._default_manager.filter(pk=row.pk).update(**values)
