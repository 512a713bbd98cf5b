from __future__ import annotations

from vanlang.intake.types import DraftStep, Operation, ReturnWay
from vanlang.kernel.labels import Sentence

STEPS = {
    DraftStep.PLACE: "Nơi nộp",
    DraftStep.FORM: "Tờ khai",
    DraftStep.PAPERS: "Giấy tờ",
    DraftStep.REVIEW: "Kiểm tra và nộp",
}
RETURN_WAYS = {
    ReturnWay.INTAKE: "Tại nơi nộp hồ sơ",
    ReturnWay.COMPETENT: "Tại cơ quan giải quyết",
}
OPERATIONS = {
    Operation.SELF: "Công dân tự nộp",
    Operation.ON_BEHALF: "Công dân nộp thay người khác",
    Operation.ASSISTED: "Cán bộ thao tác giúp",
    Operation.COUNTER_PAPER: "Cán bộ nhập từ hồ sơ giấy",
}

SENTENCES = {
    "intake.draft_not_found": Sentence(
        "Không tìm thấy bản nháp này.",
        "Hãy mở lại từ mục “Hồ sơ của tôi”; bản nháp chỉ người soạn mở được.",
    ),
    "intake.draft_closed": Sentence(
        "Bản nháp này đã được nộp thành hồ sơ.", "Hãy xem hồ sơ ở mục “Hồ sơ của tôi”."
    ),
    "intake.filing_closed": Sentence(
        "Cổng này không nhận hồ sơ trực tuyến.",
        "Hãy nộp trên Cổng Dịch vụ công quốc gia, hoặc tại bộ phận Một cửa của xã, phường bất kỳ trong tỉnh.",
    ),
    "intake.not_fileable": Sentence(
        "Thủ tục này hiện không nộp trực tuyến tại đây được.",
        "Hãy nộp tại bộ phận Một cửa, hoặc xem các cách nộp ở trang thủ tục.",
    ),
    "intake.counter_only": Sentence(
        "Thủ tục này nộp tại quầy, chưa nộp trực tuyến.",
        "Hãy mang giấy tờ đến bộ phận Một cửa; thời hạn, lệ phí và nơi nộp có ở trang thủ tục.",
    ),
    "intake.no_online_limit": Sentence(
        "Danh mục chưa có thời hạn giải quyết khi nộp trực tuyến, nên chưa nộp trực tuyến được.",
        "Hãy nộp tại bộ phận Một cửa, nơi thời hạn đã được công bố.",
    ),
    "intake.incomplete": Sentence(
        "Hồ sơ còn %(count)s nội dung chưa đủ nên chưa nộp.",
        "Hãy bổ sung các nội dung được liệt kê rồi bấm “Nộp hồ sơ” lần nữa; những gì đã nhập vẫn được giữ.",
    ),
    "intake.entry_not_taken": Sentence(
        "Trường hợp này không dùng kết quả đó thay giấy tờ nào.",
        "Hãy tải giấy tờ được yêu cầu lên, hoặc chọn lại trường hợp ở bước “Nơi nộp”.",
    ),
    "intake.unsuitable": Sentence(
        "Nội dung gửi lên không thuộc bản nháp này.", "Hãy tải lại trang rồi làm lại bước vừa rồi."
    ),
    "intake.case_unknown": Sentence(
        "Trường hợp được chọn không có trong thủ tục này.", "Hãy chọn lại một trường hợp trong danh sách."
    ),
    "intake.place_unknown": Sentence(
        "Cơ quan được chọn không tiếp nhận thủ tục này.", "Hãy chọn một cơ quan trong danh sách."
    ),
    "intake.paper_unknown": Sentence(
        "Giấy tờ này không có trong thành phần hồ sơ của trường hợp đã chọn.",
        "Hãy tải lại trang rồi chọn tệp vào đúng giấy tờ.",
    ),
    "intake.too_many_files": Sentence(
        "Giấy tờ này đã có %(most)s tệp, không thêm được nữa.",
        "Hãy ghép các trang thành một tệp PDF, hoặc xóa bớt tệp rồi tải lên.",
    ),
    "intake.no_file_chosen": Sentence("Chưa chọn tệp nào.", "Hãy chọn tệp trên máy rồi gửi lại."),
    "intake.case_missing": Sentence("Chưa chọn trường hợp.", "Hãy chọn trường hợp đúng với việc của mình."),
    "intake.place_missing": Sentence(
        "Chưa chọn nơi nộp hồ sơ.", "Hãy chọn xã, phường hoặc cơ quan tiếp nhận."
    ),
    "intake.phone_missing": Sentence(
        "Chưa có số điện thoại liên hệ.", "Hãy nhập số điện thoại để cơ quan liên hệ khi cần."
    ),
    "intake.phone_malformed": Sentence(
        "Số điện thoại chưa đúng.", "Hãy nhập 10 chữ số bắt đầu bằng số 0, ví dụ 0912 345 678."
    ),
    "intake.other_name_missing": Sentence(
        "Chưa có họ và tên người được nộp thay.", "Hãy nhập đủ họ, chữ đệm và tên như trên giấy tờ."
    ),
    "intake.other_personal_id_malformed": Sentence(
        "Số định danh của người được nộp thay chưa đúng.",
        "Hãy nhập đủ 12 chữ số, hoặc để trống nếu không có.",
    ),
    "intake.written_for_another": Sentence(
        "Bản nháp này đứng tên khác với người đang chọn làm việc.",
        "Hãy mở mục “Đứng tên”, chọn lại đúng người hoặc tổ chức, rồi nộp. Nội dung đã viết vẫn còn.",
    ),
    "intake.paper_missing": Sentence("Chưa tải lên giấy tờ này.", "Hãy chụp hoặc quét giấy tờ rồi tải lên."),
    "intake.form_missing": Sentence("Tờ khai chưa điền.", "Hãy mở bước “Tờ khai” và điền các mục."),
}
