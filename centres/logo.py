"""A centre's logo."""

from django.utils.translation import gettext_lazy as _

from centres.pictures import Picture

LOGO = Picture(
    field="logo",
    folder="logos",
    most_megabytes=2,
    # Twice the largest size in the header, for sharp screens: pixels.
    widest=480,
    highest=112,
    save_as=[{"lossless": True}],
    drawn=_(
        "An SVG drawing cannot be taken: it may hold programs that would run in families' browsers. "
        "Save it as a PNG picture, at least 480 pixels wide."
    ),
)


def path_of(row, name):
    """Where the storage keeps a logo: migrations know it by this name."""
    return LOGO.path_of(name)
