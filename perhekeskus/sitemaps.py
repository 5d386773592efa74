"""The public pages of a centre, with the languages that each holds something of its own in."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models.functions import Greatest
from django.utils import timezone

from annual_plan.models import Plan, PlanItem
from centres.languages import INTERFACE, column, held, held_with_interface
from centres.models import AgeGroup, Theme
from meetingplaces.models import MeetingPlace, Season
from networks.models import LocalNetwork
from perhekeskus.addresses import address_in
from perhekeskus.own_texts import ON_ABOUT, ON_FRONT
from perhekeskus.sectors import given_in, organisations_of
from services.models import Offering

# Pages without rows of their own.
PAGES = (
    "services:index",
    "meetingplaces:index",
    "networks:index",
    "networks:structure",
    "networks:meetings",
    "annual_plan:index",
    "annual_plan:open_promises",
    "annual_plan:area",
    "finder:find",
    "organisations",
    "help_now",
    "accessibility",
    "privacy",
)


@dataclass(frozen=True)
class Entry:
    """A page in one language: its path, its paths in all languages it is held in, and when it last changed."""

    path: str
    versions: list[tuple[str, str]]
    changed: date | None = None


def entries(centre, language, today):
    """The pages of `centre` that hold something of their own in `language`, as `Entry`s."""
    pages = [
        ("front", None, held_with_interface(centre, *ON_FRONT), None),
        ("about", None, held_with_interface(centre, *ON_ABOUT), None),
        *((name, None, INTERFACE, None) for name in PAGES),
        *(("age_group", row.slug, held(row, "name"), None) for row in AgeGroup.objects.filter(centre=centre)),
        *(
            (row.kind, row.slug, held(row, "name"), None)
            for row in Theme.objects.public(today).filter(centre=centre)
        ),
        *_services(centre, today),
        *(
            ("meetingplaces:detail", row.slug, held(row, "name", "summary"), _day(row.updated_at))
            for row in MeetingPlace.objects.public(today).in_centre(centre)
        ),
        *(
            ("meetingplaces:season", row.slug, held(row, "name"), None)
            for row in Season.objects.public(today).filter(centre=centre)
        ),
        *_networks(centre, today),
        *_organisations(centre, today),
    ]
    told = [
        *((name, {"slug": slug} if slug else {}, *rest) for name, slug, *rest in pages),
        *_plans(centre),
    ]
    return [
        Entry(
            address_in(language, name, centre.slug, **parts), _versions(centre, name, parts, languages), day
        )
        for name, parts, languages, day in told
        if language in languages and language in centre.languages
    ]


def _services(centre, today):
    texts = [
        column(f"service__{field}", code)
        for field in ("name", "summary")
        for code, _name in settings.LANGUAGES
    ]
    rows = (
        Offering.objects.public(today)
        .in_centre(centre)
        .order_by("pk")
        .values("slug", *texts, changed=Greatest("updated_at", "service__updated_at"))
    )
    for row in rows:
        languages = [
            code
            for code, _name in settings.LANGUAGES
            if row[column("service__name", code)] or row[column("service__summary", code)]
        ]
        yield "services:detail", row["slug"], languages, _day(row["changed"])


def _networks(centre, today):
    rows = LocalNetwork.objects.public(today).in_centre(centre).select_related("network").order_by("pk")
    for row in rows:
        changed = max(row.updated_at, row.network.updated_at)
        yield "networks:detail", row.slug, held(row.network, "name", "summary"), _day(changed)


def _organisations(centre, today):
    for row in organisations_of(given_in(centre, today), centre):
        yield (
            "organisation",
            row.slug,
            held(row, "name", "summary"),
            _day(row.updated_at),
        )


def _plans(centre):
    """The plans that all may see, and their rows: with the year and the number for a slug."""
    for plan in Plan.objects.in_centre(centre).seen_by(insider=False).order_by("-year"):
        yield "annual_plan:detail", {"year": plan.year}, INTERFACE, _day(plan.updated_at)
    titles = [column("title", code) for code, _name in settings.LANGUAGES]
    rows = PlanItem.objects.filter(plan__centre=centre).seen_by(insider=False)
    rows = rows.select_related("plan").only("plan__year", "number", "updated_at", *titles)
    for row in rows.order_by("-plan__year", "number"):
        parts = {"year": row.plan.year, "number": row.number}
        yield "annual_plan:item", parts, held(row, "title"), _day(row.updated_at)


def _day(moment):
    return timezone.localtime(moment).date()


def _versions(centre, name, parts, languages):
    return [
        (code, address_in(code, name, centre.slug, **parts)) for code in centre.languages if code in languages
    ]
