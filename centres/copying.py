"""What a copy of a row is: the same in every language and tag, under a name and an address of its own."""

import re
from uuid import uuid4

from django.conf import settings

from centres.folding import fold
from centres.history.registry import recorded
from centres.history.snapshots import Key, Stored, versions_of
from centres.languages import column
from centres.publishing import Status

# Nobody sees a copy, and nobody has checked it.
UNSEEN = {
    "status": Status.DRAFT,
    "published_from": None,
    "published_until": None,
    "reviewed_on": None,
    "reviewed_by": None,
}
# Behind the name, in each language; in Northern Sámi nothing, until somebody who speaks it says what.
MARKS = {"fi": " (kopio)", "fi-simple": " (kopio)", "sv": " (kopia)", "en": " (copy)", "se": ""}
# By column, where there is a mark.
NAME_MARKS = {column("name", code): mark for code, mark in MARKS.items() if mark}
# Behind the slug, before a number.
SLUG_MARK = "-kopio"
_OF_COPY = re.compile(rf"{SLUG_MARK}(-\d+)?$")
# What leaves room for the mark and a number.
LONGEST_SLUG = 70


def clone(row, **values):
    """Saves a new row like `row`, with its tags, but for `values` and for what must be its own."""
    fields = [row._meta.get_field(name) for name in recorded(type(row)).fields]
    tags = {field.name: list(getattr(row, field.name).all()) for field in fields if field.many_to_many}
    copy = type(row)(**{each.attname: getattr(row, each.attname) for each in fields if each.name not in tags})
    if hasattr(copy, "uuid"):
        copy.uuid = uuid4()
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save()
    for name, rows in tags.items():
        getattr(copy, name).add(*rows)  # a new row has none to compare with
    return copy


def names_of_copy(row):
    """The name of a copy of `row` in each language that `row` has one in: ``{"name_fi": "Neuvola (kopio)"}``."""
    names = {}
    for code, _name in settings.LANGUAGES:
        name = column("name", code)
        if text := getattr(row, name):
            longest = row._meta.get_field(name).max_length - len(MARKS[code])
            names[name] = text[:longest] + MARKS[code]
    return names


def marked_names(row):
    """The columns in which the name of `row` is still that of a copy: ``["name_fi"]``."""
    return [name for name, mark in NAME_MARKS.items() if (getattr(row, name) or "").endswith(mark)]


def free_slug(slug, rows):
    """The slug of a copy of what has the `slug`, which none of `rows` (a queryset) has."""
    return first_free(f"{slug[:LONGEST_SLUG].rstrip('-')}{SLUG_MARK}", rows)


def has_slug_of_copy(row):
    """Whether `row` still has the slug that it was given as a copy."""
    return _OF_COPY.search(row.slug) is not None


def slug_after(name):
    """The slug of what is called `name`; empty where no letter of it can stand in an address."""
    return fold(name).replace(" ", "-")[:LONGEST_SLUG].strip("-")


def was_published(row):
    """Whether the history of `row` knows it as published: somebody may know its address."""
    states = (Stored.of_version(version).fields for version in versions_of([Key.of(row)]).order_by("pk"))
    return any(fields.get("status") == Status.PUBLISHED for fields in states)


def first_free(base, rows):
    """`base`, or with a number behind it, as a slug that none of `rows` (a queryset) has."""
    taken = set(rows.filter(slug__startswith=base).order_by().values_list("slug", flat=True))
    numbers = iter(range(2, len(taken) + 3))
    free = base
    while free in taken:
        free = f"{base}-{next(numbers)}"
    return free
