from __future__ import annotations

from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.labels import Sentence
from vanlang.signing.types import SignatureVerdict, SignerKind, Validity

VALIDITIES = {
    Validity.VALID: Sentence(
        "Văn bản còn nguyên vẹn từ khi ký, chữ ký và chứng thư của người ký có giá trị.",
        "Có thể sử dụng văn bản này. Hãy giữ nguyên tệp, không in ra rồi quét lại.",
    ),
    Validity.MODIFIED: Sentence(
        "Văn bản đã bị sửa sau khi ký.",
        "Không sử dụng tệp này. Hãy lấy lại bản gốc từ cơ quan đã ban hành, hoặc báo cho cơ quan đó.",
    ),
    Validity.UNTRUSTED: Sentence(
        "Văn bản còn nguyên vẹn nhưng không xác định được chữ ký có thật là của người ghi tên hay không.",
        "Chưa nên sử dụng. Hãy hỏi cơ quan ghi trên văn bản để xác nhận trước khi dùng.",
    ),
    Validity.EXPIRED: Sentence(
        "Văn bản còn nguyên vẹn nhưng chứng thư của người ký đã hết hạn và không có dấu thời gian cho biết đã ký khi còn hạn.",
        "Hãy đề nghị cơ quan ban hành xác nhận ngày ký, hoặc cấp lại bản có dấu thời gian.",
    ),
    Validity.REVOKED: Sentence(
        "Chứng thư của người ký đã bị thu hồi trước khi ký văn bản này.",
        "Không sử dụng tệp này. Hãy liên hệ cơ quan ghi trên văn bản để được cấp lại.",
    ),
    Validity.NOT_SIGNED: Sentence(
        "Tệp này không có chữ ký số.",
        "Nếu đây phải là văn bản của cơ quan nhà nước, hãy lấy lại tệp gốc đã ký từ nơi gửi.",
    ),
    Validity.UNREADABLE: Sentence(
        "Không đọc được tệp này: tệp hỏng, có mật khẩu hoặc không phải định dạng PDF.",
        "Hãy tải lại tệp từ nơi gửi rồi kiểm tra lại.",
    ),
}
"""What a citizen reads about a file, and what to do now."""

VALIDITY_NAMES = {
    Validity.VALID: "Hợp lệ",
    Validity.MODIFIED: "Đã bị sửa",
    Validity.UNTRUSTED: "Chưa tin cậy",
    Validity.EXPIRED: "Chứng thư hết hạn",
    Validity.REVOKED: "Chứng thư bị thu hồi",
    Validity.NOT_SIGNED: "Chưa ký số",
    Validity.UNREADABLE: "Không đọc được",
}
"""One or two words, for a badge."""

SIGNER_KINDS = {
    SignerKind.PERSON: "Chữ ký cá nhân",
    SignerKind.SEAL: "Chữ ký cơ quan",
    SignerKind.TIMESTAMP: "Dấu thời gian",
}

WEAKNESSES = {
    "digest_differs": "Nội dung đã ký không còn khớp với chữ ký.",
    "changed_after": "Có phần được thêm hoặc sửa sau chữ ký này.",
    "no_chain": "Không có cơ quan chứng thực được công nhận bảo đảm cho chữ ký này.",
    "weak_algorithm": "Chữ ký dùng thuật toán đã lỗi thời.",
    "revoked": "Chứng thư đã bị thu hồi.",
    "period_over": "Chứng thư đã hết hạn.",
    "status_unknown": "Chưa hỏi được cơ quan chứng thực xem chứng thư có bị thu hồi hay không.",
    "time_claimed_only": "Thời điểm ký do người ký tự ghi, không có dấu thời gian.",
}
"""Details for the report, by the codes in `SignatureVerdict.weaknesses`."""

