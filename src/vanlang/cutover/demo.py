"""The demo's old system: its wording, and a dry run that lets some dossiers in, one that is here, and some that must be put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from vanlang.cutover.models import SourceSystem
from vanlang.cutover.services import add_system, read_export, set_wording
from vanlang.cutover.types import CutoverKind
from vanlang.identity.api import Role, actor_of, list_officers
from vanlang.kernel import clock
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import find_agency_by_code
from vanlang.sheets.api import Table, tables

CODE, NAME = "he-thong-cu", "Một cửa điện tử trước khi chuyển"
OFFICE = "H44.01"
_TITLES = (
    "Số hồ sơ",
    "Mã TTHC",
    "Đơn vị thụ lý",
    "Tình trạng",
    "Chủ hồ sơ",
    "Ngày nộp",
    "Ngày tiếp nhận",
    "Hẹn trả",
    "Ngày kết thúc",
    "Ngày trả",
)
_WORDING = [
    ("cột", "Số hồ sơ", "external_code"), ("cột", "Đơn vị thụ lý", "agency"), ("cột", "Tình trạng", "state"),
    ("cột", "Hẹn trả", "due_at"), ("trạng thái", "Mới đăng ký", "submitted"), ("trạng thái", "Đang thụ lý", "handed_over"),
    ("trạng thái", "Đã có kết quả", "released"), ("trạng thái", "Đã trả", "delivered"),
]  # fmt: skip
_DOSSIERS = (
    # number, procedure, agency, state, name, days ago
    ("0411", "1.001193", "Phường Nông Trang", "Mới đăng ký", "Trần Thị Huệ", 1),
    ("0402", "2.000635", "Phường Nông Trang", "Đang thụ lý", "Lương Xuân Bách", 4),
    ("0398", "1.004837", "Phường Thanh Miếu", "Đang thụ lý", "Vi Thị Dung", 6),
    ("0377", "2.000815", "Phường Thanh Miếu", "Đã trả", "Đỗ Văn Thịnh", 12),
    ("0371", "1.001193", "Phường Vân Phú", "Đã có kết quả", "Hà Thị Nga", 14),
    ("0409", "1.001193", "Phường Vân Phú", "Treo", "Phạm Anh Tuấn", 3),
    ("0410", "9.999999", "Phường Nông Trang", "Đang thụ lý", "Bùi Thị Ngọc Ánh", 3),
)


def load(folder: Path, report: Callable[[str], None]) -> None:
    """Declare the old system and read an export of it; adds nothing where it is there already."""
    now = clock.now()
    agency = find_agency_by_code(OFFICE, now.date())
    officers = list_officers(agency.id, now.date(), role=Role.ADMIN) if agency else []
    if not officers:
        report("Chuyển đổi trình diễn: bỏ qua, chưa có quản trị của tỉnh")
        return
    if SourceSystem.objects.filter(code=CODE).exists():
        report("Chuyển đổi trình diễn: đã có")
        return
    linh = actor_of(officers[-1])
    wording = tables([Table("Ánh xạ", ("Loại", "Ở hệ thống kia", "Ở đây"), _WORDING)], at=now)
    export = tables([Table("Hồ sơ", _TITLES, [_row(one, now) for one in _DOSSIERS])], at=now)
    add_system(code=CODE, name=NAME, actor=linh, at=now)
    set_wording(code=CODE, content=wording, file_name="anh-xa.xlsx", actor=linh, at=now)
    read_export(
        system_code=CODE, kind=CutoverKind.TAKE_OVER, content=export, file_name="ho-so-dang-giai-quyet.xlsx",
        on=now.date(), actor=linh, at=now,
    )  # fmt: skip
    report(f"Chuyển đổi trình diễn: đọc thử {len(_DOSSIERS)} hồ sơ")


def _row(one: tuple[str, str, str, str, str, int], now: dt.datetime) -> list[object]:
    number, procedure, agency, state, name, days_ago = one
    filed = now.astimezone(VIETNAM).replace(hour=8, minute=20) - dt.timedelta(days=days_ago)
    taken = "" if state == "Mới đăng ký" else _text(filed + dt.timedelta(minutes=15))
    done = _text(filed + dt.timedelta(days=2)) if state in {"Đã có kết quả", "Đã trả"} else ""
    return [
        f"000.{number}.H44", procedure, agency, state, name, _text(filed), taken,
        _text(filed + dt.timedelta(days=5)) if taken else "", done, done if state == "Đã trả" else "",
    ]  # fmt: skip


def _text(at: dt.datetime) -> str:
    return f"{at:%d/%m/%Y %H:%M}"
