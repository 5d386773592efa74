"""Who stands behind the services of a centre."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annual_plan.beside import as_told, rows_seen_to
from centres.discretion import render_page
from centres.languages import falls_back, held
from perhekeskus.sectors import by_sector, given_in, organisations_of
from services.pages import page_of

PAGE_SIZE = 30
# As many networks as a person looks through; the rest is in the list of networks.
MOST_NETWORKS = 12


@require_safe
def organisations(request):
    """The organisations of the centre, by the sectors they give services in."""
    sectors = by_sector(given_in(request.centre, timezone.localdate()), request.centre, get_language())
    return render(request, "perhekeskus/organisations.html", {"sectors": sectors})


@require_safe
def organisation(request, slug):
    """One organisation and what it gives in this centre."""
    today, language = timezone.localdate(), get_language()
    given = given_in(request.centre, today)
    row = get_object_or_404(organisations_of(given, request.centre).select_related("parent"), slug=slug)
    offerings = given.offerings.of_organisation(row)
    listed = offerings.by_name(language).for_list(language)
    page, page_is_wrong = page_of(listed, offerings.count(), PAGE_SIZE, request.GET.get("page"))
    networks = given.networks.of_organisation(row).for_list(language).order_by("order", "slug")
    networks = list(networks[: MOST_NETWORKS + 1])
    meeting_places = list(given.meeting_places.filter(organiser=row).order_by("order", "slug"))
    seen_to = rows_seen_to(request.centre, row, today)
    this_year = as_told(seen_to, today, language)
    context = {
        "organisation": row,
        "page": page,
        "page_is_wrong": page_is_wrong,
        "meeting_places": meeting_places,
        "networks": networks[:MOST_NETWORKS],
        "has_more_networks": len(networks) > MOST_NETWORKS,
        "this_year": this_year,
        "falls_back": bool(this_year and this_year["falls_back"])
        or _falls_back(row, page, meeting_places, networks[:MOST_NETWORKS], language),
        # A helpline or a shelter; not the county, which gives everything.
        "sensitive": offerings.are_mostly_sensitive(),
        "held_in": held(row, "name", "summary"),
    }
    return render_page(request, "perhekeskus/organisation.html", context)


def _falls_back(organisation, offerings, meeting_places, networks, language):
    """Whether the page of `organisation` shows any text to readers of `language` in Finnish instead."""
    texts = [(organisation, ["name", "summary"])]
    texts += [(row.named, ["name"]) for row in (*offerings, *networks)]
    texts += [(offering.service, ["summary"]) for offering in offerings]
    texts += [(local.network, ["summary"]) for local in networks]
    texts += [(place, ["name", "summary"]) for place in meeting_places]
    return any(falls_back([row], fields, language) for row, fields in texts)
