"""
Pages into one PDF. What the scanner delivered is kept: pages of a PDF are taken over, a JPEG is put in as it is.

Other pictures are packed anew: black and white without loss, the rest as JPEG of high quality.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf
from PIL import Image

from vanlang.scanning.pdf.reading import PDF

_QUALITY = 88


@dataclass(frozen=True, slots=True)
class PageToKeep:
    """One page of the paper that is made."""

    content: bytes
    content_type: str
    number: int
    turn: int
    dpi: int | None


def assemble(pages: Sequence[PageToKeep], *, title: str) -> bytes:
    """Return one PDF of `pages`, in order, each turned as it was told."""
    with ExitStack() as opened:
        out = opened.enter_context(pikepdf.new())
        sources: dict[bytes, pikepdf.Pdf] = {}
        for page in pages:
            if page.content_type == PDF:
                if page.content not in sources:
                    sources[page.content] = opened.enter_context(pikepdf.open(io.BytesIO(page.content)))
                out.pages.append(sources[page.content].pages[page.number - 1])
            else:
                _add_picture(out, page)
            if page.turn:
                out.pages[-1].rotate(page.turn, relative=True)
        with out.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
        result = io.BytesIO()
        out.save(result, deterministic_id=True)
        return result.getvalue()


def _add_picture(out: pikepdf.Pdf, page: PageToKeep) -> None:
    with Image.open(io.BytesIO(page.content)) as image:
        width, height = image.size
        stream = _stream(out, image, page.content)
    points = 72 / max(page.dpi or 1, 1)
    size = (round(width * points, 2), round(height * points, 2))
    out.add_blank_page(page_size=size)
    made = out.pages[-1]
    made.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=stream))
    made.Contents = out.make_stream(f"q {size[0]} 0 0 {size[1]} 0 0 cm /Scan Do Q".encode())


def _stream(out: pikepdf.Pdf, image: Image.Image, content: bytes) -> pikepdf.Stream:
    if image.mode == "1":
        return _picture(out, zlib.compress(image.tobytes()), image.size, "/DeviceGray", 1, "/FlateDecode")
    if image.format == "JPEG" and image.mode in {"L", "RGB"}:
        return _jpeg(out, content, image)
    plain = image if image.mode in {"L", "RGB"} else _on_white(image)
    packed = io.BytesIO()
    plain.save(packed, format="JPEG", quality=_QUALITY)
    return _jpeg(out, packed.getvalue(), plain)


def _jpeg(out: pikepdf.Pdf, content: bytes, image: Image.Image) -> pikepdf.Stream:
    colours = "/DeviceGray" if image.mode == "L" else "/DeviceRGB"
    return _picture(out, content, image.size, colours, 8, "/DCTDecode")


def _picture(
    out: pikepdf.Pdf, content: bytes, size: tuple[int, int], colours: str, bits: int, packed_by: str
) -> pikepdf.Stream:
    return pikepdf.Stream(
        out,
        content,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=pikepdf.Name(colours),
        BitsPerComponent=bits,
        Filter=pikepdf.Name(packed_by),
    )


def _on_white(image: Image.Image) -> Image.Image:
    """Return a picture with transparency or a palette as plain colours, on white."""
    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    paper.alpha_composite(layered)
    return paper.convert("RGB")
