"""Pictures that were uploaded at the desk. Their names are random, and a new picture gets a new one: kept for good."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

A_YEAR = 365 * 24 * 60 * 60  # seconds


@require_safe
def picture(request, folder, name):
    """A logo or a photo; the address admits no other folders, and no other names than those we give."""
    try:
        file = default_storage.open(f"{folder}/{name}")
    except FileNotFoundError as error:
        raise Http404("No such picture.") from error
    response = FileResponse(file, content_type="image/webp")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
