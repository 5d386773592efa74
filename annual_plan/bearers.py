"""Who sees to a row or a duty, as readers meet them: what they are called, and where they have a page."""

from dataclasses import dataclass

from django.urls import reverse

from centres.languages import columns, mark


@dataclass(frozen=True)
class Who:
    """Somebody who sees to something: their name, the language it is marked with, and their page (empty: none).

    `of`, `of_lang`: what the page is called, where it is an organisation's and the name does not say so.
    """

    said: str
    lang: str
    url: str
    of: str = ""
    of_lang: str = ""


def for_readers(bearers, language):
    """The queryset `bearers` with what `named` needs for readers of `language`, in their order."""
    public = ("status", "published_from", "published_until")
    names = columns("name", language=language)
    network = ["slug", "centre_id", *names, *public]
    shared = [f"network__{each}" for each in (*names, *public)]
    own = [each.attname for each in bearers.model._meta.concrete_fields if each.is_relation]
    found = bearers.select_related("network__network", "organisation").only(
        *own,
        *columns("label", language=language),
        *(f"network__{each}" for each in (*network, *shared)),
        *(f"organisation__{each}" for each in ("slug", *names)),
    )
    return found.order_by("order", "pk")


def named(bearers, today, language, *, is_open):
    """`bearers` as `Who`s on the date `today`: a network that readers may not see on that day is words only.

    `is_open`: anybody may read that they are responsible, so that an organisation that has no other part here has a
    page all the same (`perhekeskus.sectors.organisations_of`).
    """
    return [_who(bearer, today, language, is_open=is_open) for bearer in bearers]


def shown_of(bearer, today, *, is_open):
    """The network and the organisation of `bearer` that readers are led to on the date `today`: one of them, or None.

    `is_open` as in `named`.
    """
    network = bearer.network if bearer.network_id and bearer.network.is_public(today) else None
    organisation = bearer.organisation if bearer.organisation_id and is_open else None
    return network, organisation


def _who(bearer, today, language, *, is_open):
    row, name = bearer.named
    said, lang = bearer.said, mark(row, name, language)
    centre = bearer.plan.centre.slug
    network, organisation = shown_of(bearer, today, is_open=is_open)
    if network:
        return Who(said, lang, reverse("networks:detail", kwargs={"centre": centre, "slug": network.slug}))
    if organisation:
        url = reverse("organisation", kwargs={"centre": centre, "slug": organisation.slug})
        if organisation.name.casefold() in said.casefold():
            return Who(said, lang, url)
        return Who(said, lang, url, organisation.name, mark(organisation, "name", language))
    return Who(said, lang, "")
