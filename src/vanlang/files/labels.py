from __future__ import annotations

from vanlang.files.rules.kinds import FileKind
from vanlang.files.types import ScanState
from vanlang.kernel.labels import Sentence

SENTENCES = {
    "files.store_full": Sentence(
        "Kho tệp của hệ thống đã đầy, tệp chưa được lưu.",
        "Hãy thử lại sau ít phút. Nếu vẫn vậy, báo cho quản trị hệ thống: cần thêm chỗ trên ổ đĩa.",
    ),
    "files.empty": Sentence(
        "Tệp trống, không có nội dung.", "Hãy kiểm tra lại tệp trên máy rồi tải lên lần nữa."
    ),
    "files.too_large": Sentence(
        "Tệp nặng khoảng %(megabytes)s MB, quá mức %(max_megabytes)s MB.",
        "Hãy quét lại ở 200 dpi, hoặc chia thành nhiều tệp rồi tải lên.",
    ),
    "files.type_not_allowed": Sentence(
        "Loại tệp này không nhận ở đây.",
        "Hãy tải lên tệp %(accepted)s; đổi tên đuôi tệp không đổi được loại tệp.",
    ),
    "files.heic": Sentence(
        "Ảnh HEIC của điện thoại chưa mở được trên hệ thống.",
        "Hãy đặt điện thoại chụp ở dạng JPEG (Cài đặt, Camera, Định dạng, Tương thích nhất) rồi chụp lại, hoặc gửi tệp %(accepted)s.",
    ),
    "files.broken_pdf": Sentence(
        "Tệp PDF không mở được.", "Hãy xuất lại tệp PDF từ máy quét rồi tải lên lần nữa."
    ),
    "files.encrypted_pdf": Sentence(
        "Tệp PDF đặt mật khẩu nên cán bộ không đọc được.", "Hãy bỏ mật khẩu, hoặc in ra PDF mới rồi tải lên."
    ),
    "files.too_many_pages": Sentence(
        "Tệp PDF dài quá %(max_pages)s trang.", "Hãy chia thành nhiều tệp rồi tải lên."
    ),
    "files.broken_image": Sentence(
        "Tệp ảnh không mở được hoặc bị thiếu một phần.", "Hãy chụp hoặc quét lại ảnh rồi tải lên lần nữa."
    ),
    "files.image_too_large": Sentence(
        "Ảnh lớn quá %(max_megapixels)s megapixel.",
        "Hãy chụp hoặc quét lại ở độ phân giải thấp hơn rồi tải lên.",
    ),
    "files.moving_image": Sentence("Ảnh động không nhận làm giấy tờ.", "Hãy gửi ảnh chụp hoặc tệp PDF."),
    "files.broken_office": Sentence(
        "Tệp Word hoặc Excel không mở được.", "Hãy mở tệp trên máy, lưu lại, hoặc xuất ra PDF rồi tải lên."
    ),
    "files.encrypted_office": Sentence(
        "Tệp Word hoặc Excel đặt mật khẩu nên cán bộ không đọc được.", "Hãy bỏ mật khẩu rồi tải lên lần nữa."
    ),
    "files.active_content": Sentence(
        "Tệp có phần tự chạy (mã lệnh, macro hoặc tệp đính kèm chạy được) nên không nhận.",
        "Hãy in tệp ra PDF mới (chọn “In ra PDF”) rồi tải bản đó lên.",
    ),
    "files.suspicious_size": Sentence(
        "Tệp có phần nén phình quá mức khi mở.",
        "Hãy in tệp ra PDF mới (chọn “In ra PDF”) rồi tải bản đó lên.",
    ),
    "files.zip_suspicious": Sentence(
        "Tệp Word hoặc Excel có cấu trúc bất thường nên không nhận.", "Hãy xuất nội dung ra PDF rồi tải lên."
    ),
    "files.two_kinds": Sentence(
        "Tệp chứa thêm một tệp khác ở bên trong nên không nhận.",
        "Hãy quét hoặc chụp lại giấy tờ rồi tải lên.",
    ),
    "files.infected": Sentence(
        "Phần mềm diệt vi-rút phát hiện mã độc trong tệp này.",
        "Hãy quét vi-rút máy đã tạo ra tệp, rồi quét hoặc chụp lại giấy tờ và tải lên.",
    ),
    "files.infected_later": Sentence(
        "Tệp này bị phát hiện có mã độc sau khi nhận nên không mở được.",
        "Hãy đề nghị người nộp gửi lại giấy tờ.",
    ),
    "files.unknown": Sentence("Không tìm thấy tệp này.", "Hãy tải lại trang rồi mở lại từ hồ sơ."),
    "files.damaged": Sentence(
        "Nội dung tệp trên kho lưu trữ không còn nguyên vẹn.",
        "Hãy báo quản trị hệ thống khôi phục từ bản sao lưu; hồ sơ không bị mất.",
    ),
    "files.in_use": Sentence(
        "Tệp đang thuộc về một hồ sơ hoặc văn bản nên không xóa được.", "Không cần làm gì thêm."
    ),
}

KINDS = {
    FileKind.PDF: "Tệp PDF",
    FileKind.JPEG: "Ảnh JPEG",
    FileKind.PNG: "Ảnh PNG",
    FileKind.WEBP: "Ảnh WebP",
    FileKind.DOCX: "Tệp Word",
    FileKind.XLSX: "Tệp Excel",
    FileKind.HEIC: "Ảnh HEIC",
}
SCAN_STATES = {
    ScanState.CLEAN: "Đã quét vi-rút",
    ScanState.UNSCANNED: "Chờ quét vi-rút",
    ScanState.NO_SCANNER: "Nơi lưu không có phần mềm quét vi-rút",
    ScanState.INFECTED: "Có mã độc",
}
