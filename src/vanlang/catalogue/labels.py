"""What people read: states, units, reasons, and the sentence of each error."""

from __future__ import annotations

from vanlang.catalogue.types import (
    Aspect,
    Audience,
    Channel,
    DelegationState,
    FeeKind,
    Level,
    LimitUnit,
    OnlineLevel,
    Origin,
    PaperKind,
    Reason,
    StepRole,
    ToDoState,
    VersionState,
)
from vanlang.kernel.labels import Sentence

CHANNELS = {Channel.DIRECT: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POSTAL: "Dịch vụ bưu chính"}
UNITS = {
    LimitUnit.HOUR: "giờ làm việc",
    LimitUnit.DAY: "ngày",
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.MONTH: "tháng",
}
LEVELS = {
    Level.COMMUNE: "Cấp xã",
    Level.PROVINCE: "Cấp tỉnh",
    Level.MINISTRY: "Cấp bộ",
    Level.OTHER: "Cơ quan khác",
}
AUDIENCES = {
    Audience.CITIZEN: "Công dân Việt Nam",
    Audience.OVERSEAS_VIETNAMESE: "Người Việt Nam định cư ở nước ngoài",
    Audience.FOREIGNER: "Người nước ngoài",
    Audience.RESIDENT_FOREIGNER: "Người nước ngoài cư trú tại Việt Nam",
    Audience.OFFICIAL: "Cán bộ, công chức, viên chức",
    Audience.ENTERPRISE: "Doanh nghiệp",
    Audience.VIETNAMESE_ENTERPRISE: "Doanh nghiệp Việt Nam",
    Audience.FOREIGN_INVESTED_ENTERPRISE: "Doanh nghiệp có vốn đầu tư nước ngoài",
    Audience.ORGANISATION: "Tổ chức (không bao gồm doanh nghiệp, hợp tác xã)",
    Audience.FOREIGN_ORGANISATION: "Tổ chức nước ngoài",
    Audience.COOPERATIVE: "Hợp tác xã",
    Audience.PARTY_MEMBER: "Đảng viên",
    Audience.PARTY_ORGANISATION: "Tổ chức Đảng",
}
ONLINE_LEVELS = {
    OnlineLevel.FULL: "Toàn trình",
    OnlineLevel.PARTIAL: "Một phần",
    OnlineLevel.INFORMATION: "Cung cấp thông tin",
    OnlineLevel.UNKNOWN: "Chưa xác định mức độ trực tuyến",
}
VERSION_STATES = {
    VersionState.DRAFT: "Bản nháp",
    VersionState.PUBLISHED: "Đang công bố",
    VersionState.RETIRED: "Đã được thay thế",
}
FEE_KINDS = {FeeKind.FEE: "Phí", FeeKind.CHARGE: "Lệ phí", FeeKind.UNSTATED: "Phí, lệ phí"}
PAPER_KINDS = {
    PaperKind.FORM: "Biểu mẫu phải khai",
    PaperKind.PAPER: "Giấy tờ phải nộp",
    PaperKind.PRESENT: "Giấy tờ xuất trình",
    PaperKind.NOTE: "Lưu ý",
    PaperKind.UNCLEAR: "Chưa rõ là giấy tờ hay lưu ý",
}
DELEGATION_STATES = {
    DelegationState.PLANNED: "Chưa đến ngày",
    DelegationState.IN_FORCE: "Đang hiệu lực",
    DelegationState.OVER: "Hết thời hạn",
    DelegationState.TAKEN_BACK: "Đã thu hồi",
}
STEP_ROLES = {
    StepRole.COUNTER: "Bộ phận Một cửa",
    StepRole.SPECIALIST: "Chuyên viên",
    StepRole.LEADER: "Lãnh đạo",
    StepRole.CLERK: "Văn thư",
}
ORIGINS = {
    Origin.NATIONAL: "Danh mục thủ tục hành chính quốc gia",
    Origin.STARTER: "Danh mục khởi đầu của Văn Lang",
    Origin.DEPARTMENT: "Cơ quan chủ quản xác nhận",
}
ASPECTS = {Aspect.CLOCK: "Thời hạn", Aspect.FEE: "Phí, lệ phí", Aspect.PAPERS: "Thành phần hồ sơ"}
TODO_STATES = {
    ToDoState.OPEN: "Cần xác nhận",
    ToDoState.CONFIRMED: "Đã xác nhận",
    ToDoState.REJECTED: "Không áp dụng",
}

