"""How much of a request is read at all."""

from django.conf import settings

from perhekeskus.views.errors import length_required, too_large


class UploadLimitMiddleware:
    """Answers what is too large, or does not say how large it is, before any of it is in memory or on disk.

    Within its length a body cannot be longer than it says: the server and Django read no further.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Without a length Django would take the body for an empty one, and the form for a forged one.
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return length_required(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.LARGEST_REQUEST:
            return too_large(request)
        return self.get_response(request)
