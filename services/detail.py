"""Everything that the page of one service tells, fetched in seven queries whatever the number of rows."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import override

from calendars.opening import DayGroup, Schedule, Status, grouped_week, status_at
from centres.languages import FINNISH, column, falls_back, mark_of
from centres.models import LevelName, SpokenLanguage, Topic, Way
from services.models import Contact, Offering, Provision, Service, ServicePoint
from services.opening import schedule_of

RELATED = 4


@dataclass(frozen=True)
class Tags:
    """What a service is tagged with: pairs of a name and its language, which is empty when it is the page's.

    `sensitive` when any of its topics is. `step` is what the centre calls its level of support, where it has a name.
    """

    topic_ids: list[int]
    topics: list[tuple[str, str]]
    ways: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    sensitive: bool
    step: tuple[str, str] | None = None


@dataclass(frozen=True)
class Door:
    """A service point as it is now."""

    point: ServicePoint
    schedule: Schedule
    status: Status
    week: list[DayGroup]


@dataclass(frozen=True)
class ServiceDetail:
    """What the page of one service tells besides the service itself.

    `checked` is the row whose check date is told; `falls_back` says that some of the page is in Finnish
    for want of the reader's language.
    """

    tags: Tags
    contacts: list[Contact]
    responsible: list[Provision]
    producers: list[Provision]
    doors: list[Door]
    related: list[Offering]
    other_names: list[tuple[str, str, str, str]]
    checked: Offering | Service | None
    falls_back: bool

    @property
    def sensitive(self):
        return self.tags.sensitive


def detail_of(offering, offerings, now: datetime, language, centre, preview=None):
    """What the page of `offering` tells at `now`; related services come from `offerings`, the public ones of `centre`.

    Names in other languages have an address where `centre` publishes in that language: that of the `preview`, a
    centres.previews.Preview, where one is looked at.
    """
    mine = Q(offering=offering) | Q(service=offering.service_id)
    tags = tags_of(offering.service, language, centre)
    provisions = list(Provision.objects.filter(mine).select_related("organisation"))
    contacts = by_ease(Contact.objects.filter(mine))
    doors = doors_of(offering, now, language)
    others = related(offering, offerings, tags.topic_ids, language)
    texts = [*_own_texts(offering), *_texts_around(contacts, doors, others)]
    return ServiceDetail(
        tags=tags,
        contacts=contacts,
        responsible=_of_role(provisions, Provision.Role.RESPONSIBLE),
        producers=_of_role(provisions, Provision.Role.PRODUCER),
        doors=doors,
        related=others,
        other_names=names_elsewhere(offering, centre, preview),
        checked=_checked(offering),
        falls_back=any(falls_back([row], fields, language) for row, fields in texts),
    )


def _own_texts(offering):
    """Rows with the fields that the page shows of them: the service as this centre gives it."""
    how = offering if offering.how_to_get else offering.service
    return [
        (offering.named, ["name"]),
        (offering.service, ["summary", "description", "cost"]),
        (how, ["how_to_get"]),
    ]


def _texts_around(contacts, doors, others):
    """As `_own_texts`, for what stands around it. The names of organisations are names, and not counted."""
    yield from ((contact, ["label", "hours"]) for contact in contacts)
    for door in doors:
        yield door.point, ["note"]
        yield door.point.place, ["name", "accessibility", "directions"]
        coming = (row for row in door.point.special_hours.all() if row.last_day >= door.status.today.day)
        yield from ((row, ["reason"]) for row in coming)
    for other in others:
        yield other.named, ["name"]
        yield other.service, ["summary"]


def _checked(offering):
    """Of the offering and its service the one checked longer ago: all of the page is as fresh as that."""
    checked = [row for row in (offering, offering.service) if row.reviewed_on]
    return min(checked, key=lambda row: row.reviewed_on, default=None)


def _of_role(provisions, role):
    """One provision for each organisation in `role`: it may be said both of the service and of the offering."""
    return list({row.organisation_id: row for row in provisions if row.role == role}.values())


def tags_of(service, language, centre):
    """The tags of `service` for readers of `language`, and what `centre` calls its step: four kinds in one query."""
    kinds = ((Topic, "topic"), (Way, "way"), (SpokenLanguage, "language"))
    parts = [_tag_rows(model.objects.filter(services=service), kind, language) for model, kind in kinds]
    names = LevelName.objects.filter(centre=centre, level=service.level)
    step = _tag_rows(names.annotate(order=F("level")), "step", language)
    rows = step.union(*parts, all=True).order_by("kind", "order", "name_shown")
    words = {kind: [] for kind in ("topic", "way", "language", "step")}
    for row in rows:
        lang = mark_of(language if row["in_language"] else FINNISH, language)
        words[row["kind"]].append((row["name_shown"], lang))
    return Tags(
        topic_ids=[row["pk"] for row in rows if row["kind"] == "topic"],
        topics=words["topic"],
        ways=words["way"],
        languages=words["language"],
        sensitive=any(row["is_sensitive"] for row in rows),
        step=next(iter(words["step"]), None),
    )


def _tag_rows(rows, kind, language):
    own, in_finnish = (column("name", code) for code in (language, FINNISH))
    name = Coalesce(NullIf(own, Value("")), in_finnish, output_field=CharField())
    sensitive = F("sensitive") if rows.model is Topic else Value(False)
    return (
        rows.order_by()
        .annotate(
            kind=Value(kind, output_field=CharField()),
            name_shown=name,
            in_language=F(own),
            is_sensitive=sensitive,
        )
        .values("pk", "kind", "order", "name_shown", "in_language", "is_sensitive")
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
    return list(others.on_step(offering.service.step, language).for_list(language)[:RELATED])


def names_elsewhere(offering, centre, preview):
    """The other names of the service: (language code, the language's own name, the service's name, address).

    A local name stands before the service's, language by language; where the title is a local name in
    Finnish only, the service's name in the reader's own language is told too. The address is empty when
    `centre` does not publish in that language.
    """
    shown = offering.title
    return [
        (code, own_name, name, _address(offering, centre, code, preview))
        for code, own_name in settings.LANGUAGES
        if (name := _name_in(offering, code)) and name != shown
    ]


def _name_in(offering, code):
    name = column("name", code)
    return getattr(offering, name) or getattr(offering.service, name)


def _address(offering, centre, code, preview):
    if code not in (FINNISH, *centre.languages):
        return ""
    with override(code):
        if preview:
            return preview.address
        return reverse("services:detail", kwargs={"centre": centre.slug, "slug": offering.slug})
