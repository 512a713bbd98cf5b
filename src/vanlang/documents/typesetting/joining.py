"""
A set paper together with a PDF that is there already: behind its pages, or printed over them.

A certification is a page *behind* the scan that it certifies; number, day and signature of a letter that was
finished in Word are printed *over* its pages. The joined file promises no PDF/A: it is as archival as the PDF that came.
"""

from __future__ import annotations

import io
from dataclasses import replace
from enum import StrEnum

import pikepdf

from vanlang.documents.types import CertifiedCopy, Sheet, WrittenPaper


class Joining(StrEnum):
    """How a set paper and the PDF below it become one file."""

    BEHIND = "behind"
    OVER = "over"


JOININGS = {CertifiedCopy.template: Joining.BEHIND, WrittenPaper.template: Joining.OVER}
"""By template; every other paper stands alone."""


def join(template: str, base: bytes | None, sheet: Sheet) -> Sheet:
    """Return `sheet` joined with `base`, its signature places moved along; unchanged without a base."""
    if base is None:
        return sheet
    match JOININGS.get(template):
        case Joining.BEHIND:
            return _behind(base, sheet)
        case Joining.OVER:
            return replace(sheet, pdf=_over(base, sheet.pdf))
        case None:
            return sheet


def _behind(base: bytes, sheet: Sheet) -> Sheet:
    with pikepdf.open(io.BytesIO(base)) as below, pikepdf.open(io.BytesIO(sheet.pdf)) as above:
        count = len(below.pages)
        _make_plain(below)
        below.pages.extend(above.pages)
        boxes = tuple(replace(box, page=box.page + count) for box in sheet.boxes)
        return Sheet(pdf=_saved(below), boxes=boxes)


def _over(base: bytes, overlay: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(base)) as below, pikepdf.open(io.BytesIO(overlay)) as above:
        _make_plain(below)
        for page, over in zip(below.pages, above.pages, strict=False):
            page.add_overlay(over, pikepdf.Rectangle(*(float(edge) for edge in page.mediabox)))
        return _saved(below)


def _make_plain(pdf: pikepdf.Pdf) -> None:
    """Take away what no longer holds once pages are added: old signatures, forms, claims of a standard."""
    for key in ("/AcroForm", "/Perms", "/StructTreeRoot", "/MarkInfo", "/Metadata", "/OutputIntents"):
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        fields = [note for note in page.get("/Annots", []) if note.get("/Subtype") == "/Widget"]
        if fields:
            page.Annots = pikepdf.Array([note for note in page.Annots if note.get("/Subtype") != "/Widget"])


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()
