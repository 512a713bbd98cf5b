"""Where a PDF that was finished in Word left room for number, day, signature and code."""

from __future__ import annotations

from vanlang.documents.rules.fields import MARKS
from vanlang.documents.types import Mark, PageSize
from vanlang.files.api import opened_pdf
from vanlang.kernel.errors import Refusal

_KINDS = {"số_văn_bản": "number", "ngày_văn_bản": "day", "chỗ_ký": "signer", "mã_xác_minh": "code"}
_NEEDED = ("số_văn_bản", "ngày_văn_bản")


def find_marks(pdf: bytes) -> tuple[tuple[PageSize, ...], tuple[Mark, ...]] | Refusal:
    """Return the sizes of a PDF's pages and its marked places, or which of the needed ones is not there."""
    sizes, found = [], []
    with opened_pdf(pdf) as document:
        if document is None:
            return Refusal("documents.pdf_unreadable")
        for index, page in enumerate(document, start=1):
            width, height = page.get_size()
            sizes.append(PageSize(width=width, height=height))
            text = page.get_textpage()
            for field in MARKS:
                searcher = text.search(field.sample, match_case=True)
                while (hit := searcher.get_next()) is not None:
                    boxes = [text.get_charbox(hit[0] + offset) for offset in range(hit[1])]
                    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
                    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
                    found.append(
                        Mark(
                            kind=_KINDS[field.name],
                            page=index,
                            x=left,
                            y=height - top,
                            width=right - left,
                            height=top - bottom,
                        )
                    )
    kinds = {mark.kind for mark in found}
    missing = [name for name in _NEEDED if _KINDS[name] not in kinds]
    if missing:
        sample = next(field.sample for field in MARKS if field.name == missing[0])
        return Refusal("documents.mark_missing", {"field": missing[0], "mark": sample})
    return tuple(sizes), tuple(found)