REASONS = {
    Reason.LIMIT_MISSING: "không nêu thời hạn",
    Reason.LIMIT_UNIT_MISSING: "thời hạn là con số không có đơn vị",
    Reason.LIMIT_GLUED: "con số thời hạn bị dính với số khác",
    Reason.LIMIT_CONTRADICTED: "thời hạn trong cột khác với phần mô tả",
    Reason.LIMITS_SEVERAL: "nhiều thời hạn cho cùng một kênh, không rõ trường hợp nào",
    Reason.FEE_MISSING: "không nêu phí, lệ phí",
    Reason.FEE_PROSE: "phí nằm trong lời văn, không đọc chắc chắn được",
    Reason.FEE_SET_LOCALLY: "phí theo văn bản khác hoặc do Hội đồng nhân dân tỉnh quyết định",
    Reason.FEE_CONTRADICTED: "cột ghi miễn phí nhưng mô tả nêu số tiền",
    Reason.FEE_TOO_SMALL: "mức phí nhỏ bất thường, có thể thiếu số 0",
    Reason.FEE_FOREIGN_CURRENCY: "phí tính bằng ngoại tệ",
    Reason.FEE_SEVERAL: "nhiều mức phí hoặc có miễn giảm, không rõ trường hợp nào",
    Reason.FEE_DATED: "mức phí chỉ áp dụng trong một khoảng thời gian",
    Reason.PAPERS_MISSING: "không nêu thành phần hồ sơ",
    Reason.PAPER_COUNT_MISSING: "giấy tờ không nêu số bản",
    Reason.PAPER_COUNT_GLUED: "số bản của giấy tờ bất thường",
    Reason.PAPER_OR_NOTE: "không rõ dòng này là giấy tờ hay lưu ý",
    Reason.GROUP_UNCLEAR: "không rõ tiêu đề này là trường hợp hay chỉ là mục",
    Reason.FORM_NAME_UNCLEAR: "tên tệp biểu mẫu dính vào tên giấy tờ, chưa tách được",
    Reason.SOURCE_CHANGED: "danh mục quốc gia đã đổi so với bản đang áp dụng",
}
"""What the department reads beside the text of the source."""

