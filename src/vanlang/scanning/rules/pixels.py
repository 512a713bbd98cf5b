"""
What a scanned page looks like: blank, blurred. Functions of its grey pixels, nothing else.

Both only warn; the officer looks at the page and decides. The thresholds stand between what the tests draw
(`tests/corpus.py`: clean, faint, short and skewed pages at 100 to 300 dpi on one side; empty pages with specks, dust,
show-through and a scanner's black edge on the other), with at least a third of the distance to either side.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from PIL import Image, ImageFilter, ImageStat

LEAST_INK = 0.0005
"""Share of ink from which a page says something: one line of text is 0.002, dust after the filter 0.0001."""
LEAST_SHARPNESS = 0.075
"""Variance of the Laplacian in the ink, over its contrast squared: readable pages 0.12 to 0.33, blurred ones below 0.05."""

_INK_WIDTH, _SHARP_WIDTH = 1000, 1240
"""Widths at which pages are compared, so that resolution does not decide. Units: pixels."""
_EDGE = 0.03
"""Share of the width at each side where scanners draw their own shadows."""
_INK_CONTRAST, _MASK_CONTRAST = 70, 50
"""How much darker than the paper ink is; what shows through from the back is lighter."""
_LAPLACIAN = ImageFilter.Kernel((3, 3), [0, 1, 0, 1, -4, 1, 0, 1, 0], scale=1, offset=128)


@dataclass(frozen=True, slots=True)
class Look:
    """What was measured on a page."""

    ink: float
    """Share of the page that is ink, specks left out."""
    sharpness: float | None
    """None where there is no ink to measure."""

    @property
    def is_blank(self) -> bool:
        return self.ink < LEAST_INK

    @property
    def is_blurred(self) -> bool:
        return not self.is_blank and self.sharpness is not None and self.sharpness < LEAST_SHARPNESS


def look_at(page: Image.Image) -> Look:
    """Return what a page looks like."""
    grey = page.convert("L")
    return Look(ink=ink_of(grey), sharpness=sharpness_of(grey))


def ink_of(grey: Image.Image) -> float:
    """Return the share of a page that is ink: darker than its paper by more than what shows through."""
    seen = _prepared(grey, _INK_WIDTH)
    counts = seen.histogram()
    darkest = max(_level(counts, 0.5) - _INK_CONTRAST, 0)
    return sum(counts[:darkest]) / sum(counts)


def sharpness_of(grey: Image.Image) -> float | None:
    """Return the variance of the Laplacian around the ink, over the square of its contrast; None without ink."""
    seen = _prepared(grey, _SHARP_WIDTH)
    paper = _level(seen.histogram(), 0.5)
    near_ink = seen.point([255 if value < paper - _MASK_CONTRAST else 0 for value in range(256)])
    near_ink = near_ink.filter(ImageFilter.MaxFilter(5))
    inked = seen.histogram(near_ink)
    if sum(inked) < 50:
        return None
    contrast = max(paper - _level(inked, 0.05), 1)
    edges = seen.filter(_LAPLACIAN)
    return float(ImageStat.Stat(edges, near_ink).var[0]) / contrast**2


def _prepared(grey: Image.Image, width: int) -> Image.Image:
    """Return the page at a width, without its edges and without specks of one or two pixels."""
    if grey.width > width:
        grey = grey.resize((width, max(1, round(grey.height * width / grey.width))), Image.Resampling.BOX)
    edge = round(grey.width * _EDGE)
    inner = grey.crop((edge, edge, max(grey.width - edge, edge + 1), max(grey.height - edge, edge + 1)))
    return inner.filter(ImageFilter.MedianFilter(3))


def _level(counts: list[int], share: float) -> int:
    """Return the grey below which `share` of the pixels lie."""
    wanted = sum(counts) * share
    return next((value for value, total in enumerate(accumulate(counts)) if total >= wanted), 0)
