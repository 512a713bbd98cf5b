"""Where the words of certification stand on a copy. Units: millimetres from the upper left corner of an A4 page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vanlang.kernel.errors import Refusal

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
WIDTH, HEIGHT = 86.0, 62.0
"""Size of the words of certification with the room for signature and seal."""
EDGE = 5.0
"""What printers cannot reach."""
MARGIN = 10.0


class Corner(StrEnum):
    """Where on the copy the words of certification are printed, when no millimetres are given."""

    BOTTOM_RIGHT = "bottom_right"
    BOTTOM_LEFT = "bottom_left"
    TOP_RIGHT = "top_right"
    TOP_LEFT = "top_left"


@dataclass(frozen=True, slots=True)
class Place:
    """Upper left corner of the words of certification."""

    x_mm: float
    y_mm: float


PLACES = {
    Corner.TOP_LEFT: Place(MARGIN, MARGIN),
    Corner.TOP_RIGHT: Place(PAGE_WIDTH - WIDTH - MARGIN, MARGIN),
    Corner.BOTTOM_LEFT: Place(MARGIN, PAGE_HEIGHT - HEIGHT - MARGIN),
    Corner.BOTTOM_RIGHT: Place(PAGE_WIDTH - WIDTH - MARGIN, PAGE_HEIGHT - HEIGHT - MARGIN),
}


def may_place(place: Place) -> Refusal | None:
    """Say why the words cannot be printed there: they would be cut off."""
    fits = (
        EDGE <= place.x_mm <= PAGE_WIDTH - WIDTH - EDGE and EDGE <= place.y_mm <= PAGE_HEIGHT - HEIGHT - EDGE
    )
    if fits:
        return None
    return Refusal(
        "certification.outside_the_page",
        {
            "least": int(EDGE),
            "most_x": int(PAGE_WIDTH - WIDTH - EDGE),
            "most_y": int(PAGE_HEIGHT - HEIGHT - EDGE),
        },
    )
