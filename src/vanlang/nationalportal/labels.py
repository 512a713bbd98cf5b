from __future__ import annotations

from collections.abc import Mapping

from vanlang.catalogue.api import ROW_PROBLEMS
from vanlang.kernel.labels import Sentence
from vanlang.nationalportal.types import ClaimState, FeedChange, ListChange, ListKind, PortalState

SENTENCES = {
    "nationalportal.did_not_answer": Sentence(
        "Cổng Dịch vụ công quốc gia chưa trả lời được.",
        "Không cần làm gì: hệ thống tự hỏi lại. Nếu kéo dài quá một giờ, báo bộ phận kỹ thuật.",
    ),
    # what we may not send
    "nationalportal.too_long": Sentence(
        "Trường %(field)s dài %(length)s ký tự, Cổng quốc gia chỉ nhận %(limit)s; tin chưa gửi và không tự cắt.",
        "Mở hồ sơ, rút gọn nội dung này rồi bấm “Thử lại”.",
    ),
    "nationalportal.identity_is_none": Sentence(
        "Số định danh trong hồ sơ không đủ 12 chữ số (hoặc 9 chữ số với chứng minh nhân dân cũ).",
        "Đối chiếu giấy tờ, sửa số định danh của người nộp rồi bấm “Thử lại”.",
    ),
    "nationalportal.received_without_day": Sentence(
        "Hồ sơ ở trạng thái đã tiếp nhận nhưng thiếu ngày tiếp nhận.",
        "Báo bộ phận kỹ thuật kiểm tra hồ sơ này.",
    ),
    "nationalportal.no_code": Sentence(
        "Hồ sơ chưa có mã nên Cổng quốc gia không thể nhận.",
        "Tiếp nhận hồ sơ trước, rồi bấm “Thử lại”.",
    ),
    "nationalportal.no_state": Sentence(
        "Trạng thái của hồ sơ không có mã tương ứng ở Cổng quốc gia.", "Báo bộ phận kỹ thuật."
    ),
    "nationalportal.no_dossier": Sentence(
        "Không còn hồ sơ hoặc bước xử lý mà tin này nói đến.", "Bấm “Bỏ tin”."
    ),
    # results of the national store
    "nationalportal.result_not_found": Sentence(
        "Kho dữ liệu quốc gia không còn nêu giấy tờ này cho hồ sơ này.",
        "Bấm “Hỏi lại kho” hoặc nộp giấy tờ như bình thường.",
    ),
    "nationalportal.result_gone": Sentence(
        "Kho dữ liệu quốc gia có ghi giấy tờ này nhưng không còn tệp, nên chưa dùng được.",
        "Nộp giấy tờ này như bình thường, hoặc thử lại vào lúc khác.",
    ),
    "nationalportal.result_modified": Sentence(
        "Tệp lấy từ kho dữ liệu quốc gia đã bị sửa sau khi ký nên không được dùng.",
        "Nộp giấy tờ này như bình thường; hệ thống đã ghi lại để báo cơ quan cấp.",
    ),
    "nationalportal.result_untrusted": Sentence(
        "Không xác định được ai đã ký tệp lấy từ kho dữ liệu quốc gia nên tệp không được dùng.",
        "Nộp giấy tờ này như bình thường, hoặc đề nghị cơ quan cấp ký lại.",
    ),
    "nationalportal.result_expired": Sentence(
        "Chứng thư của người ký tệp trong kho dữ liệu quốc gia đã hết hạn và không có dấu thời gian.",
        "Nộp giấy tờ này như bình thường, hoặc đề nghị cơ quan cấp lại bản có dấu thời gian.",
    ),
    "nationalportal.result_revoked": Sentence(
        "Chứng thư của người ký tệp trong kho dữ liệu quốc gia đã bị thu hồi trước khi ký.",
        "Nộp giấy tờ này như bình thường và báo cơ quan ghi trên giấy tờ.",
    ),
    "nationalportal.result_not_signed": Sentence(
        "Tệp trong kho dữ liệu quốc gia không có chữ ký số nên không thay được bản giấy.",
        "Nộp giấy tờ này như bình thường.",
    ),
    "nationalportal.result_unreadable": Sentence(
        "Không đọc được tệp lấy từ kho dữ liệu quốc gia.",
        "Nộp giấy tờ này như bình thường, hoặc thử lại vào lúc khác.",
    ),
    "nationalportal.store_is_silent": Sentence(
        "Kho dữ liệu quốc gia chưa trả lời.",
        "Nộp giấy tờ như bình thường; không phải chờ. Có thể bấm “Hỏi lại kho” sau ít phút.",
    ),
    # the catalogue of the portal
    "nationalportal.feed_goes_on": Sentence(
        "Một lần lấy danh mục từ Cổng quốc gia đang chạy.", "Chờ lần này xong; trang tự cập nhật tiến độ."
    ),
    "nationalportal.feed_nothing_chosen": Sentence(
        "Không có thủ tục nào trong số đã chọn còn chờ xử lý.",
        "Tải lại trang, chọn ít nhất một thủ tục rồi bấm lại.",
    ),
    "nationalportal.feed_unreadable_chosen": Sentence(
        "Có thủ tục không đọc được trong số đã chọn nên chưa thể nhập.",
        "Bỏ chọn thủ tục đó; xem lý do ở mục “Không đọc được”.",
    ),
    "nationalportal.feed_in_the_past": Sentence(
        "Ngày có hiệu lực đã qua.", "Chọn hôm nay hoặc một ngày sau đó: hồ sơ đã nhận giữ phiên bản cũ."
    ),
    "nationalportal.feed_cannot_end": Sentence(
        "Thủ tục %(procedure)s không thể hết hiệu lực từ ngày đã chọn vì phiên bản hiện nay bắt đầu từ ngày đó hoặc sau đó.",
        "Trả lại đề nghị, rồi đề nghị với ngày sau ngày bắt đầu của phiên bản hiện nay.",
    ),
    "nationalportal.feed_reason_missing": Sentence(
        "Chưa ghi lý do.", "Ghi một câu lý do để người sau hiểu, rồi bấm lại."
    ),
    "nationalportal.feed_province_only": Sentence(
        "Danh mục từ Cổng quốc gia do văn phòng của tỉnh quản lý.",
        "Nhờ người quản trị danh mục ở Văn phòng UBND tỉnh thực hiện, hoặc chuyển sang vai trò đó.",
    ),
    "nationalportal.feed_second_person": Sentence(
        "Người đề nghị không tự duyệt đề nghị của mình.",
        "Nhờ một người quản trị danh mục khác mở trang này và duyệt.",
    ),
    # what the portal refuses
    "nationalportal.unknown_procedure_there": Sentence(
        "Cổng quốc gia không có mã thủ tục này.",
        "Đối chiếu danh mục thủ tục với Cổng quốc gia, sửa mã rồi bấm “Thử lại”.",
    ),
    "nationalportal.unknown_agency_there": Sentence(
        "Cổng quốc gia không có mã cơ quan này.",
        "Đối chiếu danh mục cơ quan với Cổng quốc gia, sửa mã rồi bấm “Thử lại”.",
    ),
    "nationalportal.misfit_there": Sentence(
        "Cổng quốc gia báo một trường thiếu hoặc sai kiểu.",
        "Xem tin trong nhật ký của Cổng quốc gia, bổ sung hồ sơ rồi bấm “Thử lại”.",
    ),
    "nationalportal.owned_elsewhere_there": Sentence(
        "Cổng quốc gia báo hồ sơ này do hệ thống khác quản lý.",
        "Xem mục “Hồ sơ ở hệ thống khác”, xác định bên nào xử lý rồi báo bên kia; không sửa trạng thái ở hai nơi.",
    ),
    "nationalportal.lost_there": Sentence(
        "Cổng quốc gia không thấy hồ sơ này dù đã nhận trước đó.",
        "Hệ thống đã tự gửi lại hồ sơ; bấm “Thử lại” để gửi tiếp tiến độ.",
    ),
    "nationalportal.login_refused": Sentence(
        "Cổng quốc gia không nhận tài khoản kết nối của tỉnh.",
        "Báo bộ phận kỹ thuật kiểm tra tên đăng nhập và mật khẩu kết nối.",
    ),
    # what came from the portal and needs a person
    "nationalportal.cannot_take_in": Sentence(
        "Tin của Cổng quốc gia chưa áp dụng được.", "Kiểm tra nội dung tin rồi bấm “Thử lại”."
    ),
    "nationalportal.papers_pending": Sentence(
        "Giấy tờ kèm theo chưa tải xong từ Cổng quốc gia.", "Không cần làm gì: hệ thống tự tải lại."
    ),
    "nationalportal.paper_refused": Sentence(
        "Giấy tờ thứ %(paper)s không qua kiểm tra tệp (%(why)s) nên chưa lập được hồ sơ.",
        "Báo người nộp thay tệp này tại Cổng quốc gia, rồi bấm “Thử lại”.",
    ),
    "nationalportal.paper_unreachable": Sentence(
        "Không tải được giấy tờ thứ %(paper)s: Cổng quốc gia không còn tệp, hoặc địa chỉ không thuộc Cổng.",
        "Báo đầu mối Cổng quốc gia kiểm tra tệp, rồi bấm “Thử lại”.",
    ),
    "nationalportal.filed_differently": Sentence(
        "Hồ sơ này đã được nhận; nay Cổng quốc gia gửi lại với nội dung khác.",
        "So hai nội dung: nếu cần thay đổi, yêu cầu người nộp bổ sung; sau đó bấm “Bỏ tin”.",
    ),
    "nationalportal.unknown_procedure": Sentence(
        "Danh mục của tỉnh không có thủ tục mã %(procedure)s đang có hiệu lực vào ngày nộp.",
        "Cập nhật danh mục thủ tục rồi bấm “Thử lại”: hồ sơ vẫn giữ ngày nộp tại Cổng.",
    ),
    "nationalportal.procedure_not_ready": Sentence(
        "Thủ tục mã %(procedure)s còn câu hỏi chưa xác nhận nên chưa nhận được hồ sơ.",
        "Xác nhận thời hạn, phí và giấy tờ của thủ tục trong Cấu hình, rồi bấm “Thử lại”.",
    ),
    "nationalportal.unknown_agency": Sentence(
        "Danh mục của tỉnh không có cơ quan mã “%(agency)s” đang hoạt động.",
        "Thêm hoặc sửa mã cơ quan trong danh mục, rồi bấm “Thử lại”.",
    ),
    "nationalportal.nobody_competent": Sentence(
        "Chưa xác định được cơ quan giải quyết thủ tục %(procedure)s nộp tại %(agency)s.",
        "Khai báo thẩm quyền của thủ tục này, rồi bấm “Thử lại”.",
    ),
    "nationalportal.owner_missing": Sentence(
        "Tin không cho biết đủ họ tên và số định danh của chủ hồ sơ.",
        "Yêu cầu đầu mối Cổng quốc gia gửi lại đủ thông tin chủ hồ sơ, rồi bấm “Bỏ tin” khi tin mới đã vào.",
    ),
    "nationalportal.unknown_dossier": Sentence(
        "Tỉnh không có hồ sơ mang mã mà tin này nói đến.",
        "Kiểm tra tin nộp hồ sơ tương ứng đã được nhận chưa, rồi bấm “Thử lại”.",
    ),
    "nationalportal.unknown_petition": Sentence(
        "Chưa có phản ánh nào mang mã mà Cổng quốc gia nói đến.",
        "Xem tin phản ánh đến trước có đang chờ không; xử lý tin đó rồi bấm “Thử lại”.",
    ),
    "nationalportal.no_answer": Sentence(
        "Phản ánh chưa có trả lời để báo Cổng quốc gia.", "Trả lời phản ánh trước, rồi bấm “Thử lại”."
    ),
    "nationalportal.nothing_asked": Sentence(
        "Người nộp gửi bổ sung tại Cổng quốc gia nhưng hồ sơ không có yêu cầu bổ sung nào đang mở.",
        "Mở hồ sơ, xem giấy tờ có cần không; nếu cần, gửi yêu cầu bổ sung rồi bấm “Thử lại”.",
    ),
    "nationalportal.unknown_mark": Sentence(
        "Tin đánh giá không có mức độ hài lòng đọc được.", "Bấm “Bỏ tin”: không suy đoán thay người dân."
    ),
    "nationalportal.unknown_payment": Sentence(
        "Cổng quốc gia báo đã thanh toán nhưng mã tham chiếu không thuộc khoản thu nào của tỉnh.",
        "Đối chiếu với nền tảng thanh toán quốc gia; tiền chỉ được ghi khi nền tảng xác nhận.",
    ),
    # whose a dossier is
    "nationalportal.route_not_found": Sentence(
        "Không tìm thấy quy định định tuyến này.", "Hãy tải lại trang: có thể người khác vừa sửa."
    ),
    "nationalportal.route_period": Sentence(
        "Thời gian định tuyến không hợp lệ: ngày hết hiệu lực phải sau ngày bắt đầu và trong thời hạn đã ghi.",
        "Hãy sửa lại ngày.",
    ),
    "nationalportal.route_overlaps": Sentence(
        "Trong thời gian này thủ tục ở cơ quan đó đã do một hệ thống khác xử lý.",
        "Hãy kết thúc quy định đang có trước, hoặc chọn thời gian khác.",
    ),
    "nationalportal.claim_not_found": Sentence(
        "Không tìm thấy việc này, hoặc không thuộc cơ quan đang làm việc.", "Hãy tải lại trang."
    ),
    "nationalportal.claim_decided": Sentence(
        "Việc này đã có người quyết định.", "Hãy tải lại trang để xem quyết định."
    ),
    "nationalportal.claim_reason_missing": Sentence(
        "Chưa ghi lý do.", "Hãy ghi ngắn gọn đã đối chiếu gì với bên kia."
    ),
    "nationalportal.claim_still_open_here": Sentence(
        "Hồ sơ vẫn đang được giải quyết ở đây nên chưa thể giao cho hệ thống kia.",
        "Hãy dừng hồ sơ bằng nút “Dừng xử lý” trên trang hồ sơ (có lý do, có thông báo), rồi quyết định lại.",
    ),
}

