"""Vietnamese of dossiers: names of states and acts, and for every refusal what happened and what to do now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.lateness import Timeliness
from vanlang.dossiers.rules.opinions import OpinionStatus
from vanlang.dossiers.rules.paper_copies import PaperAct, PaperState
from vanlang.dossiers.rules.parties import Authority
from vanlang.dossiers.rules.periods import Period
from vanlang.dossiers.rules.rating import RatingQuestion
from vanlang.dossiers.rules.states import Clock, Hat, Party, State
from vanlang.dossiers.rules.stuck import StuckReason
from vanlang.dossiers.rules.supplement import AgainGround
from vanlang.dossiers.types import (
    ApologyEnd,
    AttachmentKind,
    Channel,
    DueChangeKind,
    Form,
    InboxFilter,
    Medium,
    OutcomeKind,
    OwnerKind,
    RegisterPart,
)
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.labels import Sentence

STATES = {
    State.DRAFT: "Đang soạn",
    State.SUBMITTED: "Mới nộp",
    State.AWAITING_COMPLETION: "Chờ bổ sung trước khi tiếp nhận",
    State.RECEIVED: "Đã tiếp nhận",
    State.REFUSED: "Từ chối tiếp nhận",
    State.HANDED_OVER: "Đã chuyển đơn vị xử lý",
    State.IN_PROGRESS: "Đang xử lý",
    State.AWAITING_SUPPLEMENT: "Chờ bổ sung",
    State.AWAITING_OPINION: "Chờ ý kiến cơ quan khác",
    State.AWAITING_OBLIGATION: "Chờ người nộp thực hiện nghĩa vụ",
    State.PROPOSED: "Đã trình lãnh đạo",
    State.APPROVED: "Đã duyệt, chờ ký",
    State.SIGNED: "Đã ký, chờ phát hành",
    State.RELEASED: "Đã có kết quả",
    State.DELIVERED: "Đã trả kết quả",
    State.STOPPED: "Dừng xử lý",
    State.WITHDRAWN: "Đã rút",
}
"""As an officer reads it."""

CITIZEN_STATES = {
    **STATES,
    State.SUBMITTED: "Đã nộp, chờ tiếp nhận",
    State.AWAITING_COMPLETION: "Cần bổ sung",
    State.AWAITING_SUPPLEMENT: "Cần bổ sung",
    State.AWAITING_OBLIGATION: "Cần thực hiện nghĩa vụ",
    State.HANDED_OVER: "Đang xử lý",
    State.PROPOSED: "Đang xử lý",
    State.APPROVED: "Đang xử lý",
    State.SIGNED: "Đang xử lý",
    State.RELEASED: "Có kết quả, mời nhận",
}
"""As the citizen reads it: the inner states are one."""

ACTS = {
    Act.DRAFT: "Soạn hồ sơ",
    Act.SUBMIT: "Nộp hồ sơ",
    Act.RECEIVE: "Tiếp nhận",
    Act.REFUSE: "Từ chối tiếp nhận",
    Act.REQUEST_SUPPLEMENT: "Yêu cầu bổ sung",
    Act.ANSWER_SUPPLEMENT: "Nộp bổ sung",
    Act.HAND_OVER: "Chuyển xử lý",
    Act.ASSIGN: "Phân công",
    Act.CLAIM: "Nhận xử lý",
    Act.PROPOSE_SUPPLEMENT: "Trình yêu cầu bổ sung lần nữa",
    Act.APPROVE_SUPPLEMENT: "Đồng ý yêu cầu bổ sung lần nữa",
    Act.DECLINE_SUPPLEMENT: "Không đồng ý yêu cầu bổ sung lần nữa",
    Act.CONSULT: "Lấy ý kiến cơ quan khác",
    Act.CONSULT_UNIT: "Lấy ý kiến đơn vị trong cơ quan",
    Act.GIVE_OPINION: "Cho ý kiến",
    Act.FORGO_OPINION: "Tiếp tục không chờ ý kiến",
    Act.CLOSE_PHASE: "Mời người nộp thực hiện nghĩa vụ",
    Act.FULFIL_OBLIGATION: "Tiếp nhận lần hai",
    Act.PROPOSE: "Trình kết quả",
    Act.ENDORSE: "Duyệt và trình tiếp",
    Act.APPROVE: "Phê duyệt",
    Act.RETURN_FOR_REWORK: "Trả lại để xử lý lại",
    Act.SIGN: "Ký số",
    Act.RELEASE: "Phát hành",
    Act.EXPLAIN_DELAY: "Nêu lý do chậm",
    Act.DROP_APOLOGY: "Bỏ dự thảo xin lỗi",
    Act.EXTEND: "Xin lỗi và hẹn lại",
    Act.STOP: "Dừng xử lý",
    Act.WITHDRAW: "Rút hồ sơ",
    Act.DELIVER: "Trả kết quả",
    Act.REOPEN: "Đính chính kết quả",
    Act.KEEP_OUTCOME: "Giữ nguyên kết quả",
    Act.REVOKE: "Thu hồi kết quả",
    Act.ADOPT: "Chuyển từ hệ thống khác",
    Act.TRANSFER: "Bàn giao",
}
"""Buttons: verbs."""

PARTIES = {
    Party.APPLICANT: "Người nộp",
    Party.COUNTER: "Bộ phận Một cửa",
    Party.SPECIALIST: "Công chức chuyên môn",
    Party.LEADER: "Lãnh đạo",
    Party.CLERK: "Văn thư",
    Party.SYSTEM: "Hệ thống",
}
HATS = {
    Hat.INTAKE: "Nơi tiếp nhận",
    Hat.COMPETENT: "Cơ quan giải quyết",
    Hat.OPINION: "Cơ quan cho ý kiến",
    Hat.RETURN: "Nơi trả kết quả",
}
AUTHORITIES = {
    Authority.OWN: "Tự nộp",
    Authority.REPRESENTATIVE: "Người đại diện của tổ chức",
    Authority.MANDATE: "Có ủy quyền",
    Authority.NONE_SHOWN: "Chưa xuất trình ủy quyền",
}

CHANNELS = {
    Channel.DIRECT: "Trực tiếp tại quầy",
    Channel.ONLINE: "Trực tuyến",
    Channel.POSTAL: "Qua bưu chính công ích",
}
CLOCKS = {
    Clock.NONE: "Không tính giờ",
    Clock.ANSWER: "Đang tính thời gian trả lời hồ sơ nộp",
    Clock.LIMIT: "Đang tính thời hạn giải quyết",
    Clock.PAUSED: "Tạm dừng tính thời hạn",
    Clock.COLLECTION: "Chờ nhận kết quả",
}
TIMELINESS = {
    Timeliness.NO_LIMIT: "Chưa tính thời hạn",
    Timeliness.RUNNING: "Trong hạn",
    Timeliness.PAUSED: "Tạm dừng tính thời hạn",
    Timeliness.DUE_SOON: "Sắp đến hạn",
    Timeliness.OVERDUE: "Quá hạn",
    Timeliness.EARLY: "Trước hạn",
    Timeliness.ON_TIME: "Đúng hạn",
    Timeliness.LATE: "Trễ hạn",
}
INBOX_FILTERS = {
    InboxFilter.MINE: "Chờ tôi",
    InboxFilter.UNIT: "Đơn vị tôi",
    InboxFilter.NEW: "Mới nộp",
    InboxFilter.DUE_SOON: "Sắp đến hạn",
    InboxFilter.LATE: "Quá hạn",
    InboxFilter.WAITING: "Đang chờ bổ sung, ý kiến",
    InboxFilter.TO_DELIVER: "Chờ trả kết quả",
    InboxFilter.OPEN: "Đang giải quyết",
    InboxFilter.ALL: "Tất cả",
}
ATTACHMENT_KINDS = {
    AttachmentKind.SUBMITTED: "Giấy tờ nộp",
    AttachmentKind.SUPPLEMENT: "Giấy tờ bổ sung",
    AttachmentKind.RESULT: "Kết quả",
    AttachmentKind.WORKING: "Tài liệu xử lý",
}
OPINIONS = {
    OpinionStatus.AWAITED: "Đang chờ",
    OpinionStatus.MISSED: "Quá hạn, chưa có ý kiến",
    OpinionStatus.EARLY: "Có ý kiến trước hạn",
    OpinionStatus.ON_TIME: "Có ý kiến đúng hạn",
    OpinionStatus.LATE: "Có ý kiến trễ hạn",
    OpinionStatus.FORGONE: "Không có ý kiến, đã tiếp tục",
}
FORMER_UNIT = "Đơn vị cũ"
"""A unit that no longer exists, in the list of opinions."""
AGAIN_GROUNDS = {
    AgainGround.ANSWER_RAISED_IT: "Nội dung bổ sung lần trước làm phát sinh yêu cầu mới",
    AgainGround.OPINION_DEMANDS_IT: "Cơ quan, đơn vị được lấy ý kiến yêu cầu",
    AgainGround.INSPECTION_FOUND_IT: "Thẩm tra, xác minh thực tế phát hiện",
    AgainGround.LAW_CHANGED: "Quy định thay đổi sau lần yêu cầu trước",
    AgainGround.OVERSIGHT: "Cơ quan sơ suất, chưa nêu hết ở lần trước",
    AgainGround.OTHER: "Lý do khác",
}
"""Why something could not be asked for the first time."""
REGISTER_PARTS = {
    RegisterPart.ALL: "Tất cả",
    RegisterPart.OPEN: "Đang giải quyết",
    RegisterPart.FINISHED: "Đã xong",
    RegisterPart.LATE: "Trễ hạn, quá hạn",
}
APOLOGY_ENDS = {
    ApologyEnd.SENT: "Đã gửi",
    ApologyEnd.DROPPED: "Đã bỏ",
    ApologyEnd.MOOT: "Không còn cần",
}
OUTCOME_KINDS = {OutcomeKind.GRANTED: "Đồng ý giải quyết", OutcomeKind.DENIED: "Không đồng ý giải quyết"}
MEDIA = {Medium.ELECTRONIC: "Bản điện tử", Medium.PAPER: "Bản giấy"}
DUE_CHANGES = {
    DueChangeKind.RESUMED: "Cộng thời gian chờ bổ sung hoặc chờ ý kiến",
    DueChangeKind.EXTENDED: "Xin lỗi và hẹn lại ngày trả",
    DueChangeKind.CALENDAR: "Lịch làm việc thay đổi, tính lại ngày trả",
}

FORMS = {
    Form.RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    Form.SUPPLEMENT_REQUEST: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    Form.REFUSAL: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    Form.APOLOGY: "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
    Form.STOP: "Thông báo dừng giải quyết hồ sơ",
    Form.CONTROL_SLIP: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
}

STUCK = {
    StuckReason.AGENCY_GONE: Sentence(
        "Cơ quan đang giữ hồ sơ không còn sau khi sắp xếp.",
        "Hãy chuyển hồ sơ về cơ quan tiếp nối và phân công người xử lý.",
    ),
    StuckReason.NO_OWNER: Sentence(
        "Hồ sơ không ghi đúng ai phải làm bước tiếp theo.",
        "Hãy phân công lại; nếu vẫn còn báo, hãy chuyển bộ phận vận hành hệ thống kiểm tra dữ liệu.",
    ),
    StuckReason.NO_CLOCK: Sentence(
        "Hồ sơ không có đồng hồ thời hạn.", "Hãy chuyển bộ phận vận hành hệ thống kiểm tra dữ liệu hồ sơ này."
    ),
    StuckReason.HOLDER_GONE: Sentence(
        "Người đang giữ hồ sơ đã thôi nhiệm vụ.", "Hãy phân công hồ sơ cho công chức khác."
    ),
    StuckReason.NOBODY_CAN_ACT: Sentence(
        "Không ai trong cơ quan có vai trò mà hồ sơ đang chờ.",
        "Hãy phân công vai trò đó cho một công chức ở mục Cơ quan, cán bộ.",
    ),
    StuckReason.STANDS_STILL: Sentence(
        "Hồ sơ đứng yên quá hạn của bước đã nhiều ngày làm việc.",
        "Hãy hỏi người đang giữ, hoặc phân công người khác.",
    ),
}
"""What is wrong with a dossier that lies still, for the head of the agency."""

SENTENCES = {
    "dossiers.paper_act_not_allowed": Sentence(
        "Vai trò đang làm việc không làm được việc này với bản giấy.",
        "Bản giấy do bộ phận Một cửa nơi trả kết quả in, trả hoặc gửi; người nộp chọn nhận hay không.",
    ),
    "dossiers.paper_act_not_possible": Sentence(
        "Bản giấy không còn ở bước này.", "Hãy tải lại trang để xem bản giấy đang ở đâu."
    ),
    "dossiers.collecting_without_authority": Sentence(
        "Người nhận không phải người đứng tên hay người được ghi nhận kết quả.",
        "Hãy ghi căn cứ nhận thay (giấy ủy quyền số, ngày), hoặc trả cho đúng người.",
    ),
    "dossiers.rating_by_officer": Sentence(
        "Cán bộ không đánh giá thay người dân.",
        "Người dân tự đánh giá trên điện thoại của mình, ở mục “Hồ sơ của tôi” hoặc quét mã trên giấy tiếp nhận.",
    ),
    "dossiers.rating_on_officers_device": Sentence(
        "Thiết bị này vừa được dùng để làm việc với vai trò cán bộ, nên không nhận đánh giá.",
        "Hãy đánh giá trên thiết bị của chính người dân: quét mã trên giấy tiếp nhận.",
    ),
    "dossiers.rating_by_handler": Sentence(
        "Người đã xử lý hồ sơ không đánh giá hồ sơ đó.", "Người nộp hồ sơ là người đánh giá."
    ),
    "dossiers.rating_too_early": Sentence(
        "Hồ sơ chưa có kết quả nên chưa đánh giá được.", "Hãy quay lại sau khi nhận kết quả."
    ),
    "dossiers.rating_closed": Sentence(
        "Đã quá %(days)s ngày kể từ lần đánh giá đầu nên không sửa được nữa.",
        "Có điều cần nói thêm, hãy gửi phản ánh, kiến nghị đến cơ quan.",
    ),
    "dossiers.rating_without_mark": Sentence(
        "Chưa chọn mức hài lòng chung.", "Hãy chọn từ 1 đến 5 ở câu đầu tiên; các câu khác có thể bỏ qua."
    ),
    "dossiers.not_a_leader": Sentence(
        "Chỉ lãnh đạo cơ quan xem danh sách gọi lại.", "Hãy nhờ lãnh đạo mở trang này."
    ),
    "dossiers.paper_is_held": Sentence(
        "Không yêu cầu nộp “%(paper)s”: kết quả số %(number)s đã có trong sổ, còn hiệu lực, dữ liệu mức A.",
        "Hãy bỏ giấy tờ này khỏi yêu cầu; dùng kết quả trong sổ theo sự đồng ý của người nộp.",
    ),
    "dossiers.adopt_state": Sentence(
        "Hồ sơ ở trạng thái “%(state)s” không chuyển sang được.",
        "Hãy giải quyết xong bước này ở hệ thống cũ, hoặc ánh xạ về trạng thái đang xử lý.",
    ),
    "dossiers.adopt_unknown": Sentence(
        "Thiếu %(what)s nên không chuyển được hồ sơ này.",
        "Hãy bổ sung vào tệp xuất của hệ thống cũ rồi chuyển lại.",
    ),
    "dossiers.adopt_backwards": Sentence(
        "Các mốc thời gian của hồ sơ không theo thứ tự.",
        "Hãy sửa ngày nộp, tiếp nhận, kết thúc hoặc lịch sử trong tệp.",
    ),
    "dossiers.adopt_history": Sentence(
        "Bước lịch sử %(row)s không thể xảy ra ở trạng thái trước đó.",
        "Hãy sửa lịch sử hoặc bảng ánh xạ hành vi.",
    ),
    "dossiers.transfer_closed": Sentence("Hồ sơ đã kết thúc.", "Không cần bàn giao hồ sơ này."),
    "dossiers.transfer_not_there": Sentence(
        "Hồ sơ không còn ở nơi bàn giao.", "Không cần làm gì: đã có người khác nhận trong lúc đó."
    ),
    "dossiers.transfer_needs_specialist": Sentence(
        "Hồ sơ sẽ quay lại chuyên viên nhưng chưa có người nhận đích danh.",
        "Hãy chọn người nhận việc đang xử lý rồi bàn giao lại.",
    ),
    "dossiers.transfer_own_dossier": Sentence(
        "Người nhận chính là chủ hồ sơ.", "Hãy bàn giao hồ sơ này cho người khác."
    ),
    "dossiers.transfer_leader_prepared": Sentence(
        "Lãnh đạo nhận đã tự thẩm định hoặc là chủ hồ sơ này.", "Hãy chọn lãnh đạo khác cho hồ sơ này."
    ),
    "dossiers.transfer_asks_itself": Sentence(
        "Hồ sơ đang hỏi ý kiến chính cơ quan nhận.", "Hãy ghi nhận ý kiến trước, rồi bàn giao lại."
    ),
    "dossiers.form_not_yet": Sentence(
        "Chưa có nội dung để in %(form_label)s.",
        "Hãy in sau khi việc ghi trên biểu mẫu này đã được thực hiện.",
    ),
    "dossiers.not_found": Sentence(
        "Không tìm thấy hồ sơ này.",
        "Hãy kiểm tra lại mã hồ sơ in trên giấy tiếp nhận; cán bộ chỉ mở được hồ sơ mà cơ quan mình tham gia.",
    ),
    "dossiers.code_malformed": Sentence(
        "Mã hồ sơ chưa đúng dạng.", "Hãy nhập đủ mã như in trên giấy tiếp nhận, ví dụ H44.100-261122-0001."
    ),
    "dossiers.act_not_in_state": Sentence(
        "Không thể %(act_label)s khi hồ sơ đang ở trạng thái “%(state_label)s”.",
        "Hãy tải lại hồ sơ để xem tình trạng mới nhất và chọn việc làm được tiếp theo.",
    ),
    "dossiers.act_not_for_role": Sentence(
        "Vai trò đang làm việc không được %(act_label)s khi hồ sơ ở trạng thái “%(state_label)s”.",
        "Hãy chuyển hồ sơ cho người có thẩm quyền, hoặc đổi vai trò nếu được phân công.",
    ),
    "dossiers.act_not_for_agency": Sentence(
        "Cơ quan của bạn không phải nơi được %(act_label)s với hồ sơ này.",
        "Hãy liên hệ cơ quan đang giữ hồ sơ; tên cơ quan có ở đầu trang hồ sơ.",
    ),
    "dossiers.not_in_unit": Sentence(
        "Hồ sơ đang nằm ở đơn vị khác trong cơ quan.",
        "Hãy nhờ lãnh đạo phân công, hoặc để đơn vị đang giữ hồ sơ xử lý.",
    ),
    "dossiers.not_holder": Sentence(
        "Hồ sơ này đang do cán bộ khác thụ lý.",
        "Hãy nhờ lãnh đạo phân công lại hồ sơ cho bạn, hoặc liên hệ người đang thụ lý.",
    ),
    "dossiers.own_dossier": Sentence(
        "Đây là hồ sơ của chính bạn nên bạn không được xử lý.",
        "Hãy nhờ lãnh đạo phân công cán bộ khác; bạn vẫn theo dõi được hồ sơ ở trang công dân.",
    ),
    "dossiers.own_proposal": Sentence(
        "Bạn là người thụ lý hồ sơ này nên không tự duyệt, không tự ký.",
        "Hãy trình lãnh đạo khác của cơ quan phê duyệt.",
    ),
    "dossiers.not_signed": Sentence(
        "Kết quả điện tử chưa được ký số nên chưa phát hành được.",
        "Hãy trình lãnh đạo ký số trước, rồi phát hành.",
    ),
    "dossiers.endorse_first": Sentence(
        "Quy trình còn một cấp lãnh đạo phải duyệt sau bạn.",
        "Hãy chọn “Duyệt và trình tiếp” để chuyển lên cấp đó.",
    ),
    "dossiers.no_higher_leader": Sentence(
        "Quy trình không còn cấp lãnh đạo nào sau bước này.", "Hãy chọn “Phê duyệt” để kết thúc việc duyệt."
    ),
    "dossiers.steps_remain": Sentence(
        "Quy trình còn một bước chuyên môn trước khi trình lãnh đạo.",
        "Hãy chuyển hồ sơ sang đơn vị làm bước tiếp theo, bước đó trình sau.",
    ),
    "dossiers.scans_own_dossier": Sentence(
        "Đây là hồ sơ của chính bạn nên bạn không quét giấy tờ vào hồ sơ.",
        "Hãy nhờ cán bộ khác quét giấy tờ này.",
    ),
    "dossiers.scans_not_for_role": Sentence(
        "Vai trò đang làm việc không quét giấy tờ vào hồ sơ này.",
        "Hãy nhờ bộ phận Một cửa hoặc cán bộ thụ lý của cơ quan tham gia hồ sơ.",
    ),
    "dossiers.scans_too_late": Sentence(
        "Hồ sơ đã kết thúc nên không thêm bản quét được.", "Hãy kiểm tra lại mã hồ sơ trước khi quét."
    ),
    "dossiers.changed_meanwhile": Sentence(
        "Hồ sơ vừa được %(who)s xử lý (%(act_label)s) lúc %(when)s, sau khi bạn mở trang này.",
        "Việc của bạn chưa được ghi. Hãy tải lại hồ sơ, xem thay đổi, rồi làm lại nếu còn cần.",
    ),
    "dossiers.supplement_empty": Sentence(
        "Phiếu yêu cầu bổ sung chưa nêu nội dung nào.",
        "Hãy đánh dấu mọi trường và giấy tờ còn thiếu hoặc sai, rồi gửi một lần.",
    ),
    "dossiers.supplement_twice": Sentence(
        "“%(label)s” được nêu hai lần trong phiếu.", "Hãy gộp thành một dòng rồi gửi lại."
    ),
    "dossiers.supplement_without_reason": Sentence(
        "Chưa nêu lý do cho “%(label)s”.",
        "Hãy ghi rõ sai hoặc thiếu ở đâu để công dân sửa được ngay trong một lần.",
    ),
    "dossiers.supplement_incomplete": Sentence(
        "Còn %(count)s nội dung chưa bổ sung: %(missing)s.",
        "Hãy bổ sung đủ các nội dung này rồi gửi một lần.",
    ),
    "dossiers.supplement_not_asked": Sentence(
        "Có nội dung gửi lên không nằm trong phiếu yêu cầu bổ sung.",
        "Hãy tải lại trang và chỉ trả lời các nội dung được yêu cầu.",
    ),
    "dossiers.no_time_limit": Sentence(
        "Thủ tục này chưa có thời hạn giải quyết trong danh mục nên chưa tiếp nhận được.",
        "Hãy báo người quản trị danh mục nhập thời hạn theo quyết định công bố; hồ sơ vẫn được giữ nguyên.",
    ),
    "dossiers.expired_before_issue": Sentence(
        "Kết quả ghi hết hiệu lực trước ngày phát hành.",
        "Hãy trả lại để soạn lại ngày hết hiệu lực, rồi ký và phát hành.",
    ),
    "dossiers.reason_missing": Sentence(
        "Chưa ghi lý do.", "Hãy ghi lý do bằng lời rõ ràng; lý do được in trên phiếu gửi công dân."
    ),
    "dossiers.officer_not_suitable": Sentence(
        "Người được chọn không còn hoặc không có vai trò phù hợp ở cơ quan giải quyết.",
        "Hãy chọn người khác trong danh sách.",
    ),
    "dossiers.unit_not_suitable": Sentence(
        "Đơn vị được chọn không thuộc cơ quan giải quyết hồ sơ.", "Hãy chọn đơn vị khác trong danh sách."
    ),
    "dossiers.nobody_asked": Sentence(
        "Chưa chọn nơi lấy ý kiến.", "Hãy đánh dấu ít nhất một cơ quan hoặc đơn vị trong danh sách."
    ),
    "dossiers.adviser_not_suitable": Sentence(
        "Không thể lấy ý kiến ở nơi vừa chọn.",
        "Hãy chọn cơ quan khác cơ quan đang giải quyết, hoặc đơn vị khác đơn vị của mình.",
    ),
    "dossiers.asked_already": Sentence(
        "Nơi vừa chọn đang được lấy ý kiến về hồ sơ này.",
        "Hãy chờ ý kiến đó, hoặc bỏ nơi này khỏi danh sách.",
    ),
    "dossiers.opinion_days": Sentence(
        "Thời hạn cho ý kiến phải từ 1 đến %(most)s ngày làm việc.", "Hãy nhập lại số ngày."
    ),
    "dossiers.opinion_unnamed": Sentence(
        "Có nhiều nơi đang được lấy ý kiến.", "Hãy chọn ý kiến của nơi nào trong danh sách."
    ),
    "dossiers.opinions_awaited": Sentence(
        "Còn nơi chưa cho ý kiến.",
        "Hãy chờ đủ ý kiến, hoặc chọn “Tiếp tục không chờ ý kiến” và ghi lý do.",
    ),
    "dossiers.no_opinion_awaited": Sentence(
        "Không có ý kiến nào đang chờ.", "Hãy tải lại hồ sơ để xem các ý kiến đã có."
    ),
    "dossiers.not_asked": Sentence(
        "Đơn vị của bạn không được lấy ý kiến về hồ sơ này.", "Hãy để đơn vị được hỏi trả lời."
    ),
    "dossiers.supplement_needs_leader": Sentence(
        "Người nộp đã được yêu cầu bổ sung một lần.",
        "Hãy chọn “Trình yêu cầu bổ sung lần nữa” và nêu lý do để lãnh đạo quyết định.",
    ),
    "dossiers.supplement_first_is_free": Sentence(
        "Đây là lần yêu cầu bổ sung đầu tiên.",
        "Hãy chọn “Yêu cầu bổ sung”; lần đầu không cần lãnh đạo đồng ý.",
    ),
    "dossiers.supplement_again_unreasoned": Sentence(
        "Chưa nêu vì sao không yêu cầu ngay từ lần đầu.",
        "Hãy chọn lý do và giải thích; lãnh đạo và người nộp đều đọc được.",
    ),
    "dossiers.supplement_proposed_already": Sentence(
        "Yêu cầu bổ sung lần nữa đang chờ lãnh đạo quyết định.", "Hãy chờ quyết định của lãnh đạo."
    ),
    "dossiers.no_supplement_proposed": Sentence(
        "Không có yêu cầu bổ sung nào chờ lãnh đạo.", "Hãy tải lại hồ sơ để xem tình trạng mới nhất."
    ),
    "dossiers.phase_remains": Sentence(
        "Quy trình còn giai đoạn sau, người nộp phải thực hiện nghĩa vụ trước.",
        "Hãy chọn “Mời người nộp thực hiện nghĩa vụ” để kết thúc giai đoạn này.",
    ),
    "dossiers.no_phase_follows": Sentence(
        "Quy trình không còn giai đoạn nào sau giai đoạn này.", "Hãy trình kết quả."
    ),
    "dossiers.obligation_missing": Sentence(
        "Chưa nêu nghĩa vụ mà người nộp phải thực hiện.",
        "Hãy ghi rõ việc phải làm, nơi làm và giấy tờ mang đến khi tiếp nhận lần hai.",
    ),
    "dossiers.no_apology_drafted": Sentence(
        "Không có dự thảo xin lỗi nào đang chờ.",
        "Hãy tải lại hồ sơ; nếu cần hẹn lại, lãnh đạo chọn “Xin lỗi và hẹn lại”.",
    ),
    "dossiers.not_correcting": Sentence(
        "Kết quả này không trong thời gian đính chính.", "Hãy tải lại hồ sơ để xem tình trạng mới nhất."
    ),
    "dossiers.correcting": Sentence(
        "Kết quả đã phát hành đang được đính chính nên không dừng, không rút được.",
        "Hãy phát hành kết quả đính chính, hoặc chọn “Giữ nguyên kết quả”.",
    ),
    "dossiers.correction_days": Sentence(
        "Thời hạn đính chính phải từ 1 đến %(most)s ngày làm việc.", "Hãy nhập lại số ngày."
    ),
    "dossiers.revoked_already": Sentence(
        "Kết quả này đã bị thu hồi.", "Hãy xem quyết định thu hồi ở mục Kết quả."
    ),
    "dossiers.register_not_yours": Sentence(
        "Vai trò đang làm việc không xuất được sổ theo dõi hồ sơ.",
        "Hãy đổi sang vai trò xử lý hồ sơ, hoặc nhờ người có vai trò đó xuất sổ.",
    ),
    "dossiers.purpose_missing": Sentence(
        "Chưa ghi mục đích xuất sổ.",
        "Hãy ghi mục đích; mục đích được lưu vào nhật ký cùng người xuất và thời điểm.",
    ),
    "dossiers.decision_missing": Sentence(
        "Chưa ghi số, ký hiệu quyết định.", "Hãy nhập số, ký hiệu của quyết định thu hồi."
    ),
    "dossiers.revoked_before_issue": Sentence(
        "Ngày thu hồi sớm hơn ngày phát hành kết quả.", "Hãy kiểm tra lại ngày trong quyết định thu hồi."
    ),
    "dossiers.opinion_empty": Sentence("Chưa có nội dung ý kiến.", "Hãy ghi nội dung ý kiến rồi gửi."),
    "dossiers.outcome_missing": Sentence(
        "Hồ sơ chưa có dự thảo kết quả.", "Hãy soạn và trình dự thảo kết quả trước."
    ),
    "dossiers.outcome_without_text": Sentence(
        "Kết quả điện tử chưa có nội dung văn bản.", "Hãy chọn mẫu và nhập nội dung kết quả, rồi trình lại."
    ),
    "dossiers.outcome_on_paper": Sentence(
        "Kết quả này là bản giấy nên không ký số.", "Hãy ký trên giấy, để văn thư vào số và phát hành."
    ),
    "dossiers.no_certificate": Sentence(
        "Bạn chưa có chứng thư chữ ký số còn hiệu lực ở cương vị này.",
        "Hãy đề nghị quản trị cơ quan cấp chứng thư, hoặc ký bằng thiết bị riêng rồi tải bản đã ký lên.",
    ),
    "dossiers.signature_not_valid": Sentence(
        "Chữ ký số trên kết quả không dùng được: %(validity)s.",
        "Hãy trả lại để lãnh đạo ký lại; số văn bản cũ được hủy có ghi lý do.",
    ),
    "dossiers.number_missing": Sentence(
        "Kết quả chưa có số, ký hiệu.", "Hãy nhập số, ký hiệu đã vào sổ rồi phát hành."
    ),
    "dossiers.receiver_missing": Sentence(
        "Chưa ghi ai nhận kết quả.", "Hãy ghi họ tên người nhận và cách nhận."
    ),
    "dossiers.tracking_failed": Sentence(
        "Mã hồ sơ và số xác nhận không khớp nhau.",
        "Hãy kiểm tra mã trên giấy tiếp nhận và 4 số cuối của số định danh hoặc số điện thoại đã khai khi nộp.",
    ),
    "dossiers.not_acceptable": Sentence(
        "Nội dung gửi lên chưa dùng được.", "Hãy sửa chỗ được chỉ ra rồi gửi lại."
    ),
}


def act_phrase(act: Act) -> str:
    """Return the act as it stands inside a sentence: "tiếp nhận"."""
    return _inside(ACTS[act])


def party_phrase(party: Party) -> str:
    """Return who as they stand inside a sentence: "bộ phận Một cửa"."""
    return _inside(PARTIES[party])


def _inside(label: str) -> str:
    return label[0].lower() + label[1:]


def moment(at: dt.datetime) -> str:
    """Return an instant as it is read: "17:00 ngày 26/11/2026"."""
    local = at.astimezone(VIETNAM)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def days_changed(periods: Iterable[Period]) -> str:
    """Return which days of the calendar changed: "Lịch thay đổi: 31/12/2026, 02/01/2027–05/01/2027"."""
    named = (
        f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y}–{last:%d/%m/%Y}"
        for first, last in ((from_on, to_on - dt.timedelta(days=1)) for from_on, to_on in periods)
    )
    return f"Lịch thay đổi: {', '.join(named)}"


def where_it_lies(
    *,
    state: State,
    agency: str,
    owner_kind: OwnerKind,
    owner: str,
    due_at: dt.datetime | None,
    forecast: bool = False,
) -> str:
    """Return the sentence of a status: where it lies, who holds it, until when."""
    place = f"Hồ sơ đang ở {agency}" if agency else "Hồ sơ"
    match owner_kind:
        case OwnerKind.NOBODY:
            return f"{CITIZEN_STATES[state]}."
        case OwnerKind.APPLICANT:
            if state is State.AWAITING_OBLIGATION:
                return f"{place}, chờ người nộp thực hiện nghĩa vụ; thời hạn đang tạm dừng."
            return f"{place}, chờ người nộp bổ sung; thời hạn đang tạm dừng."
        case OwnerKind.OFFICER | OwnerKind.UNIT | OwnerKind.ROLE:
            held = f"{place}, {owner} đang giữ"
    if state is State.RELEASED:
        return f"Kết quả đã có tại {agency}, mời đến nhận."
    if state is State.AWAITING_OPINION:
        return f"{held} để cho ý kiến; thời hạn đang tạm dừng."
    if due_at is None:
        return f"{held}."
    expected = " (dự kiến)" if forecast else ""
    verb = "phải trả lời trước" if state is State.SUBMITTED else "hẹn trả trước"
    return f"{held}, {verb} {moment(due_at)}{expected}."


def in_place_of(title: str, absent: str) -> str:
    """Return an officer's title in the history when they acted in the place of a colleague on leave."""
    return f"{title}, thay cho {absent}"[:150]


PAPER_STATES = {
    PaperState.NOT_WANTED: "Không lấy bản giấy",
    PaperState.WANTED: "Có lấy bản giấy, chờ in",
    PaperState.READY: "Bản giấy đã sẵn sàng",
    PaperState.HANDED_OVER: "Đã trao bản giấy",
    PaperState.POSTED: "Đã gửi bản giấy qua bưu chính",
}
PAPER_ACTS = {
    PaperAct.WANT: "Lấy bản giấy",
    PaperAct.DECLINE: "Không lấy bản giấy",
    PaperAct.MAKE_READY: "Đã in, ký, đóng dấu",
    PaperAct.HAND_OVER: "Trao bản giấy",
    PaperAct.POST: "Gửi bưu chính",
}
RATING_QUESTIONS = {
    RatingQuestion.OVERALL: "Nhìn chung, ông/bà hài lòng đến mức nào?",
    RatingQuestion.GUIDANCE: "Được hướng dẫn tận tình, rõ ràng",
    RatingQuestion.TIME: "Thời gian giải quyết",
    RatingQuestion.EASE: "Thủ tục dễ làm, không phải đi lại nhiều",
}
