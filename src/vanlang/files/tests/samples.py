"""Files as people bring them, and as attackers make them. All made here, none copied."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless text that every scanner calls a virus."""


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] = lambda _: None, **save: object) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    change(made)
    buffer = io.BytesIO()
    made.save(buffer, **save)
    return buffer.getvalue()


def image(kind: str = "JPEG", size: tuple[int, int] = (320, 200)) -> bytes:
    buffer = io.BytesIO()
    gradient = Image.linear_gradient("L").resize(size).convert("RGB")
    gradient.save(buffer, kind)
    return buffer.getvalue()


DOCX_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
    "word/document.xml": "<w:document xmlns:w='urn:w'><w:t>Đơn đề nghị</w:t></w:document>",
}


def office(parts: dict[str, str | bytes] | None = None, **extra: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**DOCX_PARTS, **(parts or {}), **extra}.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def xlsx() -> bytes:
    return office({"xl/workbook.xml": "<workbook/>"}).replace(b"word/document.xml", b"xx/x/document.xml")


def relations(kind: str, target: str) -> str:
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.example/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose head claims a size that its few bytes unpack to nothing of."""

    def chunk(tag: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def object_stream_bomb(megabytes: int = 200) -> bytes:
    """A small PDF one of whose object streams unpacks to `megabytes`."""
    packer = zlib.compressobj(9)
    head = b"5 0 << >> "
    packed = packer.compress(head)
    for _ in range(megabytes):
        packed += packer.compress(b" " * (1 << 20))
    packed += packer.flush()
    out, at = bytearray(b"%PDF-1.5\n"), {}
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>/Extra 5 0 R>>",
        4: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (len(packed), packed),
    }
    for number, body in bodies.items():
        at[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    rows = b"\0" * 6 + b"".join(b"\1" + at[number].to_bytes(4, "big") + b"\0" for number in bodies)
    rows += b"\2" + (4).to_bytes(4, "big") + b"\0" + b"\1" + start.to_bytes(4, "big") + b"\0"
    table = zlib.compress(rows)
    out += b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(
        table
    )
    return bytes(out + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