PORTAL_STATES = {
    PortalState.REGISTERED: "Mới đăng ký",
    PortalState.RECEIVED: "Được tiếp nhận",
    PortalState.REFUSED: "Không được tiếp nhận",
    PortalState.PROCESSING: "Đang xử lý",
    PortalState.SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    PortalState.PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    PortalState.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    PortalState.STOPPED: "Dừng xử lý",
    PortalState.FINISHED: "Đã xử lý xong",
    PortalState.DELIVERED: "Đã trả kết quả",
}
"""As the portal calls them."""
SIDES = {
    "TrangThaiHoSo": "Trạng thái",
    "NgayTiepNhan": "Ngày tiếp nhận",
    "NgayHenTra": "Ngày hẹn trả",
    "NgayKetThucXuLy": "Ngày xử lý xong",
    "NgayTra": "Ngày trả kết quả",
}
CLAIMS = {
    ClaimState.OPEN: "Chờ quyết định",
    ClaimState.DISMISSED: "Giữ như hiện nay",
    ClaimState.GIVEN: "Thuộc hệ thống kia",
}
LISTS = {
    ListKind.PROCEDURE: "Thủ tục",
    ListKind.AGENCY: "Cơ quan",
    ListKind.SECTOR: "Lĩnh vực",
}
LIST_CHANGES = {
    ListChange.NEW: "Cổng có, tỉnh chưa có",
    ListChange.CHANGED: "Khác tên",
    ListChange.CLOSED: "Tỉnh có, Cổng không có",
    ListChange.UNCODED: "Tỉnh chưa ghi mã",
}
FEED_CHANGES = {
    FeedChange.NEW: "Mới ở Cổng",
    FeedChange.CHANGED: "Khác với tỉnh",
    FeedChange.WITHDRAWN: "Cổng không còn",
    FeedChange.UNREADABLE: "Không đọc được",
}
FEED_PATHS = {
    "name": "Tên thủ tục",
    "field": "Lĩnh vực",
    "levels": "Cấp thực hiện",
    "audience": "Đối tượng",
    "issuing_body": "Cơ quan công bố",
    "issuing_agency": "Cơ quan công bố",
    "performers": "Cơ quan thực hiện",
    "performing_agencies": "Cơ quan thực hiện",
    "channels": "Cách thức, thời hạn, phí",
    "papers": "Thành phần hồ sơ",
    "documents": "Thành phần hồ sơ",
    "outcomes": "Kết quả",
    "results": "Kết quả",
    "steps": "Trình tự",
    "conditions": "Yêu cầu, điều kiện",
    "legal_numbers": "Căn cứ pháp lý",
    "legal_refs": "Căn cứ pháp lý",
    "legal_text": "Tên văn bản căn cứ",
}
"""Parts of a procedure as a person reads them, in the order of a page; the importer's names and those of its source."""
FEED_FIELDS = {
    "duration": "thời hạn",
    "unit": "đơn vị",
    "fee": "phí",
    "text": "mô tả",
    "name": "tên",
    "originals": "số bản chính",
    "copies": "số bản sao",
    "has_form": "mẫu đơn",
    "group": "nhóm giấy tờ",
}
"""Parts of a line of a procedure."""
_FAILURES = {
    "list_incomplete": Sentence(
        "Cổng trả danh sách thủ tục rỗng hoặc thiếu nên chưa so được.",
        "Không cần làm gì: hệ thống lấy lại vào đêm sau, hoặc bấm “Lấy danh mục ngay”.",
    ),
    "worker_lost": Sentence(
        "Lần lấy danh mục bị dừng giữa chừng.",
        "Bấm “Lấy danh mục ngay” để lấy lại từ đầu; không có gì bị mất.",
    ),
}


def feed_failure(code: str) -> Sentence:
    """Return why a reading of the portal's catalogue ended early."""
    return _FAILURES.get(code, SENTENCES["nationalportal.did_not_answer"])


def feed_problem(code: str, facts: Mapping[str, object]) -> Sentence:
    """Return why a procedure of the portal cannot be read, and what to do: in the importer's words where it is the importer's."""
    if code not in ROW_PROBLEMS:
        return Sentence(
            "Cổng trả lời một thủ tục khác với thủ tục được hỏi.",
            "Báo đầu mối Cổng quốc gia; hệ thống hỏi lại vào đêm sau.",
        )
    says, do_now = ROW_PROBLEMS[code]
    told = says % facts
    return Sentence(
        f"{told[:1].upper()}{told[1:]}.",
        f"Báo đầu mối Cổng quốc gia sửa dữ liệu ({do_now}); hoặc nhập thủ tục này bằng tệp.",
    )
