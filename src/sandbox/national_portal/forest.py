"""Digests over what the portal holds, as docs/reference/sentinel.md writes them down. Read from there, not from the other side."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

Path = tuple[str, ...]
Step = tuple[int, str]
"""Number of rows and their digest."""
KEY = 8
DIGITS = frozenset("0123456789abcdef")
FIELDS = (
    "MaHoSo", "DonViXuLy", "TrangThaiHoSo", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra",
)  # fmt: skip
_SEPARATORS = {0x1D: None, 0x1E: None, 0x1F: None}


class UnreadableError(ValueError):
    """A question or an order whose shape is not the one agreed on. Says the field."""


def compared(record: Mapping[str, object]) -> dict[str, object]:
    """Return what is compared of a record, by its names on the wire."""
    return {name: str(record.get(name, "")) for name in FIELDS} | {"KetQua": results_of(record)}


def results_of(record: Mapping[str, object]) -> list[list[str]]:
    """Return code and number of each result; without a number its id stands for it."""
    rows = record.get("DanhSachGiayToKetQua")
    return [
        [str(row.get("MaGiayToKetQua", "")), str(row.get("SoKyHieu") or row.get("GiayToId", ""))]
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]


def row_of(record: Mapping[str, object]) -> bytes:
    """Return the 24 bytes of a record: key, then hash."""
    fields = [_clean(str(record.get(name, ""))) for name in FIELDS]
    results = sorted(b"\x1d".join(_clean(part) for part in one) for one in results_of(record))
    canonical = b"\x1f".join([*fields, b"\x1e".join(results)])
    code = unicodedata.normalize("NFC", str(record.get("MaHoSo", ""))).encode()
    return hashlib.sha256(code).digest()[:KEY] + hashlib.sha256(canonical).digest()[:16]


def children(path: Path, rows: Iterable[tuple[str, bytes]]) -> dict[str, list[object]]:
    """Return what lies one step below `path`; `rows` are (day, row) of the branch in their order."""
    steps: dict[str, list[object]] = {}
    for name, group in itertools.groupby(rows, key=_step(len(path))):
        some = [row for _, row in group]
        steps[name] = [len(some), hashlib.sha256(b"".join(some)).digest()[:16].hex()]
    return steps


def key_range(digits: str) -> tuple[bytes, bytes]:
    """Return the least and the greatest row whose key begins with hexadecimal `digits`."""
    low, high = digits.ljust(KEY * 2, "0"), digits.ljust(KEY * 2, "f")
    return bytes.fromhex(low), bytes.fromhex(high) + b"\xff" * 16


def paths_in(asked: object) -> Iterator[Path]:
    """Yield the paths of a question. Raises: UnreadableError when one is none."""
    if not isinstance(asked, list):
        raise UnreadableError("nhanh")
    for one in asked:
        if not isinstance(one, list) or not all(isinstance(step, str) for step in one):
            raise UnreadableError("nhanh")
        if any(step not in DIGITS for step in one[1:]) or len(one) > 1 + KEY * 2:
            raise UnreadableError("nhanh")
        yield tuple(one)


def _step(depth: int) -> Callable[[tuple[str, bytes]], str]:
    if depth == 0:
        return lambda row: row[0]
    return lambda row: row[1].hex()[depth - 1]


def _clean(text: str) -> bytes:
    return unicodedata.normalize("NFC", text).translate(_SEPARATORS).encode()
