"""``manage.py make_many 30000 --centre rovaniemi``: a large centre, to measure with.

With ``--networks 4000 --people 10000`` it also has as many networks, each with seats and a meeting, and people.
"""

from django.core.management import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Max

from centres.ages import YEAR
from centres.models import FamilyCentre, Level, Organisation, Sector, SpokenLanguage, Topic, Way
from centres.publishing import Status
from networks.models import Network
from perhekeskus.many_networks import make_many_networks
from services.models import Contact, Offering, Provision, Service

BATCH = 500
# Primes, so that no two of a service's traits go in step.
WORDS = ("Perhe", "Lapsi", "Vauva", "Nuori", "Koti", "Arki", "Leikki", "Tuki", "Ryhmä", "Neuvo", "Äiti")
KINDS = ("kerho", "kahvila", "neuvonta", "valmennus", "vastaanotto", "ilta", "puhelin")
CHARGES = (*Service.Charge.values, "")


class Command(BaseCommand):
    help = "Adds many made-up services to a centre, spread evenly over levels, ages, topics and ways."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)
        parser.add_argument("--centre", default="rovaniemi", help="The centre's slug.")
        parser.add_argument("--networks", type=int, default=0, help="How many networks besides.")
        parser.add_argument("--people", type=int, default=0, help="How many professionals besides.")

    def handle(self, *args, number, centre, networks, people, **options):
        row = FamilyCentre.objects.filter(slug=centre).first()
        if row is None:
            raise CommandError(f"There is no centre {centre!r}.")
        make_many(row, number, first=1 + (Service.objects.aggregate(last=Max("pk"))["last"] or 0))
        make_many_networks(
            row, networks, people, first=1 + (Network.objects.aggregate(last=Max("pk"))["last"] or 0)
        )
        self.stdout.write(f"Made {number} services, {networks} networks and {people} people for {row.name}.")


@transaction.atomic
def make_many(centre, number, *, first):
    """Adds `number` published services to `centre`, numbered from `first`.

    Each has an offering, a contact, a provider, topics, ways and languages.
    """
    organisations = list(Organisation.objects.all()[:20])
    for start in range(first, first + number, BATCH):
        services = Service.objects.bulk_create(
            _service(n) for n in range(start, min(start + BATCH, first + number))
        )
        offerings = Offering.objects.bulk_create(
            Offering(centre=centre, service=service, slug=service.slug, status=Status.PUBLISHED)
            for service in services
        )
        Contact.objects.bulk_create(
            Contact(offering=offering, kind=Contact.Kind.WEB, value="https://example.com/")
            for offering in offerings
        )
        if organisations:
            Provision.objects.bulk_create(
                Provision(
                    offering=offering,
                    organisation=organisations[n % len(organisations)],
                    role=Provision.Role.RESPONSIBLE,
                )
                for n, offering in enumerate(offerings, start)
            )
        for relation, model in (("topics", Topic), ("ways", Way), ("languages", SpokenLanguage)):
            _tag(services, relation, list(model.objects.all()), first=start)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or the planner still thinks that the tables are small


def _service(n):
    start = (n % 17) * YEAR
    return Service(
        slug=f"palvelu-{n}",
        name_fi=f"{WORDS[n % len(WORDS)]}{KINDS[n % len(KINDS)]} {n}",
        name_en=f"Service {n}",
        summary_fi="Tämä palvelu on keksitty mittausta varten.",
        summary_en="This service is made up, to measure with.",
        description_fi="<p>Palvelussa tavataan, jutellaan ja etsitään yhdessä ratkaisuja.</p>",
        from_month=start,
        to_month=start + (n % 5 + 1) * YEAR,
        level=Level.values[n % len(Level.values)],
        sector=Sector.values[n % 13 % len(Sector.values)],
        charge=CHARGES[n % 19 % len(CHARGES)],
        online_support=n % 23 == 0,
        anonymous=n % 29 == 0,
        status=Status.PUBLISHED,
    )


def _tag(services, relation, rows, *, first):
    """Two tags for each service, one after the other round the vocabulary; by number, so the same in any database."""
    through = getattr(Service, relation).through
    target = through._meta.get_field(rows[0]._meta.model_name).attname if rows else ""
    through.objects.bulk_create(
        through(service_id=service.pk, **{target: rows[(n + step) % len(rows)].pk})
        for n, service in enumerate(services, first)
        for step in range(min(2, len(rows)))
    )
