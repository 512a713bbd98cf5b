"""What people read about money."""

from __future__ import annotations

from vanlang.kernel.labels import Sentence
from vanlang.payments.types import (
    Clearing,
    DemandState,
    DifferenceState,
    FeeGap,
    LedgerAccount,
    Match,
    Occasion,
    PaymentState,
    PaymentWay,
    RefundState,
    StatementSource,
    StrayReason,
    StrayState,
)

WAYS = {
    PaymentWay.PLATFORM: "Nền tảng thanh toán quốc gia",
    PaymentWay.BANK_QR: "Chuyển khoản bằng mã QR",
    PaymentWay.CASH: "Tiền mặt",
}
DEMAND_STATES = {
    DemandState.OPEN: "Chưa nộp",
    DemandState.PAID: "Đã nộp",
    DemandState.WAIVED: "Được miễn",
    DemandState.CANCELLED: "Không phải nộp",
}
PAYMENT_STATES = {
    PaymentState.BEGUN: "Đang chờ tiền đến",
    PaymentState.BOOKED: "Đã nhận tiền",
    PaymentState.FAILED: "Không thành",
    PaymentState.EXPIRED: "Hết thời gian chờ",
    PaymentState.REFUNDING: "Đang hoàn tiền",
    PaymentState.REFUNDED: "Đã hoàn tiền",
}
REFUND_STATES = {
    RefundState.PROPOSED: "Chờ lãnh đạo quyết định",
    RefundState.ASKED: "Đã yêu cầu hoàn",
    RefundState.CONFIRMED: "Đã hoàn",
    RefundState.DECLINED: "Không hoàn",
}
STRAY_REASONS = {
    StrayReason.AMOUNT: "Khác số tiền phải nộp",
    StrayReason.REFERENCE: "Không có mã tham chiếu này",
    StrayReason.PAID_ALREADY: "Khoản này đã được nộp trước đó",
    StrayReason.CLOSED: "Khoản này không còn phải nộp",
}
STRAY_STATES = {
    StrayState.OPEN: "Chờ làm rõ",
    StrayState.MATCHED: "Đã khớp",
    StrayState.RETURNING: "Đang trả lại",
    StrayState.RETURNED: "Đã trả lại",
}
GAPS = {
    FeeGap.UNKNOWN: "Danh mục chưa có mức phí, lệ phí đã xác nhận cho trường hợp này",
    FeeGap.QUANTITY: "Phí tính theo số lượng, chưa ai ghi số lượng",
}
ACCOUNTS = {
    LedgerAccount.RECEIVABLE: "Phải thu của người nộp",
    LedgerAccount.REVENUE_FEE: "Thu phí",
    LedgerAccount.REVENUE_CHARGE: "Thu lệ phí",
    LedgerAccount.CLEARING: "Nền tảng thu hộ, chưa chuyển",
    LedgerAccount.BANK: "Tiền gửi ngân hàng",
    LedgerAccount.DRAWER: "Tiền mặt tại quầy",
    LedgerAccount.SUSPENSE: "Tiền chờ làm rõ",
    LedgerAccount.REFUNDS: "Phải hoàn cho người nộp",
    LedgerAccount.DIFFERENCES: "Chênh lệch với bên thu, chờ bù trừ",
    LedgerAccount.COSTS: "Chênh lệch đã quyết định chịu hoặc giữ",
}
OCCASIONS = {
    Occasion.DEMAND_FEE: "Phải thu phí",
    Occasion.DEMAND_CHARGE: "Phải thu lệ phí",
    Occasion.CANCEL_FEE: "Giảm phí phải thu",
    Occasion.CANCEL_CHARGE: "Giảm lệ phí phải thu",
    Occasion.PAID_BY_PLATFORM: "Nộp qua nền tảng quốc gia",
    Occasion.PAID_BY_BANK: "Nộp bằng chuyển khoản",
    Occasion.PAID_IN_CASH: "Nộp tiền mặt",
    Occasion.STRAY_BY_PLATFORM: "Tiền qua nền tảng, chờ làm rõ",
    Occasion.STRAY_BY_BANK: "Tiền chuyển khoản, chờ làm rõ",
    Occasion.STRAY_MATCHED: "Khớp tiền chờ làm rõ",
    Occasion.STRAY_RETURNED: "Trả lại tiền chờ làm rõ",
    Occasion.STRAY_KEPT: "Không trả lại được, giữ tiếp",
    Occasion.DRAWER_SHORT: "Kiểm đếm thiếu",
    Occasion.DRAWER_OVER: "Kiểm đếm thừa",
    Occasion.SETTLED: "Nền tảng chuyển tiền về",
    Occasion.BANKED: "Nộp tiền mặt vào ngân hàng",
    Occasion.REFUND_ASKED: "Yêu cầu hoàn",
    Occasion.REFUND_DECLINED: "Không hoàn",
    Occasion.REFUNDED_BY_PLATFORM: "Hoàn qua nền tảng quốc gia",
    Occasion.REFUNDED_BY_BANK: "Hoàn bằng chuyển khoản",
    Occasion.REFUNDED_IN_CASH: "Hoàn tiền mặt",
    Occasion.SHORT_BY_PLATFORM: "Khóa ngày: nền tảng còn thiếu",
    Occasion.SHORT_BY_BANK: "Khóa ngày: ngân hàng còn thiếu",
    Occasion.SHORT_IN_CASH: "Khóa ngày: tiền mặt bàn giao thiếu",
    Occasion.OVER_BY_PLATFORM: "Khóa ngày: nền tảng chuyển thừa",
    Occasion.OVER_BY_BANK: "Khóa ngày: ngân hàng ghi thừa",
    Occasion.OVER_IN_CASH: "Khóa ngày: tiền mặt bàn giao thừa",
    Occasion.DIFFERENCE_BROUGHT: "Bù chênh lệch: tiền về ngân hàng",
    Occasion.DIFFERENCE_FETCHED: "Bù chênh lệch: tiền rời ngân hàng",
    Occasion.DIFFERENCE_BORNE: "Quyết định chịu chênh lệch",
    Occasion.DIFFERENCE_KEPT: "Quyết định giữ chênh lệch",
}
BOOK_FAULTS = {
    "entry_unbalanced": "Bút toán không cân",
    "receivable_differs": "Phải thu trong sổ khác các khoản chưa nộp của cơ quan",
    "demand_differs_from_lines": "Khoản phải thu khác tổng các dòng",
    "demand_not_covered": "Khoản đã nộp không được một lần thanh toán nào bù đúng",
    "payment_not_in_books": "Tiền đã nhận không có trong sổ, hoặc có hai lần",
    "suspense_differs": "Tiền chờ làm rõ trong sổ khác các khoản đang chờ",
    "differences_differ": "Chênh lệch chờ bù trừ trong sổ khác các dòng đang chờ",
    "refunds_differ": "Tiền phải hoàn trong sổ khác các khoản đã yêu cầu hoàn",
}
MATCHES = {
    Match.EQUAL: "Khớp",
    Match.DAY: "Khớp, khác ngày",
    Match.MISSING_HERE: "Sao kê có, sổ chưa có",
    Match.MISSING_THERE: "Sổ có, sao kê không có",
    Match.AMOUNT: "Khác số tiền",
    Match.DOUBLED: "Sao kê có hai dòng",
}
CLEARINGS = {
    Clearing.EVENED: "Sao kê sau đã bù",
    Clearing.BANK: "Đã bù qua tài khoản ngân hàng",
    Clearing.COST: "Quyết định không đòi, không trả",
}
DIFFERENCE_STATES = {
    DifferenceState.WAITING: "Chờ sao kê ngày sau",
    DifferenceState.OPEN: "Chờ xử lý",
    DifferenceState.EXPLAINED: "Đã giải trình",
    DifferenceState.HEALED: "Đã khớp",
}
STATEMENT_SOURCES = {
    StatementSource.WIRE: "Lấy từ nền tảng",
    StatementSource.FILE: "Tệp do kế toán nộp",
    StatementSource.PART: "Lấy từ nền tảng, không kể dòng không đọc được",
    StatementSource.COUNT: "Kế toán nhập số đếm",
}
UNREAD_FIELDS = {
    "data": "Cả dòng",
    "LoaiGD": "Loại giao dịch",
    "MaGiaoDich": "Mã giao dịch",
    "SoTien": "Số tiền",
    "ThoiGianGD": "Thời gian giao dịch",
}
SENTENCES = {
    "payments.statement_is_held": Sentence(
        "Sao kê ngày %(on)s có dòng không đọc được nên chưa tính vào đối soát.",
        "Hãy xem các dòng được nêu ở đầu trang rồi lấy lại sao kê, nộp tệp của ngân hàng, hoặc nhận phần đọc được.",
    ),
    "payments.statement_is_settled": Sentence(
        "Sao kê này đã được xử lý, hoặc đã có sao kê mới thay thế.",
        "Hãy tải lại trang để xem sao kê đang dùng.",
    ),
    "payments.day_is_closed": Sentence(
        "Ngày %(on)s đã khóa sổ.", "Không ghi gì thêm vào ngày này; khoản đến muộn nằm ở ngày đang mở."
    ),
    "payments.day_is_not_over": Sentence(
        "Ngày %(on)s chưa hết.", "Hãy khóa sổ từ ngày hôm sau, khi đã có sao kê."
    ),
    "payments.no_statement": Sentence(
        "Chưa có sao kê của ngày %(on)s.", "Hãy lấy sao kê từ nền tảng, hoặc nộp tệp sao kê của ngân hàng."
    ),
    "payments.no_count": Sentence(
        "Chưa nhập số tiền mặt của ngày %(on)s.", "Hãy đếm tiền đã bàn giao, nhập số đếm được rồi khóa sổ."
    ),
    "payments.day_is_unexplained": Sentence(
        "Còn %(left)s chênh lệch chưa rõ.", "Hãy ghi nhận hoặc giải trình từng dòng rồi khóa sổ."
    ),
    "payments.difference_is_cleared": Sentence(
        "Chênh lệch này đã được bù trừ.", "Hãy tải lại trang để xem các dòng còn lại."
    ),
    "payments.document_missing": Sentence(
        "Chưa ghi chứng từ, hoặc chưa chọn cách bù trừ.",
        "Hãy chọn một cách, rồi ghi số và ngày của chứng từ ngân hàng hoặc văn bản quyết định.",
    ),
    "payments.month_is_closed": Sentence("Tháng %(month)s đã khóa sổ.", "Không ghi gì thêm vào tháng này."),
    "payments.month_is_not_over": Sentence(
        "Tháng %(month)s chưa hết.", "Hãy khóa sổ tháng từ ngày đầu tháng sau."
    ),
    "payments.month_has_open_days": Sentence(
        "Tháng này còn %(days)s ngày chưa khóa sổ.", "Hãy khóa từng ngày được liệt kê trước."
    ),
    "payments.explanation_missing": Sentence(
        "Lời giải trình quá ngắn.", "Hãy viết rõ vì sao hai bên khác nhau (ít nhất 10 ký tự)."
    ),
    "payments.difference_is_over": Sentence(
        "Chênh lệch này đã khớp, không cần giải trình nữa.", "Hãy tải lại trang để xem các dòng còn lại."
    ),
    "payments.not_missing_here": Sentence(
        "Chỉ ghi nhận được khoản mà sao kê có và sổ chưa có.", "Với dòng này, hãy giải trình."
    ),
    "payments.count_unlikely": Sentence(
        "Số tiền đếm được không hợp lệ.", "Hãy nhập lại số tiền, tính bằng đồng."
    ),
    "payments.no_statement_file": Sentence(
        "Chưa có tệp sao kê, hoặc tệp lớn hơn 5 MB.", "Hãy chọn tệp .xlsx hoặc .csv của ngày này."
    ),
    "payments.no_demand_chosen": Sentence(
        "Chưa chọn hồ sơ để khớp.", "Hãy chọn một hồ sơ trong danh sách rồi khớp lại."
    ),
    "payments.statement_unreadable": Sentence(
        "Sao kê có dòng không đọc được.", "Hãy sửa những ô được nêu rồi nộp lại; chưa dòng nào được nhận."
    ),
    "payments.platform_did_not_answer": Sentence(
        "Nền tảng thanh toán quốc gia không trả lời (%(platform_code)s).",
        "Hệ thống tự thử lại. Nếu kéo dài, hãy báo quản trị tỉnh xem trang Kết nối.",
    ),
    "payments.message_is_unreadable": Sentence(
        "Bản tin của nền tảng thanh toán không đọc được ở trường %(field)s.",
        "Hãy gửi bản tin này cho đơn vị vận hành nền tảng thanh toán để làm rõ.",
    ),
    "payments.transaction_contradicted": Sentence(
        "Giao dịch này đã có trong sổ với mã tham chiếu hoặc số tiền khác.",
        "Không ghi gì thêm. Hãy đối chiếu với sao kê của nền tảng rồi giải trình tại trang Đối soát.",
    ),
    "payments.refund_unknown": Sentence(
        "Nền tảng báo hoàn tiền cho một yêu cầu mà hệ thống không có.",
        "Hãy đối chiếu với sao kê và liên hệ đơn vị vận hành nền tảng.",
    ),
    "payments.not_allowed": Sentence(
        "Vai trò đang làm việc không được làm việc này với tiền thu.",
        "Hãy đổi vai trò, hoặc chuyển việc cho người có trách nhiệm.",
    ),
    "payments.not_found": Sentence(
        "Không tìm thấy khoản thu này.", "Hãy mở lại từ hồ sơ hoặc từ danh sách khoản chưa nộp."
    ),
    "payments.not_possible": Sentence(
        "Việc này không còn làm được với khoản thu.", "Hãy tải lại trang để xem tình trạng mới nhất."
    ),
    "payments.not_acceptable": Sentence(
        "Thông tin về khoản thu chưa đúng.", "Hãy sửa những chỗ được chỉ ra rồi gửi lại."
    ),
    "payments.cannot_happen": Sentence(
        "Lần thanh toán này không ở tình trạng cho phép việc đó.",
        "Hãy tải lại trang để xem tình trạng mới nhất.",
    ),
    "payments.demand_is_over": Sentence(
        "Khoản này không còn phải nộp: đã nộp, được miễn hoặc đã hủy.",
        "Hãy tải lại trang để xem tình trạng; nếu đã nộp, có thể tải biên lai.",
    ),
    "payments.way_is_closed": Sentence(
        "Cách nộp này hiện chưa dùng được với cơ quan thu.",
        "Hãy chọn cách nộp khác, hoặc nộp tại bộ phận Một cửa.",
    ),
    "payments.transaction_missing": Sentence(
        "Tin báo có tiền không có mã giao dịch hoặc số tiền.",
        "Hãy tra cứu giao dịch với bên gửi tin rồi nhận lại.",
    ),
    "payments.quantity_unlikely": Sentence(
        "Số lượng phải từ 1 đến %(most)s.", "Hãy đếm lại số trang hoặc số bản rồi nhập lại."
    ),
    "payments.amount_unlikely": Sentence(
        "Số tiền tính ra lớn bất thường.", "Hãy kiểm tra lại số lượng đã nhập."
    ),
    "payments.exemption_unknown": Sentence(
        "Chưa chọn lý do miễn, giảm.", "Hãy chọn một lý do trong bảng; lý do được in kèm căn cứ."
    ),
    "payments.not_the_amount": Sentence(
        "Số tiền nhận phải đúng bằng số phải nộp: %(owed)s đồng.",
        "Hãy nhận đủ và trả lại tiền thừa, rồi nhập lại số tiền.",
    ),
    "payments.no_open_drawer": Sentence(
        "Chưa mở ngăn tiền của ngày hôm nay.", "Hãy mở ngăn tiền ở “Sổ quỹ tại quầy” rồi thu lại."
    ),
    "payments.holder_missing": Sentence(
        "Chưa ghi tên chủ tài khoản.", "Hãy ghi đúng tên chủ tài khoản như ngân hàng đã mở."
    ),
    "payments.tax_code_malformed": Sentence(
        "Mã số thuế chỉ gồm chữ số và dấu gạch nối.", "Hãy nhập lại, hoặc để trống khi chưa có."
    ),
    "payments.slip_missing": Sentence(
        "Chưa ghi số tiền hoặc số giấy nộp tiền của ngân hàng.", "Hãy ghi cả hai như trên giấy nộp tiền."
    ),
    "payments.more_than_the_drawer": Sentence(
        "Số tiền nộp vào ngân hàng nhiều hơn tiền mặt trong sổ: %(there)s đồng.",
        "Hãy đối chiếu lại giấy nộp tiền với sổ quỹ.",
    ),
    "payments.stray_is_settled": Sentence(
        "Khoản tiền này đã được làm rõ.", "Hãy tải lại danh sách tiền chờ làm rõ."
    ),
    "payments.stray_of_another_amount": Sentence(
        "Số tiền đã đến khác số phải nộp của khoản được chọn.",
        "Hãy chọn khoản có đúng số tiền, hoặc trả lại tiền cho người gửi.",
    ),
    "payments.nothing_was_paid": Sentence(
        "Chưa có tiền của lần thanh toán này nên chưa lập được biên lai.",
        "Hãy lập biên lai sau khi tiền đã vào sổ.",
    ),
    "payments.reason_missing": Sentence(
        "Chưa ghi lý do.", "Hãy ghi lý do ngắn gọn; lý do được giữ trong sổ."
    ),
    "payments.voucher_missing": Sentence(
        "Chưa ghi số chứng từ đã chi.", "Hãy ghi số phiếu chi hoặc số lệnh chuyển tiền rồi xác nhận lại."
    ),
    "payments.no_demand_of_code": Sentence(
        "Cơ quan không có khoản phải nộp nào của mã hồ sơ này.",
        "Hãy xem lại mã trên giấy tiếp nhận, ví dụ H44.100-261124-0001.",
    ),
    "payments.receipt_not_sealed": Sentence(
        "Dữ liệu biên lai chưa được cơ quan ký số.",
        "Bản PDF dùng được ngay; hãy thử tải tệp XML lại sau.",
    ),
    "payments.nothing_to_give_back": Sentence(
        "Lần thanh toán này không còn tiền để hoàn.", "Hãy tải lại trang để xem tiền đã được hoàn chưa."
    ),
    "payments.another_balance": Sentence(
        "Số tiền còn có thể hoàn là %(balance)s đồng, không phải %(expected)s đồng.",
        "Hãy tải lại trang, xem lại các lần hoàn trước rồi quyết định.",
    ),
    "payments.refund_is_over": Sentence(
        "Yêu cầu hoàn này đã kết thúc.", "Hãy tải lại danh sách để xem kết quả."
    ),
    "payments.no_house_agency": Sentence(
        "Chưa có cơ quan giữ tiền chưa rõ của ai.",
        "Hãy báo người vận hành đặt mã cơ quan ở VANLANG_PAYMENT_AGENCY.",
    ),
    "payments.bank_is_six_digits": Sentence(
        "Mã ngân hàng phải gồm 6 chữ số.", "Hãy lấy mã ngân hàng từ giấy báo số tài khoản."
    ),
    "payments.account_is_no_number": Sentence(
        "Số tài khoản chỉ gồm chữ và số, nhiều nhất 19 ký tự.", "Hãy nhập lại, không có dấu cách."
    ),
    "payments.amount_is_none": Sentence(
        "Số tiền không hợp lệ.", "Hãy nhập số tiền lớn hơn 0, tính bằng đồng."
    ),
    "payments.code_is_damaged": Sentence(
        "Mã QR không đọc được hoặc đã bị sửa.", "Hãy mở lại trang thanh toán để lấy mã mới."
    ),
    "payments.code_is_of_another_kind": Sentence(
        "Mã này không phải mã chuyển khoản trong nước.", "Hãy quét mã trên trang thanh toán của hồ sơ."
    ),
    "payments.purpose_does_not_fit": Sentence(
        "Nội dung chuyển khoản dài quá %(longest)s ký tự hoặc có dấu.", "Hãy rút ngắn và viết không dấu."
    ),
}
