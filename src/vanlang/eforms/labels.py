"""What a person reads when an answer or a form is not right. `%(label)s` is the question's own label."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from vanlang.eforms.rules.reading import number_in_words
from vanlang.eforms.types import FieldDefinition, Problem
from vanlang.kernel.labels import Sentence

SENTENCES = {
    "eforms.unknown_form": Sentence(
        "Không có biểu mẫu %(form)s.", "Hãy quay lại trang thủ tục và mở lại biểu mẫu từ đó."
    ),
    "eforms.definition_broken": Sentence(
        "Biểu mẫu %(form)s khai báo chưa đúng: %(problems)s.", "Hãy sửa tệp khai báo rồi nạp lại."
    ),
    "eforms.definition_changed": Sentence(
        "Biểu mẫu %(form)s phiên bản %(version)s đã dùng, không sửa được nữa.",
        "Hãy tăng số phiên bản trong tệp khai báo rồi nạp lại.",
    ),
}

PROBLEMS: Mapping[str, str] = {
    "eforms.answer_missing": "Hãy điền “%(label)s”.",
    "eforms.choice_missing": "Hãy chọn “%(label)s”.",
    "eforms.day_missing": "Hãy nhập “%(label)s”, theo mẫu ngày/tháng/năm, ví dụ 22/11/2026.",
    "eforms.consent_missing": "Hãy đánh dấu vào ô “%(label)s”.",
    "eforms.choice_unknown": "“%(label)s”: hãy chọn lại một trong các mục có sẵn.",
    "eforms.day_unreadable": "“%(label)s”: hãy nhập theo mẫu ngày/tháng/năm, ví dụ 22/11/2026.",
    "eforms.day_not_in_calendar": "“%(label)s”: không có ngày %(text)s, hãy kiểm tra lại ngày và tháng.",
    "eforms.day_too_early": "“%(label)s”: hãy nhập ngày từ %(limit)s trở đi.",
    "eforms.day_too_late": "“%(label)s”: hãy nhập ngày không sau %(limit)s.",
    "eforms.day_in_future": "“%(label)s”: ngày này chưa đến, hãy nhập ngày không sau hôm nay.",
    "eforms.number_unreadable": "“%(label)s”: hãy nhập bằng số, ví dụ 2.153 hoặc 12,5.",
    "eforms.number_not_whole": "“%(label)s”: hãy nhập số nguyên, không có phần thập phân.",
    "eforms.number_too_small": "“%(label)s”: hãy nhập số từ %(limit)s trở lên.",
    "eforms.number_too_large": "“%(label)s”: hãy nhập số không quá %(limit)s.",
    "eforms.number_not_above": "“%(label)s”: hãy nhập số lớn hơn %(limit)s.",
    "eforms.number_not_below": "“%(label)s”: hãy nhập số nhỏ hơn %(limit)s.",
    "eforms.number_not_multiple": "“%(label)s”: hãy nhập số chia hết cho %(limit)s.",
    "eforms.text_too_short": "“%(label)s”: hãy nhập ít nhất %(limit)s ký tự.",
    "eforms.text_too_long": "“%(label)s”: hãy rút gọn còn nhiều nhất %(limit)s ký tự.",
    "eforms.text_in_wrong_shape": "“%(label)s”: hãy nhập đúng như hướng dẫn ở ngay trên ô.",
    "eforms.too_few_chosen": "“%(label)s”: hãy chọn ít nhất %(limit)s mục.",
    "eforms.too_many_chosen": "“%(label)s”: hãy chọn nhiều nhất %(limit)s mục.",
    "eforms.personal_id_malformed": "“%(label)s”: hãy nhập đủ 12 chữ số như trên thẻ căn cước.",
    "eforms.personal_id_other_birth": "“%(label)s”: số này không phải của người sinh năm %(year)s, "
    "hãy kiểm tra lại số hoặc ngày sinh.",
    "eforms.phone_malformed": "“%(label)s”: hãy nhập số điện thoại bắt đầu bằng 0, ví dụ 0912 345 678.",
    "eforms.email_malformed": "“%(label)s”: hãy nhập địa chỉ thư điện tử đầy đủ, ví dụ lan@example.vn.",
    "eforms.rule_broken": "“%(label)s”: hãy kiểm tra lại, các mục đã điền chưa khớp nhau.",
}


LONG_LABEL = 60


def sentence_of_problem(problem: Problem, field: FieldDefinition | None) -> str:
    """Return what a person reads: which question, and what to do. Without a field it is about the whole form."""
    facts = {name: _written(fact) for name, fact in problem.facts.items()}
    return PROBLEMS[problem.code] % {"label": _short(field.label) if field else "Tờ khai", **facts}


def _short(label: str) -> str:
    """Return the first words of a long label: enough to know it again."""
    if len(label) <= LONG_LABEL:
        return label
    return label[:LONG_LABEL].rsplit(" ", 1)[0] + " …"


def _written(fact: object) -> str:
    if isinstance(fact, dt.date):
        return f"{fact:%d/%m/%Y}"
    return number_in_words(fact) if isinstance(fact, (int, float)) else str(fact)
