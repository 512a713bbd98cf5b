"""Vietnamese of petitions."""

from __future__ import annotations

import datetime as dt

from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import Refusal
from vanlang.kernel.labels import Sentence
from vanlang.petitions.types import (
    AnswerState,
    IdentityProof,
    PersonalFact,
    PetitionAct,
    PetitionClock,
    PetitionFilter,
    PetitionGround,
    PetitionKind,
    PetitionSource,
    PetitionState,
    RepeatGround,
    SatisfactionWay,
)

STATES = {
    PetitionState.FILED: "Chờ phân loại",
    PetitionState.CLASSIFIED: "Đã phân loại, chờ tiếp nhận",
    PetitionState.ACCEPTED: "Đang giải quyết",
    PetitionState.AWAITING_SENDER: "Chờ người gửi bổ sung",
    PetitionState.PROPOSED: "Trình lãnh đạo trả lời",
    PetitionState.ANSWERED: "Đã trả lời, chờ công khai",
    PetitionState.PUBLISHED: "Đã trả lời, đã công khai",
    PetitionState.WITHHELD: "Đã trả lời, không công khai",
    PetitionState.REFUSED: "Từ chối tiếp nhận",
    PetitionState.RETURNED: "Trả lại, không thuộc thẩm quyền",
    PetitionState.REFERRED: "Đã hướng dẫn nơi giải quyết",
    PetitionState.MERGED: "Gộp vào phản ánh trước",
}
SENDER_STATES = {
    **STATES,
    PetitionState.FILED: "Đã gửi, chờ cơ quan xem",
    PetitionState.CLASSIFIED: "Cơ quan đang xem",
    PetitionState.AWAITING_SENDER: "Cần bổ sung",
    PetitionState.PROPOSED: "Đang giải quyết",
    PetitionState.ANSWERED: "Đã trả lời",
    PetitionState.PUBLISHED: "Đã trả lời",
    PetitionState.WITHHELD: "Đã trả lời",
}
"""What the sender reads: what goes on inside is nobody's news."""
TONES = {
    PetitionState.FILED: "pending",
    PetitionState.CLASSIFIED: "pending",
    PetitionState.ACCEPTED: "progress",
    PetitionState.AWAITING_SENDER: "warning",
    PetitionState.PROPOSED: "progress",
    PetitionState.ANSWERED: "success",
    PetitionState.PUBLISHED: "success",
    PetitionState.WITHHELD: "success",
    PetitionState.REFUSED: "neutral",
    PetitionState.RETURNED: "neutral",
    PetitionState.REFERRED: "neutral",
    PetitionState.MERGED: "neutral",
}
ACTS = {
    PetitionAct.FILE: "Gửi phản ánh",
    PetitionAct.CLASSIFY: "Phân loại",
    PetitionAct.ROUTE: "Chuyển cơ quan khác",
    PetitionAct.ASSIGN: "Giao giải quyết",
    PetitionAct.ACCEPT: "Tiếp nhận",
    PetitionAct.REFUSE: "Từ chối tiếp nhận",
    PetitionAct.RETURN: "Trả lại",
    PetitionAct.REFER: "Hướng dẫn nơi giải quyết",
    PetitionAct.MERGE: "Gộp vào phản ánh trước",
    PetitionAct.ASK_SUPPLEMENT: "Yêu cầu bổ sung",
    PetitionAct.SUPPLEMENT: "Bổ sung",
    PetitionAct.GO_ON: "Giải quyết tiếp, không chờ bổ sung",
    PetitionAct.PROPOSE_ANSWER: "Trình trả lời",
    PetitionAct.SEND_BACK: "Trả lại để viết lại",
    PetitionAct.APPROVE_ANSWER: "Phê duyệt trả lời",
    PetitionAct.PUBLISH: "Công khai",
    PetitionAct.WITHHOLD: "Không công khai",
    PetitionAct.UNPUBLISH: "Gỡ công khai",
    PetitionAct.SAY_SATISFACTION: "Cho biết có hài lòng hay không",
    PetitionAct.REISSUE_SECRET: "Cấp lại mã bí mật",
}
PROOFS = {
    IdentityProof.CARD: "Thẻ căn cước: đã xem thẻ, đúng người đứng trước quầy",
    IdentityProof.PHONE: "Điện thoại đã ghi: đã gọi vào số này, máy reo trong tay người gửi",
}
KINDS = {
    PetitionKind.REGULATION: "Về quy định, thủ tục",
    PetitionKind.CONDUCT: "Về thái độ, hành vi của cán bộ",
    PetitionKind.HANDLING: "Về việc giải quyết hồ sơ",
    PetitionKind.OTHER: "Phản ánh, kiến nghị khác",
    PetitionKind.RATING: "Đánh giá dịch vụ",
    PetitionKind.COMPLAINT: "Khiếu nại",
    PetitionKind.DENUNCIATION: "Tố cáo",
}
KIND_HINTS = {
    PetitionKind.REGULATION: "Vướng mắc hoặc góp ý về điều kiện, giấy tờ, mức phí.",
    PetitionKind.CONDUCT: "Chậm trễ, gây phiền hà, từ chối không lý do.",
    PetitionKind.HANDLING: "Một hồ sơ cụ thể: trễ hạn, trả lại nhiều lần.",
    PetitionKind.OTHER: "Những gì không thuộc ba loại trên.",
    PetitionKind.RATING: "Không giải quyết ở đây: người gửi được chỉ tới trang đánh giá hồ sơ.",
    PetitionKind.COMPLAINT: "Không giải quyết ở đây: theo pháp luật khiếu nại; nội dung không hiển thị tiếp.",
    PetitionKind.DENUNCIATION: "Không giải quyết ở đây: theo pháp luật tố cáo; nội dung không hiển thị tiếp.",
}
SOURCES = {
    PetitionSource.PORTAL: "Cổng dịch vụ công",
    PetitionSource.COUNTER: "Bộ phận Một cửa",
    PetitionSource.NATIONAL: "Hệ thống quốc gia",
    PetitionSource.HOTLINE: "Đường dây nóng",
}
CLOCKS = {
    PetitionClock.DECIDE: "Tiếp nhận hoặc trả lại",
    PetitionClock.ASK: "Yêu cầu bổ sung lần đầu",
    PetitionClock.HANDLE: "Trả lời",
    PetitionClock.PUBLISH: "Công khai",
}
GROUNDS = {
    PetitionGround.UNCLEAR: "Không nêu sự việc cụ thể, không xem xét được",
    PetitionGround.INSULT: "Chỉ có lời xúc phạm, quảng cáo hoặc nội dung vô nghĩa",
    PetitionGround.ANSWERED_BEFORE: "Đã được trả lời, không có tình tiết mới",
    PetitionGround.NOT_HERE: "Không thuộc thẩm quyền của các cơ quan trong tỉnh",
    PetitionGround.OTHER: "Lý do khác",
}
REPEATS = {
    RepeatGround.SENDER: "Cùng người gửi, cùng vụ việc",
    RepeatGround.WORDS: "Cùng nội dung",
}
ANSWER_STATES = {
    AnswerState.PROPOSED: "Chờ lãnh đạo",
    AnswerState.SENT_BACK: "Lãnh đạo trả lại",
    AnswerState.APPROVED: "Đã phê duyệt",
}
WAYS = {
    SatisfactionWay.SECRET: "Bằng mã bí mật",
    SatisfactionWay.SIGNED_IN: "Đăng nhập",
    SatisfactionWay.NATIONAL: "Qua hệ thống quốc gia",
}
FILTERS = {
    PetitionFilter.TO_DECIDE: "Chờ phân loại, tiếp nhận",
    PetitionFilter.HANDLING: "Đang giải quyết",
    PetitionFilter.MINE: "Của tôi",
    PetitionFilter.FOR_LEADER: "Trình lãnh đạo",
    PetitionFilter.WAITING: "Chờ bổ sung",
    PetitionFilter.TO_PUBLISH: "Chờ công khai",
    PetitionFilter.LATE: "Quá hạn",
    PetitionFilter.DONE: "Đã xong",
}
PERSONAL = {
    PersonalFact.NAME: "tên người",
    PersonalFact.IDENTITY_NUMBER: "số định danh",
    PersonalFact.PHONE: "số điện thoại",
    PersonalFact.EMAIL: "địa chỉ thư điện tử",
    PersonalFact.ACCOUNT: "số tài khoản",
    PersonalFact.PLATE: "biển số xe",
    PersonalFact.ADDRESS: "địa chỉ",
    PersonalFact.DOSSIER_CODE: "mã hồ sơ",
    PersonalFact.NUMBER: "dãy số",
}
TAKEN_OUT = {fact: f"[{word}]" for fact, word in PERSONAL.items()}
"""What stands where something was taken out."""

