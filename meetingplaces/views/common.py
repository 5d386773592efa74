"""What the views of meeting places share: whose rows readers may see, and whole addresses."""

from django.urls import reverse

from meetingplaces.models import MeetingPlace


def public_in(centre, today):
    """The meeting places of `centre` that readers may see on the date `today`, in its own order."""
    public = MeetingPlace.objects.public(today).in_centre(centre)
    return public.select_related("organiser", "place").order_by("order", "slug")


def whole_address(request, name, **kwargs):
    """The whole address of a page of the centre's meeting places."""
    path = reverse(f"meetingplaces:{name}", kwargs={"centre": request.centre.slug, **kwargs})
    return request.build_absolute_uri(path)


def address_of_places(request):
    """What takes a meeting place of the centre and gives the whole address of its page."""
    return lambda row: whole_address(request, "detail", slug=row.slug)
