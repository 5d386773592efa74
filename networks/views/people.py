"""People, for whoever is let in."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from networks.access import for_insiders
from networks.models import Professional


def people_of(centre):
    """Those who stand in the directory of `centre`."""
    return Professional.objects.active().in_centre(centre).select_related("organisation")


@require_safe
@for_insiders
def directory(request):
    """All of them."""
    return render(request, "networks/directory.html", {"people": people_of(request.centre)})


@require_safe
@for_insiders
def card(request, uuid):
    """One person."""
    person = get_object_or_404(people_of(request.centre), uuid=uuid)
    return render(request, "networks/card.html", {"person": person})
