from __future__ import annotations

from vanlang.kernel.circuit import CircuitState
from vanlang.kernel.labels import Sentence

CIRCUITS = {
    CircuitState.CLOSED: "Hoạt động",
    CircuitState.OPEN: "Tạm ngừng gửi",
    CircuitState.PROBING: "Đang thử lại",
}

NEVER_CALLED = "Chưa gọi lần nào"

_FAILURES = {
    "TimeoutError": "không trả lời kịp",
    "ConnectionRefusedError": "không kết nối được",
    "ConnectionResetError": "mất kết nối giữa chừng",
    "RemoteDisconnected": "mất kết nối giữa chừng",
    "gaierror": "không tìm thấy máy chủ bên kia",
    "SSLError": "chứng thư của bên kia không hợp lệ",
    "nonsense": "trả lời không đọc được",
}


def failure_of(code: str) -> str:
    """Return what the code of the last failure means; empty where nothing more can be said than the code."""
    if len(code) == 3 and code.isdecimal():
        return "máy chủ bên kia báo lỗi" if code[0] == "5" else "bên kia không nhận cuộc gọi"
    return _FAILURES.get(code, "")


SENTENCES = {
    "connectors.letter_not_found": Sentence(
        "Không tìm thấy tin này.", "Hãy tải lại trang: có thể người khác vừa xử lý."
    ),
    "connectors.letter_is_not_dead": Sentence(
        "Tin này không còn chờ người xử lý.", "Hãy tải lại trang để xem tình trạng mới nhất."
    ),
    "connectors.nothing_to_replay": Sentence(
        "Không có tin nào đã gửi trong khoảng thời gian này.",
        "Hãy chọn khoảng ngày khác hoặc loại tin khác.",
    ),
    "connectors.broke_off": Sentence(
        "Mất kết nối đúng lúc gửi nên không rõ bên kia đã nhận chưa.",
        "Không cần làm gì nếu tin tự gửi lại được; gửi lại nhiều lần không bị nhân đôi.",
    ),
    "connectors.could_not_apply": Sentence(
        "Hệ thống chưa áp dụng được tin này sau nhiều lần thử.",
        "Hãy báo bộ phận kỹ thuật kiểm tra nhật ký, rồi bấm “Thử lại”.",
    ),
}
