"""An image that can be kept: whole to its last line, and not larger unpacked than a machine can hold."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import Final

from PIL import Image, UnidentifiedImageError

from vanlang.kernel.errors import Refusal

from .kinds import FileKind

MAX_PIXELS: Final = 60_000_000
"""60 megapixels: a good telephone, or A3 at 600 dots an inch. Unpacked 180 MB; a JPEG is read at an eighth."""

_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
_BROKEN = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, IndexError, KeyError,
    OverflowError,
)  # fmt: skip


def check_image(content: bytes, kind: FileKind) -> Refusal | None:
    """Return why the image is not kept, or None."""
    if not _is_ended(content, kind):
        return Refusal("files.broken_image")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged EXIF, and the size that we judge ourselves
            with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as image:
                return _check(image, kind)
    except Image.DecompressionBombError:
        return Refusal("files.image_too_large", {"max_megapixels": MAX_PIXELS // 1_000_000})
    except _BROKEN:
        return Refusal("files.broken_image")


def _is_ended(content: bytes, kind: FileKind) -> bool:
    """Pillow is content with a PNG whose last line came but whose end did not: there may have been more of it."""
    return kind is not FileKind.PNG or b"IEND\xaeB`\x82" in content


def _check(image: Image.Image, kind: FileKind) -> Refusal | None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        return Refusal("files.image_too_large", {"max_megapixels": MAX_PIXELS // 1_000_000})
    if getattr(image, "n_frames", 1) != 1 and kind is not FileKind.JPEG:
        return Refusal("files.moving_image")
    if kind is FileKind.JPEG:
        image.draft("L", (max(1, width // 8), max(1, height // 8)))
    image.load()
    return None
