"""Read set pages back, as a reader, a camera and an archive would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import zxingcpp


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """Return the text of all pages, line by line, with a ruler between pages."""
    with opened(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return (
        "\n----------\n".join(re.sub(r"\r\n?", "\n", page).replace("\xa0", " ").strip() for page in pages)
        + "\n"
    )


def texts_in(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> str:
    """Return what is printed inside a box (points, origin at the lower left)."""
    with opened(pdf) as document:
        left, bottom, right, top = box
        return document[page - 1].get_textpage().get_text_bounded(left, bottom, right, top).strip()


def codes_in(pdf: bytes, page: int = 1) -> list[str]:
    """Return the QR codes that a camera finds on a page printed at 200 dots an inch."""
    with opened(pdf) as document:
        image: Any = document[page - 1].render(scale=200 / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(image)]


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    with opened(pdf) as document:
        return [page.get_size() for page in document]
