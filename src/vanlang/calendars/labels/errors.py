from __future__ import annotations

from vanlang.kernel.labels import Sentence

SENTENCES = {
    "calendars.gap": Sentence(
        "Lịch làm việc chỉ có từ %(first_on)s đến %(last_on)s, không đủ để tính thời hạn này.",
        "Hãy kiểm tra ngày tiếp nhận và thời hạn; nếu đúng, báo cho quản trị để bổ sung lịch.",
    ),
    "calendars.no_office_hours": Sentence(
        "Chưa có giờ làm việc cho ngày %(on)s.",
        "Hãy báo cho quản trị để nhập giờ làm việc của cơ quan.",
    ),
    "calendars.days_not_readable": Sentence(
        "Không đọc được lịch nghỉ: %(where)s, %(what)s.", "Hãy sửa dòng được chỉ ra rồi nạp lại."
    ),
    "calendars.day_repeated": Sentence(
        "Ngày %(on)s được nêu hai lần.", "Hãy giữ lại một dòng cho mỗi ngày rồi làm lại."
    ),
    "calendars.limit_too_fine": Sentence(
        "Thời hạn %(amount)s quá lẻ nên không tính được.",
        "Hãy nhập số phút tròn cho giờ, nửa ngày cho ngày làm việc, số nguyên cho ngày và tháng.",
    ),
    "calendars.limit_not_positive": Sentence(
        "Thời hạn %(amount)s phải lớn hơn không.",
        "Hãy nhập thời hạn; thủ tục giải quyết trong ngày nhập 0 ngày làm việc.",
    ),
}
