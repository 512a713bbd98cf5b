"""Vietnamese of the counter's day."""

from __future__ import annotations

from vanlang.counter.types import Priority, TicketState
from vanlang.kernel.labels import Sentence

PURPOSE = "Tiếp nhận và trả kết quả tại quầy"
"""For what a dossier is opened here; the read is recorded under it."""

TICKET_STATES = {
    TicketState.WAITING: "Đang chờ",
    TicketState.CALLED: "Đang được phục vụ",
    TicketState.DONE: "Đã xong",
    TicketState.NO_SHOW: "Vắng mặt khi gọi",
}

PRIORITIES = {
    Priority.NONE: "Không thuộc diện ưu tiên",
    Priority.ELDERLY: "Người cao tuổi",
    Priority.DISABLED: "Người khuyết tật",
    Priority.PREGNANT: "Phụ nữ mang thai",
    Priority.SMALL_CHILD: "Người đi cùng trẻ nhỏ",
    Priority.MERIT: "Người có công với cách mạng",
}

SENTENCES = {
    "counter.unknown": Sentence(
        "Không tìm thấy nội dung này ở quầy của cơ quan.", "Hãy mở lại từ trang Gọi số."
    ),
    "counter.not_so": Sentence("Nội dung vừa nhập chưa đúng.", "Hãy sửa những chỗ được chỉ ra rồi gửi lại."),
    "counter.ticket_not_so": Sentence(
        "Số này không còn ở tình trạng làm được việc đó.", "Hãy xem lại trang Gọi số rồi làm tiếp."
    ),
    "counter.ticket_unknown": Sentence(
        "Không có số này trong hôm nay.", "Số chỉ dùng trong ngày; hãy lấy số mới."
    ),
    "counter.kiosk_unknown": Sentence(
        "Địa chỉ lấy số này không còn dùng.", "Hãy mở lại địa chỉ mới ở mục Bố trí quầy."
    ),
    "counter.display_unknown": Sentence(
        "Địa chỉ màn hình này không còn dùng.", "Hãy mở lại địa chỉ mới ở mục Bố trí quầy."
    ),
    "counter.service_closed": Sentence(
        "Nhóm việc này đã thôi nhận số.", "Hãy chọn nhóm việc khác, hoặc hỏi cán bộ tại quầy."
    ),
    "counter.no_queue": Sentence(
        "Cơ quan chưa bố trí quầy.", "Hãy thêm nhóm việc và quầy ở mục Bố trí quầy."
    ),
    "counter.no_seat": Sentence("Bạn chưa ngồi quầy nào hôm nay.", "Hãy chọn quầy trước khi gọi số."),
    "counter.window_staffed": Sentence(
        "Quầy %(number)s đang có đồng nghiệp ngồi.",
        "Hãy chọn quầy khác, hoặc nhờ đồng nghiệp rời quầy trước.",
    ),
    "counter.window_busy": Sentence(
        "Quầy đang phục vụ một số khác.", "Hãy bấm Xong cho số đang phục vụ rồi gọi lại."
    ),
    "counter.window_not_other": Sentence(
        "Không chuyển được sang quầy này.", "Hãy chọn một quầy khác đang mở."
    ),
    "counter.letter_taken": Sentence(
        "Chữ %(letter)s đã dùng cho nhóm việc khác.", "Hãy chọn một chữ cái khác từ A đến Z."
    ),
    "counter.window_taken": Sentence("Đã có quầy số %(number)s.", "Hãy chọn số quầy khác."),
}
