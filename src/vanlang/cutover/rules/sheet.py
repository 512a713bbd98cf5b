"""The columns of another system's export, by our words; a system's own titles are added from its wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vanlang.sheets.api import CellKind, Column, Sheet

COLUMNS = (
    Column("external_code", "Mã hồ sơ", CellKind.CODE, required=True, example="000.15.H44-261116-0007", most=80),
    Column("procedure", "Mã thủ tục", CellKind.CODE, required=True, example="1.001193", aliases=("Mã TTHC",), most=20),
    Column("agency", "Cơ quan giải quyết", required=True, example="H44.100", aliases=("Đơn vị", "Cơ quan")),
    Column("state", "Trạng thái", required=True, example="Đang xử lý"),
    Column("applicant_name", "Người nộp", required=True, example="Nguyễn Thị Lan", aliases=("Chủ hồ sơ",), most=150),
    Column("applicant_id", "Số định danh", aliases=("CCCD", "Số CCCD"), most=20),
    Column("applicant_address", "Địa chỉ", most=300),
    Column("applicant_phone", "Điện thoại", CellKind.CODE, most=20),
    Column("request", "Nội dung", aliases=("Trích yếu",)),
    Column("channel", "Kênh nộp", CellKind.CHOICE,
           choices=(("direct", "Trực tiếp"), ("online", "Trực tuyến"), ("postal", "Bưu chính"))),
    Column("submitted_at", "Ngày nộp", aliases=("Ngày nộp hồ sơ",), example="16/11/2026 08:00"),
    Column("received_at", "Ngày tiếp nhận", example="16/11/2026 09:00"),
    Column("due_at", "Ngày hẹn trả", example="19/11/2026 17:00"),
    Column("finished_at", "Ngày kết thúc", aliases=("Ngày có kết quả", "Ngày kết thúc xử lý")),
    Column("delivered_at", "Ngày trả"),
    Column("officer", "Tài khoản cán bộ", CellKind.CODE, aliases=("Người đang xử lý",), most=150),
    Column("history", "Lịch sử", most=20_000, help="Mỗi dòng: thời điểm | hành vi | người | ghi chú."),
)  # fmt: skip
WORDING = Sheet(
    "Ánh xạ",
    key=("part", "theirs"),
    note="Cột “Loại”: cột, trạng thái hoặc hành vi. Cột “Ở đây”: mã trường, mã trạng thái hoặc mã hành vi của Văn Lang.",
    columns=(
        Column("part", "Loại", CellKind.CHOICE, required=True,
               choices=(("columns", "cột"), ("states", "trạng thái"), ("acts", "hành vi"))),
        Column("theirs", "Ở hệ thống kia", required=True, example="Đang thụ lý"),
        Column("ours", "Ở đây", required=True, example="handed_over"),
    ),
)  # fmt: skip


def sheet_for(columns: Mapping[str, str]) -> Sheet:
    """Return the sheet of a system: our columns, known by its own titles, too."""
    known = tuple(
        replace(column, aliases=(*column.aliases, columns[column.key])) if column.key in columns else column
        for column in COLUMNS
    )
    return Sheet("Hồ sơ", known, key=("external_code",))
