"""An imaginary old system's export, generated: sound dossiers, and the errors that such exports have."""

from __future__ import annotations

import datetime as dt
import random

from vanlang.sheets.api import Table, tables

TITLES = (
    "Số hồ sơ", "Mã TTHC", "Đơn vị thụ lý", "Tình trạng", "Chủ hồ sơ", "Số CCCD", "Điện thoại", "Ngày nộp", "Ngày tiếp nhận",
    "Hẹn trả", "Ngày kết thúc", "Ngày trả",
)  # fmt: skip
WORDING = [
    ("cột", "Số hồ sơ", "external_code"), ("cột", "Đơn vị thụ lý", "agency"), ("cột", "Tình trạng", "state"),
    ("cột", "Hẹn trả", "due_at"), ("trạng thái", "Mới đăng ký", "submitted"), ("trạng thái", "Đang thụ lý", "handed_over"),
    ("trạng thái", "Đã có kết quả", "released"), ("trạng thái", "Đã trả", "delivered"), ("trạng thái", "Chờ bổ sung", "awaiting_supplement"),
]  # fmt: skip
STATES = ("Mới đăng ký", "Đang thụ lý", "Đang thụ lý", "Đã có kết quả", "Đã trả")
Row = list[object]


def wording(at: dt.datetime) -> bytes:
    return tables([Table("Ánh xạ", ("Loại", "Ở hệ thống kia", "Ở đây"), WORDING)], at=at)


def sound(number: int, agency: str, rng: random.Random, state: str = "") -> Row:
    """Return one dossier as the old system would export it, its dates in order."""
    filed = dt.datetime(2026, 10, 1, 8) + dt.timedelta(days=rng.randrange(40), minutes=rng.randrange(400))  # noqa: DTZ001 - written as text
    state = state or rng.choice(STATES)
    taken = None if state == "Mới đăng ký" else filed + dt.timedelta(hours=1)
    done = filed + dt.timedelta(days=3) if state in {"Đã có kết quả", "Đã trả"} else None
    return [
        f"CU-{number:05d}", "1.001193", agency, state, f"Người nộp {number}", "", "0912345678", _text(filed), _text(taken),
        _text(filed + dt.timedelta(days=4)) if taken else "", _text(done), _text(done) if state == "Đã trả" else "",
    ]  # fmt: skip


def errors(agency: str) -> list[Row]:
    """Return the lines that such exports have and that cannot be taken over."""
    rng = random.Random(7)
    rows = [sound(90_000 + number, agency, rng, "Đang thụ lý") for number in range(6)]
    rows[0][2] = "Xã Không Có"
    rows[1][3] = "Treo"
    rows[2][1] = "9.999999"
    rows[3][8] = "31/02/2026"
    rows[4][5] = "12345"
    rows[5][3] = "Chờ bổ sung"
    return rows


def export(rows: list[Row], at: dt.datetime) -> bytes:
    return tables([Table("Hồ sơ", TITLES, rows)], at=at)


def _text(at: dt.datetime | None) -> str:
    return f"{at:%d/%m/%Y %H:%M}" if at else ""
