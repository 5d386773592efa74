"""The abbreviations of a centre's networks, to be explained wherever its pages say them."""

from django.urls import reverse

from centres.languages import FINNISH, column, columns, mark_of
from centres.terms import Term
from networks.models import LocalNetwork


def terms_of(centre, today, language):
    """The `Term`s of the networks of `centre` that readers of `language` may see on the date `today`: one query."""
    names = columns("name", "network__name", language=language)
    rows = (
        LocalNetwork.objects.public(today)
        .in_centre(centre)
        .exclude(network__abbreviation="")
        .order_by("order", "slug")
        .values("slug", "network__abbreviation", *names)
    )
    return [_term(row, centre, language) for row in rows]


def _term(row, centre, language):
    name, lang = name_of(row, "network__name", language)
    url = reverse("networks:detail", kwargs={"centre": centre.slug, "slug": row["slug"]})
    return Term(row["network__abbreviation"], name, lang, url)


def name_of(row, shared, language):
    """The name in a row of values: its local ``name`` before the `shared` one; and its language, as it is marked."""
    for field in ("name", shared):
        for code in dict.fromkeys((language, FINNISH)):
            if row[column(field, code)]:
                return row[column(field, code)], mark_of(code, language)
    return "", ""
