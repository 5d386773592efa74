"""The list of a centre's services, and one service."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centres.discretion import discreet, render_page
from centres.languages import held
from services.detail import detail_of, related, tags_of
from services.facets import facets
from services.filters import Choices, OfferingFilter
from services.first_step import first_step
from services.models import Offering
from services.pages import page_of
from services.steps import step_of
from services.structured_data import service_data

PAGE_SIZE = 30


@require_safe
def index(request):
    """All services of the centre, filtered by what the address says."""
    today, language = timezone.localdate(), get_language()
    offerings = Offering.objects.public(today).in_centre(request.centre)
    choices = Choices.of_centre(request.centre, today)
    filterset = OfferingFilter(request.GET, offerings, choices=choices, reader_language=language)
    counted, total = facets(filterset)
    page, page_is_wrong = page_of(
        filterset.ordered.for_list(language), total, PAGE_SIZE, request.GET.get("page")
    )
    context = {
        "filterset": filterset,
        "facets": counted,
        "page": page,
        "page_is_wrong": page_is_wrong,
        "sensitive": filterset.is_sensitive,
    }
    response = render_page(request, "services/index.html", context)
    # What somebody types says more of them than what they tick.
    return discreet(response) if "q" in request.GET else response


@require_safe
def detail(request, slug):
    """One service as this centre gives it."""
    today = timezone.localdate()
    offerings = Offering.objects.with_a_page(today).in_centre(request.centre)
    offering = get_object_or_404(offerings.select_related("service__reviewed_by", "reviewed_by"), slug=slug)
    return (
        detail_page(request, offering) if offering.is_public(today) else _on_a_break(request, offering, today)
    )


def _on_a_break(request, offering, today):
    """When a service is back that is hidden for a while, and what may help meanwhile; not for search engines."""
    language = get_language()
    tags = tags_of(offering.service, language, request.centre)
    offerings = Offering.objects.public(today).in_centre(request.centre)
    context = {
        "offering": offering,
        "service": offering.service,
        "back": offering.comes_back_on(today),
        "related": related(offering, offerings, tags.topic_ids, language),
        "sensitive": tags.sensitive,
        "held_in": (),
    }
    return render_page(request, "services/on_a_break.html", context)


def detail_page(request, offering):
    """The page of `offering`, fetched with its service and who checked them, also for a look beforehand."""
    now, language = timezone.localtime(), get_language()
    offerings = Offering.objects.public(now.date()).in_centre(request.centre)
    about = detail_of(
        offering, offerings, now, language, request.centre, preview=getattr(request, "preview", None)
    )
    service = offering.service
    context = {
        "offering": offering,
        "service": service,
        "step": step_of(service, about.tags.step),
        "detail": about,
        "first_step": first_step(service, about),
        "ask_too": request.centre.ask_for_help_url not in {contact.value for contact in about.contacts},
        "sensitive": about.sensitive,
        "held_in": held(service, "name", "summary"),
        "structured_data": service_data(
            offering, about, request.centre, request.build_absolute_uri(request.path)
        ),
    }
    return render_page(request, "services/detail.html", context)