_ENDS = {
    PetitionState.REFUSED: Sentence(
        "Phản ánh không được tiếp nhận.", "Gửi phản ánh mới khi có thêm sự việc cụ thể."
    ),
    PetitionState.RETURNED: Sentence(
        "Phản ánh không thuộc thẩm quyền của các cơ quan trong tỉnh nên được trả lại.",
        "Gửi tới cơ quan nêu trong lý do.",
    ),
    PetitionState.MERGED: Sentence(
        "Phản ánh trùng với một phản ánh gửi trước và được trả lời chung.",
        "Chờ trả lời trên trang theo dõi phản ánh này.",
    ),
}
_BELONGS = {
    PetitionKind.RATING: Sentence(
        "Đây là đánh giá chất lượng phục vụ, không phải phản ánh, kiến nghị.",
        "Đánh giá trên trang của hồ sơ, hoặc bằng mã in trên giấy tiếp nhận và hẹn trả kết quả.",
    ),
    PetitionKind.COMPLAINT: Sentence(
        "Đây là khiếu nại, được giải quyết theo pháp luật về khiếu nại, không giải quyết tại đây.",
        "Gửi đơn khiếu nại, hoặc đến nơi tiếp công dân của cơ quan đã ra quyết định hoặc có hành vi bị khiếu nại.",
    ),
    PetitionKind.DENUNCIATION: Sentence(
        "Đây là tố cáo, được giải quyết theo pháp luật về tố cáo, không giải quyết tại đây.",
        "Gửi đơn tố cáo, hoặc đến nơi tiếp công dân của cơ quan quản lý người bị tố cáo.",
    ),
}


