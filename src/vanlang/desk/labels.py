"""Vietnamese of the desk: lists, purposes of a look, what an act did, and what was refused."""

from __future__ import annotations

from vanlang.desk.rules.outcomes import DraftKind
from vanlang.dossiers.api import Act, InboxFilter, State, Timeliness
from vanlang.identity.api import Role
from vanlang.kernel.labels import Sentence
from vanlang.notifications.api import DeliveryState
from vanlang.registers.api import EntryState
from vanlang.ui.types import Tone

TONE_OF_DELIVERY: dict[DeliveryState, Tone] = {
    state: "danger"
    if state is DeliveryState.FAILED
    else "success"
    if state in {DeliveryState.SENT, DeliveryState.DELIVERED}
    else "pending"
    for state in DeliveryState
}
TONE_OF_ENTRY: dict[EntryState, Tone] = {
    EntryState.NOT_YET: "pending",
    EntryState.VALID: "success",
    EntryState.EXPIRED: "warning",
    EntryState.REPLACED: "warning",
    EntryState.REVOKED: "danger",
}
TONE_OF: dict[Timeliness, Tone] = {
    Timeliness.NO_LIMIT: "neutral",
    Timeliness.RUNNING: "neutral",
    Timeliness.PAUSED: "pending",
    Timeliness.DUE_SOON: "warning",
    Timeliness.OVERDUE: "danger",
    Timeliness.EARLY: "success",
    Timeliness.ON_TIME: "success",
    Timeliness.LATE: "danger",
}

LISTS = {
    InboxFilter.MINE: ("cho-toi", "Chờ tôi"),
    InboxFilter.UNIT: ("don-vi", "Đơn vị tôi"),
    InboxFilter.NEW: ("moi-nop", "Mới nộp"),
    InboxFilter.DUE_SOON: ("sap-den-han", "Sắp đến hạn"),
    InboxFilter.LATE: ("qua-han", "Quá hạn"),
    InboxFilter.WAITING: ("tam-dung", "Tạm dừng"),
    InboxFilter.TO_DELIVER: ("cho-tra", "Chờ trả"),
    InboxFilter.ALL: ("tat-ca", "Tất cả"),
}
"""Lists of the inbox: the word in the address, and the tab."""

COLUMNS = {
    "thu-tuc": "Thủ tục",
    "nguoi-nop": "Người nộp",
    "tinh-trang": "Tình trạng",
    "nguoi-giu": "Người giữ",
    "don-vi": "Đơn vị",
    "kenh": "Kênh nộp",
    "den": "Nhận lúc",
    "chuyen": "Chuyển lúc",
    "han": "Hạn",
}
"""Columns of a list beside the code, which always stands first: the word in the address, and the heading."""
USUAL_COLUMNS = ("thu-tuc", "nguoi-nop", "tinh-trang", "han")

EMPTY_LISTS = {
    InboxFilter.MINE: "Không có hồ sơ nào đang chờ bạn.",
    InboxFilter.UNIT: "Đơn vị không giữ hồ sơ nào.",
    InboxFilter.NEW: "Không có hồ sơ mới nộp nào chờ tiếp nhận.",
    InboxFilter.DUE_SOON: "Không có hồ sơ nào sắp đến hạn.",
    InboxFilter.LATE: "Không có hồ sơ nào quá hạn.",
    InboxFilter.WAITING: "Không có hồ sơ nào đang tạm dừng chờ bổ sung hoặc chờ ý kiến.",
    InboxFilter.TO_DELIVER: "Không có kết quả nào chờ trả.",
}
EMPTY_LISTS_DO = {
    InboxFilter.MINE: "Việc của cả phòng ở mục “Đơn vị tôi”; hồ sơ đang chờ người khác ở mục “Tạm dừng”.",
    InboxFilter.UNIT: "Hồ sơ hiện ở đây khi quầy chuyển đến đơn vị và chưa ai nhận.",
    InboxFilter.NEW: "Hồ sơ nộp trực tuyến hoặc qua bưu chính hiện ở đây cho tới khi quầy tiếp nhận.",
    InboxFilter.TO_DELIVER: "Kết quả hiện ở đây khi văn thư phát hành và người dân chưa nhận.",
}
"""What an officer can do, or where to look, where a list has nothing."""

