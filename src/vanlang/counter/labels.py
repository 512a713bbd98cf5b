"""Vietnamese of the counter's day."""

from __future__ import annotations

from vanlang.counter.types import PostState, Priority, TicketState, TrayItemState, TrayKind
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

TRAY_KINDS = {TrayKind.TO_UNIT: "Hồ sơ đến đơn vị", TrayKind.RESULTS: "Kết quả về Một cửa"}
TRAY_ITEM_STATES = {
    TrayItemState.ON_THE_WAY: "Đang bàn giao",
    TrayItemState.ACCEPTED: "Đã nhận",
    TrayItemState.REJECTED: "Không nhận",
}
POST_STATES = {
    PostState.REGISTERED: "Chờ gửi",
    PostState.SENT: "Đang chuyển",
    PostState.ARRIVED: "Đã đến",
    PostState.DELIVERED: "Đã xong",
    PostState.RETURNED: "Bị trả lại",
}


def tray_note(state: TrayItemState, reason: str) -> str:
    """Return what the printed list says of a line that was sent back; nothing of the others."""
    return f"Không nhận: {reason}" if state is TrayItemState.REJECTED else ""


SENTENCES = {
    "counter.tray_empty": Sentence(
        "Chưa chọn hồ sơ nào để bàn giao.", "Hãy đánh dấu các hồ sơ rồi lập danh sách."
    ),
    "counter.tray_too_long": Sentence(
        "Một danh sách bàn giao chứa nhiều nhất %(most)s dòng.", "Hãy chia thành nhiều danh sách."
    ),
    "counter.tray_unit_missing": Sentence(
        "Chưa chọn đơn vị nhận, hoặc đơn vị này không thuộc cơ quan.", "Hãy chọn đơn vị nhận trong danh sách."
    ),
    "counter.tray_not_here": Sentence(
        "Có hồ sơ không còn ở đây hoặc đã nằm trong danh sách khác.", "Hãy mở lại trang bàn giao và chọn lại."
    ),
    "counter.tray_not_yours": Sentence(
        "Danh sách này gửi cho đơn vị khác.", "Hãy để người của đơn vị nhận xác nhận."
    ),
    "counter.tray_taken": Sentence(
        "Danh sách này đã được xác nhận.", "Hãy mở lại trang để xem kết quả nhận."
    ),
    "counter.tray_reason_missing": Sentence(
        "Dòng không nhận chưa có lý do.", "Hãy ghi lý do để bên giao biết cần làm gì."
    ),
    "counter.drawer_unknown": Sentence(
        "Không có ngăn tiền này, hoặc không phải của bạn.", "Hãy mở lại trang Sổ quỹ tại quầy."
    ),
    "counter.drawer_open": Sentence("Ngăn tiền của bạn đang mở.", "Hãy khóa ngăn tiền đang mở trước."),
    "counter.drawer_closed": Sentence(
        "Ngăn tiền đã khóa, không ghi thêm được.", "Khoản thu mới hãy ghi vào ngăn tiền mở sau."
    ),
    "counter.drawer_still_open": Sentence(
        "Ngăn tiền chưa khóa.", "Hãy kiểm đếm và khóa trước khi giao thủ quỹ."
    ),
    "counter.drawer_handed": Sentence("Ngăn tiền này đã giao thủ quỹ.", "Hãy xem biên bản giao nhận."),
    "counter.amount_not_so": Sentence(
        "Số tiền chưa đúng.", "Hãy nhập số tiền bằng đồng, lớn hơn 0, ví dụ 8000."
    ),
    "counter.what_for_missing": Sentence(
        "Chưa ghi thu khoản gì.", "Hãy ghi nội dung thu, ví dụ phí chứng thực."
    ),
    "counter.entry_not_correctable": Sentence(
        "Dòng %(number)s không phải khoản thu.", "Hãy chọn dòng thu cần đối ứng."
    ),
    "counter.entry_corrected": Sentence(
        "Dòng %(number)s đã có bút toán đối ứng.", "Hãy ghi khoản đúng thành dòng mới."
    ),
    "counter.entry_is_of_a_payment": Sentence(
        "Dòng %(number)s là phí, lệ phí của một hồ sơ đã có trong sổ thu.",
        "Hãy mở “Phí, lệ phí” của hồ sơ đó và đề nghị hoàn tiền; không sửa ở sổ quỹ.",
    ),
    "counter.owed_elsewhere": Sentence(
        "Hồ sơ này có khoản phí, lệ phí chưa nộp.",
        "Hãy thu ở trang “Phí, lệ phí” của hồ sơ: sổ quỹ tự ghi, biên lai được lập ngay.",
    ),
    "counter.difference_unexplained": Sentence(
        "Kiểm đếm được %(there)s đồng, sổ là %(must_be)s đồng.", "Hãy đếm lại, hoặc ghi rõ lý do chênh lệch."
    ),
    "counter.notes_not_so": Sentence("Số tờ chưa đúng.", "Hãy nhập số tờ của từng mệnh giá, bằng số."),
    "counter.treasurer_missing": Sentence("Chưa ghi tên thủ quỹ.", "Hãy ghi họ tên người nhận tiền."),
    "counter.tracking_length": Sentence(
        "Số hiệu bưu gửi phải có 13 ký tự, đang có %(length)s.",
        "Hãy gõ lại như trên nhãn, ví dụ RR123456785VN.",
    ),
    "counter.tracking_shape": Sentence(
        "Số hiệu bưu gửi gồm hai chữ cái, chín chữ số và hai chữ cái mã nước.",
        "Hãy gõ lại như trên nhãn, ví dụ RR123456785VN.",
    ),
    "counter.tracking_digit": Sentence(
        "Số kiểm tra của số hiệu bưu gửi không khớp: một chữ số bị gõ nhầm.",
        "Hãy đối chiếu từng chữ số với nhãn, hoặc quét lại mã vạch.",
    ),
    "counter.tracking_known": Sentence(
        "Số hiệu %(tracking)s đã có trong sổ bưu gửi.", "Hãy mở bưu gửi đó, hoặc kiểm tra lại số hiệu."
    ),
    "counter.post_not_so": Sentence(
        "Bưu gửi không còn ở tình trạng làm được việc đó.", "Hãy mở lại trang Bưu gửi rồi làm tiếp."
    ),
    "counter.post_unknown": Sentence("Không có bưu gửi này.", "Hãy mở lại trang Bưu gửi."),
    "counter.post_address_missing": Sentence(
        "Chưa có tên hoặc địa chỉ người nhận.", "Hãy ghi đủ tên và địa chỉ rồi gửi."
    ),
    "counter.result_not_here": Sentence(
        "Kết quả của hồ sơ này chưa phát hành, hoặc không trả tại đây.", "Hãy đợi văn thư phát hành rồi gửi."
    ),
    "counter.reason_missing": Sentence("Chưa ghi lý do.", "Hãy ghi vì sao bưu gửi bị trả lại."),
    "counter.batch_unknown": Sentence(
        "Không có lượt tiếp nhận này.", "Hãy mở lại trang Tiếp nhận nhiều hồ sơ."
    ),
    "counter.batch_empty": Sentence("Chưa có dòng nào.", "Hãy chọn thủ tục, hoặc dán danh sách người nộp."),
    "counter.batch_too_long": Sentence(
        "Một lượt nhận nhiều nhất %(most)s dòng.", "Hãy chia danh sách thành nhiều lượt."
    ),
    "counter.sheet_too_large": Sentence("Tệp bảng quá lớn.", "Hãy tách bảng, mỗi tệp nhiều nhất 2 MB."),
    "counter.sheet_unreadable": Sentence(
        "Không đọc được tệp bảng.", "Hãy lưu thành .xlsx, hoặc chép các ô rồi dán vào ô danh sách."
    ),
    "counter.line_received": Sentence(
        "Dòng %(number)s đã được tiếp nhận.", "Hãy mở hồ sơ nếu cần làm gì thêm với nó."
    ),
    "counter.line_without_name": Sentence("Chưa có họ tên.", "Hãy ghi họ tên người nộp."),
    "counter.line_phone": Sentence("Số điện thoại không đủ chữ số.", "Hãy ghi lại, hoặc để trống."),
    "counter.line_twice": Sentence(
        "Trùng người và nội dung với một dòng trước.", "Hãy bỏ dòng này, hoặc ghi nội dung khác."
    ),
    "counter.procedure_not_ready": Sentence(
        "Thủ tục %(procedure)s không tiếp nhận được lúc này.", "Hãy chọn thủ tục đã sẵn sàng."
    ),
    "counter.no_limit_here": Sentence(
        "Thủ tục %(procedure)s chưa có thời hạn khi nộp tại quầy trong danh mục.",
        "Hãy hướng dẫn nộp trực tuyến, hoặc đợi cơ quan chủ quản xác nhận thời hạn.",
    ),
    "counter.competent_unknown": Sentence(
        "Chưa rõ cơ quan giải quyết thủ tục này.", "Hãy tiếp nhận từng hồ sơ ở trang Tiếp nhận tại quầy."
    ),
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
