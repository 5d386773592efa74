"""Pictures that somebody uploads, and what becomes of them.

Nothing of a file is kept but its pixels: it is decoded, made as small as it is shown, and written anew, without what
cameras and drawing programs say about themselves, about where they were, and about whoever used them.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image

MEGABYTE = 1024 * 1024
# Today's phones take 12 to 24 million.
MOST_PIXELS = 25_000_000
# A picture must not weigh more than the page around it: bytes.
LIGHT = 120_000
# What Pillow may try to read, and what their files are called.
_ENDINGS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "WEBP": (".webp",)}
# What phones call a JPEG in which more lies behind the first picture.
_AS_JPEG = "MPO"
# How a camera was held, by the number that it writes down, and what sets its picture upright.
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Picture:
    """What is kept of the pictures uploaded to a `field`: they lie in `folder` and are at most `widest` by `highest`.

    `save_as` are Pillow's options for WebP, the finest first: the first that make it light are taken, else the last.
    `drawn` says why a drawing is refused, and what to send instead.
    """

    field: str
    folder: str
    most_megabytes: int
    widest: int
    highest: int
    save_as: Sequence[Mapping[str, Any]]
    drawn: Any

    def path_of(self, name):
        """Where the storage keeps a file, whatever it was called."""
        return f"{self.folder}/{Path(name).name}"

    def reencoded(self, file):
        """The picture in an uploaded `file` as a `NewPicture`; ValidationError says why it cannot be taken."""
        if file.size > self.most_megabytes * MEGABYTE:
            raise ValidationError(
                _("The picture is larger than %(most)s MB. Save it smaller."),
                params={"most": self.most_megabytes},
            )
        content = file.read()
        if _is_drawing(file.name, content):
            raise ValidationError(self.drawn)
        picture = _decoded(file.name, content, max(self.widest, self.highest))
        picture.thumbnail((self.widest, self.highest), Image.Resampling.LANCZOS)
        return NewPicture(picture, self.save_as)


class NewPicture(ContentFile):
    """A new WebP file with a name that nobody can guess, and the picture's `width` and `height` in pixels."""

    def __init__(self, picture, save_as):
        # A new picture holds pixels alone: neither position nor camera, neither profile nor comment.
        bare = Image.new(picture.mode, picture.size)
        bare.paste(picture)
        content = b""
        for options in save_as:
            content = _as_webp(bare, options)
            if len(content) <= LIGHT:
                break
        super().__init__(content, name=f"{secrets.token_hex(16)}.webp")
        self.width, self.height = picture.size


def _as_webp(picture, options):
    encoded = BytesIO()
    picture.save(encoded, "WEBP", method=6, **options)
    return encoded.getvalue()


def _is_drawing(name, content):
    start = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return name.lower().endswith((".svg", ".svgz")) or b"<svg" in start


def _decoded(name, content, side):
    """The pixels in `content`, upright, as RGB or RGBA; of a photo fewer, if `side` needs no more."""
    # Pillow raises whatever its decoders trip over in a damaged or malicious file, `struct.error` and TypeError among
    # it. To who uploads it, it is all the same: the form stays, and says that the file cannot be read.
    try:
        picture = Image.open(BytesIO(content), formats=list(_ENDINGS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_too_many_pixels()) from error
    except Exception as error:
        raise ValidationError(_no_picture()) from error
    if picture.width * picture.height > MOST_PIXELS:
        raise ValidationError(_too_many_pixels())
    _refuse_misnamed(name, "JPEG" if picture.format == _AS_JPEG else str(picture.format))
    try:
        # A JPEG can be read at a half or a quarter of its size: a server need not hold all of it.
        # Twice, to look as well.
        picture.draft(None, (2 * side, 2 * side))
        # Before it is turned: what is turned holds pixels alone.
        bare = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        return _upright(bare, _orientation(picture))
    except Exception as error:
        raise ValidationError(_no_picture()) from error


def _orientation(picture):
    """The number that the camera wrote down; None where it cannot be read, which spoils no picture.

    Not `ImageOps.exif_transpose`: it writes all of the EXIF data anew, and trips over what is odd in it.
    """
    try:
        return picture.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001 - what Pillow raises for odd data it nowhere says
        return None


def _upright(picture, orientation):
    turn = _UPRIGHT.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _refuse_misnamed(name, kind):
    if Path(name).suffix.lower() not in _ENDINGS[kind]:
        raise ValidationError(
            _("The file is a %(kind)s picture, but its name says something else. Save it anew as PNG."),
            params={"kind": kind},
        )


def _too_many_pixels():
    return _("The picture has too many pixels. Save it smaller, for example 1,000 pixels wide.")


def _no_picture():
    return _("This is not a PNG, JPEG or WebP picture, or it is damaged.")
