"""Papers to sign, made by the platform's own typesetter, and what an attacker does to them."""

from __future__ import annotations

import io
from functools import lru_cache

import pikepdf
import typst
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

TEXT = """
#set document(title: "Quyết định", date: datetime(year: 2026, month: 11, day: 23))
#set page("a4")
= QUYẾT ĐỊNH
Số 15/QĐ-UBND. Mức hỗ trợ: 1.000.000 đồng. #lorem(300)
#pagebreak()
= Phụ lục
#lorem(200)
"""


@lru_cache(maxsize=1)
def decision() -> bytes:
    """A decision of two pages, PDF/A-2b."""
    made = typst.compile(TEXT.encode(), format="pdf", pdf_standards=["a-2b"])
    assert isinstance(made, bytes)
    return made


def hybrid() -> bytes:
    """A file with both kinds of cross-reference, as an office suite writes it."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    stream_at = len(out)
    entry = (0).to_bytes(1, "big") + (0).to_bytes(4, "big") + (255).to_bytes(1, "big")
    out += (
        b"4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 1] /Index [0 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (len(entry), entry)
    )
    table_at = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n"
    for offset in [*offsets, stream_at]:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size 5 /Root 1 0 R /XRefStm %d >>\nstartxref\n%d\n%%%%EOF\n" % (stream_at, table_at)
    return bytes(out)


def with_page_added(pdf: bytes) -> bytes:
    """Add a page behind the signature, without touching a signed byte."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/MediaBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 595, 842)]),
            pdf_name("/Parent"): writer.root.raw_get("/Pages"),
        }
    )
    pages["/Kids"].append(writer.add_object(page))
    pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)
    return _written(writer)


def with_note(pdf: bytes) -> bytes:
    """Lay a text over the sum, as an annotation."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (100, 600, 300, 700)]),
            pdf_name("/Contents"): generic.TextStringObject("9.000.000 đồng"),
            pdf_name("/DA"): generic.TextStringObject("/Helv 14 Tf"),
        }
    )
    annotations = generic.ArrayObject(list(page.get("/Annots", [])))
    annotations.append(writer.add_object(note))
    page[pdf_name("/Annots")] = annotations
    writer.update_container(page)
    return _written(writer)


def with_content_replaced(pdf: bytes) -> bytes:
    """Give the first page another content stream."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(
        generic.StreamObject(stream_data=b"0 0 0 rg 0 0 300 300 re f")
    )
    writer.update_container(page)
    return _written(writer)


def with_form_field(pdf: bytes) -> bytes:
    """Put an ordinary text field into a file, before it is signed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="so_tien",
                V="1.000.000",
                Rect=[100, 100, 300, 120],
            )
        )
        document.pages[0].Annots = document.make_indirect(pikepdf.Array([field]))
        document.Root.AcroForm = document.make_indirect(
            pikepdf.Dictionary(Fields=pikepdf.Array([field]), DA="/Helv 0 Tf 0 g")
        )
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def with_field_filled(pdf: bytes) -> bytes:
    """Change the text field after the signature: pyHanko's own rules call that allowed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    field = next(one for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == "so_tien")
    field.get_object()[pdf_name("/V")] = generic.TextStringObject("9.000.000")
    writer.update_container(field.get_object())
    return _written(writer)


def with_empty_signature_field(pdf: bytes) -> bytes:
    """Add a visible signature field that nobody signed, its appearance drawn over the text."""
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    append_signature_field(writer, SigFieldSpec("la", on_page=0, box=(100, 600, 300, 700)))
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
