"""The networks of a centre that steer or are steered, and the abbreviations of all of them: one query for both."""

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, FilteredRelation, OuterRef, Q
from django.urls import reverse
from django.utils.text import capfirst

from centres.languages import columns
from centres.publishing import public_on
from centres.terms import Term
from networks.models import LocalNetwork, Network
from networks.structure import Standing, structure
from networks.terms import is_one_word, name_of, word_of


@dataclass(frozen=True)
class Box:
    """A network as the structure tells it: its name, the language that the name is marked with, and its page."""

    key: int
    name: str
    lang: str
    abbreviation: str
    kind: str
    tier: str
    url: str

    @property
    def title(self):
        """Its name and, where the name does not hold it, its abbreviation."""
        return titled(self.name, self.abbreviation)

    @property
    def what_it_is(self):
        """Its kind and how far it works, in words: "Steering group, area"."""
        return capfirst(f"{Network.Kind(self.kind).label}, {Network.Tier(self.tier).label}")


@dataclass(frozen=True)
class Steering:
    """The public networks of a centre by key, and where those stand that steer or are steered."""

    boxes: dict[int, Box]
    standings: list[Standing]

    def above(self, key):
        """The `Box` of whoever steers the network `key`; None where nobody with a page here does."""
        above = next((each.above for each in self.standings if each.key == key), None)
        return None if above is None else self.boxes[above]

    def below(self, key):
        """The `Box`es of those that the network `key` steers."""
        return [self.boxes[each.key] for each in self.standings if each.above == key]

    @property
    def terms(self):
        """The `Term`s of those that one word stands for."""
        return [
            Term(word, box.name, box.lang, box.url)
            for box in self.boxes.values()
            if (word := word_of(box.name, box.abbreviation))
        ]


def titled(name, abbreviation):
    """`name` with `abbreviation` behind it in brackets, where the name does not say it already."""
    is_said = not abbreviation or abbreviation.casefold() in name.casefold()
    return name if is_said else f"{name} ({abbreviation})"


def steering_of(centre, today, language):
    """The `Steering` of `centre` as readers of `language` may see it on the date `today`."""
    # Those that nobody sees here are read, too: what stands below them moves up.
    rows = list(_rows(centre, today, language))
    seen = sorted(
        (row for row in rows if row["here__slug"] and row["is_shown"]),
        key=lambda row: (row["here__order"], row["here__slug"]),
    )
    boxes = {row["pk"]: _box(row, centre, language) for row in seen}
    return Steering(boxes, structure(boxes, {row["pk"]: row["parent"] for row in rows}))


# So many networks without a page here may stand between one that has one and the next: whoever steers further up is
# not looked for, so that the country's structure is not read for the page of one centre.
MOST_PASSED_OVER = 4


def _of_centre(centre):
    """The condition that a network works in `centre`, or steers one that does from not too far above."""
    here, condition, way = LocalNetwork.objects.in_centre(centre).order_by(), Q(), "network"
    for _step in range(MOST_PASSED_OVER + 1):
        condition |= Q(pk__in=here.values(way))
        way = f"{way}__parent"
    return condition


def _rows(centre, today, language):
    here = FilteredRelation(
        "local_networks",
        condition=Q(local_networks__centre=centre) & public_on(today, "local_networks__"),
    )
    steers = Network.objects.filter(parent=OuterRef("pk")).order_by()
    return (
        Network.objects.annotate(
            here=here, is_shown=ExpressionWrapper(public_on(today), output_field=BooleanField())
        )
        .filter(
            _of_centre(centre),
            Q(parent__isnull=False)
            | Exists(steers)
            | (Q(here__isnull=False) & (~Q(abbreviation="") | is_one_word() | is_one_word("here__"))),
        )
        .order_by("pk")
        .values(
            *("pk", "parent", "abbreviation", "kind", "tier", "is_shown", "here__slug", "here__order"),
            *columns("name", "here__name", language=language),
        )
    )


def _box(row, centre, language):
    local = {key.removeprefix("here__"): value for key, value in row.items() if key.startswith("here__name")}
    shared = {f"shared_{key}": value for key, value in row.items() if key.startswith("name")}
    name, lang = name_of(local | shared, "shared_name", language)
    url = reverse("networks:detail", kwargs={"centre": centre.slug, "slug": row["here__slug"]})
    return Box(row["pk"], name, lang, row["abbreviation"], row["kind"], row["tier"], url)
