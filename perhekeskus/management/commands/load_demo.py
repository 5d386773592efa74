"""``manage.py load_demo``: the demo content, into an empty database only."""

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from perhekeskus import demo


class Command(BaseCommand):
    help = "Loads the demo content, all of it or the centres named, into an empty database."

    def add_arguments(self, parser):
        parser.add_argument("centres", nargs="*", default=demo.CENTRES, help=f"Of {', '.join(demo.CENTRES)}.")
        parser.add_argument("--people", action="store_true", help="Fictional professionals as well.")

    def handle(self, *args, centres, people, **options):
        if unknown := set(centres) - set(demo.CENTRES):
            raise CommandError(f"There is no demo content for {', '.join(sorted(unknown))}.")
        if not demo.is_empty():
            raise CommandError(
                "The database is not empty. Demo content would overwrite what has been edited."
            )
        demo.load(timezone.localdate(), centres, people=people)
        self.stdout.write(f"Loaded: {', '.join(centres)}.")
