"""The organisations of a centre, in the four columns of the handbooks."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from annual_plan.models import DutyHolder, Plan, PlanItem, Responsible
from annual_plan.models.item import PlanItemQuerySet
from annual_plan.models.plan import PlanQuerySet
from centres.languages import column
from centres.models import Organisation, Sector
from meetingplaces.models import MeetingPlace
from meetingplaces.models.meeting_place import MeetingPlaceQuerySet
from networks.models import LocalNetwork, Seat
from networks.models.local import LocalNetworkQuerySet
from services.models import Offering, Provision
from services.models.offering import OfferingQuerySet


@dataclass(frozen=True)
class SectorOrganisations:
    """A sector and the organisations that give something in it."""

    value: str
    label: str
    organisations: list[Organisation]


@dataclass(frozen=True)
class Given:
    """What readers may see of a centre that organisations have a part in: querysets."""

    offerings: OfferingQuerySet
    meeting_places: MeetingPlaceQuerySet
    networks: LocalNetworkQuerySet
    plans: PlanQuerySet
    plan_items: PlanItemQuerySet


def given_in(centre, today):
    """What readers may see in `centre` on the date `today`, as `Given`."""
    offerings, places, networks = (
        model.objects.public(today).in_centre(centre) for model in (Offering, MeetingPlace, LocalNetwork)
    )
    plans = Plan.objects.in_centre(centre).seen_by(insider=False)
    plan_items = PlanItem.objects.filter(plan__centre=centre).seen_by(insider=False)
    return Given(offerings, places, networks, plans, plan_items)


def organisations_of(given, centre):
    """The organisations with a part in anything that is `given`, and the `centre`'s own."""
    part = Provision.objects.filter(organisation=OuterRef("pk")).filter(_part_in(given.offerings)).order_by()
    arranged = given.meeting_places.order_by().filter(organiser=OuterRef("pk"))
    convened = given.networks.order_by().filter(convener=OuterRef("pk"))
    seats = Seat.objects.filter(organisation=OuterRef("pk")).order_by()
    responsible = Responsible.objects.filter(organisation=OuterRef("pk")).order_by()
    duties = DutyHolder.objects.filter(organisation=OuterRef("pk")).order_by()
    return Organisation.objects.filter(
        Q(home=centre)
        | Exists(part)
        | Exists(arranged)
        | Exists(convened)
        | Exists(seats.filter(local_network__in=given.networks.order_by()))
        | Exists(responsible.filter(item__in=given.plan_items.order_by()))
        | Exists(duties.filter(duty__plan__in=given.plans.order_by()))
    )


def by_sector(given, centre, language):
    """The organisations of `centre`, by sector; one that gives in several sectors stands in each of them."""
    organisations = list(organisations_of(given, centre).order_by(column("sort", language), "pk"))
    sectors_given = _sectors_given(given.offerings)
    sectors = []
    for sector in Sector:
        rows = [row for row in organisations if sector.value in sectors_given.get(row.pk, {row.sector})]
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
