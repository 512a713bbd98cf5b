"""
A text as a careful reader sees it through any disguise: lower case, no diacritics, one kind of digit, nothing invisible.

Every character of the fold knows which character of the text it came from, so that what is found there can be taken out here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_LETTERS = {"đ": "d", "ð": "d", "ɖ": "d"}
_INVISIBLE = {"Cc", "Cf", "Mn", "Me", "Mc"}
"""Categories that nobody sees by themselves: control and format characters (zero width, direction), marks."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `at[i]` is where character `i` of `plain` stands in the text."""

    plain: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text, half-open, for a stretch of the fold."""
        return self.at[start], self.at[end - 1] + 1

    def dense(self) -> Folded:
        """Return only the letters and digits, with nothing between them."""
        kept = [(sign, place) for sign, place in zip(self.plain, self.at, strict=True) if sign.isalnum()]
        return Folded("".join(sign for sign, _ in kept), tuple(place for _, place in kept))


def fold(text: str) -> Folded:
    """Return `text` folded. Characters that are seen by nobody are left out; others become letters, digits or themselves."""
    plain: list[str] = []
    at: list[int] = []
    for place, character in enumerate(text):
        for sign in _folded(character):
            plain.append(sign)
            at.append(place)
    return Folded("".join(plain), tuple(at))


def _folded(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isprintable() or character in "\n\t" else ""
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    signs = []
    for sign in unicodedata.normalize("NFKD", character.casefold()):
        if unicodedata.category(sign) in _INVISIBLE:
            continue
        digit = unicodedata.digit(sign, None)
        signs.append(str(digit) if digit is not None else _LETTERS.get(sign, sign))
    return "".join(signs)
