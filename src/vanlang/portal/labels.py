from __future__ import annotations

from vanlang.kernel.labels import Sentence

SENTENCES: dict[str, Sentence] = {
    "portal.no_outcome_yet": Sentence(
        "Hồ sơ chưa có kết quả điện tử.", "Hãy xem tình trạng và ngày hẹn trả ở trang hồ sơ."
    ),
}
