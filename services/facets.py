"""How many offerings each option of each filter would leave, given all the other filters."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from centres.models import Sector
from services.filters import SCALAR_FACETS
from services.models import ONLINE, Service
from services.models.offering import OfferingQuerySet

FACETS = ("group", "theme", "level", "way", "sector", "language", "free")


@dataclass(frozen=True)
class Option:
    """One choice: its value in the address, its words, what it would leave, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter and its choices."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self):
        return [option for option in self.options if option.chosen]


@dataclass(frozen=True)
class Kinds:
    """Offerings that are alike in every column that a scalar filter tells them by."""

    step: int
    sector: str
    charge: str
    count: int


def kinds(queryset):
    """`queryset` in one grouped pass: how many offerings there are of each kind."""
    columns = [f"service__{name}" for name in ("online_support", "level", "sector", "charge")]
    rows = queryset.order_by(*columns).values_list(*columns).annotate(count=Count("pk"))
    return [Kinds(ONLINE if online else level, *rest) for online, level, *rest in rows]


def facets(filterset):
    """The facets of `filterset`, and how many offerings there are in all: ``(facets, total)``."""
    counted = kinds(filterset.narrowed(leaving_out=SCALAR_FACETS))
    checks = _checks(filterset.chosen)
    total = sum(kind.count for kind in counted if all(check(kind) for check in checks.values()))
    counts = _scalar_counts(counted, checks) | _tag_counts(filterset)
    return [_facet(filterset, name, counts[name]) for name in FACETS], total


def _checks(chosen):
    """For each chosen scalar facet the question whether a kind passes it."""
    checks = {}
    if "level" in chosen:
        checks["level"] = lambda kind: kind.step in chosen["level"]
    if "sector" in chosen:
        checks["sector"] = lambda kind: kind.sector in chosen["sector"]
    if "free" in chosen:
        checks["free"] = lambda kind: kind.charge == Service.Charge.FREE
    return checks


def _scalar_counts(counted, checks):
    counts = {name: Counter() for name in SCALAR_FACETS}
    for kind in counted:
        failed = {name for name, check in checks.items() if not check(kind)}
        if failed <= {"level"}:
            counts["level"][str(kind.step)] += kind.count
        if failed <= {"sector"}:
            counts["sector"][kind.sector] += kind.count
        if failed <= {"free"} and kind.charge == Service.Charge.FREE:
            counts["free"]["on"] += kind.count
    return counts


def _tag_counts(filterset):
    return {
        "way": _tagged(Service.ways.through, "way", filterset),
        "language": _tagged(Service.languages.through, "spokenlanguage", filterset, name="language"),
        "group": _windows(filterset, "group", {row: _in_group(row) for row in filterset.choices.groups}),
        "theme": _windows(
            filterset,
            "theme",
            {row: _in_theme(filterset.choices.reach[row.pk]) for row in filterset.choices.themes},
        ),
    }


def _tagged(through, target, filterset, name=None):
    services = filterset.narrowed(leaving_out=[name or target]).order_by().values("service")
    key = f"{target}__slug"
    rows = through.objects.filter(service__in=services).order_by(key).values_list(key).annotate(Count("pk"))
    return Counter(dict(rows))


def _windows(filterset, name, windows):
    """One pass for all `windows` (each with its condition): every row is asked of each whether it is within."""
    if not windows:
        return Counter()
    offerings = filterset.narrowed(leaving_out=[name]).order_by()
    within = {
        f"within_{row.pk}": ExpressionWrapper(condition, output_field=BooleanField())
        for row, condition in windows.items()
    }
    counts = {f"count_{row.pk}": Count("pk", filter=Q(**{f"within_{row.pk}": True})) for row in windows}
    counted = offerings.annotate(**within).aggregate(**counts)
    return Counter({row.slug: counted[f"count_{row.pk}"] for row in windows})


def _in_group(group):
    return group.reach("service__") or _ANY


def _in_theme(reach):
    return OfferingQuerySet.condition_about(reach.topics, reach.ways) or _ANY


_ANY = Q(pk__isnull=False)  # a window that does not narrow


def _facet(filterset, name, counts):
    chosen = filterset.chosen.get(name, [])
    chosen = (
        {"on"}
        if chosen is True
        else {str(value) for value in (chosen if isinstance(chosen, list) else [chosen])}
    )
    options = [
        Option(str(value), str(label), counts[str(value)], str(value) in chosen)
        for value, label in _choices(filterset, name)
    ]
    # A choice that would leave nothing is no choice, unless it has been made.
    options = [option for option in options if option.count or option.chosen]
    return Facet(name, str(filterset.filters[name].label), options)


def _choices(filterset, name):
    if name == "free":
        return [("on", filterset.filters["free"].label)]
    if name == "level":
        return filterset.choices.levels.items()
    if name == "sector":
        return Sector.choices
    return filterset.filters[name].extra["choices"]
