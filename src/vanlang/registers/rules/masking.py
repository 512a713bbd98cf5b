"""What is shown of a person who has not signed for it."""

from __future__ import annotations


def initials(name: str) -> str:
    """Return the first letters of a name: "Nguyễn Thị Lan" → "N. T. L."."""
    return " ".join(f"{part[0].upper()}." for part in name.split())


def masked(name: str) -> str:
    """Return family name and initials, for lists: "Nguyễn Thị Lan" → "Nguyễn T. L."."""
    family, *rest = name.split() or [""]
    return " ".join([family, *(f"{part[0].upper()}." for part in rest)])


def masked_number(number: str) -> str:
    """Return the end of a document's number: enough to tell two apart, not enough to use it."""
    return f"…{number[-3:]}" if len(number) > 3 else "…"
