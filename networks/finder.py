"""Whom to call: the networks, services and people that fit a worry, gathered."""

from dataclasses import dataclass, field, replace
from functools import partial

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import get_language

from centres.languages import column, falls_back
from centres.models import FamilyCentre
from networks.models import LocalNetwork, Network
from networks.people import WORK, best_first, people_of, search_people
from networks.search import names_around, search
from services.models import Offering, Service
from services.search import best_match_first, matching, whole_words_of_offerings

# So many of each kind, before "show all".
HANDFUL = 6


@dataclass(frozen=True)
class Some:
    """The first rows of a kind, and whether there are `more`."""

    rows: list
    more: bool

    @classmethod
    def of(cls, queryset):
        rows = list(queryset[: HANDFUL + 1])
        return cls(rows[:HANDFUL], len(rows) > HANDFUL)


NONE = Some([], more=False)


@dataclass(frozen=True)
class Found:
    """What fits a worry; where nothing does, `in_the_way` names each thing without which something would."""

    networks: Some
    services: Some = NONE
    people: Some = NONE
    in_the_way: list[str] = field(default_factory=list)

    @property
    def anything(self):
        return bool(self.networks.rows or self.services.rows or self.people.rows)

    @property
    def kinds(self):
        """Those of the three that have rows, each by the id of its section."""
        kinds = (("people", self.people), ("networks", self.networks), ("services", self.services))
        return [(name, some) for name, some in kinds if some.rows]

    @property
    def are_mostly_sensitive(self):
        """Whether at least half of the networks and services shown are about something sensitive."""
        rows = [*self.networks.rows, *self.services.rows]
        return sum(row.is_sensitive for row in rows) * 2 >= len(rows) > 0

    def falls_back(self, language):
        """Whether any of it is shown to readers of `language` in Finnish instead."""
        texts: list[tuple[list, tuple[str, ...]]]
        texts = [([row.named], ("name",)) for row in [*self.networks.rows, *self.services.rows]]
        texts += [([row.network], ("summary",)) for row in self.networks.rows]
        texts += [([row.service], ("summary",)) for row in self.services.rows]
        texts += [(self.people.rows, ("title", "about", "hours"))]
        return any(falls_back(rows, fields, language) for rows, fields in texts)


def networks_to_turn_to(centre, today):
    """The networks of `centre` that a question can be brought to on the date `today`, with `is_sensitive` of each."""
    rows = LocalNetwork.objects.public(today).in_centre(centre).to_turn_to().select_related("network")
    return rows.annotate(is_sensitive=_sensitive(Network, "network"))


class Finder:
    """Finds in `centre` on the date `today` what fits `worry`, people only for whoever is let in (`with_people`)."""

    def __init__(self, worry, centre, today, *, with_people):
        self.worry, self.centre = worry, centre
        self.networks = networks_to_turn_to(centre, today)
        services = Offering.objects.public(today).in_centre(centre)
        self.services = services.annotate(is_sensitive=_sensitive(Service, "service"))
        self.people = people_of(centre, today).who_answer() if with_people else None
        # Read once for all three.
        self.named = names_around(self.networks.select_related(None)) if worry.words else None

    def found(self, language):
        """What fits, as readers of `language` see it: one query for each kind, and one where nothing was found.

        Where nothing is told, the networks that most worries are brought to.
        """
        worry = self.worry
        networks = Some.of(worry.in_order(self._networks(), language))
        if not worry.chosen:
            return Found(networks)
        services = Some.of(self._services_in_order(language))
        people = NONE
        if self.people is not None:
            people = Some.of(best_first(self._people(), worry.words, worry.topics, WORK))
        found = Found(networks, services, people)
        return found if found.anything else replace(found, in_the_way=self._in_the_way())

    def _networks(self, but=""):
        return self.worry.narrowing(self.networks, partial(search, named=self.named), but)

    def _services(self, but=""):
        rows = self.worry.narrowing(self.services, self._with_words, but)
        if "theme" in self.worry.chosen and but != "theme":
            return rows.about(ways=self.worry.ways)
        # Any word leads to a help line, for one calls it: it is told to whoever asks for the theme, or for its words.
        asked_for = whole_words_of_offerings("" if but == "q" else self.worry.words, get_language())
        return rows.filter(Q(service__urgent_order=None) | asked_for)

    def _people(self, but=""):
        # Its words stand in the address in plain: they find nobody by name (ADR 11).
        find = partial(search_people, named=self.named, key=WORK)
        return self.worry.narrowing(self.people, find, but)

    def _with_words(self, rows, words):
        return rows.filter(matching(words, self.named))

    def _services_in_order(self, language):
        """The best match of the words first; without words the first steps of the stairs."""
        rows = self._services()
        if self.worry.words:
            rows = best_match_first(rows, self.worry.words, language)
        else:
            by_name = f"service__{column('sort', language)}"
            rows = rows.order_by("service__online_support", "service__level", by_name, "pk")
        return rows.for_list(language)

    def _in_the_way(self):
        names = list(self.worry.chosen)
        if len(names) < 2:
            return []
        flags = [self._finds_something(name) for name in names]
        answers = FamilyCentre.objects.filter(pk=self.centre.pk).values_list(*flags).get()
        return [name for name, is_found in zip(names, answers, strict=True) if is_found]

    def _finds_something(self, but):
        kinds = [self._networks(but), self._services(but)]
        kinds += [self._people(but)] if self.people is not None else []
        condition = Q()
        for rows in kinds:
            condition |= Q(Exists(rows.order_by()))
        return ExpressionWrapper(condition, output_field=BooleanField())


def _sensitive(model, key):
    """Whether the row of `model` that `key` leads to is about something sensitive."""
    tags = model.topics.through.objects.filter(**{key: OuterRef(f"{key}_id"), "topic__sensitive": True})
    return Exists(tags.order_by())