def kinds_text(refusal: Refusal) -> str:
    """Return in words what a text still looks like it contains."""
    kinds = refusal.facts["kinds"]
    assert isinstance(kinds, list)  # noqa: S101 - as rules/privacy.py writes it
    return ", ".join(PERSONAL[PersonalFact(kind)] for kind in kinds)


def ends_of(state: PetitionState, kind: PetitionKind) -> Sentence:
    """Return what the sender reads when no answer will come, and what to do."""
    return _BELONGS[kind] if state is PetitionState.REFERRED else _ENDS[state]


def late_line(code: str, state: PetitionState, due_at: dt.datetime | None, *, at: dt.datetime) -> str:
    """Return the line of a digest: a code and a state, never a person."""
    assert due_at is not None  # noqa: S101 - only what has a clock is told
    local = due_at.astimezone(VIETNAM)
    when = f"quá hạn từ {local:%d/%m/%Y}" if due_at < at else f"đến hạn {local:%H:%M} hôm nay"
    return f"{code} ({STATES[state].lower()}): {when}"


SENTENCES = {
    "petitions.not_found": Sentence(
        "Không tìm thấy phản ánh này.", "Kiểm tra lại mã, hoặc tìm trong danh sách phản ánh của cơ quan."
    ),
    "petitions.wrong_secret": Sentence(
        "Mã phản ánh hoặc mã bí mật không đúng.",
        "Nhập lại đúng như trên giấy biên nhận; mất mã bí mật thì mang thẻ căn cước, hoặc điện thoại đã để lại khi gửi, đến bộ phận Một cửa bất kỳ để cấp lại. Phản ánh không ghi cả hai thì không cấp lại được.",
    ),
    "petitions.identity_differs": Sentence(
        "Không có phản ánh nào mang mã này mà ghi số căn cước hoặc số điện thoại vừa nhập.",
        "Đối chiếu lại mã trên giấy biên nhận với thẻ căn cước hoặc số điện thoại người dân đã để lại khi gửi.",
    ),
    "petitions.reissue_impossible": Sentence(
        "Phản ánh này không ghi số căn cước, cũng không ghi số điện thoại của người gửi nên không cấp lại mã được.",
        "Hướng dẫn người dân gửi phản ánh mới, nêu mã phản ánh cũ; lần này để lại số điện thoại hoặc đăng nhập khi gửi.",
    ),
    "petitions.has_no_secret": Sentence(
        "Phản ánh này đến từ hệ thống khác nên không có mã bí mật.",
        "Hướng dẫn người dân theo dõi ở hệ thống đã gửi.",
    ),
    "petitions.about_you": Sentence(
        "Phản ánh này nói về chính bạn nên bạn không xử lý.", "Cán bộ khác của cơ quan xử lý phản ánh này."
    ),
    "petitions.about_a_leader": Sentence(
        "Phản ánh này nói về lãnh đạo của cơ quan đang giữ nên cơ quan không tự giải quyết.",
        "Bấm “Chuyển cơ quan khác” và chọn UBND tỉnh.",
    ),
    "petitions.route_above": Sentence(
        "Phản ánh về lãnh đạo cơ quan phải chuyển lên cấp trên.", "Chọn UBND tỉnh trong danh sách cơ quan."
    ),
    "petitions.given_to_whom_it_is_about": Sentence(
        "Người được chọn là người bị phản ánh.", "Chọn người khác trong danh sách."
    ),
    "petitions.no_such_officer_here": Sentence(
        "Người bị phản ánh được chọn không làm việc ở cơ quan này.",
        "Chọn lại, hoặc chuyển phản ánh đến cơ quan của người đó trước.",
    ),
    "petitions.act_not_in_state": Sentence(
        "Phản ánh đang ở bước khác nên chưa làm được việc này.",
        "Tải lại trang để xem phản ánh đang ở bước nào.",
    ),
    "petitions.act_not_for_role": Sentence(
        "Việc này không thuộc vai trò đang làm việc.", "Đổi vai trò, hoặc chuyển cho người có thẩm quyền."
    ),
    "petitions.own_petition": Sentence(
        "Đây là phản ánh do chính bạn gửi.", "Để cán bộ khác của cơ quan xử lý phản ánh này."
    ),
    "petitions.own_answer": Sentence(
        "Người viết trả lời không tự phê duyệt.", "Trình một lãnh đạo khác phê duyệt."
    ),
    "petitions.belongs_elsewhere": Sentence(
        "Đánh giá, khiếu nại, tố cáo không giải quyết như phản ánh, kiến nghị.",
        "Bấm “Hướng dẫn nơi giải quyết”, hoặc phân loại lại nếu đã phân loại nhầm.",
    ),
    "petitions.is_ours": Sentence(
        "Phản ánh, kiến nghị loại này được giải quyết tại đây.",
        "Tiếp nhận, từ chối hoặc chuyển cơ quan khác; phân loại lại nếu đã phân loại nhầm.",
    ),
    "petitions.sender_has_time": Sentence(
        "Người gửi còn thời gian để bổ sung.", "Chờ đến hết hạn đã báo cho người gửi."
    ),
    "petitions.changed_meanwhile": Sentence(
        "Người khác vừa xử lý phản ánh này.", "Xem tình trạng mới ở dưới rồi làm tiếp."
    ),
    "petitions.empty": Sentence("Chưa có nội dung phản ánh.", "Viết rõ việc gì, ở đâu, khi nào."),
    "petitions.without_title": Sentence("Chưa có tiêu đề.", "Tóm tắt phản ánh trong một câu."),
    "petitions.without_code": Sentence(
        "Phản ánh từ hệ thống khác không có mã.", "Báo quản trị kiểm tra kết nối với hệ thống đó."
    ),
    "petitions.title_too_long": Sentence(
        "Tiêu đề dài %(given)s ký tự, tối đa %(most)s.", "Rút gọn tiêu đề, đưa chi tiết vào nội dung."
    ),
    "petitions.text_too_long": Sentence(
        "Nội dung dài %(given)s ký tự, tối đa %(most)s.", "Rút gọn, hoặc đưa phần dài vào tệp đính kèm."
    ),
    "petitions.too_many_files": Sentence(
        "Nhiều tệp quá, tối đa %(most)s tệp.", "Bỏ bớt tệp, hoặc gộp các trang vào một tệp PDF."
    ),
    "petitions.no_contact": Sentence(
        "Chưa có cách liên hệ nên không báo được kết quả.",
        "Nhập số điện thoại hoặc địa chỉ thư điện tử, hoặc đăng nhập rồi gửi.",
    ),
    "petitions.file_as_citizen": Sentence(
        "Tài khoản cán bộ không gửi phản ánh tại đây.",
        "Ghi nhận phản ánh của người dân ở trang cán bộ, hoặc đăng nhập bằng tài khoản công dân.",
    ),
    "petitions.not_alike": Sentence(
        "Phản ánh được chọn không giống phản ánh này.", "Chọn trong danh sách phản ánh tương tự."
    ),
    "petitions.merged_into_nothing": Sentence(
        "Phản ánh %(code)s không có trả lời nên không gộp vào được.",
        "Giải quyết riêng, hoặc chọn phản ánh khác.",
    ),
    "petitions.routed_to_itself": Sentence("Phản ánh đang ở chính cơ quan này.", "Chọn một cơ quan khác."),
    "petitions.no_such_officer": Sentence(
        "Người được chọn không xử lý phản ánh ở cơ quan này.", "Chọn lại trong danh sách."
    ),
    "petitions.no_such_unit": Sentence(
        "Đơn vị được chọn không thuộc cơ quan này.", "Chọn lại trong danh sách."
    ),
    "petitions.no_such_leader": Sentence(
        "Người được chọn không phải lãnh đạo của cơ quan này.", "Chọn lại lãnh đạo trong danh sách."
    ),
    "petitions.without_reason": Sentence(
        "Chưa nêu lý do.", "Viết lý do; người gửi hoặc người viết trả lời sẽ đọc."
    ),
    "petitions.without_question": Sentence("Chưa viết cần bổ sung gì.", "Viết rõ người gửi cần bổ sung gì."),
    "petitions.empty_supplement": Sentence("Chưa có gì để bổ sung.", "Viết nội dung hoặc chọn tệp để gửi."),
    "petitions.without_answer": Sentence("Chưa viết trả lời.", "Viết trả lời cho người gửi."),
    "petitions.public_version_incomplete": Sentence(
        "Bản công khai thiếu tiêu đề, câu hỏi hoặc trả lời.", "Viết đủ ba phần của bản công khai."
    ),
    "petitions.personal_data": Sentence(
        "Bản công khai còn chỗ giống dữ liệu cá nhân: %(kinds)s.",
        "Bỏ những chỗ được đánh dấu, hoặc bấm “Bỏ dữ liệu cá nhân”, rồi công khai.",
    ),
    "petitions.sender_says_it": Sentence(
        "Chỉ người gửi cho biết có hài lòng hay không.",
        "Mở trang theo dõi phản ánh trên thiết bị của người gửi, không dùng máy của cán bộ.",
    ),
}
