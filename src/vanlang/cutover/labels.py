from __future__ import annotations

from vanlang.cutover.types import CutoverKind, CutoverState, Difference, LineStatus
from vanlang.kernel.labels import Sentence
from vanlang.ui.types import Tone

KINDS = {CutoverKind.TAKE_OVER: "Chuyển hồ sơ sang", CutoverKind.PARALLEL: "Đối chiếu chạy song song"}
STATES: dict[CutoverState, tuple[str, Tone]] = {
    CutoverState.READ: ("Đã đọc, chưa ghi", "pending"),
    CutoverState.APPLYING: ("Đang chuyển", "progress"),
    CutoverState.APPLIED: ("Đã chuyển xong", "success"),
}
STATUSES: dict[LineStatus, tuple[str, Tone]] = {
    LineStatus.FAULTY: ("Chưa nhận được", "danger"),
    LineStatus.READY: ("Sẵn sàng chuyển", "info"),
    LineStatus.HERE: ("Đã có ở đây", "neutral"),
    LineStatus.ENTERED: ("Đã chuyển", "success"),
}
DIFFERENCES = {
    Difference.MISSING_HERE: "Thiếu ở đây",
    Difference.MISSING_THERE: "Thiếu ở hệ thống kia",
    Difference.STATE: "Khác trạng thái",
    Difference.DUE: "Khác ngày hẹn trả",
    Difference.FINISHED: "Khác ngày kết thúc",
    Difference.AGENCY: "Khác cơ quan",
}
SENTENCES = {
    "cutover.unknown_run": Sentence(
        "Không có lần chuyển hoặc đối chiếu này.", "Hãy mở lại từ trang Chuyển đổi."
    ),
    "cutover.unknown_system": Sentence(
        "Chưa khai báo hệ thống này.", "Hãy thêm hệ thống ở trang Chuyển đổi."
    ),
    "cutover.province_only": Sentence(
        "Chỉ quản trị của Văn phòng UBND tỉnh chuyển dữ liệu giữa hai hệ thống.",
        "Hãy gửi tệp xuất cho quản trị của tỉnh.",
    ),
    "cutover.not_read": Sentence(
        "Lần chuyển này đã được quyết định.", "Hãy tải lại trang để xem tình trạng mới nhất."
    ),
    "cutover.nothing_read": Sentence("Tệp không có dòng dữ liệu nào.", "Hãy xuất lại từ hệ thống kia."),
    "cutover.unknown_state": Sentence(
        "Chưa biết trạng thái “%(said)s” của hệ thống kia là gì ở đây.",
        "Hãy thêm vào bảng ánh xạ rồi đọc lại tệp.",
    ),
    "cutover.unknown_agency": Sentence(
        "Không có cơ quan nào, hoặc có nhiều cơ quan, mang tên “%(said)s”.",
        "Hãy thay bằng mã cơ quan hiện nay.",
    ),
    "cutover.unknown_procedure": Sentence(
        "Không có thủ tục mã “%(said)s” đang áp dụng.",
        "Hãy kiểm tra mã, hoặc nhập thủ tục vào danh mục trước.",
    ),
    "cutover.bad_instant": Sentence("“%(said)s” không phải ngày giờ.", "Hãy sửa theo mẫu 16/11/2026 08:00."),
    "cutover.unknown_act": Sentence(
        "Chưa biết hành vi “%(said)s” trong lịch sử là gì ở đây.", "Hãy thêm vào bảng ánh xạ rồi đọc lại tệp."
    ),
    "cutover.bad_personal_id": Sentence(
        "Số định danh không đúng.", "Hãy sửa trong tệp, hoặc bỏ trống nếu không biết."
    ),
}
