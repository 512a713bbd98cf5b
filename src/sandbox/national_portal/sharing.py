"""The services by which a province asks the portal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sandbox.national_portal import checking, forest
from sandbox.national_portal.checking import Answer
from sandbox.national_portal.shelf import Record, Shelf, result_kind

PAGE = 1000
"""Rows in one answer of a list."""
PATHS_IN_A_CALL = 1000
Asked = Mapping[str, object]
LISTS = {
    "LayDanhSachTTHC": ("procedure", ("MATTHC", "TENTTHC")),
    "LayDanhMucCoQuan": ("agency", ("MADONVI", "TENDONVI")),
    "LayDanhMucLinhVuc": ("sector", ("MALINHVUC", "TENLINHVUC")),
}


class Share:
    """What may be asked, by the name of its service."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.services: dict[str, Callable[[Asked], dict[str, object]]] = {
            "LayThuTuc": self.procedure,
            **{name: self._listing(kind, keys) for name, (kind, keys) in LISTS.items()},
            "TraCuuHoSo": self.dossier,
            "DanhSachHoSo": self.day,
            "CayBam": self.branches,
            "HoSoTheoNhanh": self.records,
            "GetDanhSachKetQua": self.results,
            "TraCuuTechID": self.account,
        }

    def procedure(self, asked: Asked) -> dict[str, object]:
        code = str(asked.get("maTTHC", ""))
        found = self._shelf.kept("procedure", code)
        if found is None:
            return Answer(checking.UNKNOWN_PROCEDURE).told()
        told = {name: value for name, value in found.items() if name.isupper()}
        sector = {"MALINHVUC": found.get("MaLinhVuc", ""), "TENLINHVUC": found.get("TenLinhVuc", "")}
        return _well({"MATTHC": code, "TENTTHC": found.get("Ten", "")} | told | {"LINHVUCTHUCHIEN": [sector]})

    def _listing(self, kind: str, keys: tuple[str, str]) -> Callable[[Asked], dict[str, object]]:
        def listed(asked: Asked) -> dict[str, object]:
            rows = list(self._shelf.all_kept(kind).items())
            start = (_page(asked) - 1) * PAGE
            some = rows[start : start + PAGE]
            return _well(
                [dict(zip(keys, (code, said.get("Ten", "")), strict=True)) for code, said in some]
            ) | {"tong": len(rows)}

        return listed

    def dossier(self, asked: Asked) -> dict[str, object]:
        code = str(asked.get("mahoso", ""))
        entries = self._shelf.find(code)
        if not entries:
            return Answer(checking.UNKNOWN_DOSSIER).told()
        record = entries[0].record
        steps = ("ThoiDiemXuLy", "NguoiXuLy", "NoiDungXuLy", "TrangThai")
        return _well(
            forest.compared(record)
            | {
                "MaTTHC": record.get("MaTTHC", ""),
                "TienDo": [{name: row.get(name, "") for name in steps} for row in self._shelf.progress(code)],
                "NguonCapNhat": entries[0].source,
            }
        )

    def day(self, asked: Asked) -> dict[str, object]:
        """List what was received on a day: for whoever cannot ask for digests."""
        records, total = self._shelf.page(str(asked.get("ngay", "")), _page(asked), PAGE)
        return _well([forest.compared(record) for record in records]) | {"tong": total}

    def branches(self, asked: Asked) -> dict[str, object]:
        paths = list(forest.paths_in(asked.get("nhanh")))
        if len(paths) > PATHS_IN_A_CALL:
            return Answer(checking.TOO_MANY).told()
        return _well([[list(path), forest.children(path, self._shelf.rows(path))] for path in paths])

    def records(self, asked: Asked) -> dict[str, object]:
        paths = list(forest.paths_in(asked.get("nhanh")))
        if len(paths) > PATHS_IN_A_CALL:
            return Answer(checking.TOO_MANY).told()
        return _well([forest.compared(record) for path in paths for record in self._shelf.records(path)])

    def results(self, asked: Asked) -> dict[str, object]:
        """Return the results that a person got before, by kind and number."""
        wanted = asked.get("DanhSachDanhMucKetQua")
        kinds = {
            (str(one.get("MaKetQua", "")), str(one.get("SoKyHieu", "")))
            for one in (wanted if isinstance(wanted, list) else [])
            if isinstance(one, dict)
        }
        person = str(asked.get("SoDinhDanhChuSoHuu", ""))
        told = [result for entry in self._shelf.of_person(person) for result in _results(entry.record)]
        found = [
            result
            for result in [*told, *self._shelf.all_kept(result_kind(person)).values()]
            if not kinds or {(result["MaKetQua"], ""), (result["MaKetQua"], result["SoKyHieu"])} & kinds
        ]
        return Answer().told() | {"DanhSachGiayToKetQua": found}

    def account(self, asked: Asked) -> dict[str, object]:
        found = self._shelf.kept("account", str(asked.get("TechID", "")))
        return _well(found) if found else Answer(checking.UNKNOWN_DOSSIER, "Không có tài khoản này").told()


def _results(record: Record) -> list[Record]:
    rows = record.get("DanhSachGiayToKetQua")
    return [
        {
            "MaKetQua": str(row.get("MaGiayToKetQua", "")),
            "TenGiayTo": row.get("TenGiayTo", ""),
            "SoKyHieu": str(row.get("SoKyHieu") or row.get("GiayToId", "")),
            "CoQuanChuQuan": record.get("DonViXuLy", ""),
            "DanhSachTepDinhKem": [
                {"TenTep": row.get("TenGiayTo", ""), "DuongDan": row.get("DuongDanTepTinKetQua", "")}
            ],
        }
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]


def _page(asked: Asked) -> int:
    """Return the page that is asked for. Raises: ValueError."""
    number = int(str(asked.get("trang", "1")))
    if number < 1:
        raise ValueError("trang")
    return number


def _well(data: object) -> dict[str, object]:
    return Answer().told() | {"data": data}
