"""Files that people send, and files that nobody should."""

from __future__ import annotations

import io
import zipfile

from PIL import Image


def png() -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, format="PNG")
    return out.getvalue()


def zip_bomb(megabytes: int = 64) -> bytes:
    """Return a Word file of some kilobytes whose one part would fill so many megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * (megabytes * 1024 * 1024))
    return out.getvalue()
