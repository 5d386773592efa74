"""``manage.py export_person ADDRESS``: everything that the portal holds of a person, as JSON, for who asks for it."""

import json

from django.core.management import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from networks.exporting import export
from networks.persons import NobodyError, SeveralError, find


class Command(BaseCommand):
    help = "Writes everything that the portal holds of a person to the standard output, as JSON."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        data = export(found(email))
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))


def found(email):
    """The person known by `email`; CommandError in a sentence where it cannot be told who that is."""
    try:
        return find(email)
    except NobodyError as error:
        raise CommandError("The portal knows nobody by this address.") from error
    except SeveralError as error:
        raise CommandError(
            "Several people have this address. Give each an address of their own at the desk first."
        ) from error
