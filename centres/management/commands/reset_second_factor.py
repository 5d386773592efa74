"""``manage.py reset_second_factor``: lets in an administrator who has lost phone and recovery codes.

It stands here because `accounts` knows no history.
"""

from django.core.management import BaseCommand, CommandError

from accounts.actions import reset_second_factor
from accounts.models import User
from centres.history.kinds import Kind
from centres.history.recording import note_act


class Command(BaseCommand):
    help = "Takes away the second factor of a user, who chooses a new one at the next sign-in."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError("Nobody signs in with this address.")
        count = reset_second_factor(user=user)
        # Whoever runs commands has no account here.
        note_act([user], user=None, kind=Kind.SECOND_FACTOR)
        self.stdout.write(f"Taken away: {count}. {user.email} chooses a new one at the next sign-in.")
