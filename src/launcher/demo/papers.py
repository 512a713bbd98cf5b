"""Files of the demo: papers that it makes, and what other programs see in the papers of the house."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp

from launcher.demo.forms import File
from launcher.demo.pages import Page, PageError

PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
CAMERA_DPI = 200


def pdf(name: str, line: str) -> File:
    """Return a page of PDF with one line on it. The line has no diacritics: no font travels with it."""
    drawn = f"BT /F1 16 Tf 72 760 Td ({line}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{one}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return File(name, content + f"{tail}startxref\n{len(content)}\n%%EOF\n".encode("ascii"))


def broken_pdf(name: str) -> File:
    """Return a PDF of which a third arrived."""
    whole = pdf(name, "Giay chung sinh").content
    return File(name, whole[: len(whole) // 3])


def with_one_byte_changed(content: bytes) -> bytes:
    """Return the file with one byte of its second line changed: a comment, so every reader still opens it."""
    place = content.index(b"\n%", 0, 64) + 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def expect_pdf(page: Page) -> bytes:
    """Return the PDF that an address answered with."""
    if page.status != 200 or page.kind != "application/pdf" or not page.content.startswith(b"%PDF-"):
        raise PageError(f"{page.url} không trả về tệp PDF ({page.status}, {page.kind}). {page.said}")
    return page.content


def text_in(content: bytes) -> str:
    """Return the text of a PDF."""
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def codes_in(content: bytes) -> list[str]:
    """Return what a telephone's camera reads on the printed first page."""
    with pypdfium2.PdfDocument(content) as document:
        picture = document[0].render(scale=CAMERA_DPI / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a program of other makers says of a signed file."""

    is_valid: bool
    covers_all: bool
    signer: str


def ask_pdfsig(content: bytes) -> Opinion | None:
    """Return what poppler's pdfsig says; None where it is not installed."""
    program = shutil.which("pdfsig")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ket-qua.pdf"
        file.write_bytes(content)
        said = subprocess.run(
            [program, "-nocert", str(file)], cwd=folder, capture_output=True, text=True, check=False
        ).stdout
    lines = [line.strip(" -") for line in said.splitlines()]
    signers = [
        line.partition(":")[2].strip() for line in lines if line.startswith("Signer Certificate Common")
    ]
    return Opinion(
        is_valid="Signature Validation: Signature is Valid." in lines,
        covers_all="Total document signed" in lines,
        signer=", ".join(signers),
    )
