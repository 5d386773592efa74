"""What themes gather by: the topics and ways of each, in one query however many there are."""

from dataclasses import dataclass, field

from django.db.models import CharField, F, Value

from centres.models import Theme


@dataclass
class Reach:
    """The ids of a theme's topics and ways; `sensitive` when any of the topics is."""

    topics: list[int] = field(default_factory=list)
    ways: list[int] = field(default_factory=list)
    sensitive: bool = False


def reach_of(themes):
    """The `Reach` of each of `themes`, by its id."""
    found = {theme.pk: Reach() for theme in themes}
    topics = _rows(Theme.topics.through, "topic", found, F("topic__sensitive"))
    ways = _rows(Theme.ways.through, "way", found, Value(False))
    for theme_id, kind, tag, sensitive in topics.union(ways, all=True).order_by("theme_id", "kind", "tag"):
        reach = found[theme_id]
        getattr(reach, f"{kind}s").append(tag)
        reach.sensitive |= bool(sensitive)
    return found


def with_reach(themes):
    """The rows of the queryset `themes`, in its order, each with its `Reach`: one query for both, for few themes."""
    tagged = themes.annotate(about=F("topics"), is_sensitive=F("topics__sensitive"), way=F("ways"))
    found: dict[Theme, Reach] = {}
    for theme in tagged:
        reach = found.setdefault(theme, Reach())
        _add(reach.topics, theme.about)
        _add(reach.ways, theme.way)
        reach.sensitive |= bool(theme.is_sensitive)
    return found


def _add(tags, tag):
    if tag is not None and tag not in tags:
        tags.append(tag)


def _rows(through, kind, themes, sensitive):
    rows = through.objects.filter(theme__in=list(themes)).order_by()
    return rows.annotate(
        kind=Value(kind, output_field=CharField()),
        tag=F(f"{kind}_id"),
        is_sensitive=sensitive,
    ).values_list("theme_id", "kind", "tag", "is_sensitive")
