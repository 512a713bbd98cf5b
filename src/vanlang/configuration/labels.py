from __future__ import annotations

from vanlang.configuration.types import ImportState, RowStatus
from vanlang.kernel.labels import Sentence
from vanlang.ui.types import Tone

IMPORT_STATES: dict[ImportState, tuple[str, Tone]] = {
    ImportState.PROPOSED: ("Chờ duyệt", "pending"),
    ImportState.WITHDRAWN: ("Đã bỏ", "neutral"),
    ImportState.APPLYING: ("Đang ghi", "progress"),
    ImportState.APPLIED: ("Đã ghi", "success"),
    ImportState.UNDOING: ("Đang hoàn tác", "progress"),
    ImportState.UNDONE: ("Đã hoàn tác", "neutral"),
}
ROW_STATUSES: dict[RowStatus, tuple[str, Tone]] = {
    RowStatus.FAULTY: ("Lỗi", "danger"),
    RowStatus.NEW: ("Mới", "success"),
    RowStatus.CHANGED: ("Thay đổi", "info"),
    RowStatus.REMOVED: ("Bỏ", "warning"),
    RowStatus.SAME: ("Như cũ", "neutral"),
}
KEEP_RUNNING = "Hồ sơ đang giải quyết giữ phiên bản mà chúng được tiếp nhận."

SENTENCES = {
    "configuration.unknown_import": Sentence(
        "Không có lần nhập này.", "Hãy mở lại từ danh sách các lần nhập."
    ),
    "configuration.not_yours": Sentence(
        "Vai trò đang chọn không được quyết định lần nhập này.",
        "Hãy nhờ quản trị hoặc người quản lý danh mục của cơ quan.",
    ),
    "configuration.second_person": Sentence(
        "Người đề nghị không tự duyệt lần nhập của mình.",
        "Hãy nhờ một quản trị khác mở lần nhập này và duyệt.",
    ),
    "configuration.other_agency": Sentence(
        "Dòng này thuộc cơ quan khác.",
        "Quản trị của cơ quan đó, hoặc của Văn phòng UBND tỉnh, mới được thay đổi.",
    ),
    "configuration.province_only": Sentence(
        "Chỉ Văn phòng UBND tỉnh nhập được loại bảng này.", "Hãy gửi tệp cho quản trị của tỉnh."
    ),
    "configuration.not_proposed": Sentence(
        "Lần nhập này đã được quyết định.", "Hãy tải lại trang để xem tình trạng mới nhất."
    ),
    "configuration.not_applied": Sentence(
        "Chỉ hoàn tác được lần nhập đã ghi xong.", "Hãy đợi ghi xong rồi làm lại."
    ),
    "configuration.nothing_read": Sentence(
        "Tệp không có dòng dữ liệu nào.", "Hãy điền dữ liệu dưới dòng tiêu đề rồi tải lên lại."
    ),
    "configuration.no_agency": Sentence("Chưa ghi cơ quan.", "Hãy điền mã hoặc tên cơ quan."),
    "configuration.unknown_agency": Sentence(
        "Không có cơ quan nào mang tên hoặc mã “%(said)s”.", "Hãy kiểm tra chính tả, hoặc dùng mã cơ quan."
    ),
    "configuration.ambiguous_agency": Sentence(
        "“%(said)s” có thể là: %(places)s.", "Hãy thay bằng mã của cơ quan đúng."
    ),
    "configuration.former_name": Sentence(
        "Dòng này dùng tên cũ mà người duyệt chưa chấp nhận cách hiểu.",
        "Hãy sửa thành mã cơ quan hiện nay rồi nhập lại dòng này.",
    ),
    "configuration.unknown_unit": Sentence(
        "Cơ quan này không có đơn vị “%(said)s”.", "Hãy chọn đơn vị có trong cơ quan, hoặc nhập đơn vị trước."
    ),
    "configuration.bad_username": Sentence(
        "Tên đăng nhập “%(said)s” không hợp lệ.",
        "Hãy dùng chữ thường không dấu, số và dấu chấm, ví dụ mai.lt.",
    ),
    "configuration.period_backwards": Sentence(
        "“Đến ngày” không sau “Từ ngày”.", "Hãy sửa một trong hai ngày."
    ),
    "configuration.unknown_procedure": Sentence(
        "Không có thủ tục mã “%(said)s” mà cơ quan này phụ trách.",
        "Hãy kiểm tra mã; thủ tục của cơ quan khác do cơ quan đó nhập.",
    ),
    "configuration.unknown_case": Sentence(
        "Thủ tục không có trường hợp “%(said)s”.", "Hãy chép đúng tên trường hợp từ tệp xuất ra."
    ),
    "configuration.unknown_form": Sentence(
        "Không có mẫu đơn điện tử “%(said)s”.", "Hãy chọn mã mẫu có trong danh mục mẫu."
    ),
    "configuration.negative": Sentence("Số này phải lớn hơn 0, hoặc bằng 0 nếu là mức thu.", "Hãy sửa số."),
    "configuration.no_whole": Sentence(
        "Tỷ lệ thời gian của các bước cộng lại là %(total)s %%, phải đúng 100 %%.",
        "Hãy sửa tỷ lệ để các bước cộng lại đủ 100 %%.",
    ),
    "configuration.half_a_tier": Sentence(
        "“Số đơn vị đầu” và “Mức thu tiếp theo” phải đi cùng nhau.", "Hãy điền cả hai hoặc bỏ trống cả hai."
    ),
    "configuration.make_up_names_a_day": Sentence(
        "Ngày làm bù phải ghi ngày nghỉ được đổi; ngày khác thì không ghi.", "Hãy sửa cột Làm bù cho ngày."
    ),
    "configuration.hours_backwards": Sentence(
        "Giờ mở và giờ đóng không thành một buổi.", "Hãy điền đủ cả hai giờ, giờ mở trước giờ đóng."
    ),
    "configuration.group_faulty": Sentence(
        "Một dòng khác của cùng nhóm có lỗi nên cả nhóm chưa được nhận.",
        "Hãy sửa dòng lỗi rồi nhập lại cả nhóm.",
    ),
    "configuration.newer_rests_on_it": Sentence(
        "Nội dung này đã được thay đổi sau lần nhập.", "Hãy sửa tay nếu vẫn muốn trở về như cũ."
    ),
}
