"""Pictures as somebody uploads them, and the files that are kept of them."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(
    kind: str = "PNG", size: tuple[int, int] = (960, 224), mode: str = "RGB", **options: Any
) -> bytes:
    file = BytesIO()
    Image.new(mode, size, "teal" if mode != "P" else 3).save(file, kind, **options)
    return file.getvalue()


def file_of(content: bytes, name: str = "kuva.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept_files(folder: str) -> list[Path]:
    return sorted((Path(settings.MEDIA_ROOT) / folder).glob("*"))
