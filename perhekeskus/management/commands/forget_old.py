"""``manage.py forget_old``: deletes what the portal remembers for some days only, and the days are over.

Made for cron, soon after midnight, for the privacy page promises some of it until the next day::

    5 0 * * *  manage.py forget_old
"""

from django.core.management import BaseCommand
from django.utils import timezone

from accounts.counted import forget_expired
from meetingplaces.coming import forget_gone_by
from networks.joining import forget_old_requests
from networks.openings import forget_openings


class Command(BaseCommand):
    help = (
        "Deletes who tapped and who tried to sign in yesterday, how many families might have come, old requests for "
        "access, and who looked at whose card long ago."
    )

    def handle(self, *args, **options):
        forget_expired()
        forget_gone_by(timezone.localdate())
        forget_openings(timezone.localdate())
        forget_old_requests(timezone.now())
