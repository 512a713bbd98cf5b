"""QR codes as SVG, for papers and for pages."""

from __future__ import annotations

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=512)
def qr_svg(text: str) -> str:
    """Return a QR code of `text`, error correction M (survives a stamp over 15 % of it), quiet zone included."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(
        buffer, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return buffer.getvalue().decode()
