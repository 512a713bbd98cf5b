"""
A subset of our font, ready to be embedded with a visible mark.

Only the glyphs of one signer's mark travel with a file (about 10 KB instead of 390). A subset is made once for a set of letters and
kept, because cutting it takes longer than everything else in a signature.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FILE = Path(__file__).resolve().parents[1] / "fonts" / "LiberationSerif-Regular.ttf"
ALWAYS = "".join(map(chr, range(0x20, 0x7F)))
"""Plain letters, digits and signs: cheap, and so a time never lacks a glyph."""


@dataclass(frozen=True, slots=True)
class FontSubset:
    """Glyphs, their widths and the font program; units are thousandths of the type size."""

    name: str
    program: bytes
    """TrueType, compressed with Flate."""
    program_size: int
    glyphs: dict[str, int]
    widths: dict[int, int]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int

    def width(self, text: str) -> float:
        """Return how wide `text` is at type size 1."""
        return sum(self.widths[self.glyphs.get(letter, 0)] for letter in text) / 1000

    def encode(self, text: str) -> str:
        """Return `text` as the glyph numbers of a PDF string, hexadecimal; an unknown letter shows the empty box."""
        return "".join(f"{self.glyphs.get(letter, 0):04X}" for letter in text)


@lru_cache(maxsize=256)
def subset_for(letters: str) -> FontSubset:
    """Return the subset that can write `letters` (give them sorted and without repeats: they are the cache's key)."""
    options = subset.Options(
        hinting=False,
        layout_features=[],
        notdef_outline=True,
        name_IDs=[6],
        legacy_cmap=False,
        glyph_names=False,
    )
    options.drop_tables += [
        "GDEF",
        "GPOS",
        "GSUB",
        "kern",
        "DSIG",
        "gasp",
        "hdmx",
        "VDMX",
        "LTSH",
        "meta",
        "FFTM",
    ]
    with TTFont(FILE, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=letters + ALWAYS)
        cutter.subset(font)
        return _read(font)


def _read(font: TTFont) -> FontSubset:
    units = int(font["head"].unitsPerEm)
    order = font.getGlyphOrder()

    def scaled(value: float) -> int:
        return round(value * 1000 / units)

    numbers = {name: number for number, name in enumerate(order)}
    program = io.BytesIO()
    font.save(program)
    head, lines, system = font["head"], font["hhea"], font["OS/2"]
    return FontSubset(
        name="VANLNG+LiberationSerif",
        program=zlib.compress(program.getvalue(), 9),
        program_size=len(program.getvalue()),
        glyphs={chr(code): numbers[name] for code, name in font.getBestCmap().items()},
        widths={numbers[name]: scaled(font["hmtx"][name][0]) for name in order},
        box=(scaled(head.xMin), scaled(head.yMin), scaled(head.xMax), scaled(head.yMax)),
        ascent=scaled(lines.ascent),
        descent=scaled(lines.descent),
        cap_height=scaled(getattr(system, "sCapHeight", 0) or lines.ascent),
    )
