"""Sentences of what goes wrong between a browser and us, before any app is asked."""

from __future__ import annotations

from vanlang.kernel.labels import Sentence

SENTENCES = {
    "ui.bad_request": Sentence(
        "Yêu cầu gửi lên không đọc được.", "Hãy quay lại trang trước, tải lại trang rồi thử lần nữa."
    ),
    "ui.wrong_method": Sentence(
        "Trang này không nhận cách gửi vừa dùng.", "Hãy quay lại trang trước và bấm lại nút cần dùng."
    ),
    "ui.stale_page": Sentence("Trang đã mở quá lâu nên chưa gửi được.", "Hãy tải lại trang rồi gửi lần nữa."),
}
