"""``manage.py erase_person ADDRESS --yes``: deletes everything that the portal holds of a person, from history too.

Copies of the database are none of its business: whoever restores one must erase once more.
"""

from django.core.management import BaseCommand, CommandError

from networks.erasing import erase, still_in_texts
from networks.management.commands.export_person import found


class Command(BaseCommand):
    help = "Deletes everything that the portal holds of a person, from history too. There is no way back."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="Without it nothing is deleted.")

    def handle(self, *args, email, yes, **options):
        person = found(email)
        if not yes:
            raise CommandError("Nothing was deleted. There is no way back: say --yes if you mean it.")
        words = erase(person)
        self.stdout.write("Deleted, with all that history held.")
        for table, pk, column in still_in_texts(words):
            self.stdout.write(
                f"A word of the person stands here, change it by hand unless it is others' too: {table} {pk} {column}"
            )
