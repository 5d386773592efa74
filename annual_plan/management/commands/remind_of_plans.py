"""``manage.py remind_of_plans``: tells at a quarter's end which rows of annual plans are still open.

Made for cron, on weekday mornings; on most of them it has nothing to do::

    30 9 * * 1-5  manage.py remind_of_plans --root https://perhekeskus.example

From the first day after a quarter until the next one ends, once for each plan that is under way and whose reminders
are on; of last year's plan the fourth quarter is told from January. Turned on later, they tell of the last quarter.
What cannot be sent is tried again the next time, and whoever has been told is not told twice.
"""

from django.core.management import BaseCommand
from django.utils import timezone

from accounts.mail import MAIL_FAULTS, default_root
from annual_plan.reminding import all_told, reminders_of, to_be_told


class Command(BaseCommand):
    help = (
        "Tells coordinators and responsible networks at a quarter's end which rows of annual plans are open."
    )

    def add_arguments(self, parser):
        parser.add_argument("--root", default=default_root(), help="The portal's scheme and host.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Says who would be written to, and no more."
        )

    def handle(self, *args, root, dry_run, **options):
        today = timezone.localdate()
        sent = failed = 0
        for plan, quarter in to_be_told(today):
            waiting = [each for each in reminders_of(plan, quarter, today, root) if not each.has_gone]
            if dry_run:
                self.say(waiting)
                continue
            gone = [each for each in waiting if is_sent(each)]
            sent, failed = sent + len(gone), failed + len(waiting) - len(gone)
            if len(gone) == len(waiting):
                all_told(plan, quarter)
        if not dry_run:
            self.stdout.write(f"Sent: {sent}. Could not be sent: {failed}.")

    def say(self, reminders):
        for each in reminders:
            self.stdout.write(f"{each.message.subject} → {', '.join(each.message.to)}")


def is_sent(reminder):
    """Sends `reminder`, and remembers it; False where it cannot be sent now."""
    try:
        reminder.message.send()
    except MAIL_FAULTS:
        return False
    reminder.remember()
    return True
