"""Services as a table: what is the same of them everywhere."""

from uuid import UUID

from django.db.models import Q

from services.models import Service
from services.tables.table import Table


class ServiceTable(Table):
    """A row is known by its permanent id, or by its name in addresses where the id is left empty."""

    file_name = "palvelut"
    headings = {
        "uuid": "Tunniste",
        "slug": "Nimi verkko-osoitteessa",
        "name": "Nimi",
        "summary": "Yhdellä virkkeellä",
        "description": "Kuvaus",
        "keywords": "Muita sanoja",
        "from_month": "Ikä alkaen",
        "to_month": "Ikä alle",
        "audience": "Kenelle",
        "topics": "Aiheet",
        "level": "Tuen taso",
        "sector": "Toimiala",
        "access": "Miten palveluun pääsee",
        "how_to_get": "Miten palveluun pääsee, sanoin",
        "charge": "Maksullisuus",
        "cost": "Hinta sanoin",
        "ways": "Palvelutavat",
        "languages": "Palvelun kielet",
        "anonymous": "Voi asioida nimettömänä",
        "online_support": "Tukea verkosta",
        "urgent_order": "Paikka Apua heti -sivulla",
        "status": "Tila",
        "published_from": "Näyttöajan alku",
        "published_until": "Näyttöajan loppu",
        "home": "Kotikeskus",
        "owner": "Ylläpitäjä",
        "reviewed_on": "Tarkistettu",
        "reviewed_by": "Tarkistaja",
    }
    identifying = ("uuid", "slug")
    fixed = ("uuid",)
    with_rows = ("topics", "ways", "languages")
    with_row = ("home", "owner", "reviewed_by")

    class Meta(Table.Meta):
        model = Service

    def prepare(self, rows):
        """The services that the sheet names, by both of their names."""
        ids = {each for row in rows if (each := _as_uuid(self.text(row, "uuid")))}
        slugs = {self.text(row, "slug") for row in rows}
        services = list(self.get_queryset().filter(Q(uuid__in=ids) | Q(slug__in=slugs)))
        self._by_uuid = {service.uuid: service for service in services}
        self._by_slug = {service.slug: service for service in services}

    def find(self, row):
        if text := self.text(row, "uuid"):
            service = self._by_uuid.get(_as_uuid(text))
            if service is None:
                raise self.not_yours("uuid")
            return service
        return self._by_slug.get(self.text(row, "slug"))

    def key(self, row):
        found = self._by_uuid.get(_as_uuid(self.text(row, "uuid")))
        return found.slug if found else self.text(row, "slug")


def _as_uuid(text):
    """The permanent id written in `text`; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
