"""The organisations of a centre, in the four columns of the handbooks."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from centres.languages import column
from centres.models import Organisation, Sector
from services.models import Provision


@dataclass(frozen=True)
class SectorOrganisations:
    """A sector and the organisations that give something in it."""

    value: str
    label: str
    organisations: list[Organisation]


def organisations_of(offerings, meeting_places, centre):
    """The organisations with a part in any of `offerings`, organisers of `meeting_places`, and the `centre`'s own."""
    part = Provision.objects.filter(organisation=OuterRef("pk")).filter(_part_in(offerings)).order_by()
    arranged = meeting_places.order_by().filter(organiser=OuterRef("pk"))
    return Organisation.objects.filter(Q(home=centre) | Exists(part) | Exists(arranged))


def by_sector(offerings, meeting_places, centre, language):
    """The organisations of `centre`, by sector; one that gives in several sectors stands in each of them."""
    organisations = list(
        organisations_of(offerings, meeting_places, centre).order_by(column("sort", language), "pk")
    )
    given = _sectors_given(offerings)
    sectors = []
    for sector in Sector:
        rows = [row for row in organisations if sector.value in given.get(row.pk, {row.sector})]
        if rows:
            sectors.append(SectorOrganisations(sector.value, str(sector.label), rows))
    return sectors


def _part_in(offerings):
    offerings = offerings.order_by()
    return Q(offering__in=offerings.values("pk")) | Q(service__in=offerings.values("service"))


def _sectors_given(offerings):
    """The sectors that each organisation gives services in: ``{organisation id: {sector, …}}``."""
    parts = Provision.objects.filter(_part_in(offerings)).order_by()
    given = {}
    for path in ("service__sector", "offering__service__sector"):
        pairs = parts.exclude(**{path: None}).values_list("organisation", path).distinct()
        for organisation, sector in pairs.order_by("organisation", path):
            given.setdefault(organisation, set()).add(sector)
    return given
