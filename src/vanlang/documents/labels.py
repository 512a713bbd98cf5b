from __future__ import annotations

from vanlang.documents.types import OutcomeAct, OutcomeState
from vanlang.kernel.labels import Sentence

SENTENCES = {
    "documents.template_broken": Sentence(
        "Mẫu in “%(template)s” chưa dùng được.",
        "Hãy báo quản trị kiểm tra mẫu của cơ quan; hồ sơ không bị ảnh hưởng.",
    ),
    "documents.number_refused": Sentence("Sổ văn bản chưa cấp được số.", "Hãy tải lại trang rồi ký lại."),
    "documents.book_kind_malformed": Sentence(
        "Ký hiệu sổ văn bản “%(kind)s” chưa đúng dạng.",
        "Hãy đề nghị quản lý danh mục sửa ký hiệu loại văn bản của thủ tục, ví dụ QĐ, TLKS.",
    ),
    "documents.number_backdated": Sentence(
        "Số văn bản chỉ cấp cho ngày đang ký, không cấp lùi hoặc trước ngày.",
        "Hãy để ngày văn bản là ngày ký rồi ký lại.",
    ),
    "documents.number_void": Sentence(
        "Số này đã được hủy, hoặc thuộc văn bản điện tử.", "Hãy tải lại sổ để xem tình trạng mới nhất của số."
    ),
    "documents.unknown_word_template": Sentence(
        "Không tìm thấy mẫu Word này.", "Hãy mở lại danh sách mẫu của thủ tục."
    ),
    "documents.template_unreadable": Sentence(
        "Tệp Word này không dùng làm mẫu được.",
        "Hãy mở tệp bằng Word, lưu lại dạng .docx rồi tải lên lần nữa.",
    ),
    "documents.template_syntax": Sentence(
        "Có chỗ viết trường chưa đúng cú pháp: %(line)s.",
        "Hãy viết mỗi trường dạng {{ mã_hồ_sơ }}, không để dấu ngoặc thừa; mẫu cũ vẫn được dùng.",
    ),
    "documents.template_construct": Sentence(
        "Mẫu dùng lệnh không được phép: %(what)s.",
        "Mẫu chỉ dùng {{ trường }} và {%% if trường %%} … {%% endif %%}; hãy bỏ lệnh khác rồi tải lại.",
    ),
    "documents.template_field_unknown": Sentence(
        "Mẫu dùng trường “%(field)s” không có trong danh sách.",
        "Hãy chọn đúng tên trường ở trang “Trường dùng trong mẫu”; mẫu cũ vẫn được dùng.",
    ),
    "documents.template_field_missing": Sentence(
        "Mẫu thiếu trường bắt buộc “%(field)s”.",
        "Hãy thêm trường này vào chỗ ghi số, ngày của văn bản; mẫu cũ vẫn được dùng.",
    ),
    "documents.mark_missing": Sentence(
        "Văn bản tải lên không còn chỗ giữ “%(mark)s” cho %(field)s.",
        "Hãy lấy lại bản điền sẵn, giữ nguyên chữ giữ chỗ khi soạn, rồi xuất PDF lần nữa.",
    ),
    "documents.pdf_unreadable": Sentence(
        "Tệp PDF không mở được để tìm chỗ ghi số.", "Hãy xuất lại PDF từ Word rồi tải lên."
    ),
    "documents.no_converter": Sentence(
        "Máy chủ này không đổi được Word sang PDF.",
        "Hãy dùng “Lưu dưới dạng PDF” trong Word rồi tải tệp PDF lên.",
    ),
    "documents.conversion_failed": Sentence(
        "Không đổi được tệp Word này sang PDF.",
        "Hãy dùng “Lưu dưới dạng PDF” trong Word rồi tải tệp PDF lên.",
    ),
    "documents.conversion_too_slow": Sentence(
        "Đổi sang PDF quá lâu nên đã dừng.", "Hãy thử lại, hoặc lưu PDF từ Word rồi tải lên."
    ),
    "documents.unknown_outcome": Sentence(
        "Không tìm thấy văn bản kết quả này.", "Hãy mở lại văn bản từ hồ sơ."
    ),
    "documents.act_not_possible": Sentence(
        "Văn bản đang ở bước khác nên chưa làm được việc này.",
        "Hãy tải lại trang để xem văn bản đang ở bước nào.",
    ),
    "documents.signed_other_content": Sentence(
        "Tệp đã ký không phải là văn bản đã cấp số.",
        "Hãy tải đúng tệp cần ký từ trang này, ký lại rồi gửi lên.",
    ),
    "documents.not_signed": Sentence(
        "Tệp gửi lên chưa có chữ ký số.", "Hãy ký số trên tệp đã cấp số rồi gửi lên."
    ),
}

OUTCOME_STATES = {
    OutcomeState.DRAFT: "Dự thảo",
    OutcomeState.NUMBERED: "Đã cấp số, chờ ký",
    OutcomeState.SIGNED: "Đã ký, chờ phát hành",
    OutcomeState.RELEASED: "Đã phát hành",
    OutcomeState.VOID: "Đã hủy số",
}
OUTCOME_ACTS = {
    OutcomeAct.REVISE: "Sửa dự thảo",
    OutcomeAct.NUMBER: "Cấp số",
    OutcomeAct.ATTACH_SIGNED: "Nhận bản ký",
    OutcomeAct.RELEASE: "Phát hành",
    OutcomeAct.VOID: "Hủy số",
}
