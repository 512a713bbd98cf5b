from __future__ import annotations

from vanlang.kernel.labels import Sentence

SENTENCES: dict[str, Sentence] = {
    "portal.file_not_found": Sentence(
        "Không tìm thấy tệp này.", "Hãy mở lại từ trang hồ sơ; tệp chỉ người nộp và cơ quan giải quyết xem được."
    ),
    "portal.no_receipt_yet": Sentence(
        "Hồ sơ chưa được tiếp nhận nên chưa có giấy tiếp nhận và hẹn trả kết quả.",
        "Hãy xem lại khi hồ sơ chuyển sang trạng thái “Đã tiếp nhận”.",
    ),
    "portal.no_outcome_yet": Sentence(
        "Hồ sơ chưa có kết quả điện tử.", "Hãy xem tình trạng và ngày hẹn trả ở trang hồ sơ."
    ),
}
