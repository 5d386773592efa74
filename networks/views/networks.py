"""The networks of a centre."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centres.languages import held
from networks.models import LocalNetwork


def public_in(centre, today):
    """The networks of `centre` that readers may see on the date `today`, in its own order."""
    return LocalNetwork.objects.public(today).in_centre(centre).order_by("order", "slug")


@require_safe
def index(request):
    """All of them."""
    rows = public_in(request.centre, timezone.localdate()).for_list(get_language())
    return render(request, "networks/index.html", {"networks": rows})


@require_safe
def detail(request, slug):
    """One network."""
    rows = public_in(request.centre, timezone.localdate()).select_related("network", "convener")
    row = get_object_or_404(rows, slug=slug)
    context = {"local": row, "network": row.network, "held_in": held(row.network, "name", "summary")}
    return render(request, "networks/detail.html", context)
