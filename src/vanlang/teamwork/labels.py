"""Vietnamese of teamwork."""

from __future__ import annotations

from collections.abc import Iterable

from vanlang.dossiers.api import StuckReason
from vanlang.identity.api import ROLE_LABELS, Role
from vanlang.kernel.labels import Sentence
from vanlang.teamwork.rules.digest import DigestContent, DigestPart
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

DIGEST_PARTS = {
    DigestPart.ALARMS: "Hồ sơ vướng cần tháo gỡ",
    DigestPart.LATE: "Quá hạn",
    DigestPart.DUE_SOON: "Đến hạn hôm nay và hai ngày tới",
    DigestPart.NEW: "Mới đến",
    DigestPart.MENTIONS: "Nhắc tới bạn",
    DigestPart.FOLLOWED: "Hồ sơ đang theo dõi",
    DigestPart.SUBSTITUTION: "Thay khi vắng",
}
_COUNTED = {
    DigestPart.ALARMS: "hồ sơ vướng",
    DigestPart.LATE: "hồ sơ quá hạn",
    DigestPart.DUE_SOON: "hồ sơ sắp đến hạn",
    DigestPart.NEW: "hồ sơ mới đến",
    DigestPart.MENTIONS: "lần nhắc tới bạn",
    DigestPart.FOLLOWED: "chuyển động của hồ sơ theo dõi",
    DigestPart.SUBSTITUTION: "phân công thay",
}


STUCK_REASONS = {
    StuckReason.AGENCY_GONE: "Cơ quan đã sáp nhập",
    StuckReason.NO_OWNER: "Không có người giữ",
    StuckReason.NO_CLOCK: "Không có đồng hồ hạn",
    StuckReason.HOLDER_GONE: "Người giữ đã thôi việc",
    StuckReason.NOBODY_CAN_ACT: "Không ai có vai trò bước tiếp",
    StuckReason.STANDS_STILL: "Đứng yên quá lâu",
}
"""Why dossiers are stuck, in the few words of a table; the sentence with what to do is that of `dossiers`."""


def summary_of(content: DigestContent) -> str:
    """Return a day's digest in a line."""
    parts = [f"{one.total} {_COUNTED[one.part]}" for one in content.sections]
    return ", ".join(parts) if parts else "không có gì mới"


def roles_in_words(roles: Iterable[Role]) -> str:
    """Return what passes to a substitute."""
    return ", ".join(ROLE_LABELS[role] for role in sorted(roles))


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
