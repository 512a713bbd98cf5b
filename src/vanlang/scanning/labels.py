from __future__ import annotations

from vanlang.kernel.labels import Sentence
from vanlang.scanning.types import PageWarning

WARNINGS = {
    PageWarning.BLANK: "Có thể là trang trắng",
    PageWarning.BLURRED: "Có thể bị mờ",
    PageWarning.COARSE: "Độ phân giải thấp",
}
ADVICE = {
    PageWarning.BLANK: "Xem trang rồi xóa nếu đúng là trang trắng.",
    PageWarning.BLURRED: "Phóng to xem có đọc được không; nếu không, quét lại.",
    PageWarning.COARSE: "Quét lại ở 200 dpi trở lên.",
}

SENTENCES = {
    "scanning.not_found": Sentence(
        "Không tìm thấy lượt quét này.", "Hãy mở lại trang quét từ hồ sơ; lượt quét chỉ người quét mở được."
    ),
    "scanning.no_pages": Sentence(
        "Chưa có trang nào để lưu vào hồ sơ.", "Hãy chọn ảnh hoặc tệp PDF từ máy quét rồi tải lên."
    ),
    "scanning.first_page_unnamed": Sentence(
        "Trang đầu tiên chưa thuộc giấy tờ nào.",
        "Hãy chọn giấy tờ ở trang 1; các trang sau theo trang trước.",
    ),
    "scanning.paper_unknown": Sentence(
        "Có trang được gắn vào giấy tờ không thuộc hồ sơ này.",
        "Hãy chọn lại giấy tờ ở các trang được đánh dấu.",
    ),
    "scanning.other_unnamed": Sentence(
        "Có trang thuộc giấy tờ khác nhưng chưa ghi tên giấy tờ.", "Hãy ghi tên vào ô “Tên giấy tờ khác”."
    ),
    "scanning.too_many_pages": Sentence(
        "Một lượt quét chứa nhiều nhất %(most)s trang.",
        "Hãy lưu các trang đã quét vào hồ sơ rồi quét tiếp lượt sau.",
    ),
}
