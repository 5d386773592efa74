"""Error pages in the reader's language, each with a way onward."""

from django.shortcuts import render

from centres.models import FamilyCentre


def _error(request, status):
    # A request refused before the middleware ran (a bad host, say) has no centre.
    centre = getattr(request, "centre", None)
    centres = [] if centre or status == 500 else FamilyCentre.objects.public()
    return render(request, f"errors/{status}.html", {"centre": centre, "centres": centres}, status=status)


def bad_request(request, exception):
    return _error(request, 400)


def permission_denied(request, exception):
    return _error(request, 403)


def csrf_failure(request, reason=""):
    """A form that was sent from elsewhere, or without its cookie."""
    return _error(request, 403)


def not_found(request, exception):
    return _error(request, 404)


def server_error(request):
    """Asks the database nothing: it may be what failed."""
    return _error(request, 500)