SENTENCES = {
    "signing.no_credential": Sentence(
        "Không tìm thấy chứng thư chữ ký số này.",
        "Hãy chọn chứng thư khác, hoặc đề nghị quản trị của cơ quan cấp chứng thư.",
    ),
    "signing.not_your_credential": Sentence(
        "Vai trò đang làm việc không được ký bằng chứng thư này.",
        "Hãy chuyển sang vai trò đứng tên chứng thư; dấu của cơ quan do văn thư giữ.",
    ),
    "signing.credential_unusable": Sentence(
        "Chứng thư chữ ký số đã hết hạn hoặc đã bị thu hồi (hạn dùng %(valid_to)s).",
        "Hãy đề nghị quản trị của cơ quan cấp chứng thư mới rồi ký lại.",
    ),
    "signing.credential_exists": Sentence(
        "Người hoặc cơ quan này đã có chứng thư đang dùng.",
        "Hãy thu hồi chứng thư đang dùng trước khi cấp chứng thư mới.",
    ),
    "signing.file_locked": Sentence(
        "Tệp đã được khóa bằng chữ ký cuối, không ký thêm được nữa.",
        "Nếu cần thay đổi, hãy lập và ký văn bản mới thay thế.",
    ),
    "signing.file_changed": Sentence(
        "Tệp đã bị sửa sau một chữ ký trước đó nên không ký tiếp được.",
        "Hãy lấy lại bản đã ký từ hệ thống và ký lại từ bản đó.",
    ),
    "signing.no_such_field": Sentence(
        "Tệp không có ô chữ ký %(field)s còn trống.",
        "Hãy tạo lại tệp từ mẫu, hoặc chọn vị trí ký khác.",
    ),
    "signing.file_unreadable": Sentence(
        "Không đọc được tệp PDF cần ký.", "Hãy tạo lại hoặc tải lại tệp PDF rồi ký lại."
    ),
    "signing.file_encrypted": Sentence(
        "Tệp PDF có mật khẩu nên không ký được.", "Hãy bỏ mật khẩu của tệp rồi ký lại."
    ),
    "signing.xml_unreadable": Sentence("Không đọc được tệp XML cần ký.", "Hãy tạo lại tệp XML rồi ký lại."),
    "signing.xml_signed_already": Sentence(
        "Tệp XML này đã có chữ ký.", "Hãy dùng tệp đã ký, hoặc tạo lại tệp rồi ký."
    ),
    "signing.root_unreadable": Sentence(
        "Tệp chứng thư gốc không đọc được.", "Hãy tải lại chứng thư gốc (PEM hoặc DER) từ cơ quan chứng thực."
    ),
    "signing.no_authority": Sentence(
        "Chưa khai báo cơ quan chứng thực chữ ký số.",
        "Hãy đề nghị quản trị hệ thống khai báo địa chỉ và mã truy cập của cơ quan chứng thực.",
    ),
    "signing.authority_silent": Sentence(
        "Cơ quan chứng thực chữ ký số chưa trả lời.", "Việc đã làm vẫn được giữ. Hãy thử lại sau ít phút."
    ),
    "signing.authority_refused": Sentence(
        "Cơ quan chứng thực chữ ký số từ chối yêu cầu (mã %(status)s).",
        "Hãy kiểm tra lại họ tên, chức vụ và cơ quan của người được cấp rồi gửi lại.",
    ),
    "signing.authority_unreadable": Sentence(
        "Câu trả lời của cơ quan chứng thực không dùng được.",
        "Hãy báo quản trị hệ thống kiểm tra kết nối với cơ quan chứng thực.",
    ),
    "signing.key_unusable": Sentence(
        "Không mở được khóa ký.",
        "Hãy báo quản trị hệ thống kiểm tra khóa mã hóa; không tự tạo lại chứng thư.",
    ),
    "signing.no_encryption_key": Sentence(
        "Hệ thống chưa có khóa mã hóa để bảo vệ khóa ký.",
        "Hãy đề nghị quản trị hệ thống đặt khóa mã hóa rồi thử lại.",
    ),
}


def about(signature: SignatureVerdict) -> str:
    """Return the one line that says who signed and when, with its reservation when the time is only claimed."""
    name = signature.signer or "Không rõ người ký"
    place = f", {signature.agency}" if signature.agency and signature.agency != signature.signer else ""
    if signature.signed_at is None:
        return f"{name}{place}"
    when = signature.signed_at.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")
    claim = "" if signature.time_is_proven else " (theo người ký ghi)"
    return f"{name}{place}, ký lúc {when}{claim}"
