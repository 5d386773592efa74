"""How many offerings each option of each filter would leave, given all the other filters."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from centres.ages import Audience
from centres.models import Sector
from services.filters import SCALAR_FACETS
from services.models import Service


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
    """Offerings that are alike in every column that a filter tells them by."""

    level: int
    sector: str
    charge: str
    audience: str
    from_month: int | None
    to_month: int | None
    count: int

    def for_ages(self, from_month, to_month):
        """As `centres.ages.overlaps`, for rows that are counted rather than fetched."""
        starts_in_time = to_month is None or self.from_month is None or self.from_month < to_month
        ends_late_enough = from_month is None or self.to_month is None or self.to_month > from_month
        return starts_in_time and ends_late_enough

    def for_group(self, group):
        """As `OfferingQuerySet.for_group`."""
        if group.speaks_to_you and self.audience == Audience.PARENT:
            return False
        return self.for_ages(group.from_month, group.to_month)


def kinds(queryset):
    """`queryset` in one grouped pass: how many offerings there are of each kind."""
    columns = [
        f"service__{name}" for name in ("level", "sector", "charge", "audience", "from_month", "to_month")
    ]
    rows = queryset.order_by(*columns).values_list(*columns).annotate(count=Count("pk"))
    return [Kinds(*row) for row in rows]


def facets(filterset):
    """The facets of `filterset`, and how many offerings there are in all: ``(facets, total)``."""
    counted = kinds(filterset.narrowed(leaving_out=SCALAR_FACETS))
    checks = _checks(filterset)
    total = sum(kind.count for kind in counted if all(check(kind) for check in checks.values()))
    counts = _scalar_counts(filterset, counted, checks) | _tag_counts(filterset)
    return [
        _facet(filterset, name, counts[name])
        for name in ("group", "theme", "level", "way", "sector", "language", "free")
    ], total


def _checks(filterset):
    """For each chosen scalar facet the question whether a kind passes it."""
    chosen, checks = filterset.chosen, {}
    if "level" in chosen:
        checks["level"] = lambda kind: kind.level in chosen["level"]
    if "sector" in chosen:
        checks["sector"] = lambda kind: kind.sector in chosen["sector"]
    if "free" in chosen:
        checks["free"] = lambda kind: kind.charge == Service.Charge.FREE
    if "age" in chosen:
        months = filterset.months_of_age()
        checks["age"] = lambda kind: kind.for_ages(*months)
    if "group" in chosen:
        group = filterset.chosen_group()
        checks["group"] = lambda kind: kind.for_group(group)
    return checks


def _scalar_counts(filterset, counted, checks):
    counts = {name: Counter() for name in ("group", "level", "sector", "free")}
    for kind in counted:
        failed = {name for name, check in checks.items() if not check(kind)}
        if failed <= {"level"}:
            counts["level"][str(kind.level)] += kind.count
        if failed <= {"sector"}:
            counts["sector"][kind.sector] += kind.count
        if failed <= {"free"} and kind.charge == Service.Charge.FREE:
            counts["free"]["on"] += kind.count
        if failed <= {"group"}:
            for group in filterset.choices.groups:
                if kind.for_group(group):
                    counts["group"][group.slug] += kind.count
    return counts


def _tag_counts(filterset):
    return {
        "way": _tagged(Service.ways.through, "way", filterset),
        "language": _tagged(Service.languages.through, "spokenlanguage", filterset, name="language"),
        "theme": _themes(filterset),
    }


def _tagged(through, target, filterset, name=None):
    services = filterset.narrowed(leaving_out=[name or target]).order_by().values("service")
    key = f"{target}__slug"
    rows = through.objects.filter(service__in=services).order_by(key).values_list(key).annotate(Count("pk"))
    return Counter(dict(rows))


def _themes(filterset):
    """One pass for all themes: each row is asked of each theme whether it is within its window."""
    offerings, themes = filterset.narrowed(leaving_out=["theme"]).order_by(), filterset.choices.themes
    if not themes:
        return Counter()
    within = {f"within_{theme.pk}": _within(offerings, theme) for theme in themes}
    counts = {f"count_{theme.pk}": Count("pk", filter=Q(**{f"within_{theme.pk}": True})) for theme in themes}
    counted = offerings.annotate(**within).aggregate(**counts)
    return Counter({theme.slug: counted[f"count_{theme.pk}"] for theme in themes})


def _within(offerings, theme):
    condition = offerings.condition_about(theme.topics.all(), theme.ways.all())
    return ExpressionWrapper(condition or Q(pk__isnull=False), output_field=BooleanField())


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
