"""Everything that the page of one service tells, fetched in seven queries whatever the number of rows."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Coalesce, NullIf

from calendars.opening import DayGroup, Schedule, Status, grouped_week, status_at
from centres.languages import FINNISH, column
from centres.models import SpokenLanguage, Topic, Way
from services.models import Contact, Offering, Provision, ServicePoint
from services.opening import schedule_of

RELATED = 4


@dataclass(frozen=True)
class Tags:
    """What a service is tagged with, as words; `sensitive` when any of its topics is."""

    topic_ids: list[int]
    topics: list[str]
    ways: list[str]
    languages: list[str]
    sensitive: bool


@dataclass(frozen=True)
class Door:
    """A service point as it is now."""

    point: ServicePoint
    schedule: Schedule
    status: Status
    week: list[DayGroup]


@dataclass(frozen=True)
class ServiceDetail:
    """What the page of one service tells besides the service itself."""

    tags: Tags
    contacts: list[Contact]
    responsible: list[Provision]
    producers: list[Provision]
    doors: list[Door]
    related: list[Offering]
    other_names: list[tuple[str, str, str]]

    @property
    def sensitive(self):
        return self.tags.sensitive


def detail_of(offering, offerings, now: datetime, language):
    """What the page of `offering` tells at `now`; related services come from `offerings`, the centre's public ones."""
    mine = Q(offering=offering) | Q(service=offering.service_id)
    tags = tags_of(offering.service, language)
    provisions = list(Provision.objects.filter(mine).select_related("organisation"))
    return ServiceDetail(
        tags=tags,
        contacts=by_ease(Contact.objects.filter(mine)),
        responsible=_of_role(provisions, Provision.Role.RESPONSIBLE),
        producers=_of_role(provisions, Provision.Role.PRODUCER),
        doors=doors_of(offering, now, language),
        related=related(offering, offerings, tags.topic_ids, language),
        other_names=names_elsewhere(offering, language),
    )


def _of_role(provisions, role):
    """One provision for each organisation in `role`: it may be said both of the service and of the offering."""
    return list({row.organisation_id: row for row in provisions if row.role == role}.values())


def tags_of(service, language):
    """The tags of `service` in the words of `language`: three kinds in one query."""
    kinds = ((Topic, "topic"), (Way, "way"), (SpokenLanguage, "language"))
    first, *rest = (_tag_rows(model, kind, service, language) for model, kind in kinds)
    rows = first.union(*rest, all=True).order_by("kind", "order", "name_shown")
    words = {kind: [row["name_shown"] for row in rows if row["kind"] == kind] for _model, kind in kinds}
    sensitive = any(row["is_sensitive"] for row in rows)
    topic_ids = [row["pk"] for row in rows if row["kind"] == "topic"]
    return Tags(topic_ids, words["topic"], words["way"], words["language"], sensitive)


def _tag_rows(model, kind, service, language):
    in_language, in_finnish = (column("name", code) for code in (language, FINNISH))
    name = Coalesce(NullIf(in_language, Value("")), in_finnish, output_field=CharField())
    sensitive = F("sensitive") if model is Topic else Value(False)
    return (
        model.objects.filter(services=service)
        .order_by()
        .annotate(kind=Value(kind, output_field=CharField()), name_shown=name, is_sensitive=sensitive)
        .values("pk", "kind", "order", "name_shown", "is_sensitive")
    )


def by_ease(contacts):
    """`contacts` with short numbers first, then as the coordinator ordered them."""
    return sorted(contacts, key=lambda contact: not (contact.phone and contact.phone.short))


def doors_of(offering, now, language):
    """The service points of `offering`, each with what it is at `now` and its week."""
    points = offering.points.select_related("place").prefetch_related("spans", "special_hours")
    doors = []
    for point in points:
        schedule = schedule_of(point, language)
        doors.append(Door(point, schedule, status_at(schedule, now), grouped_week(schedule, now.date())))
    return doors


def related(offering, offerings, topic_ids, language):
    """A few other offerings about the same things, on the same level of support."""
    if not topic_ids:
        return []
    others = offerings.exclude(pk=offering.pk).about(topics=topic_ids)
    step = None if offering.service.online_support else offering.service.level
    return list(others.on_step(step, language).for_list(language)[:RELATED])


def names_elsewhere(offering, language):
    """What the service is called in the other languages: (language code, its own name, the service's name)."""
    named = offering.named
    shown = named.name
    return [
        (code, own_name, name)
        for code, own_name in settings.LANGUAGES
        if code != language and (name := getattr(named, column("name", code))) and name != shown
    ]
