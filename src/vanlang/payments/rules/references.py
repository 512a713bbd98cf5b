"""References that a payer's bank and the platform carry back to us: short, without letters that one mistakes."""

from __future__ import annotations

import re

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Neither 0 nor O, neither 1 nor I."""
PREFIX = "PT"
DRAWN = 12
_SHAPE = re.compile(rf"{PREFIX}[{LETTERS}]{{{DRAWN}}}")


def reference_of(drawn: int) -> str:
    """Return the reference of 60 random bits."""
    letters = []
    for _ in range(DRAWN):
        drawn, digit = divmod(drawn, len(LETTERS))
        letters.append(LETTERS[digit])
    return PREFIX + "".join(letters)


def find_reference(text: str) -> str | None:
    """Return the reference in a transfer's words, however a bank joined or cut them with spaces; None for none."""
    found = _SHAPE.search(re.sub(r"[\s.\-]", "", text.upper()))
    return found.group() if found else None
