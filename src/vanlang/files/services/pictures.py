"""
Pages of a PDF as pictures, so that a paper can be read beside the acts in any browser, on a phone, without a plug-in.

PDFium must not be entered by two threads at once: one lock for the process.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2
from PIL import Image

WIDTH = 1000
"""Width of a page's picture. Units: pixels."""
_MOST_HEIGHT = 2400

_pdfium = Lock()


@contextmanager
def opened_pdf(pdf: bytes) -> Iterator[pypdfium2.PdfDocument | None]:
    """Open a PDF for reading its text and places, nobody else in the process meanwhile; None when it cannot be opened."""
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            yield None
            return
        try:
            yield document
        finally:
            document.close()


def count_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has; 0 when it cannot be drawn."""
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def page_picture(pdf: bytes, number: int) -> bytes | None:
    """Return page `number` (from 1) as a PNG, or None when there is no such page or it cannot be drawn."""
    picture = page_image(pdf, number)
    if picture is None:
        return None
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=False, compress_level=3)
    return out.getvalue()


def page_image(pdf: bytes, number: int, *, width: int = WIDTH) -> Image.Image | None:
    """Return the same as an image of about `width` pixels."""
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return None
        try:
            return _draw(document, number, width)
        finally:
            document.close()


def _draw(document: pypdfium2.PdfDocument, number: int, width: int) -> Image.Image | None:
    if not 1 <= number <= len(document):
        return None
    document.init_forms()  # a visible signature is a form field: without this it is not drawn
    page = document[number - 1]
    page_width, page_height = page.get_size()
    scale = min(width / max(page_width, 1), _MOST_HEIGHT / max(page_height, 1))
    picture: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    return picture
