"""Vietnamese of teamwork."""

from __future__ import annotations

from vanlang.kernel.labels import Sentence
from vanlang.teamwork.types import Choice, LineState, SourceKind, TransferState

TRANSFER_STATES = {
    TransferState.ORDERED: "Chờ chạy",
    TransferState.RUNNING: "Đang chuyển",
    TransferState.DONE: "Đã xong",
}
LINE_STATES = {
    LineState.WAITING: "Đang chờ",
    LineState.DONE: "Đã xong",
    LineState.REFUSED: "Để lại",
}
SOURCES = {
    SourceKind.OFFICER: "Một cán bộ",
    SourceKind.UNIT: "Cả một đơn vị",
    SourceKind.AGENCY: "Cả cơ quan đã sáp nhập, giải thể",
}
CHOICES = {
    Choice.APPROVE: "Phê duyệt",
    Choice.RETURN: "Trả lại",
    Choice.SKIP: "Để sau",
}

SENTENCES = {
    "teamwork.not_found": Sentence("Không tìm thấy mục này.", "Hãy quay lại danh sách và mở lại."),
    "teamwork.view_name_taken": Sentence(
        "Đã có danh sách tên “%(name)s”.", "Hãy đặt tên khác, hoặc xóa danh sách cũ."
    ),
    "teamwork.view_without_name": Sentence("Danh sách chưa có tên.", "Hãy đặt tên rồi lưu lại."),
    "teamwork.view_too_long": Sentence(
        "Tên danh sách hoặc bộ lọc quá dài.", "Hãy đặt tên không quá %(most)s ký tự và bớt điều kiện lọc."
    ),
    "teamwork.note_empty": Sentence("Ghi chú chưa có nội dung.", "Hãy viết nội dung rồi lưu lại."),
    "teamwork.note_too_long": Sentence(
        "Ghi chú dài quá %(most)s ký tự.", "Hãy rút gọn, hoặc tách thành nhiều ghi chú."
    ),
    "teamwork.note_too_old": Sentence(
        "Ghi chú đã quá thời gian được sửa (15 phút).",
        "Hãy viết ghi chú mới, hoặc gạch bỏ ghi chú cũ kèm lý do.",
    ),
    "teamwork.note_not_yours": Sentence(
        "Ghi chú này không phải của bạn.", "Hãy viết ghi chú của mình, hoặc nhờ người viết sửa."
    ),
    "teamwork.note_struck": Sentence(
        "Ghi chú này đã được gạch bỏ.", "Hãy tải lại trang để xem bản mới nhất."
    ),
    "teamwork.strike_without_reason": Sentence(
        "Gạch bỏ ghi chú phải có lý do.", "Hãy ghi lý do trong một câu."
    ),
    "teamwork.transfer_nothing": Sentence(
        "Không có hồ sơ nào chuyển được như đã chọn.", "Hãy xem lý do từng hồ sơ, rồi chọn lại nơi nhận."
    ),
    "teamwork.transfer_not_yours": Sentence(
        "Chỉ lãnh đạo hoặc quản trị của cơ quan, hay của cơ quan kế tục, được bàn giao hàng loạt.",
        "Hãy đề nghị lãnh đạo hoặc quản trị của cơ quan đó.",
    ),
    "teamwork.transfer_agency_open": Sentence(
        "Cơ quan này vẫn đang hoạt động.", "Hãy bàn giao theo cán bộ hoặc theo đơn vị."
    ),
    "teamwork.transfer_elsewhere": Sentence(
        "Hồ sơ không được chuyển sang cơ quan khác ngoài cơ quan kế tục.",
        "Hãy chọn nơi nhận trong cơ quan mình, hoặc cơ quan kế tục theo quyết định sắp xếp.",
    ),
    "teamwork.transfer_unknown_source": Sentence(
        "Không tìm thấy người, đơn vị hoặc cơ quan bàn giao.", "Hãy chọn lại trong danh sách."
    ),
    "teamwork.transfer_without_reason": Sentence("Bàn giao phải có lý do.", "Hãy ghi lý do trong một câu."),
    "teamwork.transfer_no_way_back": Sentence(
        "Lần bàn giao này không chuyển ngược lại được.", "Hãy ra lệnh bàn giao mới, chọn nơi nhận từ đầu."
    ),
    "teamwork.batch_not_looked": Sentence(
        "Chưa xem hồ sơ này nên chưa phê duyệt được.", "Hãy mở xem dự thảo rồi đánh dấu."
    ),
    "teamwork.batch_return_without_reason": Sentence(
        "Trả lại phải có lý do.", "Hãy ghi rõ cần sửa gì để chuyên viên làm lại."
    ),
    "teamwork.batch_factor_old": Sentence(
        "Xác thực hai bước cho lượt ký này đã quá 30 phút.",
        "Hãy bấm “Chạy tiếp” và nhập mã xác thực lần nữa.",
    ),
    "teamwork.batch_running": Sentence("Lượt duyệt này đang chạy.", "Hãy đợi xong rồi mở lượt mới."),
    "teamwork.batch_nothing_marked": Sentence(
        "Chưa đánh dấu hồ sơ nào để phê duyệt hoặc trả lại.", "Hãy xem từng hồ sơ và đánh dấu."
    ),
    "teamwork.batch_no_proposals": Sentence(
        "Không có kết quả nào chờ bạn duyệt.", "Khi chuyên viên trình, hồ sơ sẽ hiện ở đây."
    ),
}
