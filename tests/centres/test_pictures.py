"""Uploaded pictures: what is taken, and what is kept of it."""

import struct
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps, ImageStat, PngImagePlugin

from centres.logo import LOGO
from tests.uploaded import file_of, picture

SECRET = b"Kuvaaja Matti"
TWO_MEGABYTES = 2 * 1024 * 1024
SHORT, ASCII = 3, 2
TURNED_BY_A_QUARTER = (0x0112, SHORT, struct.pack(">HH", 6, 0))


def exif_of(*tags: tuple[int, int, bytes]) -> bytes:
    """EXIF data as cameras lay it out: number, type and value (four bytes) of each of the `tags`."""
    rows = b"".join(
        struct.pack(">HHI", number, kind, 4 if kind == ASCII else 1) + value for number, kind, value in tags
    )
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, len(tags)) + rows + bytes(4)


def complaint(content: bytes, name: str = "logo.png") -> str:
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            LOGO.reencoded(file_of(content, name))
        return refused.value.messages[0]


@pytest.mark.parametrize(
    ("kind", "name", "mode"),
    [
        ("PNG", "logo.png", "RGB"),
        ("PNG", "logo.PNG", "RGBA"),
        ("PNG", "logo.png", "P"),
        ("PNG", "logo.png", "L"),
        ("JPEG", "logo.jpg", "RGB"),
        ("JPEG", "logo.jpeg", "CMYK"),
        ("WEBP", "logo.webp", "RGBA"),
    ],
)
def test_pictures_become_small_webp_files(kind: str, name: str, mode: str):
    logo = LOGO.reencoded(file_of(picture(kind, mode=mode), name))

    assert (logo.width, logo.height) == (480, 112)
    kept = Image.open(BytesIO(logo.read()))
    assert (kept.format, kept.size) == ("WEBP", (480, 112))
    assert logo.name.endswith(".webp")
    assert len(logo.name) == 32 + len(".webp")


def test_a_small_picture_is_not_made_larger():
    logo = LOGO.reencoded(file_of(picture(size=(40, 30))))

    assert (logo.width, logo.height) == (40, 30)


def test_nothing_but_the_pixels_is_kept():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", SECRET.decode())
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    exif[0x0112] = 6  # turned by a quarter

    png = LOGO.reencoded(file_of(picture(pnginfo=notes, exif=exif))).read()
    jpeg = LOGO.reencoded(file_of(picture("JPEG", size=(100, 50), exif=exif, comment=SECRET), "a.jpg")).read()

    assert SECRET not in png + jpeg
    assert b"EXIF" not in png + jpeg
    assert Image.open(BytesIO(jpeg)).size == (50, 100)


@pytest.mark.parametrize(
    "odd",
    [
        (0x0115, ASCII, b"cam\0"),  # words for the number of colours
        (0x011A, ASCII, b"cam\0"),  # words for a fraction
        (0x8825, ASCII, b"cam\0"),  # words for where the position is told
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_what_a_camera_wrote_oddly_spoils_no_photo(odd: tuple[int, int, bytes]):
    photo = picture("JPEG", size=(100, 50), exif=exif_of(TURNED_BY_A_QUARTER, odd))

    logo = LOGO.reencoded(file_of(photo, "a.jpg"))

    assert (logo.width, logo.height) == (50, 100)


def test_exif_data_that_cannot_be_read_leaves_the_photo_as_it_lies():
    photo = picture("JPEG", size=(100, 50), exif=b"Exif\0\0XX")

    assert LOGO.reencoded(file_of(photo, "a.jpg")).width == 100


@pytest.mark.parametrize("orientation", range(10))
def test_a_photo_stands_upright_however_the_camera_was_held(orientation: int):
    drawn = Image.new("RGB", (64, 32), "white")
    drawn.paste((255, 0, 0), (0, 0, 32, 16))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    drawn.save(file, "PNG", exif=exif)

    kept = Image.open(BytesIO(LOGO.reencoded(file_of(file.getvalue())).read()))

    expected = ImageOps.exif_transpose(Image.open(file))
    assert kept.size == expected.size
    difference = ImageChops.difference(kept.convert("RGB"), expected)
    assert max(ImageStat.Stat(difference).mean) < 10


WELL = {
    f"a.{kind.lower()}": picture(kind, size=(24, 16), exif=exif_of(TURNED_BY_A_QUARTER))
    for kind in ("JPEG", "PNG", "WEBP")
}


@given(
    name=st.sampled_from(sorted(WELL)),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    kept=st.floats(0.1, 1),
)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_of_any_bytes_there_is_a_picture_or_a_sentence(
    name: str, changes: list[tuple[float, int]], kept: float
):
    content = bytearray(WELL[name])
    for where, byte in changes:
        content[int(where * (len(content) - 1))] = byte
    damaged = bytes(content[: int(kept * len(content)) + 1])
    with suppress(ValidationError):
        assert LOGO.reencoded(file_of(damaged, name)).width > 0


def test_a_phones_picture_with_more_behind_it_is_a_jpeg():
    more = picture("MPO", size=(960, 224), save_all=True, append_images=[Image.new("RGB", (96, 22))])

    assert LOGO.reencoded(file_of(more, "IMG_0001.JPG")).width == 480


def test_two_names_are_never_the_same():
    assert LOGO.reencoded(file_of(picture())).name != LOGO.reencoded(file_of(picture())).name


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.svg"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<svg/>', "logo.png"),
        (b"\xef\xbb\xbf  <SVG/>", "logo.jpg"),
        (b"\x1f\x8b\x08", "logo.svgz"),
    ],
)
def test_a_drawing_is_refused_with_the_reason(content: bytes, name: str):
    assert complaint(content, name) == (
        "An SVG drawing cannot be taken: it may hold programs that would run in families' browsers. "
        "Save it as a PNG picture, at least 480 pixels wide."
    )


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<html>", "logo.png", "This is not a PNG, JPEG or WebP picture"),
        (picture()[:60], "logo.png", "This is not a PNG, JPEG or WebP picture"),
        (picture("GIF", mode="P"), "logo.png", "This is not a PNG, JPEG or WebP picture"),
        (picture("JPEG"), "logo.png", "The file is a JPEG picture, but its name says something else."),
        (picture(), "logo.exe", "The file is a PNG picture, but its name says something else."),
        (picture() + bytes(TWO_MEGABYTES), "logo.png", "The picture is larger than 2 MB."),
        (picture(size=(6000, 5000)), "logo.png", "The picture has too many pixels."),
        (picture(size=(15_000, 12_000), mode="1"), "logo.png", "The picture has too many pixels."),
    ],
)
def test_what_is_no_fitting_picture_is_refused(content: bytes, name: str, words: str):
    assert complaint(content, name).startswith(words)