SENTENCES = {
    "catalogue.register_mapping": Sentence(
        "Thủ tục chưa ghi được kết quả vào sổ: %(problems)s.",
        "Hãy chỉ ra nguồn cho từng trường bắt buộc của sổ rồi công bố lại.",
    ),
    "catalogue.unknown_procedure": Sentence(
        "Không có thủ tục mang mã %(procedure)s trong danh mục.",
        "Hãy kiểm tra lại mã, hoặc tìm thủ tục theo tên.",
    ),
    "catalogue.version_expired": Sentence(
        "Phiên bản này của thủ tục đã hết hiệu lực từ ngày %(valid_to)s.",
        "Hãy mở lại thủ tục để dùng phiên bản đang áp dụng.",
    ),
    "catalogue.version_not_yet_valid": Sentence(
        "Phiên bản này của thủ tục chỉ áp dụng từ ngày %(valid_from)s.",
        "Hãy dùng phiên bản đang áp dụng, hoặc nộp từ ngày có hiệu lực.",
    ),
    "catalogue.version_not_ready": Sentence(
        "Thủ tục này còn nội dung chưa được cơ quan chủ quản xác nhận nên chưa tiếp nhận hồ sơ được.",
        "Hãy mở danh sách việc cần xác nhận của thủ tục, hoặc hướng dẫn người dân nộp tại cơ quan chủ quản.",
    ),
    "catalogue.successor_too_early": Sentence(
        "Phiên bản mới không thể có hiệu lực từ %(valid_from)s, trước phiên bản hiện hành (%(current_from)s).",
        "Hãy chọn ngày hiệu lực từ %(current_from)s trở đi.",
    ),
    "catalogue.successor_exists": Sentence(
        "Thủ tục %(procedure)s đã có phiên bản kế tiếp từ ngày %(valid_from)s.",
        "Hãy sửa tiếp trên phiên bản đó, hoặc chọn ngày hiệu lực sau ngày đó.",
    ),
    "catalogue.not_editor": Sentence(
        "Vai trò đang làm việc không được sửa danh mục thủ tục.",
        "Hãy đổi sang vai trò biên tập danh mục, hoặc liên hệ quản trị của cơ quan.",
    ),
    "catalogue.other_department": Sentence(
        "Câu hỏi này thuộc cơ quan %(department)s.", "Hãy chuyển cho cơ quan đó xác nhận."
    ),
    "catalogue.unknown_todo": Sentence(
        "Không có câu hỏi nào mang số %(todo)s.", "Hãy mở lại danh sách việc cần xác nhận."
    ),
    "catalogue.todo_answered": Sentence(
        "Câu hỏi này đã được trả lời.", "Hãy tải lại danh sách việc cần xác nhận để xem câu trả lời."
    ),
    "catalogue.answer_unreadable": Sentence(
        "Câu trả lời chưa đúng dạng: %(problem)s.", "Hãy nhập lại theo mẫu của câu hỏi."
    ),
    "catalogue.import_broken": Sentence(
        "Tệp có %(count)s dòng hỏng nên chưa ghi gì vào danh mục.",
        "Hãy sửa các dòng được liệt kê rồi nhập lại, hoặc dùng --skip-broken để nhập phần còn lại.",
    ),
    "catalogue.process_empty": Sentence(
        "Quy trình nội bộ phải có ít nhất một bước của chuyên viên và một bước của lãnh đạo.",
        "Hãy thêm bước còn thiếu rồi lưu lại.",
    ),
    "catalogue.process_shares": Sentence(
        "Tỷ lệ thời gian của các bước không hợp lệ.", "Hãy nhập số không âm, và ít nhất một bước lớn hơn 0."
    ),
    "catalogue.process_phases_order": Sentence(
        "Giai đoạn của các bước phải bắt đầu từ 1 và tăng dần từng một theo thứ tự bước.",
        "Hãy sửa cột giai đoạn; quy trình một giai đoạn để tất cả là 1.",
    ),
    "catalogue.process_phase_unexamined": Sentence(
        "Giai đoạn %(phase)s chưa có bước nào của chuyên viên.", "Hãy thêm bước chuyên môn vào giai đoạn đó."
    ),
    "catalogue.process_phase_end": Sentence(
        "Giai đoạn %(phase)s phải kết thúc bằng bước của chuyên viên, người mời công dân thực hiện nghĩa vụ.",
        "Hãy chuyển bước sau cùng của giai đoạn đó sang giai đoạn sau, hoặc thêm bước chuyên môn.",
    ),
    "catalogue.delegation_without_decision": Sentence(
        "Chưa ghi số, ký hiệu quyết định.", "Hãy nhập số quyết định như trên văn bản, ví dụ 12/2026/QĐ-UBND."
    ),
    "catalogue.delegation_empty": Sentence(
        "Chưa chọn thủ tục nào.", "Hãy nhập mã các thủ tục mà quyết định nêu."
    ),
    "catalogue.delegation_level": Sentence(
        "Chưa rõ thẩm quyền chuyển về đâu.", "Hãy chọn cấp xã hoặc cấp tỉnh."
    ),
    "catalogue.delegation_before_decision": Sentence(
        "Ngày bắt đầu sớm hơn ngày ký quyết định.", "Hãy kiểm tra lại hai ngày theo văn bản."
    ),
    "catalogue.delegation_period": Sentence(
        "Ngày kết thúc không hợp lệ.",
        "Hãy nhập ngày kết thúc sau ngày bắt đầu và trong thời gian có hiệu lực.",
    ),
    "catalogue.delegation_ended": Sentence(
        "Quyết định này đã được thu hồi trước đó.", "Hãy tải lại trang để xem lịch sử."
    ),
    "catalogue.delegation_not_a_commune": Sentence(
        "Danh sách có nơi không phải xã, phường, đặc khu.", "Hãy chọn lại trong danh sách cấp xã."
    ),
    "catalogue.delegation_overlaps": Sentence(
        "Thủ tục %(procedure)s đã có quyết định %(decision)s điều chỉnh cùng nơi và cùng thời gian.",
        "Hãy thu hồi quyết định cũ từ ngày quyết định mới có hiệu lực, hoặc sửa phạm vi, thời gian.",
    ),
    "catalogue.fee_missing": Sentence(
        "Chưa nhập mức thu nào.", "Hãy nhập ít nhất một mức; nếu miễn phí, nhập mức 0 đồng kèm căn cứ."
    ),
    "catalogue.fee_missing_for_case": Sentence(
        "Trường hợp “%(case)s” chưa có mức phí, lệ phí khi nộp qua kênh: %(channel)s.",
        "Hãy thêm mức thu cho trường hợp và kênh này, hoặc một mức chung cho mọi kênh; nếu miễn phí, nhập mức 0 đồng kèm căn cứ.",
    ),
    "catalogue.fee_missing_in_channel": Sentence(
        "Chưa có mức phí, lệ phí khi nộp qua kênh: %(channel)s.",
        "Hãy thêm mức thu cho kênh này, hoặc chọn “Mọi kênh”; nếu miễn phí, nhập mức 0 đồng kèm căn cứ.",
    ),
    "catalogue.not_found_file": Sentence(
        "Không mở được tệp %(file)s.", "Hãy kiểm tra đường dẫn; nhận tệp .jsonl, .xlsx, và .gz của chúng."
    ),
    "catalogue.wrong_columns": Sentence(
        "Tệp thiếu cột %(columns)s.", "Hãy dùng tệp có đủ các cột của danh mục quốc gia."
    ),
}

ROW_PROBLEMS = {
    "json": ("dòng không phải JSON hợp lệ", "mở tệp bằng trình soạn thảo, sửa hoặc bỏ dòng này"),
    "not_object": ("dòng không phải một đối tượng JSON", "mỗi dòng phải là một thủ tục trong ngoặc nhọn"),
    "code_missing": ("thiếu mã thủ tục", "điền mã dạng 1.001193"),
    "code_shape": ("mã thủ tục “%(value)s” không đúng dạng", "sửa thành dạng 1.001193"),
    "code_duplicate": ("mã %(value)s đã có ở dòng %(first)s", "giữ lại một dòng cho mỗi mã"),
    "name_missing": ("thiếu tên thủ tục", "điền tên thủ tục"),
    "unknown_word": ("không hiểu cấp hoặc đối tượng “%(value)s”", "dùng đúng từ của danh mục quốc gia"),
    "wrong_type": ("cột %(column)s không đúng kiểu", "sửa cột này theo mẫu của danh mục quốc gia"),
}
"""Per problem of a row: what is wrong, and what to do."""
