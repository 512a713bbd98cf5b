from __future__ import annotations

from vanlang.kernel.circuit import CircuitState
from vanlang.kernel.labels import Sentence
from vanlang.notifications.rules.wording import ValueType
from vanlang.notifications.types import (
    DeliveryState,
    NoticeChannel,
    NoticeKind,
    ProviderVerdict,
)

CHANNELS = {
    NoticeChannel.EMAIL: "Thư điện tử",
    NoticeChannel.SMS: "Tin nhắn SMS",
    NoticeChannel.PUSH: "Thông báo trên trình duyệt",
    NoticeChannel.MESSENGER: "Ứng dụng nhắn tin",
}
KINDS = {
    NoticeKind.DUTY: "Việc cần làm và quyền lợi của tôi",
    NoticeKind.PROGRESS: "Hồ sơ đi đến đâu",
    NoticeKind.REMINDER: "Nhắc việc",
    NoticeKind.DIGEST: "Tổng hợp trong ngày",
}
KIND_HINTS = {
    NoticeKind.DUTY: "Cần bổ sung, bị từ chối, đổi ngày trả, dừng giải quyết, đã có kết quả. Phải còn ít nhất một cách nhận.",
    NoticeKind.PROGRESS: "Đã tiếp nhận, đã trả kết quả, đã rút hồ sơ.",
    NoticeKind.REMINDER: "Nhắc đến nhận kết quả, nhắc hạn bổ sung.",
    NoticeKind.DIGEST: "Mỗi ngày làm việc một tin cho cán bộ.",
}
STATES = {
    DeliveryState.QUEUED: "Chờ gửi",
    DeliveryState.HELD_QUIET: "Giữ đến 7 giờ sáng",
    DeliveryState.HELD_CAP: "Giữ vì hết mức chi trong ngày",
    DeliveryState.SENDING: "Đang gửi",
    DeliveryState.SENT: "Đã gửi",
    DeliveryState.DELIVERED: "Đã đến nơi",
    DeliveryState.FAILED: "Không gửi được",
    DeliveryState.EXPIRED: "Hết ý nghĩa, không gửi",
}
VERDICTS = {
    ProviderVerdict.ACCEPTED: "Nhận gửi",
    ProviderVerdict.TEMPORARY: "Tạm từ chối",
    ProviderVerdict.THROTTLED: "Yêu cầu gửi chậm lại",
    ProviderVerdict.UNREACHABLE: "Không kết nối được",
    ProviderVerdict.UNCLEAR: "Không rõ đã nhận chưa",
    ProviderVerdict.BAD_ADDRESS: "Không có người nhận ở địa chỉ này",
    ProviderVerdict.REFUSED: "Từ chối hẳn",
}
CIRCUITS = {
    CircuitState.CLOSED: "Hoạt động",
    CircuitState.OPEN: "Tạm ngừng gửi",
    CircuitState.PROBING: "Đang gửi thử",
}

VALUE_TYPES = {
    ValueType.TEXT: "Câu chữ",
    ValueType.CODE: "Mã",
    ValueType.DAY: "Ngày",
    ValueType.MOMENT: "Giờ và ngày",
    ValueType.MONEY: "Số tiền",
    ValueType.NUMBER: "Số",
    ValueType.LINES: "Danh sách",
}

SENTENCES = {
    "notifications.template_values": Sentence(
        "Mẫu thông báo này thiếu hoặc thừa nội dung.",
        "Hãy báo quản trị hệ thống kiểm tra mẫu thông báo.",
    ),
    "notifications.duty_needs_a_channel": Sentence(
        "Thông báo về việc cần làm và quyền lợi không thể tắt hết.",
        "Hãy chọn ít nhất một cách nhận.",
    ),
    "notifications.not_a_mobile": Sentence(
        "Đây không phải số điện thoại di động Việt Nam.",
        "Hãy nhập số di động 10 chữ số, ví dụ 0912 345 678.",
    ),
    "notifications.no_subscription": Sentence(
        "Trình duyệt không gửi đủ thông tin để đăng ký nhận thông báo.",
        "Hãy tải lại trang rồi bấm “Bật trên trình duyệt này” một lần nữa.",
    ),
    "notifications.unknown_push_service": Sentence(
        "Trình duyệt này dùng dịch vụ thông báo mà hệ thống chưa hỗ trợ.",
        "Hãy dùng Chrome, Edge, Firefox hoặc Safari, hoặc chọn cách nhận khác.",
    ),
    "notifications.message_not_found": Sentence(
        "Không tìm thấy thông báo này.",
        "Hãy mở danh sách thông báo để xem các tin gửi cho bạn.",
    ),
    "notifications.not_to_be_sent_again": Sentence(
        "Tin này đã gửi hoặc đang được gửi nên không gửi lại.",
        "Hãy tải lại trang để xem tình trạng mới nhất.",
    ),
    "notifications.quiet_hours": Sentence(
        "Tin được giữ đến hết giờ yên lặng (21 giờ đến 7 giờ).", "Không cần làm gì: tin tự gửi lúc 7 giờ."
    ),
    "notifications.cap_reached": Sentence(
        "Mức chi cho tin nhắn hôm nay đã hết.",
        "Tin sẽ gửi vào ngày mai; nếu cần gửi ngay, hãy đề nghị quản trị nâng mức chi.",
    ),
    "notifications.province_only": Sentence(
        "Chỉ quản trị của Văn phòng UBND tỉnh đặt mức chi của toàn tỉnh.",
        "Hãy đặt mức chi của cơ quan mình, hoặc đề nghị quản trị của tỉnh.",
    ),
    "notifications.all_providers_down": Sentence(
        "Mọi nhà cung cấp của kênh này đang không kết nối được.",
        "Không cần làm gì: tin tự gửi khi kết nối trở lại.",
    ),
    "notifications.no_provider": Sentence(
        "Chưa khai báo nhà cung cấp cho kênh này.",
        "Hãy đề nghị quản trị hệ thống khai báo nhà cung cấp.",
    ),
    "notifications.tried_enough": Sentence(
        "Đã thử gửi nhiều lần nhưng nhà cung cấp đều tạm từ chối.",
        "Hãy kiểm tra nhà cung cấp rồi bấm “Gửi lại”, hoặc báo cho người nhận bằng cách khác.",
    ),
    "notifications.bad_address": Sentence(
        "Không có người nhận ở địa chỉ này.",
        "Hãy hỏi người nhận địa chỉ đúng khi họ đăng nhập hoặc đến quầy.",
    ),
    "notifications.refused": Sentence(
        "Nhà cung cấp từ chối hẳn tin này.",
        "Hãy báo cho người nhận bằng cách khác và kiểm tra với nhà cung cấp.",
    ),
    "notifications.unclear": Sentence(
        "Mất kết nối đúng lúc gửi nên không rõ tin đã đi chưa.",
        "Tin nhắc không gửi lần hai để người nhận không bị làm phiền; có thể bấm “Gửi lại”.",
    ),
    "notifications.expired": Sentence(
        "Tin đã quá thời gian có ý nghĩa trước khi gửi được.", "Không cần làm gì."
    ),
}
