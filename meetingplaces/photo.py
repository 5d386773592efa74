"""A meeting place's photo."""

from django.utils.translation import gettext_lazy as _

from centres.pictures import Picture

PHOTO = Picture(
    field="photo",
    folder="photos",
    # As phones send them.
    most_megabytes=5,
    # As wide as a phone on a sharp screen; one size for all, so that no page is heavy.
    widest=1000,
    highest=750,
    save_as=[{"quality": 80}, {"quality": 65}, {"quality": 50}, {"quality": 30}],
    drawn=_(
        "An SVG drawing cannot be taken: it may hold programs that would run in families' browsers. "
        "Send a photo: JPEG, PNG or WebP."
    ),
)


def path_of(row, name):
    """Where the storage keeps a photo: migrations know it by this name."""
    return PHOTO.path_of(name)
