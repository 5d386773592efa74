"""The abbreviations and one-word names of a centre's networks, to be explained wherever its pages say them."""

from django.db.models import Q
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
        .filter(~Q(network__abbreviation="") | is_one_word() | is_one_word("network__"))
        .order_by("order", "slug")
        .values("slug", "network__abbreviation", *names)
    )
    terms = (_term(row, centre, language) for row in rows)
    return [term for term in terms if term.word]


def _term(row, centre, language):
    name, lang = name_of(row, "network__name", language)
    url = reverse("networks:detail", kwargs={"centre": centre.slug, "slug": row["slug"]})
    return Term(word_of(name, row["network__abbreviation"]), name, lang, url)


def is_one_word(prefix=""):
    """The condition that a network may be called by its name alone; `word_of` says it of the name that is shown."""
    return Q(**{f"{prefix}name_fi__regex": r"^\S+$"})


def word_of(name, abbreviation):
    """What texts call a network in one word: its abbreviation, or a name like "Motti"; empty where they cannot."""
    return abbreviation or (name if name[:1].isupper() and not any(map(str.isspace, name)) else "")


def name_of(row, shared, language):
    """The name in a row of values: its local ``name`` before the `shared` one; and its language, as it is marked."""
    for field in ("name", shared):
        for code in dict.fromkeys((language, FINNISH)):
            if row[column(field, code)]:
                return row[column(field, code)], mark_of(code, language)
    return "", ""
