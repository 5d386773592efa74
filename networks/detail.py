"""Everything that the page of one network tells, fetched in a few queries whatever the number of rows."""

from dataclasses import dataclass

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from centres.languages import FINNISH, column, falls_back, mark_of
from centres.models import Theme
from networks.models import LocalNetwork, Network, NetworkLink, Professional, Seat
from networks.steering import Box, Steering
from services.models import Offering

# What is only counted stands in no order.
NOWHERE = Value(0, output_field=IntegerField())


@dataclass(frozen=True)
class Way:
    """Where more is told, a theme or a page elsewhere: its name, the language it is marked with, its address."""

    name: str
    lang: str
    url: str


@dataclass(frozen=True)
class NetworkDetail:
    """What the page of one network tells besides the network itself.

    `is_convened` as `LocalNetworkQuerySet.condition_convened` says it; `checked` is the row whose check date is told;
    `falls_back` says that some of the page is in Finnish for want of the reader's language.
    """

    sensitive: bool
    themes: list[Way]
    links: list[Way]
    seats: list[Seat]
    is_convened: bool
    services: list[Offering]
    above: Box | None
    below: list[Box]
    checked: LocalNetwork | Network | None
    falls_back: bool


def detail_of(local, steering: Steering, today, language, *, with_people):
    """What the page of the local network `local` tells to readers of `language` on the date `today`.

    `with_people`: seats come with the people who hold them, for whoever is let in, and say whether these have a card
    in the directory (`has_card`).
    """
    network = local.network
    sensitive, themes, links = _around(local, today, language)
    people = ("organisation", "person") if with_people else ("organisation",)
    seats = local.seats.select_related(*people)
    if with_people:
        card = Professional.objects.in_directory(local.centre, today).filter(pk=OuterRef("person"))
        seats = seats.annotate(has_card=Exists(card.order_by()))
    seats = list(seats)
    services = list(_services(local, today, language))
    texts = [*_own_texts(local), *((seat, ["profession"]) for seat in seats)]
    for offering in services:
        texts += [(offering.named, ["name"]), (offering.service, ["summary"])]
    return NetworkDetail(
        sensitive=sensitive,
        themes=themes,
        links=links,
        seats=seats,
        is_convened=bool(local.convener_id) or any(seat.role == Seat.Role.CONVENER for seat in seats),
        services=services,
        above=steering.above(network.pk),
        below=steering.below(network.pk),
        checked=_checked(local),
        falls_back=any(falls_back([row], fields, language) for row, fields in texts),
    )


def _own_texts(local):
    """Rows with the fields that the page shows of them."""
    shared = ["summary", "purpose", "when_to_turn", "how_to_bring", "legal_basis"]
    return [(local.named, ["name"]), (local, ["how_to_reach", "meets"]), (local.network, shared)]


def _services(local, today, language):
    """The related services that this centre offers its readers."""
    related = local.network.services.filter(pk=OuterRef("service_id"))
    offerings = Offering.objects.public(today).in_centre(local.centre).filter(Exists(related.order_by()))
    return offerings.by_name(language).for_list(language)


def _around(local, today, language):
    """Whether a topic of the network is sensitive, the themes of the centre on its topics, and its links: one query."""
    network, centre = local.network, local.centre
    topic_of_both = Theme.topics.through.objects.filter(theme=OuterRef("pk"), topic__networks=network)
    themes = Theme.objects.public(today).filter(Exists(topic_of_both.order_by()), centre=centre)
    links = NetworkLink.objects.filter(network=network)
    rows = _rows(network.topics.filter(sensitive=True), "sensitive", "name", "slug", NOWHERE, language).union(
        _rows(themes, "theme", "name", "slug", F("order"), language, page=F("kind")),
        _rows(links, "link", "label", "url", F("order"), language),
        all=True,
    )
    found = {"sensitive": [], "theme": [], "link": []}
    for row in rows.order_by("what", "place", "pk"):
        url = row["where"]
        if row["what"] == "theme":
            url = reverse(row["page"], kwargs={"centre": centre.slug, "slug": url})
        lang = mark_of(language if row["own"] else FINNISH, language)
        found[row["what"]].append(Way(row["said"], lang, url))
    return bool(found["sensitive"]), found["theme"], found["link"]


def _rows(rows, what, name, where, place, language, page=None):
    own, in_finnish = (column(name, code) for code in (language, FINNISH))
    return (
        rows.order_by()
        .annotate(
            what=Value(what, output_field=CharField()),
            said=Coalesce(NullIf(own, Value("")), in_finnish, output_field=CharField()),
            own=F(own),
            where=F(where),
            page=page or Value("", output_field=CharField()),
            place=place,
        )
        .values("pk", "what", "said", "own", "where", "page", "place")
    )


def _checked(local):
    """Of the local side and the network the one checked longer ago: all of the page is as fresh as that."""
    checked = [row for row in (local, local.network) if row.reviewed_on]
    return min(checked, key=lambda row: row.reviewed_on, default=None)
