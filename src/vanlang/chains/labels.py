"""Vietnamese of chains: names of states, and for every refusal what happened and what to do now."""

from __future__ import annotations

from vanlang.chains.types import ChainState, LegState
from vanlang.kernel.labels import Sentence

CHAIN_STATES = {
    ChainState.OPEN: "Đang thực hiện",
    ChainState.DONE: "Đã xong",
    ChainState.ENDED: "Đã kết thúc, không đủ kết quả",
}

LEG_STATES = {
    LegState.WAITING: "Chờ bước trước",
    LegState.BLOCKED: "Đang vướng",
    LegState.OPEN: "Đang giải quyết",
    LegState.OUTSIDE: "Ở cơ quan ngoài hệ thống",
    LegState.DONE: "Đã có kết quả",
    LegState.FAILED: "Không có kết quả",
    LegState.DROPPED: "Không làm tiếp",
}

LEG_TONES = {
    LegState.WAITING: "neutral",
    LegState.BLOCKED: "danger",
    LegState.OPEN: "progress",
    LegState.OUTSIDE: "info",
    LegState.DONE: "success",
    LegState.FAILED: "danger",
    LegState.DROPPED: "neutral",
}

CHAIN_PURPOSE = "Theo dõi thủ tục liên thông"

SENTENCES = {
    "chains.not_found": Sentence(
        says="Không tìm thấy hồ sơ liên thông này, hoặc nó không thuộc phần việc của anh/chị.",
        do_now="Kiểm tra lại đường dẫn, hoặc mở từ danh sách liên thông.",
    ),
    "chains.not_openable": Sentence(
        says="Hôm nay chưa nhận được chuỗi thủ tục này.",
        do_now="Nhận từng thủ tục riêng, hoặc báo người quản lý danh mục.",
    ),
    "chains.leg_not_possible": Sentence(
        says="Bước này không còn ở tình trạng cho phép làm việc đó; có thể người khác vừa xử lý.",
        do_now="Tải lại trang và xem tình trạng mới.",
    ),
    "chains.reason_missing": Sentence(
        says="Chưa ghi nội dung.",
        do_now="Ghi ngắn gọn lý do, hoặc số và ngày của văn bản, rồi gửi lại.",
    ),
    "chains.no_such_agency": Sentence(
        says="Không có cơ quan đã chọn.",
        do_now="Tải lại trang, chọn cơ quan trong danh sách rồi bấm “Thử lại”.",
    ),
    "chains.plan_refused": Sentence(
        says="Định nghĩa chuỗi thủ tục chưa dùng được (%(file)s): %(count)s điều cần sửa (%(codes)s).",
        do_now="Sửa tệp theo từng điều được nêu rồi nạp lại; bản đang dùng không thay đổi.",
    ),
    "chains.not_readable": Sentence(
        says="Tệp định nghĩa không đọc được: %(problem)s.", do_now="Sửa chỗ được nêu rồi nạp lại."
    ),
    "chains.no_name": Sentence(says="Chuỗi chưa có mã hoặc tên.", do_now="Ghi code và title ở đầu tệp."),
    "chains.too_short": Sentence(
        says="Chuỗi chỉ có %(legs)s bước.",
        do_now="Một chuỗi cần ít nhất hai bước; một bước thì dùng thủ tục thường.",
    ),
    "chains.limit_not_readable": Sentence(
        says="Thời hạn “%(limit)s” không đọc được.", do_now="Ghi theo dạng %(form)s."
    ),
    "chains.leg_twice": Sentence(says="Bước “%(leg)s” có hai lần.", do_now="Đặt mỗi bước một tên riêng."),
    "chains.no_first_leg": Sentence(
        says="Chuỗi phải có đúng một bước đầu tiên, do cơ quan trong hệ thống giải quyết (đang có: %(legs)s).",
        do_now="Ghi after cho mọi bước trừ bước đầu.",
    ),
    "chains.leg_no_name": Sentence(
        says="Bước “%(leg)s” chưa có tên, hoặc khóa không hợp lệ.",
        do_now="Ghi key bằng chữ thường không dấu và title bằng tiếng Việt.",
    ),
    "chains.leg_neither": Sentence(
        says="Bước “%(leg)s” phải có đúng một trong hai: mã thủ tục, hoặc cơ quan ngoài hệ thống.",
        do_now="Ghi procedure hoặc outside, không ghi cả hai.",
    ),
    "chains.leg_unknown": Sentence(
        says="Bước “%(leg)s” đứng sau bước “%(other)s” mà chuỗi không có.", do_now="Sửa after của bước này."
    ),
    "chains.paper_from_nowhere": Sentence(
        says="Bước “%(leg)s” dùng kết quả của “%(other)s”, nhưng bước ấy không đứng trước nó.",
        do_now="Sửa papers, hoặc thêm bước ấy vào after.",
    ),
    "chains.answer_from_nowhere": Sentence(
        says="Bước “%(leg)s” lấy ô “%(field)s” từ “%(source)s” không có trong chuỗi.",
        do_now="Ghi theo dạng bước.ô, ví dụ birth.child_name.",
    ),
    "chains.circle": Sentence(
        says="Các bước chờ nhau thành vòng tròn: %(legs)s.", do_now="Bỏ một lần chờ để có thứ tự."
    ),
    "chains.no_procedure": Sentence(
        says="Bước “%(leg)s”: danh mục không có thủ tục %(procedure)s đang có hiệu lực.",
        do_now="Người quản lý danh mục công bố thủ tục, rồi thử lại.",
    ),
    "chains.procedure_not_ready": Sentence(
        says="Bước “%(leg)s”: thủ tục %(procedure)s chưa đủ điều kiện tiếp nhận.",
        do_now="Người quản lý danh mục xác nhận phần còn thiếu của thủ tục, rồi thử lại.",
    ),
    "chains.no_case": Sentence(
        says="Bước “%(leg)s”: thủ tục %(procedure)s không có trường hợp thứ %(case)s.",
        do_now="Sửa định nghĩa chuỗi theo phiên bản thủ tục đang có hiệu lực.",
    ),
    "chains.no_limit": Sentence(
        says="Bước “%(leg)s”: thủ tục %(procedure)s chưa có thời hạn khi nộp theo cách này.",
        do_now="Người quản lý danh mục xác nhận thời hạn của thủ tục, rồi thử lại.",
    ),
    "chains.no_form": Sentence(
        says="Bước “%(leg)s”: thiếu tờ khai điện tử của thủ tục %(procedure)s.",
        do_now="Người quản lý danh mục nạp tờ khai, rồi thử lại.",
    ),
    "chains.agency_unknown": Sentence(
        says="Bước “%(leg)s”: danh mục không nói cơ quan nào giải quyết.",
        do_now="Chọn cơ quan giải quyết cho bước này rồi bấm “Thử lại”.",
    ),
    "chains.agency_gone": Sentence(
        says="Bước “%(leg)s”: cơ quan %(agency)s không còn hoạt động và chưa rõ cơ quan nào kế tục.",
        do_now="Chọn cơ quan giải quyết thay rồi bấm “Thử lại”; các bước khác không bị ảnh hưởng.",
    ),
    "chains.refused": Sentence(
        says="Cơ quan giải quyết từ chối tiếp nhận bước này.",
        do_now="Xem lý do ở hồ sơ; làm lại bước, hoặc dừng các bước sau.",
    ),
    "chains.denied": Sentence(
        says="Kết quả của bước này là không đồng ý.",
        do_now="Trao văn bản trả lời cho người dân; làm lại khi đủ điều kiện, hoặc dừng các bước sau.",
    ),
    "chains.stopped": Sentence(
        says="Hồ sơ của bước này đã dừng giải quyết.",
        do_now="Xem lý do ở hồ sơ; làm lại bước, hoặc dừng các bước sau.",
    ),
    "chains.withdrawn": Sentence(
        says="Người dân đã rút hồ sơ của bước này.",
        do_now="Hỏi người dân: làm lại bước, hay dừng các bước sau.",
    ),
}

INTAKE_PURPOSE = "Tiếp nhận thủ tục liên thông tại quầy"
