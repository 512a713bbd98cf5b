from __future__ import annotations

from vanlang.identity.rules.mandates import MandateStanding
from vanlang.identity.types import EntityKind, MandateKind, RepresentationKind, Role
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
    "identity.card_empty": Sentence(
        "Chưa đọc được gì từ thẻ.", "Hãy đặt con trỏ vào ô “Quét thẻ” rồi quét lại."
    ),
    "identity.card_unknown_code": Sentence(
        "Mã vừa quét không phải mã QR của thẻ căn cước.",
        "Hãy quét mã QR trên thẻ căn cước (không phải mã vạch khác), hoặc gõ tay các ô bên dưới.",
    ),
    "identity.card_cut": Sentence(
        "Thẻ đọc chưa trọn: thiếu %(missing)s.",
        "Hãy quét lại thẻ; nếu vẫn thiếu, gõ tay các ô bên dưới. Những gì đã gõ vẫn được giữ.",
    ),
    "identity.card_number": Sentence(
        "Số trên thẻ đọc được %(figures)s chữ số, phải đủ 12.", "Hãy quét lại thẻ, hoặc gõ tay số định danh."
    ),
    "identity.card_days_impossible": Sentence(
        "Ngày sinh và ngày cấp trên thẻ không khớp nhau hoặc ở tương lai.",
        "Hãy quét lại; nếu vẫn vậy, gõ tay theo thẻ và kiểm tra thẻ.",
    ),
    "identity.card_torn_letters": Sentence(
        "Đầu đọc gửi sai bảng mã nên chữ tiếng Việt bị vỡ.",
        "Hãy đặt đầu đọc ở chế độ Unicode (UTF-8) theo sách hướng dẫn của đầu đọc, rồi quét lại.",
    ),
    "identity.card_lost_letters": Sentence(
        "Đầu đọc đánh rơi chữ có dấu.",
        "Hãy đặt đầu đọc ở chế độ Unicode, kiểu gõ ALT hoặc bàn phím ảo, rồi quét lại.",
    ),
    "identity.card_stroke_changed": Sentence(
        "Dấu gạch đứng | giữa các mục bị đổi thành ký tự khác.",
        "Hãy đặt bàn phím của máy và của đầu đọc cùng kiểu tiếng Anh (Mỹ), rồi quét lại.",
    ),
    "identity.card_caps_lock": Sentence(
        "Chữ hoa, chữ thường bị đảo: phím Caps Lock đang bật.", "Hãy tắt Caps Lock rồi quét lại."
    ),
    "identity.card_input_method": Sentence(
        "Bộ gõ tiếng Việt đã đổi chữ trong lúc quét.",
        "Hãy chuyển bộ gõ (UniKey, EVKey…) sang E hoặc tắt, rồi quét lại.",
    ),
    "identity.card_not_in_photo": Sentence(
        "Không thấy mã QR trong ảnh.",
        "Hãy chụp lại: mã QR nằm trọn trong ảnh, đủ sáng, không lóa, không mờ; hoặc gõ tay các ô bên dưới.",
    ),
    "identity.photo_unreadable": Sentence(
        "Không mở được ảnh này.", "Hãy chọn ảnh JPG hoặc PNG dưới 12 MB, hoặc gõ tay các ô bên dưới."
    ),
    "identity.unknown_entity": Sentence(
        "Không tìm thấy doanh nghiệp, tổ chức này.",
        "Hãy kiểm tra lại mã số, hoặc ghi tên và địa chỉ để thêm mới.",
    ),
    "identity.unknown_mandate": Sentence(
        "Không tìm thấy ủy quyền này.", "Hãy chọn lại trong danh sách, hoặc tiếp tục không kèm ủy quyền."
    ),
    "identity.enterprise_code_malformed": Sentence(
        "Mã số doanh nghiệp chưa đúng.",
        "Hãy nhập đủ 10 chữ số; chi nhánh nhập thêm 3 chữ số sau dấu gạch nối, ví dụ 0100109106-001.",
    ),
    "identity.entity_number_missing": Sentence(
        "Chưa có số quyết định thành lập hoặc số giấy tờ của tổ chức.", "Hãy ghi số như trên giấy tờ."
    ),
    "identity.entity_name_missing": Sentence(
        "Chưa có tên doanh nghiệp, tổ chức.", "Hãy ghi tên đầy đủ như trên giấy đăng ký."
    ),
    "identity.represents_nobody": Sentence(
        "Hôm nay tài khoản này không đại diện cho doanh nghiệp, tổ chức đó.",
        "Hãy chọn lại người đứng tên, hoặc mang giấy tờ đại diện đến Bộ phận Một cửa để được ghi nhận.",
    ),
    "identity.mandate_revoked": Sentence(
        "Người ủy quyền đã chấm dứt ủy quyền này.",
        "Vẫn nộp giúp được, hồ sơ sẽ ghi “chưa xuất trình ủy quyền”; hoặc đề nghị ủy quyền lại.",
    ),
    "identity.mandate_not_yet": Sentence(
        "Ủy quyền này chỉ có hiệu lực từ %(from_on)s.",
        "Vẫn nộp giúp được, hồ sơ sẽ ghi “chưa xuất trình ủy quyền”; hoặc nộp từ ngày đó.",
    ),
    "identity.mandate_expired": Sentence(
        "Ủy quyền này đã hết hạn sau ngày %(last_on)s.",
        "Vẫn nộp giúp được, hồ sơ sẽ ghi “chưa xuất trình ủy quyền”; hoặc đề nghị ủy quyền lại.",
    ),
    "identity.mandate_other_procedure": Sentence(
        "Ủy quyền này không gồm thủ tục này.",
        "Vẫn nộp giúp được, hồ sơ sẽ ghi “chưa xuất trình ủy quyền”; hoặc đề nghị ủy quyền cho thủ tục này.",
    ),
    "identity.mandate_of_others": Sentence(
        "Ủy quyền này là của người khác.",
        "Hãy chọn đúng ủy quyền của người đứng tên cho người nộp, hoặc tiếp tục không kèm ủy quyền.",
    ),
    "identity.mandate_period_empty": Sentence(
        "Ngày hết hiệu lực phải sau ngày bắt đầu.", "Hãy sửa lại thời hạn ủy quyền."
    ),
    "identity.mandate_already_over": Sentence(
        "Thời hạn ủy quyền này đã qua.", "Hãy sửa lại ngày, hoặc tiếp tục không kèm ủy quyền."
    ),
    "identity.mandate_too_long": Sentence(
        "Ủy quyền xác nhận tại quầy hoặc trên mạng có hạn nhiều nhất một năm.",
        "Hãy chọn ngày hết hiệu lực trong vòng một năm.",
    ),
    "identity.mandate_for_oneself": Sentence(
        "Không cần ủy quyền cho chính mình.", "Hãy ghi số định danh của người được ủy quyền."
    ),
    "identity.mandate_agent_unnamed": Sentence(
        "Chưa đủ họ tên và số định danh của người được ủy quyền.",
        "Hãy ghi họ tên và 12 chữ số như trên thẻ căn cước của người đó.",
    ),
    "identity.appointment_refused": Sentence(
        "Vai trò này không còn hiệu lực.", "Hãy chọn vai trò khác, hoặc liên hệ quản trị của cơ quan."
    ),
    "identity.substitution_overlaps": Sentence(
        "Người vắng đã có người thay trong những ngày này.",
        "Hãy kết thúc lần phân công thay trước, hoặc chọn khoảng ngày khác.",
    ),
    "identity.substitution_chains": Sentence(
        "Trong những ngày này, một trong hai người vừa vắng vừa thay người khác.",
        "Hãy chọn người thay đang có mặt trong cả thời gian đó, và không đang nhận thay cho người khác khi chính mình vắng.",
    ),
    "identity.substitution_not_acceptable": Sentence(
        "Phân công thay này chưa hợp lệ.", "Hãy kiểm tra lại người thay và khoảng ngày."
    ),
    "identity.substitution_of_oneself": Sentence(
        "Không thể tự thay cho chính mình.", "Hãy chọn một đồng nghiệp khác của cơ quan."
    ),
    "identity.substitution_other_agency": Sentence(
        "Người thay phải là người của cùng cơ quan.", "Hãy chọn đồng nghiệp trong danh sách của cơ quan."
    ),
    "identity.substitution_no_shared_role": Sentence(
        "Người thay không có vai trò nào của người vắng.",
        "Hãy chọn người cùng vai trò: chuyên viên thay chuyên viên, lãnh đạo thay lãnh đạo.",
    ),
    "identity.substitution_without_decision": Sentence(
        "Thay lãnh đạo phê duyệt, ký phải có quyết định hoặc văn bản ủy quyền.",
        "Hãy ghi số và ngày của quyết định, rồi lưu lại.",
    ),
    "identity.substitution_period": Sentence(
        "Khoảng ngày thay chưa đúng.",
        "Hãy chọn ngày bắt đầu từ hôm nay trở đi và ngày kết thúc không trước ngày bắt đầu, tối đa một năm.",
    ),
    "identity.substitution_not_yours": Sentence(
        "Chỉ người vắng, lãnh đạo hoặc quản trị của cơ quan được phân công người thay.",
        "Hãy đề nghị lãnh đạo hoặc quản trị của cơ quan.",
    ),
    "identity.substitution_over": Sentence(
        "Lần phân công thay này đã kết thúc.", "Hãy tải lại trang để xem danh sách mới nhất."
    ),
    "identity.second_factor_needed": Sentence(
        "Vai trò của tài khoản này bắt buộc xác thực hai bước, không tắt được.",
        "Nếu đổi điện thoại, hãy liên hệ quản trị của cơ quan.",
    ),
    "identity.second_factor_missing": Sentence(
        "Tài khoản này chưa bật xác thực hai bước.", "Hãy bật xác thực hai bước trước."
    ),
    "identity.wrong_code": Sentence(
        "Mã xác thực chưa đúng hoặc đã hết hạn.",
        "Hãy đợi ứng dụng hiện mã mới rồi nhập lại, hoặc dùng một mã dự phòng.",
    ),
    "identity.wrong_password": Sentence("Mật khẩu chưa đúng.", "Hãy nhập lại mật khẩu."),
    "identity.wrong_credentials": Sentence(
        "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "Hãy nhập lại; nếu quên mật khẩu, liên hệ quản trị của cơ quan.",
    ),
    "identity.no_appointment": Sentence(
        "Tài khoản này chưa được phân công, hoặc đã hết phân công, ở mọi cơ quan.",
        "Hãy liên hệ quản trị của cơ quan để được phân công vai trò.",
    ),
    "identity.account_closed": Sentence(
        "Tài khoản này đã bị khóa.", "Hãy đến Bộ phận Một cửa gần nhất để được hỗ trợ."
    ),
    "identity.provider_refused": Sentence(
        "Chưa đăng nhập được: câu trả lời của hệ thống định danh không xác minh được.",
        "Hãy đăng nhập lại từ đầu. Nội dung đang làm dở vẫn được giữ.",
    ),
    "identity.provider_unreachable": Sentence(
        "Hệ thống định danh điện tử tạm thời không trả lời.",
        "Nội dung đang làm dở vẫn được giữ. Hãy thử lại sau ít phút, hoặc nộp hồ sơ trực tiếp tại Bộ phận Một cửa.",
    ),
    "identity.sign_in_interrupted": Sentence(
        "Lần đăng nhập này đã hết hạn hoặc đã được dùng rồi.",
        "Hãy đăng nhập lại từ đầu. Nội dung đang làm dở vẫn được giữ.",
    ),
    "identity.sign_in_cancelled": Sentence(
        "Lần đăng nhập đã dừng theo yêu cầu.",
        "Hãy đăng nhập lại khi cần. Nội dung đang làm dở vẫn được giữ.",
    ),
    "identity.level_too_low": Sentence(
        "Tài khoản định danh này ở mức độ %(level)s, chưa đủ để làm thủ tục.",
        "Hãy nâng tài khoản lên mức độ 2 tại cơ quan Công an, rồi đăng nhập lại.",
    ),
    "identity.personal_id_missing": Sentence(
        "Hệ thống định danh chưa cho biết số định danh cá nhân và họ tên.",
        "Hãy đăng nhập lại và đồng ý chia sẻ thông tin; nếu vẫn không được, hãy đến Bộ phận Một cửa.",
    ),
    "identity.appointment_in_use": Sentence(
        "Cán bộ này đã đăng nhập hoặc đã làm việc trong vai trò này nên không xóa được.",
        "Hãy kết thúc phân công thay vì xóa: việc đã làm được giữ nguyên.",
    ),
    "identity.reason_missing": Sentence("Chưa ghi lý do.", "Hãy ghi lý do; lý do được lưu trong nhật ký."),
    "identity.activation_unknown": Sentence(
        "Đường dẫn kích hoạt không đúng.",
        "Hãy nhập lại đúng như trên phiếu, hoặc xin quản trị cơ quan phiếu mới.",
    ),
    "identity.activation_used": Sentence(
        "Đường dẫn kích hoạt này đã được dùng.",
        "Nếu chính anh/chị đã đặt mật khẩu, hãy đăng nhập; nếu không, báo ngay cho quản trị cơ quan.",
    ),
    "identity.activation_expired": Sentence(
        "Đường dẫn kích hoạt đã hết hạn hoặc đã có phiếu mới hơn.", "Hãy xin quản trị cơ quan phiếu mới."
    ),
    "identity.password_weak": Sentence(
        "Mật khẩu này dễ đoán hoặc ngắn hơn 10 ký tự.",
        "Hãy đặt mật khẩu dài hơn, ví dụ bốn từ không liên quan nhau.",
    ),
    "identity.passwords_differ": Sentence(
        "Hai lần nhập mật khẩu không giống nhau.", "Hãy nhập lại cả hai ô."
    ),
}

