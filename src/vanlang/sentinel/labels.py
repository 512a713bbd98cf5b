"""What people read about differences: calm sentences, each with what to do."""

from __future__ import annotations

from vanlang.kernel.labels import Sentence
from vanlang.sentinel.types import DifferenceKind, DifferenceState, Remedy, RunState, RunStep, Way

KINDS = {
    DifferenceKind.LOST: "Bên kia chưa có",
    DifferenceKind.STRANGE: "Chỉ bên kia có",
    DifferenceKind.DOUBLED: "Bị lặp",
    DifferenceKind.BEHIND: "Bên kia chậm trạng thái",
    DifferenceKind.STATE: "Khác trạng thái",
    DifferenceKind.DATES: "Khác ngày",
    DifferenceKind.RESULTS: "Khác kết quả",
    DifferenceKind.PLACE: "Khác cơ quan",
}

EXPLANATIONS = {
    DifferenceKind.LOST: Sentence(
        "Hồ sơ đã được tiếp nhận tại tỉnh nhưng bên kia chưa có.",
        "Hệ thống tự gửi lại. Nếu sau hai lần vẫn chưa có, hãy bấm “Gửi lại” hoặc báo quản trị xem trang Kết nối.",
    ),
    DifferenceKind.STRANGE: Sentence(
        "Bên kia có hồ sơ này, hệ thống của tỉnh không có.",
        "Hãy kiểm tra mã hồ sơ có thuộc cơ quan mình không. Nếu không phải của tỉnh, ghi “Đã xem xét” kèm lý do.",
    ),
    DifferenceKind.DOUBLED: Sentence(
        "Một mã hồ sơ đứng nhiều lần ở một bên.",
        "Hãy xem các bản bên dưới, giữ bản đúng và đề nghị bên kia bỏ bản thừa.",
    ),
    DifferenceKind.BEHIND: Sentence(
        "Bên kia còn giữ trạng thái trước đó của hồ sơ: một tin đã không tới nơi.",
        "Không cần làm gì: hệ thống tự gửi lại trạng thái mới nhất.",
    ),
    DifferenceKind.STATE: Sentence(
        "Bên kia ghi một trạng thái mà hồ sơ này chưa từng có ở đây.",
        "Hãy đối chiếu với hồ sơ thật. Nếu ở đây đúng, bấm “Gửi lại”; nếu bên kia có lý do riêng, ghi “Đã xem xét”.",
    ),
    DifferenceKind.DATES: Sentence(
        "Ngày tiếp nhận, hẹn trả, xong hoặc trả kết quả của hai bên không giống nhau.",
        "Không cần làm gì nếu hồ sơ do tỉnh giải quyết: hệ thống tự gửi lại ngày đúng.",
    ),
    DifferenceKind.RESULTS: Sentence(
        "Hai bên ghi kết quả khác nhau, hoặc một bên thiếu kết quả.",
        "Không cần làm gì nếu hồ sơ do tỉnh giải quyết: hệ thống tự gửi lại kết quả.",
    ),
    DifferenceKind.PLACE: Sentence(
        "Bên kia tính hồ sơ này cho một cơ quan khác.",
        "Không cần làm gì nếu hồ sơ do tỉnh giải quyết: hệ thống tự gửi lại cơ quan giải quyết.",
    ),
}

STATES = {
    DifferenceState.OPEN: ("Chờ người xem", "warning"),
    DifferenceState.HEALING: ("Đang tự sửa", "progress"),
    DifferenceState.SETTLED: ("Đã khớp", "success"),
    DifferenceState.EXPLAINED: ("Đã xem xét", "neutral"),
}

REMEDIES = {
    Remedy.SEND: "Gửi lại",
    Remedy.FETCH: "Lấy bản của bên kia",
    Remedy.PERSON: "Người xem xét",
}

RUN_STATES = {
    RunState.WAITING: ("Đang chờ", "pending"),
    RunState.RUNNING: ("Đang đối soát", "progress"),
    RunState.DONE: ("Xong", "success"),
    RunState.FAILED: ("Không đối soát được", "danger"),
}

STEPS = {
    RunStep.READING: "Đang đọc hồ sơ của tỉnh",
    RunStep.COMPARING: "Đang so với bên kia",
    RunStep.WRITING: "Đang ghi kết quả",
    RunStep.HEALING: "Đã đưa vào hàng gửi lại",
}

WAYS = {
    Way.DIGESTS: "Hỏi mã băm từng nhánh",
    Way.LIST: "Lấy danh sách từng ngày",
    Way.EXPORT: "Tệp xuất",
}

