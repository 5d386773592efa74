"""``manage.py start``: everything from an empty folder to a running portal; what ``make run`` calls."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction
from django.utils import timezone

from perhekeskus import demo


class Command(BaseCommand):
    help = "Prepares the database and the static files, and starts the production server."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--prepare-only", action="store_true", help="Everything but starting the server.")
        parser.add_argument(
            "--people", action="store_true", help="Load fictional professionals with the demo content."
        )

    def handle(self, *args, port, prepare_only, people, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "This command is for trying the portal out: it loads demo content and makes demo coordinators. "
                "On a server: manage.py migrate, manage.py collectstatic, manage.py createsuperuser, gunicorn."
            )
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0)
        if demo.is_empty():
            self.say("Loading the family centres …")
            with transaction.atomic():
                demo.load(timezone.localdate(), people=people)
                coordinators = list(demo.make_coordinators())
            self.tell_coordinators(coordinators)
        if static_files_have_changed():
            self.say("Collecting the static files …")
            call_command("collectstatic", interactive=False, verbosity=0)
        if not prepare_only:
            # By name: at 127.0.0.1 browsers make no passkeys.
            self.say(
                f"The portal is at http://localhost:{port}/, the desk at http://localhost:{port}/hallinta/."
            )
            self.say(f"E-mails that it sends land in {settings.EMAIL_FILE_PATH} (Ctrl+C stops the portal).")
            serve(port)

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()

    def tell_coordinators(self, coordinators):
        self.say("\nCoordinators' addresses and passwords, shown only this once:")
        for centre, email, password in coordinators:
            self.say(f"  {centre.name}: {email}  {password}")
        self.say(
            "At their first sign-in they are asked for a second proof: an app on the phone, or a passkey.\n"
        )


def static_files_have_changed():
    """Whether any static file is newer than the collected ones: collecting takes most of a second start."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    files = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    return any(file.stat().st_mtime > manifest.stat().st_mtime for file in files)


def serve(port):
    """Becomes the production server, told by gunicorn.conf.py."""
    os.environ["PORT"] = str(port)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn"])