STATE_TONES: dict[State, Tone] = {
    State.AWAITING_COMPLETION: "pending",
    State.AWAITING_SUPPLEMENT: "pending",
    State.AWAITING_OPINION: "pending",
    State.AWAITING_OBLIGATION: "pending",
    State.RELEASED: "success",
    State.DELIVERED: "success",
    State.REFUSED: "neutral",
    State.STOPPED: "neutral",
    State.WITHDRAWN: "neutral",
}
"""Of the tag beside a dossier's code; every other state is on its way."""

PURPOSES = {
    "giai-quyet": "Giải quyết hồ sơ",
    "tra-loi": "Trả lời người nộp",
    "kiem-tra": "Kiểm tra, giám sát",
    "thong-ke": "Tổng hợp, báo cáo",
}
"""For what a dossier is opened; the read is recorded under it."""
PURPOSE = "giai-quyet"
COUNTER_PURPOSE = "Tiếp nhận hồ sơ tại quầy"

DONE = {
    Act.RECEIVE: "Đã tiếp nhận hồ sơ %(code)s.",
    Act.REFUSE: "Đã từ chối tiếp nhận hồ sơ; in phiếu từ chối (mẫu 03) ở mục Biểu mẫu.",
    Act.REQUEST_SUPPLEMENT: "Đã yêu cầu bổ sung; in phiếu yêu cầu (mẫu 02) ở mục Biểu mẫu.",
    Act.ANSWER_SUPPLEMENT: "Đã ghi nhận bổ sung cho hồ sơ %(code)s.",
    Act.HAND_OVER: "Đã chuyển xử lý hồ sơ %(code)s.",
    Act.ASSIGN: "Đã phân công hồ sơ %(code)s.",
    Act.CLAIM: "Bạn đã nhận xử lý hồ sơ %(code)s.",
    Act.CONSULT: "Đã gửi lấy ý kiến; thời hạn tạm dừng đến khi có ý kiến.",
    Act.GIVE_OPINION: "Đã gửi ý kiến về hồ sơ %(code)s.",
    Act.CONSULT_UNIT: "Đã gửi lấy ý kiến trong cơ quan; thời hạn vẫn tính.",
    Act.FORGO_OPINION: "Đã ghi nhận không có ý kiến; hồ sơ %(code)s được giải quyết tiếp.",
    Act.PROPOSE_SUPPLEMENT: "Đã trình lãnh đạo yêu cầu bổ sung lần nữa; thời hạn vẫn tính.",
    Act.APPROVE_SUPPLEMENT: "Đã đồng ý; phiếu yêu cầu bổ sung (mẫu 02) ở mục Biểu mẫu.",
    Act.DECLINE_SUPPLEMENT: "Đã trả lại yêu cầu bổ sung cho công chức thụ lý.",
    Act.CLOSE_PHASE: "Đã mời người nộp thực hiện nghĩa vụ; thời hạn tạm dừng.",
    Act.FULFIL_OBLIGATION: "Đã tiếp nhận lần hai hồ sơ %(code)s; in lại giấy hẹn (mẫu 01) ở mục Biểu mẫu.",
    Act.EXPLAIN_DELAY: "Đã đưa lý do vào dự thảo xin lỗi của hồ sơ %(code)s.",
    Act.DROP_APOLOGY: "Đã bỏ dự thảo xin lỗi của hồ sơ %(code)s.",
    Act.REOPEN: "Đã mở lại hồ sơ %(code)s để đính chính kết quả.",
    Act.KEEP_OUTCOME: "Đã giữ nguyên kết quả hồ sơ %(code)s.",
    Act.REVOKE: "Đã thu hồi kết quả hồ sơ %(code)s.",
    Act.PROPOSE: "Đã trình kết quả hồ sơ %(code)s.",
    Act.ENDORSE: "Đã duyệt và trình tiếp hồ sơ %(code)s.",
    Act.APPROVE: "Đã phê duyệt kết quả hồ sơ %(code)s.",
    Act.RETURN_FOR_REWORK: "Đã trả lại hồ sơ %(code)s để xử lý lại.",
    Act.SIGN: "Đã ký số kết quả hồ sơ %(code)s.",
    Act.RELEASE: "Đã phát hành kết quả hồ sơ %(code)s.",
    Act.EXTEND: "Đã hẹn lại ngày trả; in văn bản xin lỗi (mẫu 04) ở mục Biểu mẫu.",
    Act.STOP: "Đã dừng xử lý hồ sơ; in thông báo (mẫu 05) ở mục Biểu mẫu.",
    Act.WITHDRAW: "Đã ghi nhận rút hồ sơ.",
    Act.DELIVER: "Đã trả kết quả hồ sơ %(code)s.",
}
"""What happened, after an act."""