FIELDS = {
    "agency": "Cơ quan giải quyết",
    "state": "Trạng thái",
    "received": "Tiếp nhận lúc",
    "due": "Hẹn trả lúc",
    "finished": "Xử lý xong lúc",
    "returned": "Trả kết quả lúc",
    "results": "Kết quả",
}

NATIONAL_STATES = {
    "1": "Mới đăng ký",
    "2": "Được tiếp nhận",
    "3": "Không được tiếp nhận",
    "4": "Đang xử lý",
    "5": "Yêu cầu bổ sung giấy tờ",
    "6": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "7": "Công dân yêu cầu rút hồ sơ",
    "8": "Dừng xử lý",
    "9": "Đã xử lý xong",
    "10": "Đã trả kết quả",
}

SENTENCES = {
    "sentinel.system_not_compared": Sentence(
        "Hệ thống này chưa được khai báo để đối soát.", "Hãy chọn một hệ thống trong trang Hồ sơ lệch."
    ),
    "sentinel.run_not_found": Sentence("Không tìm thấy lần đối soát này.", "Hãy mở lại trang Hồ sơ lệch."),
    "sentinel.difference_not_found": Sentence(
        "Không tìm thấy hồ sơ lệch này, hoặc nó thuộc cơ quan khác.", "Hãy mở lại trang Hồ sơ lệch."
    ),
    "sentinel.run_goes_on": Sentence(
        "Một lần đối soát với hệ thống này đang chạy.", "Hãy chờ lần này xong rồi chạy lại."
    ),
    "sentinel.remedy_not_possible": Sentence(
        "Không làm được việc này với hồ sơ lệch.", "Hãy tải lại trang để xem tình trạng mới nhất."
    ),
    "sentinel.is_settled": Sentence(
        "Hai bên đã khớp nhau về hồ sơ này.", "Không cần làm gì nữa; hãy tải lại trang."
    ),
    "sentinel.owned_by_the_other_side": Sentence(
        "Hồ sơ này do bên kia quản lý trạng thái nên tỉnh không gửi đè.",
        "Hãy bấm “Lấy bản của bên kia”, hoặc ghi “Đã xem xét” kèm lý do.",
    ),
    "sentinel.owned_here": Sentence(
        "Hồ sơ này do tỉnh quản lý trạng thái nên không lấy bản của bên kia.",
        "Hãy bấm “Gửi lại”, hoặc ghi “Đã xem xét” kèm lý do.",
    ),
    "sentinel.nothing_to_take": Sentence(
        "Không có bản nào để gửi hoặc lấy về.", "Hãy ghi “Đã xem xét” kèm lý do."
    ),
    "sentinel.range_is_none": Sentence(
        "Khoảng ngày không hợp lệ.", "Ngày cuối phải từ ngày đầu trở đi và không quá mười năm."
    ),
    "sentinel.export_unreadable": Sentence(
        "Tệp có dòng chưa đọc được nên chưa đối soát.", "Hãy sửa các ô được nêu rồi tải lên lại."
    ),
    "sentinel.no_answer": Sentence(
        "Bên kia không trả lời, hoặc trả lời không hiểu được.",
        "Không kết luận gì từ lần này. Hãy xem trang Kết nối; đêm nay hệ thống đối soát lại.",
    ),
    "sentinel.broke_off": Sentence(
        "Lần đối soát bị đứt giữa chừng do lỗi.",
        "Không kết luận gì từ lần này. Hãy báo bộ phận kỹ thuật xem nhật ký.",
    ),
    "sentinel.not_an_instant": Sentence(
        "“%(said)s” không phải ngày, giờ có thật.",
        "Hãy nhập theo mẫu 03/08/2026 08:15:00, hoặc chỉ ngày 03/08/2026.",
    ),
    "sentinel.not_a_state": Sentence(
        "“%(said)s” không phải trạng thái quốc gia.",
        "Hãy nhập mã từ 1 đến 10, hoặc tên trạng thái, ví dụ 9 hoặc Đã xử lý xong.",
    ),
    "sentinel.not_a_result": Sentence(
        "“%(said)s” không đúng mẫu kết quả.",
        "Hãy nhập mã loại kết quả, dấu bằng, rồi số ký hiệu: KQ.G02.000001=12/GP-UBND; nhiều kết quả cách nhau bằng dấu chấm phẩy.",
    ),
    "sentinel.outside_the_days": Sentence(
        "Dòng này tiếp nhận ngày %(on)s, ngoài khoảng ngày đã chọn.",
        "Hãy chọn khoảng ngày rộng hơn, hoặc bỏ dòng này khỏi tệp.",
    ),
}
