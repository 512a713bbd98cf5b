"""
The certification book: its volume, how a span of numbers is written, what a visit may hold.

One number for one original, whatever the number of its copies. Law: unverified
"""

from __future__ import annotations

from collections.abc import Iterable

from vanlang.kernel.errors import Refusal

MOST_COPIES = 200
"""Of one original."""
MOST_PAGES = 2000
MOST_ORIGINALS = 60
"""In one visit."""


def volume_of(year: int) -> str:
    """Return the name of the book of a year, as printed beside its numbers: "01/2026-SCT/BS"."""
    return f"01/{year}-SCT/BS"


def span_of(numbers: Iterable[int]) -> str:
    """Return numbers as they are written shortly: "101–104, 107"."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first:02d}" if first == last else f"{first:02d}–{last:02d}" for first, last in spans)


def fee_for(*, amount_per_copy: int | None, copies: int) -> int | None:
    """Return what the copies of one original come to; None when nobody confirmed what one copy costs."""
    return None if amount_per_copy is None else amount_per_copy * copies


def may_bring(*, originals: int, pages: Iterable[int], copies: Iterable[int]) -> Refusal | None:
    """Say why a visit cannot be taken in as typed."""
    if originals == 0:
        return Refusal("certification.nothing_brought")
    if originals > MOST_ORIGINALS:
        return Refusal("certification.too_many_originals", {"most": MOST_ORIGINALS})
    if any(not 1 <= count <= MOST_PAGES for count in pages):
        return Refusal("certification.pages_unlikely", {"most": MOST_PAGES})
    if any(not 0 <= count <= MOST_COPIES for count in copies):
        return Refusal("certification.copies_unlikely", {"most": MOST_COPIES})
    return None
