"""Workbooks as administrators fill them in: the template's own titles, lines below, sometimes with cells merged."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TypedDict

import pypdfium2
import xlsxwriter
from python_calamine import CalamineWorkbook


class Upload(TypedDict):
    """A file as Playwright hands it in."""

    name: str
    mimeType: str
    buffer: bytes


Line = Mapping[str, object]


def titles_of(workbook: bytes) -> list[str]:
    """Return the titles of the first sheet, as the workbook writes them."""
    return [str(cell) for cell in _rows(workbook)[0]]


def lines_of(workbook: bytes) -> list[dict[str, object]]:
    """Return the lines of the first sheet by title, the mark of what is required left out."""
    titles = [_plain(title) for title in titles_of(workbook)]
    return [dict(zip(titles, row, strict=True)) for row in _rows(workbook)[1:]]


def filled(
    template: bytes,
    lines: Sequence[Line],
    *,
    merged: Sequence[tuple[int, str, str]] = (),
    name: str = "bang.xlsx",
) -> Upload:
    """Return the template with lines by title; `merged` are (line from 1, first title, last title) across columns."""
    out = io.BytesIO()
    titles = titles_of(template)
    columns = {_plain(title): number for number, title in enumerate(titles)}
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Bảng")
        page.write_row(0, 0, titles)
        for number, line in enumerate(lines, start=1):
            for title, value in line.items():
                page.write(number, columns[title], value)
        for number, first, last in merged:
            page.merge_range(number, columns[first], number, columns[last], str(lines[number - 1][first]))
    return workbook_file(name, out.getvalue())


def table(titles: Sequence[str], rows: Sequence[Sequence[object]], *, name: str) -> Upload:
    """Return a plain table, as another system exports it."""
    return filled(_heading(titles), [dict(zip(titles, row, strict=True)) for row in rows], name=name)


def workbook_file(name: str, content: bytes) -> Upload:
    return {
        "name": name,
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": content,
    }


def text_of(pdf: bytes) -> str:
    """Return what a printed page says."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _heading(titles: Sequence[str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Bảng").write_row(0, 0, list(titles))
    return out.getvalue()


def _rows(workbook: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()


def _plain(title: str) -> str:
    return title.removesuffix(" (*)")
