from __future__ import annotations

from vanlang.certification.rules.placing import Corner
from vanlang.certification.types import BookLine, EntryState
from vanlang.kernel.labels import Sentence

ENTRY_STATES = {
    EntryState.WAITING: "Chờ vào sổ",
    EntryState.ENTERED: "Đã vào sổ",
    EntryState.CANCELLED: "Đã hủy",
}
CORNERS = {
    Corner.BOTTOM_RIGHT: "Dưới, bên phải",
    Corner.BOTTOM_LEFT: "Dưới, bên trái",
    Corner.TOP_RIGHT: "Trên, bên phải",
    Corner.TOP_LEFT: "Trên, bên trái",
}
BOOK_COLUMNS = (
    ("Số chứng thực", 11),
    ("Ngày, tháng, năm", 12),
    ("Người yêu cầu chứng thực", 28),
    ("Tên bản chính", 44),
    ("Số trang", 8),
    ("Số bản sao", 8),
    ("Người ký chứng thực", 24),
    ("Phí (đồng)", 12),
    ("Ghi chú", 36),
)
"""Head and width of the columns of the book."""


def note_of(line: BookLine) -> str:
    """Return the last column of a line: that it is electronic, or cancelled, when and why."""
    if line.voided_on is not None:
        return f"Hủy ngày {line.voided_on:%d/%m/%Y}: {line.void_note}"
    return "Bản điện tử" if line.electronic else ""


SENTENCES = {
    "certification.nothing_brought": Sentence(
        "Chưa ghi bản chính nào.", "Hãy ghi tên ít nhất một bản chính, số trang và số bản sao cần chứng thực."
    ),
    "certification.too_many_originals": Sentence(
        "Một lượt nhận nhiều nhất %(most)s bản chính.", "Hãy tách phần còn lại sang lượt tiếp theo."
    ),
    "certification.pages_unlikely": Sentence(
        "Số trang của một bản chính phải từ 1 đến %(most)s.", "Hãy đếm lại số trang rồi nhập lại."
    ),
    "certification.copies_unlikely": Sentence(
        "Số bản sao của một bản chính nhiều nhất là %(most)s.", "Hãy sửa số bản sao rồi nhận lại."
    ),
    "certification.scan_missing": Sentence(
        "Bản sao điện tử của “%(document)s” chưa có bản quét bản chính.",
        "Hãy quét bản chính thành tệp PDF và chọn tệp ở dòng đó.",
    ),
    "certification.procedure_not_ready": Sentence(
        "Thủ tục chứng thực bản sao chưa sẵn sàng trong danh mục.",
        "Hãy báo người quản trị danh mục; sổ chứng thực không bị ảnh hưởng.",
    ),
    "certification.nothing_to_enter": Sentence(
        "Lượt này không còn bản nào chờ vào sổ.", "Hãy tải lại trang để xem từng bản đang ở bước nào."
    ),
    "certification.no_such_leader": Sentence(
        "Người ký được chọn không còn là lãnh đạo của cơ quan.", "Hãy chọn người ký khác trong danh sách."
    ),
    "certification.no_numbers_yet": Sentence(
        "Chưa có số chứng thực để in lời chứng.", "Hãy vào sổ trước, rồi in lời chứng."
    ),
    "certification.note_missing": Sentence(
        "Chưa ghi lý do hủy.", "Hãy ghi lý do; lý do và ngày hủy được giữ trong sổ chứng thực."
    ),
    "certification.cancelled_already": Sentence(
        "Bản này đã được hủy trước đó.", "Hãy tải lại trang để xem lý do và ngày hủy."
    ),
    "certification.electronic_is_returned": Sentence(
        "Bản sao điện tử đã ký thì số được hủy khi hồ sơ bị trả lại để ký lại.",
        "Hãy mở hồ sơ của bản này và chọn “Trả lại”; số cũ tự được hủy có ghi lý do.",
    ),
    "certification.not_found": Sentence(
        "Không tìm thấy lượt chứng thực này.", "Hãy mở lại từ danh sách chứng thực của cơ quan."
    ),
    "certification.outside_the_page": Sentence(
        "Lời chứng sẽ bị in ra ngoài trang giấy.",
        "Hãy đặt cách trái từ %(least)s đến %(most_x)s mm và cách trên từ %(least)s đến %(most_y)s mm.",
    ),
}
