"""
What our fonts can print, read from their own tables.

PDF/A forbids a letter without a glyph, so one emoji in a name would stop the printing of a receipt. Text is
therefore folded to what the fonts hold before it is set: NFC, no control or direction marks, a replacement sign
for the rest.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "fonts"
REPLACEMENT = "\N{WHITE SQUARE}"
"""A letter that we cannot print. Not U+FFFD: archival files may not hold it, and our fonts do not."""

# Marks that change how their neighbours are read without being seen: a name could print other than it is stored.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def code_points(font: Path) -> frozenset[int]:
    """Return the code points that `font` maps to a glyph (TrueType `cmap`, formats 4 and 12)."""
    content = font.read_bytes()
    start = _table(content, b"cmap")
    (count,) = struct.unpack_from(">H", content, start + 2)
    found: set[int] = set()
    for index in range(count):
        (offset,) = struct.unpack_from(">I", content, start + 4 + 8 * index + 4)
        found.update(_subtable(content, start + offset))
    return frozenset(found)


def _table(content: bytes, tag: bytes) -> int:
    (tables,) = struct.unpack_from(">H", content, 4)
    for index in range(tables):
        name, _, offset, _ = struct.unpack_from(">4sIII", content, 12 + 16 * index)
        if name == tag:
            return int(offset)
    msg = f"font without {tag!r}"
    raise ValueError(msg)


def _subtable(content: bytes, at: int) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", content, at)
    if kind == 4:
        yield from _segments(content, at)
    elif kind == 12:
        (groups,) = struct.unpack_from(">I", content, at + 12)
        for index in range(groups):
            first, last, _ = struct.unpack_from(">III", content, at + 16 + 12 * index)
            yield from range(first, last + 1)


def _segments(content: bytes, at: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", content, at + 6)
    ends, starts = at + 14, at + 16 + doubled
    deltas, offsets = starts + doubled, starts + 2 * doubled
    for shift in range(0, doubled, 2):
        (last,), (first,) = (
            struct.unpack_from(">H", content, ends + shift),
            struct.unpack_from(">H", content, starts + shift),
        )
        (delta,), (offset,) = (
            struct.unpack_from(">H", content, deltas + shift),
            struct.unpack_from(">H", content, offsets + shift),
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", content, offsets + shift + offset + 2 * (code - first))
            if offset and glyph == 0:
                continue
            if (glyph + delta) & 0xFFFF:
                yield code


@lru_cache(maxsize=1)
def printable_points() -> frozenset[int]:
    """Return the code points that all four shipped fonts hold."""
    held = [code_points(font) for font in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*held)


def printable(text: str) -> str:
    """Return `text` as it can be printed: NFC, spaces for tabs, no invisible marks, replacement signs for unknown letters."""
    held = printable_points()
    kept = (
        character if character == "\n" or ord(character) in held else REPLACEMENT
        for character in unicodedata.normalize("NFC", text.replace("\t", " "))
        if character == "\n" or unicodedata.category(character) not in _INVISIBLE
    )
    return "".join(kept)
