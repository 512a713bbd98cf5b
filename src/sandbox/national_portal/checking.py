"""What the portal refuses, and with which code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

OK = "0"
LOGIN_REFUSED, SESSION_UNKNOWN = "-1", "-2"
EXISTS, EXISTS_HERE = "3", "-3"
"""A system sent it before; somebody filed it at the portal."""
UNKNOWN_PROCEDURE, UNKNOWN_AGENCY, MISFIT, OWNED, TOO_MANY, UNKNOWN_DOSSIER = "5", "6", "7", "8", "9", "10"
SAYS = {
    LOGIN_REFUSED: "Sai tên đăng nhập hoặc mật khẩu",
    SESSION_UNKNOWN: "Phiên làm việc không tồn tại hoặc đã hết hạn",
    EXISTS: "Hồ sơ đã tồn tại",
    EXISTS_HERE: "Hồ sơ đã được nộp tại Cổng",
    UNKNOWN_PROCEDURE: "Mã thủ tục không có trong cơ sở dữ liệu quốc gia",
    UNKNOWN_AGENCY: "Mã đơn vị không có trong danh mục",
    OWNED: "Hồ sơ do hệ thống khác quản lý",
    TOO_MANY: "Quá số dòng của một lần gọi",
    UNKNOWN_DOSSIER: "Không có hồ sơ này",
}
LONGEST = {"TrichYeuHoSo": 1000, "TenTepDinhKem": 4000, "NguoiXuLy": 50}
REQUIRED = ("MaHoSo", "MaTTHC", "ChuHoSo", "NgayNopHoSo", "TrangThaiHoSo", "DonViXuLy")
REQUIRED_STEP = ("MaHoSo", "NguoiXuLy", "ThoiDiemXuLy", "NoiDungXuLy", "TrangThai")
STATES = frozenset(str(number) for number in range(1, 11))
ACCEPTED = frozenset({"2", "4", "6", "8", "9", "10"})
"""States before which somebody received the dossier."""
FEWER = {
    "TrangThaiHoSo": STATES,
    "TrangThai": STATES,
    "KenhThucHien": frozenset("123"),
    "LoaiDoiTuong": frozenset("1234"),
    "HinhThuc": frozenset("01"),
    "DuocTaiSuDung": frozenset("012"),
    "DuocThanhToanTrucTuyen": frozenset("012"),
    "NoiNopHoSo": frozenset("12"),
    "DuocSoHoa": frozenset("01"),
    "HoSoCoThanhPhanSoHoa": frozenset("01"),
    "DuocLayTuKhoDMQG": frozenset("01"),
    "TaiKhoanDuocXacThucVoiVNeID": frozenset("01"),
}
"""Fields that take one of a few values."""
NUMBERS = {"1": re.compile(r"\d{12}"), "2": re.compile(r"\d{9}")}
INSTANTS = frozenset({
    "NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayTuChoi", "NgayKetThucXuLy", "ThoiDiemXuLy", "NgayBatDau",
    "NgayKetThucTheoQuyDinh", "NgayBoSung", "NgayTiepNhanBoSung", "NgayHenTraTruoc", "NgayHenTraMoi",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """A code, and what it says to a person."""

    code: str = OK
    says: str = ""

    @property
    def is_well(self) -> bool:
        return self.code == OK

    def told(self) -> dict[str, object]:
        return {"error_code": self.code, "error_message": self.says or SAYS.get(self.code, "")}


Knows = Callable[[str, str], bool]


def check_record(record: Mapping[str, object], knows: Knows) -> Answer:
    """Return what is wrong with a dossier's record; `knows(kind, code)` looks into the lists."""
    wrong = misfit(record, REQUIRED)
    if not wrong and record["TrangThaiHoSo"] in ACCEPTED and not record.get("NgayTiepNhan"):
        wrong = "NgayTiepNhan: thiếu, trong khi hồ sơ đã được tiếp nhận"
    if wrong:
        return Answer(MISFIT, wrong)
    if not knows("procedure", str(record["MaTTHC"])):
        return Answer(UNKNOWN_PROCEDURE, f"{SAYS[UNKNOWN_PROCEDURE]}: {record['MaTTHC']}")
    if not knows("agency", str(record["DonViXuLy"])):
        return Answer(UNKNOWN_AGENCY, f"{SAYS[UNKNOWN_AGENCY]}: {record['DonViXuLy']}")
    return Answer()


def misfit(record: Mapping[str, object], required: Sequence[str]) -> str:
    """Return what is wrong with the shape of a record, the field first; nothing when it is well."""
    missing = next((name for name in required if not record.get(name)), None)
    if missing:
        return f"{missing}: thiếu"
    return next((wrong for name, value in _fields(record) if (wrong := _wrong(name, value))), "")


def _fields(record: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in record.items():
        if isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    yield from _fields(row)
                else:
                    yield name, row
        else:
            yield name, value
    if "SoDinhDanh" in record:
        yield "DinhDanh", (record.get("LoaiDinhDanh"), record["SoDinhDanh"])


def _wrong(name: str, value: object) -> str:
    if name == "DinhDanh" and isinstance(value, tuple):
        kind, number = value
        pattern = NUMBERS.get(str(kind))
        return "" if pattern is None or pattern.fullmatch(str(number)) else "SoDinhDanh: không đúng số chữ số"
    if not isinstance(value, str):
        return f"{name}: phải là chuỗi ký tự"
    if len(value) > LONGEST.get(name, len(value)):
        return f"{name}: dài quá {LONGEST[name]} ký tự"
    if name in FEWER and value not in FEWER[name]:
        return f"{name}: giá trị “{value[:20]}” không có trong danh mục"
    if name in INSTANTS and value and not is_instant(value):
        return f"{name}: phải là YYYYMMDDhhmmss"
    return ""


def is_instant(text: str) -> bool:
    """Say whether a text is an instant as the portal writes it."""
    if not re.fullmatch(r"\d{14}", text, re.ASCII):
        return False
    try:
        datetime.strptime(text, "%Y%m%d%H%M%S")  # noqa: DTZ007 - only its shape is asked
    except ValueError:
        return False
    return True
