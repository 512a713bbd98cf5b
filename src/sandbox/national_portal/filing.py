"""What people do at the portal: they file a dossier, with its papers."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sandbox.national_portal.forest import UnreadableError
from sandbox.national_portal.shelf import OWN, Record, Shelf
from sandbox.state import write_private
from sandbox.wire import now

VIETNAM = timezone(timedelta(hours=7))


def instant(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%Y%m%d%H%M%S}"


class Files:
    """Files by the hash of their content."""

    def __init__(self, home: Path, base_url: str) -> None:
        self._home, self._base_url = home, base_url

    def keep(self, content: bytes) -> tuple[str, str]:
        """Return the id of a file, and the address at which the province fetches it."""
        name = hashlib.sha256(content).hexdigest()[:32]
        write_private(self._home / name, content)
        return name, f"{self._base_url}/tep/{name}"

    def read(self, name: str) -> bytes | None:
        path = self._home / name
        return path.read_bytes() if re.fullmatch("[0-9a-f]{32}", name) and path.exists() else None


def file_dossier(shelf: Shelf, files: Files, order: Mapping[str, object]) -> Record:
    """
    Return the record of a dossier that somebody files at the portal, kept here; it is nobody's system's yet.

    Raises: UnreadableError for an order without a record.
    """
    told = order.get("record")
    if not isinstance(told, dict):
        raise UnreadableError("record")
    at = now()
    agency = str(told.get("MaDonViTiepNhan") or told.get("DonViXuLy", ""))
    record: Record = {
        "KenhThucHien": "2",
        "NoiNopHoSo": "1",
        "LoaiDoiTuong": "1",
        "NgayNopHoSo": instant(at),
        "TrangThaiHoSo": "1",
        "DonViXuLy": agency,
        "MaDonViTiepNhan": agency,
        **told,
    }
    record.setdefault("MaHoSo", code_of(shelf, agency, at))
    record["TaiLieuNop"] = [*_rows(record.get("TaiLieuNop")), *attach(files, order)]
    with shelf.together():
        shelf.put(record, source=OWN)
        if record.get("MaDoiTuong"):
            account = {"TechID": record["MaDoiTuong"], "HoVaTen": record.get("ChuHoSo", "")}
            shelf.keep("account", {str(record["MaDoiTuong"]): account})
    return record


def attach(files: Files, order: Mapping[str, object]) -> list[Record]:
    """Keep the files of an order; return their rows in TaiLieuNop."""
    rows: list[Record] = []
    for one in _rows(order.get("files")):
        name, address = files.keep(base64.b64decode(str(one.get("content_base64", "")), validate=True))
        row: Record = {
            "TepDinhKemId": name,
            "TenTepDinhKem": str(one.get("name", "")),
            "IsDeleted": "False",
            "DuongDanTaiTepTin": address,
            "DuocTaiSuDung": "0",
        }
        if one.get("document"):
            row["MaThanhPhanHoSo"] = str(one["document"])
        rows.append(row)
    return rows


def code_of(shelf: Shelf, agency: str, at: datetime) -> str:
    """Return a new code in the portal's own shape: six digits, where the province's system writes four."""
    day = f"{at.astimezone(VIETNAM):%y%m%d}"
    return f"{agency}-{day}-{900_000 + shelf.next_number(f'dossier {agency} {day}')}"


def _rows(value: object) -> list[Record]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
