"""
How many parts a text message is, and what it costs.

GSM 03.38: 160 septets, or 153 in each part of a longer one; letters of the extension table take two and are never cut
between parts. Whatever has another letter (Vietnamese diacritics) goes as UCS-2: 70 units of sixteen bits, or 67; a pair of
surrogates is never cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vanlang.kernel.vietnamese import bare

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The table of 128, in the order of its codes."""
EXTENSION = {
    "\f": 0x0A,
    "^": 0x14,
    "{": 0x28,
    "}": 0x29,
    "\\": 0x2F,
    "[": 0x3C,
    "~": 0x3D,
    "]": 0x3E,
    "|": 0x40,
    "€": 0x65,
}
_BASIC_LETTERS = frozenset(BASIC) - {"\x1b"}


class SmsCoding(StrEnum):
    GSM7 = "gsm7"
    UCS2 = "ucs2"


LIMITS = {SmsCoding.GSM7: (160, 153), SmsCoding.UCS2: (70, 67)}
"""Units in a message of one part, and in each part of a longer one."""


@dataclass(frozen=True, slots=True)
class SmsShape:
    """What a text becomes on the air."""

    coding: SmsCoding
    parts: tuple[str, ...]

    def cost(self, per_part_vnd: int) -> int:
        """Units: đồng."""
        return len(self.parts) * per_part_vnd


def shape_of(text: str) -> SmsShape:
    """Return coding and parts of `text`; an empty text is one empty part."""
    coding = SmsCoding.GSM7 if all(_is_gsm(letter) for letter in text) else SmsCoding.UCS2
    whole, each = LIMITS[coding]
    if units(text, coding) <= whole:
        return SmsShape(coding, (text,))
    parts, part, used = [], "", 0
    for letter in text:
        wide = units(letter, coding)
        if used + wide > each:
            parts.append(part)
            part, used = "", 0
        part, used = part + letter, used + wide
    return SmsShape(coding, (*parts, part))


def units(text: str, coding: SmsCoding) -> int:
    """Return the length of `text` in septets (GSM-7) or in units of sixteen bits (UCS-2)."""
    if coding is SmsCoding.GSM7:
        return sum(2 if letter in EXTENSION else 1 for letter in text)
    return len(text.encode("utf-16-be")) // 2


def without_diacritics(text: str) -> str:
    """Return Vietnamese text in bare letters, everything else in the nearest of GSM-7: one part holds more than twice as much."""
    return "".join(letter if _is_gsm(letter) else "?" for letter in bare(text))


def encode_gsm7(text: str) -> bytes:
    """Return `text` as unpacked septets, one to a byte, as SMPP carries them. Raises: ValueError for other letters."""
    out = bytearray()
    for letter in text:
        if letter in EXTENSION:
            out += bytes((0x1B, EXTENSION[letter]))
        else:
            out.append(BASIC.index(letter))
    return bytes(out)


def _is_gsm(letter: str) -> bool:
    return letter in _BASIC_LETTERS or letter in EXTENSION
