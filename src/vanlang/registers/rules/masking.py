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
    """Return a document's number with all its figures but the last hidden, "15/GKS-UBND" → "•5/GKS-UBND": enough to tell two apart."""
    figures = [index for index, letter in enumerate(number) if letter.isdigit()]
    hidden = figures[:-1] or figures
    return "".join("•" if index in hidden else letter for index, letter in enumerate(number))
