"""What is printed on: paper of exact size. Units: millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stock(StrEnum):
    """A kind of paper that a printer holds."""

    LABEL = "label"
    """A roll of labels 50 × 30."""
    LABEL_SHEET = "label_sheet"
    """A sheet A4 of 24 labels 70 × 37."""
    ROLL_58 = "roll_58"
    ROLL_80 = "roll_80"
    A5 = "a5"


@dataclass(frozen=True, slots=True)
class Size:
    """The page of a stock, and how far from its edges is printed."""

    width: float
    height: float | None
    """None: a roll, cut where the text ends."""
    margin: float
    text_pt: float
    """Size of normal text."""
    qr: float
    """Side of the code."""
    columns: int = 1
    rows: int = 1


SIZES = {
    Stock.LABEL: Size(50, 30, 2, 7, 14),
    Stock.LABEL_SHEET: Size(70, 37, 4, 8, 17, columns=3, rows=8),
    Stock.ROLL_58: Size(58, None, 4, 8.5, 24),
    Stock.ROLL_80: Size(80, None, 5, 10, 28),
    Stock.A5: Size(148, 210, 12, 11.5, 30),
}
"""Of one label or receipt. 24 labels of 70 × 37 leave half a millimetre at the top and the bottom of an A4 sheet."""
SHEET_TOP = (297 - 8 * 37) / 2
LABELS_ON_SHEET = 24
MOST_OFFSET = 10.0
"""How far a printer may be set off; more is a wrong paper."""
