"""Contacts as a table: each with its service, and its family centre where it belongs to the service in that centre."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field

from centres.admin.choosing import is_key
from services.models import Contact, Offering, Service
from services.tables.cells import Row
from services.tables.table import Table

SERVICE, CENTRE = "Palvelu", "Perhekeskus"


class ContactTable(Table):
    """A row is known by its number and by whose it is, together: a number alone reaches nobody else's contact."""

    file_name = "yhteystiedot"
    headings = {
        "id": "Tunniste",
        "kind": "Tyyppi",
        "value": "Numero tai osoite",
        "label": "Selite",
        "hours": "Milloin",
        "order": "Järjestys",
    }
    identifying = ("service",)
    fixed = ("id", "service", "centre")
    with_row = ("service", "offering__service", "offering__centre")

    class Meta(Table.Meta):
        model = Contact

    def __init__(self, pages, request):
        super().__init__(pages, request)
        whose = {
            "service": Field("of_service", SERVICE, widget=Row(())),
            "centre": Field("offering__centre", CENTRE, widget=Row(())),
        }
        self.fields = {"id": self.fields.pop("id"), **whose, **self.fields}

    def prepare(self, rows):
        """The contacts that the sheet names, and the services that new ones may belong to."""
        ids = [text for row in rows if is_key(text := self.text(row, "id"))]
        slugs = {row.get(SERVICE) for row in rows}
        self._by_id = {str(contact.pk): contact for contact in self.get_queryset().filter(pk__in=ids)}
        self._services = {row.slug: row for row in self._rows(Service).filter(slug__in=slugs)}
        offerings = self._rows(Offering).filter(service__slug__in=slugs).select_related("service", "centre")
        self._offerings = {(row.service.slug, row.centre.slug): row for row in offerings}

    def _rows(self, model):
        return self.pages.admin_site.get_model_admin(model).get_queryset(self.request)

    def find(self, row):
        number = self.text(row, "id")
        if not number:
            return None
        contact = self._by_id.get(number)
        if contact is None:
            raise self.not_yours("id")
        whose = [self.fields[name].export(contact) for name in ("service", "centre")]
        if whose != [row.get(SERVICE, ""), row.get(CENTRE, "")]:
            raise ValidationError(
                {
                    "id": ValidationError(
                        _(
                            "This number belongs to a contact of another service or family centre. "
                            "Leave the cell in the column “%(heading)s” empty if the row is to be a new contact."
                        ),
                        params={"heading": self.headings["id"]},
                    )
                }
            )
        return contact

    def init_instance(self, row=None):
        """A new contact of the service that the row names, in the centre that it names, if any."""
        service, centre = row.get(SERVICE, ""), row.get(CENTRE, "")
        if centre:
            if (offering := self._offerings.get((service, centre))) is None:
                raise ValidationError({"centre": _nothing_here(f"{service} / {centre}")})
            return Contact(offering=offering)
        if service not in self._services:
            raise ValidationError({"service": _nothing_here(service)})
        return Contact(service=self._services[service])

    def key(self, row):
        return self.text(row, "id")


def _nothing_here(name):
    return ValidationError(_("There is no “%(name)s” here that you may choose."), params={"name": name})
