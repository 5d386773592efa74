"""Which meetings who sees, and who is coming to them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from centres.languages import columns
from networks.models import Attendance, Meeting, Professional, Seat

# So many of a network's meetings stand on its page.
NEXT_MEETINGS = 3

# What pages show of a meeting's network and place; the long texts of both stay where they are.
_OF_NETWORK = ("local_network__slug", "local_network__network_id", "local_network__centre__slug")
_OF_PLACE = ("street_address", "postcode", "town", "district", "latitude", "longitude")


def meetings_in(centre, today, *, insider):
    """The meetings of the networks of `centre` that an `insider`, or anybody, may see on the date `today`."""
    return Meeting.objects.in_centre(centre).shown(today).seen_by(insider=insider)


def meetings_of(person, centres, today):
    """The meetings in `centres` of the networks in which `person` sits, and those to which they are coming."""
    seats = Seat.objects.filter(person=person).order_by()
    coming = Attendance.objects.filter(professional=person, answer=Attendance.Answer.COMING).order_by()
    theirs = Q(local_network__in=seats.values("local_network")) | Q(pk__in=coming.values("meeting"))
    return Meeting.objects.shown(today).filter(theirs, local_network__centre__in=centres.order_by())


def for_pages(meetings, language):
    """`meetings` with their networks, centres and places, as readers of `language` are shown them: one query."""
    names = columns("name", language=language)
    texts = columns("name", "directions", "accessibility", language=language)
    return meetings.select_related("local_network__network", "local_network__centre", "place").only(
        *(field.name for field in Meeting._meta.concrete_fields),
        *_OF_NETWORK,
        *(f"{step}__{name}" for step in ("local_network", "local_network__network") for name in names),
        *(f"place__{name}" for name in (*_OF_PLACE, *texts)),
    )


def for_insiders_pages(meetings, centre, today):
    """`meetings` with their materials, and with who is `coming`: those who still work here, by name.

    Each says whether they have a card in the directory of `centre` on the date `today` (`has_card`).
    """
    card = Professional.objects.in_directory(centre, today).filter(pk=OuterRef("professional"))
    coming = Attendance.objects.filter(answer=Attendance.Answer.COMING, professional__active=True)
    people = coming.select_related("professional").annotate(has_card=Exists(card))
    return meetings.prefetch_related("materials", Prefetch("attendances", people, to_attr="coming"))


def next_meetings(local, today, *, insider):
    """The next few meetings of the network `local` from the date `today` on, those that are off among them."""
    rows = local.meetings.from_day(today).seen_by(insider=insider)
    return list(rows.select_related("place")[:NEXT_MEETINGS])


@dataclass(frozen=True)
class Counts:
    """How many meetings each network has, of each kind; and what the networks, by their slugs, are called."""

    names: dict[str, str]
    numbers: Counter[tuple[str, str]]

    @classmethod
    def of(cls, meetings, language):
        """Those of `meetings`, with names for readers of `language`: one query."""
        names = columns("name", language=language)
        paths = [f"{step}__{name}" for step in ("local_network", "local_network__network") for name in names]
        grouped = meetings.order_by("local_network__slug", "kind")
        rows = grouped.values_list("local_network__slug", "kind", *paths).annotate(number=Count("pk"))
        called, numbers = {}, Counter[tuple[str, str]]()
        for slug, kind, *texts, number in rows:
            called[slug] = next(filter(None, texts))
            numbers[slug, kind] = number
        return cls(dict(sorted(called.items(), key=lambda pair: pair[1].casefold())), numbers)

    def total(self, *, network="", kind=""):
        """How many there are of `network` (a slug) and `kind`; an empty choice does not narrow."""
        return sum(
            number
            for (slug, one), number in self.numbers.items()
            if network in ("", slug) and kind in ("", one)
        )


def card_of(user, meeting=None):
    """The card of `user`, with what they said to `meeting` as its `answer`; None for whoever has none, or has left."""
    said = Attendance.objects.filter(meeting=meeting, professional=OuterRef("pk")).order_by()
    cards = Professional.objects.active().filter(user=user)
    return cards.annotate(answer=Subquery(said.values("answer"))).first()