ROLES = {
    Role.COUNTER: "Tiếp nhận và trả kết quả",
    Role.SPECIALIST: "Chuyên viên xử lý",
    Role.LEADER: "Lãnh đạo",
    Role.CLERK: "Văn thư",
    Role.ACCOUNTANT: "Kế toán",
    Role.CATALOGUE_EDITOR: "Quản lý danh mục thủ tục",
    Role.ADMIN: "Quản trị cơ quan",
}


MANDATE_KINDS = {
    MandateKind.PARENT: "Cha, mẹ của người chưa thành niên",
    MandateKind.GUARDIAN: "Người giám hộ",
    MandateKind.WRITTEN: "Giấy ủy quyền",
    MandateKind.IN_PERSON: "Ủy quyền trực tiếp tại quầy",
    MandateKind.ONLINE: "Ủy quyền trên Cổng dịch vụ",
}

MANDATE_STANDINGS = {
    MandateStanding.IN_FORCE: "Đang hiệu lực",
    MandateStanding.NOT_YET: "Chưa đến ngày hiệu lực",
    MandateStanding.EXPIRED: "Đã hết hạn",
    MandateStanding.REVOKED: "Đã chấm dứt",
}

ENTITY_KINDS = {
    EntityKind.ENTERPRISE: "Doanh nghiệp, hộ kinh doanh, hợp tác xã",
    EntityKind.OTHER: "Tổ chức khác",
}

REPRESENTATION_KINDS = {
    RepresentationKind.LEGAL: "Người đại diện theo pháp luật",
    RepresentationKind.AUTHORISED: "Người được tổ chức cử",
}
