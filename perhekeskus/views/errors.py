"""Error pages in the reader's language, each with a way onward."""

from django.shortcuts import render
from django.utils.translation import get_language_from_path, override

from centres.languages import FINNISH
from centres.models import FamilyCentre


def _error(request, status):
    if hasattr(request, "LANGUAGE_CODE"):
        return _page(request, status)
    # Refused before the language was known: without this it would be that of the reader before.
    with override(get_language_from_path(request.path_info) or FINNISH):
        return _page(request, status)


def _page(request, status):
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


def too_large(request):
    """A file that is larger than any we take: it was not read."""
    return _error(request, 413)


def length_required(request):
    """Something sent in parts whose length nobody said."""
    return _error(request, 411)


def too_many_requests(request):
    """Somebody guesses, or has forgotten: sign-in is throttled."""
    return _error(request, 429)


def server_error(request):
    """Asks the database nothing: it may be what failed."""
    return _error(request, 500)
