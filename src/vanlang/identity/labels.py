from __future__ import annotations

from vanlang.identity.types import Role
from vanlang.kernel.labels import Sentence

SENTENCES = {
    "identity.sign_in_required": Sentence("Việc này cần đăng nhập.", "Hãy đăng nhập rồi mở lại trang."),
    "identity.citizens_only": Sentence(
        "Trang này dành cho người dân đăng nhập bằng tài khoản định danh điện tử.",
        "Hãy đăng xuất rồi đăng nhập bằng tài khoản định danh, hoặc quay lại bàn làm việc.",
    ),
    "identity.officers_only": Sentence(
        "Trang này dành cho cán bộ, công chức của cơ quan.", "Hãy quay lại trang chủ để tìm việc cần làm."
    ),
    "identity.role_required": Sentence(
        "Vai trò đang chọn không được làm việc này.",
        "Hãy đổi sang vai trò phù hợp, hoặc liên hệ quản trị của cơ quan để được phân công.",
    ),
    "identity.second_factor_required": Sentence(
        "Việc này cần xác thực thêm một bước.", "Hãy nhập mã 6 số trong ứng dụng xác thực, rồi làm lại."
    ),
    "identity.unknown_person": Sentence(
        "Không tìm thấy người này.", "Hãy kiểm tra lại số định danh cá nhân, hoặc nhập thông tin mới."
    ),
    "identity.personal_id_malformed": Sentence(
        "Số định danh cá nhân chưa đúng.", "Hãy nhập đủ 12 chữ số như trên thẻ căn cước."
    ),
    "identity.appointment_refused": Sentence(
        "Vai trò này không còn hiệu lực.", "Hãy chọn vai trò khác, hoặc liên hệ quản trị của cơ quan."
    ),
    "identity.provider_refused": Sentence(
        "Chưa đăng nhập được bằng tài khoản định danh điện tử.", "Hãy thử đăng nhập lại từ đầu."
    ),
    "identity.wrong_credentials": Sentence(
        "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "Hãy nhập lại; nếu quên mật khẩu, liên hệ quản trị của cơ quan.",
    ),
}

ROLES = {
    Role.COUNTER: "Tiếp nhận và trả kết quả",
    Role.SPECIALIST: "Chuyên viên xử lý",
    Role.LEADER: "Lãnh đạo",
    Role.CLERK: "Văn thư",
    Role.CATALOGUE_EDITOR: "Quản lý danh mục thủ tục",
    Role.ADMIN: "Quản trị cơ quan",
}
