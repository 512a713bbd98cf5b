"""Letters as Word makes them: templates in .docx, and the PDF that a word processor exports."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import typst

import vanlang.documents

FONTS = Path(vanlang.documents.__file__).parent / "fonts"
LETTER = (
    "Số: {{ số_văn_bản }}/GXN-UBND",
    "Việt Trì, {{ ngày_văn_bản }}",
    "Xác nhận ông/bà {{ người_nộp }}, số định danh {{ số_định_danh }}.",
    "{% if chủ_hồ_sơ %}Cho {{ chủ_hồ_sơ }}.{% endif %}",
    "{{ chỗ_ký }}",
    "{{ mã_xác_minh }}",
)


def template(*lines: str, header: str = "") -> bytes:
    """Return a .docx with a paragraph for each line."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def text_of_docx(content: bytes) -> str:
    read = docx.Document(io.BytesIO(content))
    return "\n".join(paragraph.text for paragraph in read.paragraphs)


def exported(*lines: str, pages: int = 1) -> bytes:
    """Return the PDF of a letter with these lines, a line at every 20 millimetres, as a word processor exports it."""
    quoted = [line.replace("\\", "\\\\").replace('"', '\\"') for line in lines]
    body = "\n".join(
        f'#place(top + left, dx: 30mm, dy: {30 + 20 * index}mm, text("{line}"))'
        for index, line in enumerate(quoted)
    )
    source = '#set page(paper: "a4", margin: 0pt)\n#set text(font: "Liberation Serif", size: 13pt)\n'
    source += "\n#pagebreak()\n".join([body] * pages)
    return bytes(
        typst.compile(
            {"main.typ": source.encode()}, root=str(FONTS), font_paths=[str(FONTS)], ignore_system_fonts=True
        )
    )


MARKED = (
    "Số: [[SO]]/GXN-UBND",
    "Việt Trì, [[NGAY-VAN-BAN]]",
    "Xác nhận Nguyễn Thị Lan.",
    "[[CHO-KY]]",
    "[[MA-XAC-MINH]]",
)
