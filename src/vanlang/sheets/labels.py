from __future__ import annotations

from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.sheets.types import Problem

SENTENCES = {
    "sheets.unreadable": Sentence(
        "Tệp này không phải bảng tính đọc được.", "Hãy lưu lại thành Excel (.xlsx) rồi tải lên lại."
    ),
    "sheets.empty": Sentence("Tệp không có trang dữ liệu nào.", "Hãy tải tệp mẫu, điền rồi gửi lại."),
    "sheets.columns_missing": Sentence(
        "Không tìm thấy dòng tiêu đề, hoặc thiếu cột bắt buộc: %(columns)s.",
        "Hãy thêm các cột đó, hoặc tải tệp mẫu rồi dán dữ liệu vào.",
    ),
    "sheets.missing": Sentence("Cột “%(column)s” bắt buộc mà ô này trống.", "Hãy điền ô này."),
    "sheets.too_long": Sentence("Ô dài %(length)s ký tự, nhiều nhất %(most)s.", "Hãy rút gọn."),
    "sheets.not_digits": Sentence(
        "“%(said)s” không đủ %(digits)s chữ số.", "Hãy nhập đủ %(digits)s chữ số, để ô ở định dạng chữ."
    ),
    "sheets.not_a_date": Sentence(
        "“%(said)s” không phải ngày có thật.",
        "Hãy nhập theo mẫu ngày/tháng/năm, năm đủ bốn chữ số: 01/12/2026.",
    ),
    "sheets.not_a_number": Sentence(
        "“%(said)s” không phải số nguyên.", "Hãy nhập số, ví dụ 8000 hoặc 8.000."
    ),
    "sheets.not_a_time": Sentence("“%(said)s” không phải giờ.", "Hãy nhập theo mẫu 07:30."),
    "sheets.not_offered": Sentence(
        "“%(said)s” không có trong danh sách.", "Hãy chọn một trong: %(offered)s."
    ),
    "sheets.merged": Sentence(
        "Các ô %(cells)s gộp ngang nhiều cột nên không biết giá trị thuộc cột nào.",
        "Hãy bỏ gộp ô và điền từng cột.",
    ),
    "sheets.repeated": Sentence("Dòng này trùng với dòng %(row)s.", "Hãy giữ một dòng."),
}


def problem_text(problem: Problem) -> Sentence:
    """Return what is wrong with a cell, and what to do."""
    return sentence_of(problem.code, problem.facts)
