"""
The portal as one side of a comparison, over the wire.

    CayBam         what lies below branches: number and digest of each step       HoSoTheoNhanh   their records
    DanhSachHoSo   a day, page by page, for when digests are not answered         TraCuuHoSo      one record by its code

An answer that is not what the format says is no answer: nothing may be concluded from it.
Format: docs/reference/sentinel.md
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from vanlang.connectors.api import SystemVerdict
from vanlang.nationalportal.adapters.client import NONSENSE, PortalClient, address
from vanlang.nationalportal.adapters.verdicts import LOST_THERE
from vanlang.nationalportal.errors import PortalError
from vanlang.sentinel.api import Node, Path, Record, Traffic

PATHS = 500
"""Paths in one question."""
MOST_PAGES = 10_000
"""A list that does not end is nonsense."""
FIELDS = {
    "code": "MaHoSo",
    "agency": "DonViXuLy",
    "state": "TrangThaiHoSo",
    "received": "NgayTiepNhan",
    "due": "NgayHenTra",
    "finished": "NgayKetThucXuLy",
    "returned": "NgayTra",
}
DIGEST_DIGITS = 32


class PortalReplica:
    """The portal's copy, asked by one line of its own, which counts what it costs."""

    def __init__(self, line: PortalClient) -> None:
        self._portal = line

    def children(self, paths: Sequence[Path]) -> Mapping[Path, Mapping[str, Node]]:
        found: dict[Path, dict[str, Node]] = {}
        for some in _batches(paths):
            for row in _rows(
                self._portal.ask("CayBam", {"nhanh": [list(path) for path in some]}, share=True)
            ):
                path, steps = _branch(row)
                found[path] = steps
        if found.keys() != set(paths):
            raise _nonsense()
        return found

    def records(self, paths: Sequence[Path]) -> Sequence[Record]:
        return [
            _record(row)
            for some in _batches(paths)
            for row in _rows(
                self._portal.ask("HoSoTheoNhanh", {"nhanh": [list(path) for path in some]}, share=True)
            )
        ]

    def list_day(self, on: dt.date) -> Sequence[Record]:
        records: list[Record] = []
        for page in range(1, MOST_PAGES):
            asked = {"ngay": f"{on:%Y%m%d}", "trang": str(page)}
            answer = self._portal.ask("DanhSachHoSo", asked, share=True)
            rows = _rows(answer)
            records += [_record(row) for row in rows]
            if not rows or len(records) >= _whole(answer.get("tong")):
                return records
        raise _nonsense()

    def find(self, codes: Collection[str]) -> Sequence[Record]:
        return [record for code in sorted(codes) if (record := self._find(code)) is not None]

    def traffic(self) -> Traffic:
        line = self._portal.line
        return Traffic(line.questions, line.sent_bytes + line.received_bytes)

    def _find(self, code: str) -> Record | None:
        try:
            answer = self._portal.ask("TraCuuHoSo", {"mahoso": code}, share=True)
        except PortalError as refused:
            if refused.portal_code == LOST_THERE:
                return None
            raise
        return _record(answer.get("data"))


@contextmanager
def the_portal() -> Iterator[PortalReplica]:
    """Open a line to the portal for one comparison."""
    line = PortalClient(address())
    try:
        yield PortalReplica(line)
    finally:
        line.close()


def _record(row: object) -> Record:
    if not isinstance(row, dict):
        raise _nonsense()
    with _understood():
        told = {ours: row.get(name, "") for ours, name in FIELDS.items()}
        results = tuple((str(kind), str(number)) for kind, number in row.get("KetQua", ()))
    if not all(isinstance(value, str) for value in told.values()) or not told["code"]:
        raise _nonsense()
    return Record(results=results, **told)


def _branch(row: Any) -> tuple[Path, dict[str, Node]]:
    with _understood():
        path, steps = row
        return tuple(str(step) for step in path), {str(name): _node(*node) for name, node in steps.items()}


def _node(count: object, digest: object) -> Node:
    text = str(digest)
    if not isinstance(count, int) or count < 0 or len(text) != DIGEST_DIGITS:
        raise _nonsense()
    return Node(count, bytes.fromhex(text))


def _rows(answer: Mapping[str, object]) -> list[object]:
    rows = answer.get("data")
    if not isinstance(rows, list):
        raise _nonsense()
    return rows


def _whole(number: object) -> int:
    with _understood():
        return int(str(number))


@contextmanager
def _understood() -> Iterator[None]:
    """Take what cannot be read for no answer."""
    try:
        yield
    except (TypeError, ValueError, AttributeError) as wrong:
        raise _nonsense() from wrong


def _nonsense() -> PortalError:
    return PortalError(SystemVerdict.TEMPORARY, NONSENSE)


def _batches(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    return (paths[start : start + PATHS] for start in range(0, len(paths), PATHS))
