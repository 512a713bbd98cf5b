"""Vietnamese of the registers: states, changes, and what is said when something is refused."""

from __future__ import annotations

from vanlang.kernel.labels import Sentence
from vanlang.registers.types import EntryChangeKind, EntryState, Grade

STATES = {
    EntryState.NOT_YET: "Chưa có hiệu lực",
    EntryState.VALID: "Còn hiệu lực",
    EntryState.EXPIRED: "Hết hiệu lực",
    EntryState.REPLACED: "Đã được thay thế",
    EntryState.REVOKED: "Đã bị thu hồi",
}
GRADES = {
    Grade.A: "Mức A: lấy từ kết quả đã phát hành, đủ dữ liệu",
    Grade.B: "Mức B: kết quả của hệ thống, cơ quan bổ sung dữ liệu từ bản gốc",
    Grade.C: "Mức C: kết quả của hệ thống, còn thiếu dữ liệu",
}
CHANGES = {
    EntryChangeKind.REGISTERED: "Ghi vào sổ",
    EntryChangeKind.COMPLETED: "Bổ sung dữ liệu còn thiếu",
    EntryChangeKind.REPLACED: "Được thay thế",
    EntryChangeKind.REVOKED: "Bị thu hồi",
}
_OTHER_PAPER = "Hãy tải lên giấy tờ khác còn hiệu lực, hoặc làm thủ tục cấp lại trước."

SENTENCES = {
    "registers.unknown_register": Sentence(
        "Không có sổ kết quả này.", "Hãy chọn một sổ trong danh sách các sổ kết quả."
    ),
    "registers.unknown_entry": Sentence(
        "Không tìm thấy kết quả này trong sổ.", "Hãy tìm lại theo số, ký hiệu hoặc tên ở trang sổ kết quả."
    ),
    "registers.may_not_read": Sentence(
        "Vai trò đang làm việc không được tra sổ này.", "Hãy đổi vai trò, hoặc nhờ người có quyền tra giúp."
    ),
    "registers.schema_broken": Sentence(
        "Định nghĩa của sổ %(register)s chưa đúng: %(problem)s.", "Hãy sửa tệp định nghĩa rồi nạp lại."
    ),
    "registers.facts_invalid": Sentence(
        "Dữ liệu ghi sổ chưa đúng ở: %(fields)s.", "Hãy sửa những ô được chỉ ra theo bản gốc rồi lưu lại."
    ),
    "registers.entry_ended": Sentence(
        "Kết quả này đã được thay thế hoặc thu hồi.", "Hãy mở kết quả đang đứng trong sổ để làm tiếp."
    ),
    "registers.not_usable": Sentence("Kết quả này không dùng lại được.", _OTHER_PAPER),
    "registers.has_gaps": Sentence(
        "Dữ liệu của kết quả này chưa đủ để dùng thay giấy tờ.",
        "Hãy tải bản chụp lên; cơ quan cấp sẽ bổ sung dữ liệu vào sổ.",
    ),
    "registers.not_yet_valid": Sentence("Kết quả này chưa đến ngày có hiệu lực.", _OTHER_PAPER),
    "registers.expired": Sentence("Kết quả này đã hết hiệu lực.", _OTHER_PAPER),
    "registers.replaced": Sentence(
        "Kết quả này đã được thay bằng bản khác.", "Hãy dùng bản đang có hiệu lực, hoặc tải giấy tờ khác lên."
    ),
    "registers.revoked": Sentence("Kết quả này đã bị thu hồi.", _OTHER_PAPER),
    "registers.code_unreadable": Sentence(
        "Mã xác minh không đọc được, hoặc đã bị sửa.",
        "Hãy quét lại mã, hoặc chép đủ nội dung của mã rồi kiểm tra lại.",
    ),
}

PURPOSES = {
    "giai-quyet": "Giải quyết hồ sơ",
    "cap-ban-sao": "Cấp bản sao, trích lục",
    "kiem-tra": "Kiểm tra, giám sát",
    "sua-du-lieu": "Rà soát, bổ sung dữ liệu sổ",
}
"""For what an entry is opened; the read is recorded under it."""
TONES = {
    EntryState.NOT_YET: "pending",
    EntryState.VALID: "success",
    EntryState.EXPIRED: "warning",
    EntryState.REPLACED: "neutral",
    EntryState.REVOKED: "danger",
}
