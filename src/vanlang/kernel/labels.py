"""
Sentences by error code: what happened, and what to do now.

Every app writes its own in its `labels.py` and registers them when Django starts; errors carry only facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a person reads when an act is refused. Placeholders are named: `%(code)s`."""

    says: str
    """What happened, one sentence with its full stop."""

    do_now: str
    """What the reader can do now, one sentence with its full stop."""

    def filled(self, facts: Mapping[str, object]) -> Sentence:
        return Sentence(says=self.says % facts, do_now=self.do_now % facts)


_sentences: dict[str, Sentence] = {
    "kernel.refused": Sentence("Yêu cầu không thực hiện được.", "Hãy tải lại trang và thử lại."),
    "kernel.not_allowed": Sentence(
        "Tài khoản này không có quyền làm việc đó.",
        "Hãy đổi vai trò đang làm việc, hoặc liên hệ quản trị của cơ quan để được phân quyền.",
    ),
    "kernel.not_found": Sentence(
        "Không tìm thấy nội dung này.",
        "Hãy kiểm tra lại đường dẫn hoặc mã đã nhập, rồi tìm lại từ trang chủ.",
    ),
    "kernel.conflict": Sentence(
        "Nội dung đã thay đổi trong lúc đang mở.",
        "Hãy tải lại trang để xem tình trạng mới nhất rồi làm tiếp.",
    ),
    "kernel.invalid": Sentence("Thông tin gửi lên chưa đúng.", "Hãy sửa những chỗ được chỉ ra rồi gửi lại."),
    "kernel.outside_system": Sentence(
        "Hệ thống bên ngoài chưa trả lời.", "Việc đã làm vẫn được giữ. Hãy thử lại sau ít phút."
    ),
    "kernel.database_away": Sentence(
        "Hệ thống đang gián đoạn trong giây lát.",
        "Những gì đã được xác nhận vẫn còn. Hãy đợi nửa phút rồi thử lại; nếu vừa bấm gửi, hãy xem việc ấy đã được ghi chưa rồi mới gửi lần nữa.",
    ),
    "kernel.too_many_attempts": Sentence(
        "Đã thử quá nhiều lần trong thời gian ngắn.", "Hãy đợi %(minutes)s phút rồi thử lại."
    ),
    "kernel.broken": Sentence(
        "Hệ thống gặp lỗi ngoài dự kiến khi xử lý yêu cầu này.",
        "Những gì đã lưu vẫn còn. Hãy thử lại; nếu còn lỗi, báo cho quản trị kèm mã yêu cầu ở dưới.",
    ),
}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Add the sentences of an app. A code belongs to one app: writing it twice is a mistake."""
    for code, sentence in sentences.items():
        if _sentences.get(code, sentence) != sentence:
            msg = f"two sentences for {code}"
            raise ValueError(msg)
        _sentences[code] = sentence


def has_sentence(code: str) -> bool:
    return code in _sentences


def sentence_of(code: str, facts: Mapping[str, object] | None = None) -> Sentence:
    """Return the sentence of `code` with its facts filled in; the general one when there is none."""
    sentence = _sentences.get(code, _sentences["kernel.refused"])
    try:
        return sentence.filled(facts or {})
    except (KeyError, ValueError, TypeError):
        return _sentences["kernel.refused"]


def all_sentences() -> Mapping[str, Sentence]:
    return dict(_sentences)
