"""What came from the scanner: pages of a file with their size, and each as pixels."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
from PIL import ExifTags, Image

from vanlang.files.api import page_image
from vanlang.scanning.rules.sizes import resolution_of

PDF = "application/pdf"
_TURN_OF_ORIENTATION = {3: 180, 6: 90, 8: 270}
"""How a telephone says that it was held."""
_LARGE = 0.5
"""Share of the page from which a picture in a PDF is the scan."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of a file."""

    number: int
    """Counted from 1."""
    dpi: int | None
    turn: int


def pages_of(content: bytes, content_type: str) -> list[SourcePage]:
    """Return the pages of a stored file that was accepted as a PDF or a picture."""
    if content_type == PDF:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return [SourcePage(index, _dpi_of_page(page), 0) for index, page in enumerate(pdf.pages, start=1)]
    with Image.open(io.BytesIO(content)) as image:
        stated = image.info.get("dpi")
        turn = _TURN_OF_ORIENTATION.get(image.getexif().get(ExifTags.Base.Orientation, 1), 0)
        return [SourcePage(1, resolution_of(*image.size, float(stated[0]) if stated else None), turn)]


def _dpi_of_page(page: pikepdf.Page) -> int | None:
    """Return how finely the picture that fills a page was scanned; None for a page of text and lines."""
    pictures = [
        picture for picture in page.get_images().values() if "/Width" in picture and "/Height" in picture
    ]
    if not pictures:
        return None
    largest = max(pictures, key=lambda one: int(one.Width) * int(one.Height))
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    page_sides, pixel_sides = (
        sorted((right - left, top - bottom)),
        sorted((int(largest.Width), int(largest.Height))),
    )
    dpi = min(pixels / max(side / 72, 0.01) for pixels, side in zip(pixel_sides, page_sides, strict=True))
    return round(dpi) if dpi > _LARGE * 72 else None


def pixels_of(content: bytes, content_type: str, number: int, *, width: int) -> Image.Image | None:
    """Return a page as an image of about `width` pixels, as it lies in the file; None when it cannot be drawn."""
    if content_type == PDF:
        return page_image(content, number, width=width)
    with Image.open(io.BytesIO(content)) as image:
        height = max(1, round(image.height * width / image.width))
        image.draft("RGB", (width, height))
        if image.width > width:
            return image.convert("RGB").resize((width, height), Image.Resampling.BOX)
        return image.convert("RGB")
