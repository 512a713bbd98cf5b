"""How finely a page was scanned. Units: dots an inch."""

from __future__ import annotations

LEAST_DPI = 200
"""What the archive asks of a digitised paper. Law: unverified (seen in a circular on archive packages)"""
_TOLERANCE = 6
"""A scanner set to 200 may deliver a little less."""
_A4_SHORT_SIDE = 8.27
_LIKELY_SHORT_SIDE = (1.5, 12.5)
"""Inches: from a card to A3."""


def resolution_of(width_px: int, height_px: int, stated_dpi: float | None) -> int:
    """
    Return how finely a picture was scanned: what its file states, where that makes a likely page; else as if it were A4.

    A telephone states 72 for every picture: that page would be a metre wide.
    """
    short_side = min(width_px, height_px)
    if stated_dpi and _LIKELY_SHORT_SIDE[0] <= short_side / stated_dpi <= _LIKELY_SHORT_SIDE[1]:
        return round(stated_dpi)
    return max(1, round(short_side / _A4_SHORT_SIDE))


def is_coarse(dpi: int | None) -> bool:
    """Tell whether a page was scanned too coarsely to be kept; a page that is no picture (None) never is."""
    return dpi is not None and dpi < LEAST_DPI - _TOLERANCE