DRAFT_KINDS = {
    DraftKind.LETTER: "Quyết định, thông báo",
    DraftKind.EXTRACT: "Trích lục, chứng nhận",
    DraftKind.CERTIFIED_COPY: "Lời chứng thực",
    DraftKind.ON_PAPER: "Bản giấy ký tay",
}

START_LEADS = {
    Role.COUNTER: "Tiếp nhận và trả kết quả",
    Role.SPECIALIST: "Thẩm định và trình",
    Role.LEADER: "Phê duyệt và ký số",
    Role.CLERK: "Vào sổ và phát hành",
    Role.ACCOUNTANT: "Đối soát và khóa sổ",
    Role.CATALOGUE_EDITOR: "Quản lý danh mục thủ tục",
    Role.ADMIN: "Quản trị cơ quan",
}

SENTENCES = {
    "desk.signature_not_valid": Sentence(
        "Kết quả chưa được phát hành vì chữ ký số: %(outcome)s.",
        "Hãy trả lại để ký lại.",
    ),
    "desk.nothing_chosen": Sentence(
        "Chưa chọn hồ sơ nào.", "Hãy đánh dấu các hồ sơ trong danh sách rồi chọn việc cần làm."
    ),
    "desk.preview_gone": Sentence(
        "Bản xem trước này không còn.", "Hãy bấm “Xem trước” lần nữa trên trang soạn kết quả."
    ),
    "desk.not_taken_here": Sentence(
        "Danh mục chưa có thời hạn khi nộp tại quầy.",
        "Hãy hướng dẫn người dân nộp trực tuyến; cơ quan chủ quản xác nhận thời hạn thì tiếp nhận được tại đây.",
    ),
    "desk.store_needs_a_person": Sentence(
        "Chưa có họ tên và số định danh 12 chữ số nên chưa hỏi kho dữ liệu quốc gia.",
        "Quét thẻ hoặc gõ số định danh và họ tên người nộp, rồi bấm “Hỏi kho dữ liệu quốc gia”.",
    ),
    "desk.no_procedure": Sentence(
        "Thủ tục này không tiếp nhận tại quầy được lúc này.",
        "Hãy tìm lại thủ tục theo tên hoặc mã; thủ tục chưa sẵn sàng cần được cơ quan chủ quản xác nhận trước.",
    ),
    "desk.other_agency": Sentence(
        "Quản trị của cơ quan chỉ sửa đơn vị và cán bộ của cơ quan mình.",
        "Hãy đề nghị quản trị của cơ quan đó, hoặc Văn phòng UBND tỉnh.",
    ),
    "desk.province_only": Sentence(
        "Việc này do quản trị tại Văn phòng UBND tỉnh làm.",
        "Hãy gửi đề nghị kèm quyết định đến Văn phòng UBND tỉnh.",
    ),
}
