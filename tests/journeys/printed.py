"""What stands on printed paper: a PDF as somebody reads it."""

from __future__ import annotations

import io

import pypdfium2


def text_of(pdf: bytes) -> str:
    """Return the words of every page, with single spaces."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return len(document)
