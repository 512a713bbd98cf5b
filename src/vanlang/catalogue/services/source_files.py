"""
Files of the national catalogue: JSON lines, or a spreadsheet of the same columns; gzipped or not.

The source's names stay in this module. In a spreadsheet a cell that holds a list or an object is JSON text; levels,
audiences and numbers may also be separated by ";" or line breaks.
"""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from vanlang.catalogue.errors import CatalogueInvalidError
from vanlang.catalogue.rules.reading.channels import ChannelRow
from vanlang.catalogue.rules.reading.papers import PaperRow
from vanlang.catalogue.rules.reading.rows import ImportedRow, RowProblem, SourceProcedure, unknown_words

CODE = re.compile(r"[0-9]\.[0-9]{6}")
LISTS = ("levels", "audience", "performing_agencies", "channels", "documents", "legal_refs", "results")
TEXTS = ("code", "name", "field", "kind", "decision", "issuing_agency", "authority", "receiving_place", "steps", "conditions",
         "legal_text", "portal_url")  # fmt: skip
REQUIRED_COLUMNS = ("code", "name", "channels", "documents")


def read_source_file(path: Path) -> Iterator[ImportedRow]:
    """
    Yield the rows of `path` with their row numbers, each read or with its problem.

    Raises: CatalogueInvalidError when the file cannot be opened or is no such file.
    """
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content, path = gzip.decompress(content), path.with_suffix("")
    except OSError as error:
        raise CatalogueInvalidError("catalogue.not_found_file", file=path.name) from error
    if path.suffix in {".xlsx", ".xlsm", ".ods"}:
        yield from _read_spreadsheet(content)
    else:
        yield from _read_lines(content)


def _read_lines(content: bytes) -> Iterator[ImportedRow]:
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            yield ImportedRow(number, None, RowProblem("json"))
            continue
        yield read_record(number, record)


def _read_spreadsheet(content: bytes) -> Iterator[ImportedRow]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except (CalamineError, IndexError) as error:
        raise CatalogueInvalidError("catalogue.not_found_file", file="XLSX") from error
    header = [str(cell).strip() for cell in rows[0]] if rows else []
    if missing := [name for name in REQUIRED_COLUMNS if name not in header]:
        raise CatalogueInvalidError("catalogue.wrong_columns", columns=", ".join(missing))
    for number, cells in enumerate(rows[1:], start=2):
        if not any(str(cell).strip() for cell in cells):
            continue
        record: dict[str, object] = {}
        try:
            for name, cell in zip(header, cells, strict=False):
                record[name] = _from_cell(name, cell)
        except ValueError:
            yield ImportedRow(number, None, RowProblem("wrong_type", {"column": name}))
            continue
        yield read_record(number, record)


def _from_cell(name: str, cell: object) -> object:
    text = str(cell).strip()
    if name not in LISTS:
        return text
    if not text:
        return []
    if text[0] in "[{":
        return json.loads(text)
    if name in {"channels", "documents", "results"}:
        raise ValueError(name)
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def read_record(number: int, record: object) -> ImportedRow:
    """Return one row in the source's columns, read, or with its problem."""
    if not isinstance(record, Mapping):
        return ImportedRow(number, None, RowProblem("not_object"))
    code = str(record.get("code") or "").strip()
    if not code:
        return ImportedRow(number, None, RowProblem("code_missing"))
    if not CODE.fullmatch(code):
        return ImportedRow(number, None, RowProblem("code_shape", {"value": code}))
    try:
        source = _source(record)
    except _WrongTypeError as error:
        return ImportedRow(number, None, RowProblem("wrong_type", {"column": str(error)}))
    if not source.name:
        return ImportedRow(number, None, RowProblem("name_missing"))
    if words := unknown_words(source):
        return ImportedRow(number, None, RowProblem("unknown_word", {"value": "; ".join(words)}))
    return ImportedRow(number, source, None)


class _WrongTypeError(Exception):
    """A column holds something else than it should."""


def _source(record: Mapping[str, object]) -> SourceProcedure:
    text = {name: _text(record, name) for name in TEXTS}
    return SourceProcedure(
        code=text["code"].strip(),
        name=text["name"].strip(),
        field=text["field"].strip() or "Chưa phân lĩnh vực",
        levels=_words(record, "levels"),
        audience=_words(record, "audience"),
        kind=text["kind"],
        decision=text["decision"],
        issuing_body=text["issuing_agency"],
        authority=text["authority"],
        performers=_words(record, "performing_agencies"),
        receiving_place=text["receiving_place"],
        steps=text["steps"],
        conditions=text["conditions"],
        channels=tuple(_channel(item) for item in _objects(record, "channels")),
        papers=tuple(_paper(item) for item in _objects(record, "documents")),
        legal_numbers=_words(record, "legal_refs"),
        legal_text=text["legal_text"],
        outcomes=tuple((_text(item, "code"), _text(item, "name")) for item in _objects(record, "results")),
        url=text["portal_url"],
    )


def _channel(item: Mapping[str, object]) -> ChannelRow:
    duration = item.get("duration")
    if duration is not None and (isinstance(duration, bool) or not isinstance(duration, int | float)):
        raise _WrongTypeError("channels: duration")
    unit, fee = _text(item, "unit"), _text(item, "fee")
    return ChannelRow(_text(item, "channel"), duration, unit or None, fee or None, _text(item, "text"))


def _paper(item: Mapping[str, object]) -> PaperRow:
    counts = [item.get("originals") or 0, item.get("copies") or 0]
    if not all(isinstance(count, int) and count >= 0 for count in counts):
        raise _WrongTypeError("documents: originals, copies")
    originals, copies = (int(str(count)) for count in counts)
    return PaperRow(_text(item, "group"), _text(item, "name"), originals, copies, bool(item.get("has_form")))


def _text(record: Mapping[str, object], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _WrongTypeError(name)
    return value


def _words(record: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = record.get(name) or []
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise _WrongTypeError(name)
    return tuple(str(word) for word in value)


def _objects(record: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    value = record.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise _WrongTypeError(name)
    return value
