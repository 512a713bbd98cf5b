"""One paper of each kind, told by the cast at phường Việt Trì."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from vanlang.documents.types import (
    ApologyForm,
    Article,
    CertifiedCopy,
    Contact,
    ControlSlip,
    DecisionLetter,
    DocumentLine,
    ExtensionLine,
    Extract,
    Fact,
    FactGroup,
    HandOver,
    Head,
    MissingLine,
    Original,
    PaperData,
    Party,
    Qr,
    ReceiptForm,
    RefusalForm,
    Signer,
    StopForm,
    SupplementForm,
)
from vanlang.kernel.clock import VIETNAM


def _at(day: int, hour: int = 9, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


COUNTER = "Bộ phận Tiếp nhận và Trả kết quả, Trung tâm Phục vụ hành chính công phường Việt Trì"
HEAD = Head(superior="UBND phường Việt Trì", agency="Trung tâm Phục vụ\nhành chính công", place="Việt Trì")
COMMITTEE = Head(agency="Ủy ban nhân dân\nphường Việt Trì", place="Việt Trì")
LAN = Party(
    full_name="Nguyễn Thị Lan",
    id_number="025190001234",
    address="Số 12, ngõ 5, phố Gia Cẩm, phường Việt Trì, tỉnh Phú Thọ",
    phone="0912 345 678",
    email="lan.nguyen@example.vn",
)
HUNG = Contact(
    name="ông Trần Quốc Hùng", phone="0210 3846 123", place="Quầy số 2, Trung tâm Phục vụ hành chính công"
)
PHUC = Signer(on_behalf="TM. Ủy ban nhân dân", title="Chủ tịch", name="Phạm Văn Phúc")
OFFICER = Signer(title="Người tiếp nhận hồ sơ", name="Trần Quốc Hùng")
CODE = "H44.100-261005-0012"
TRACKING = Qr("https://dichvucong.phutho.example/tra-cuu/H44.100-261005-0012")
BIRTH = {"procedure_name": "Đăng ký khai sinh", "procedure_code": "1.001193"}
REQUEST = "Đăng ký khai sinh cho trẻ Nguyễn Gia Bảo, sinh ngày 28/9/2026"

RECEIPT = ReceiptForm(
    head=HEAD,
    dossier_code=CODE,
    counter=COUNTER,
    applicant=LAN,
    request=REQUEST,
    channel="Trực tiếp tại quầy",
    documents=(
        DocumentLine(name="Tờ khai đăng ký khai sinh theo mẫu", originals=1, electronic=1),
        DocumentLine(name="Giấy chứng sinh do cơ sở y tế cấp", originals=1, electronic=1),
        DocumentLine(name="Giấy chứng nhận kết hôn của cha, mẹ (nếu có)", copies=1, certified=1),
    ),
    time_limit="Ngay trong ngày tiếp nhận; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo",
    received_at=_at(5, 15, 20),
    due_at=_at(6, 17),
    due_explanation="nhận sau 15 giờ thứ Hai 05/10/2026, trả trong ngày làm việc tiếp theo là thứ Ba 06/10/2026",
    fee="Không thu",
    return_place="Quầy số 2, Trung tâm Phục vụ hành chính công phường Việt Trì",
    officer_name="Trần Quốc Hùng",
    book_number="01/2026",
    book_serial="1284",
    tracking=TRACKING,
    **BIRTH,
)
SUPPLEMENT = SupplementForm(
    head=HEAD,
    dossier_code=CODE,
    number="07/PBS-TTPVHCC",
    issued_on=date(2026, 10, 5),
    applicant=LAN,
    request=REQUEST,
    stage="Trong khi giải quyết, hồ sơ tiếp nhận ngày 05/10/2026",
    missing=(
        MissingLine(
            name="Giấy chứng sinh",
            what_to_do="Bản đã nộp bị nhòe ngày sinh của trẻ. Nộp bản chính hoặc bản chụp rõ đủ bốn góc.",
        ),
        MissingLine(
            name="Văn bản thỏa thuận về họ của con",
            what_to_do="Cha, mẹ cùng ký; tải mẫu tại quầy hoặc tại trang thủ tục 1.001193.",
        ),
    ),
    reason="Thành phần hồ sơ chưa đủ để xác định nội dung khai sinh.",
    legal_ground="Thành phần hồ sơ của thủ tục 1.001193 đã công bố, phiên bản ngày 01/7/2026",
    answer_by=date(2026, 10, 20),
    clock_note="không tính vào thời hạn giải quyết; thời hạn tính tiếp từ khi nhận đủ giấy tờ",
    contact=HUNG,
    signer=OFFICER,
    tracking=TRACKING,
    **BIRTH,
)
REFUSAL = RefusalForm(
    head=HEAD,
    dossier_code=CODE,
    number="02/PTC-TTPVHCC",
    issued_on=date(2026, 2, 5),
    submitted_at=_at(4, 8, 5, month=2),
    counter="Trung tâm Phục vụ hành chính công phường Việt Trì",
    applicant=LAN,
    request=REQUEST,
    reasons=(
        "Trẻ đã được đăng ký khai sinh ngày 30/01/2026 tại Ủy ban nhân dân phường Nông Trang, nên không đăng ký khai sinh lần thứ hai.",
        "Người nộp hồ sơ không xuất trình được văn bản ủy quyền của cha, mẹ trẻ.",
    ),
    legal_ground="Thành phần hồ sơ của thủ tục 1.001193 đã công bố",
    guidance="Nếu cần thêm bản giấy, Ông/Bà đề nghị cấp trích lục khai sinh (bản sao) tại bất kỳ quầy một cửa nào của tỉnh; kết quả có trong ngày.",
    contact=HUNG,
    signer=OFFICER,
    **BIRTH,
)
APOLOGY = ApologyForm(
    head=COMMITTEE,
    dossier_code="H44.100-260914-0003",
    number="12/UBND-VP",
    issued_on=date(2026, 10, 5),
    counter="Trung tâm Phục vụ hành chính công phường Việt Trì",
    applicant=LAN,
    procedure_name="Xác nhận thông tin hộ tịch",
    procedure_code="2.002516",
    received_at=_at(14, 10, 15, month=9),
    due_at=_at(30, 17, month=9),
    new_due_at=_at(9, 17),
    occasion=2,
    responsible="Ủy ban nhân dân phường Việt Trì",
    reason="sổ hộ tịch năm 1998 của xã Trưng Vương (cũ) chưa số hóa, phải đối chiếu với bản lưu tại Sở Tư pháp.",
    contact=HUNG,
    signer=PHUC,
    recipients=("Như trên", "Trung tâm Phục vụ hành chính công (để theo dõi)"),
    history=(
        ExtensionLine(
            from_at=_at(21, 17, month=9),
            to_at=_at(30, 17, month=9),
            reason="Chờ văn bản trả lời của nơi đăng ký cũ",
        ),
    ),
)
STOP = StopForm(
    head=COMMITTEE,
    dossier_code=CODE,
    number="03/TB-UBND",
    issued_on=date(2026, 10, 6),
    counter="Trung tâm Phục vụ hành chính công phường Việt Trì",
    applicant=LAN,
    received_at=_at(5, 15, 20),
    stopped_on=date(2026, 10, 6),
    responsible="Ủy ban nhân dân phường Việt Trì",
    reason="Ông/Bà có đơn rút hồ sơ ngày 06/10/2026 khi chưa có kết quả.",
    guidance="Giấy tờ bản chính đã nộp được trả lại tại Quầy số 2. Ông/Bà có thể nộp lại hồ sơ bất kỳ lúc nào.",
    contact=HUNG,
    signer=PHUC,
    **BIRTH,
)
CONTROL_SLIP = ControlSlip(
    head=HEAD,
    dossier_code=CODE,
    printed_at=_at(6, 16, 40),
    applicant=LAN,
    received_at=_at(5, 15, 20),
    due_at=_at(6, 17),
    responsible="Ủy ban nhân dân phường Việt Trì",
    hand_overs=(
        HandOver(
            giver="Nguyễn Thị Lan (người nộp)",
            receiver="Trần Quốc Hùng – Trung tâm Phục vụ hành chính công",
            at=_at(5, 15, 20),
            timeliness="–",
            confirmed_at=_at(5, 15, 20),
        ),
        HandOver(
            giver="Trần Quốc Hùng – Trung tâm Phục vụ hành chính công",
            receiver="Lê Thị Mai – Công chức tư pháp – hộ tịch",
            at=_at(5, 15, 31),
            timeliness="Đúng hạn",
            confirmed_at=_at(5, 15, 33),
        ),
        HandOver(
            giver="Lê Thị Mai – Công chức tư pháp – hộ tịch",
            receiver="Phạm Văn Phúc – Chủ tịch UBND phường",
            at=_at(6, 9, 2),
            timeliness="Trước hạn",
            note="Trình ký trích lục khai sinh",
            confirmed_at=_at(6, 9, 2),
        ),
        HandOver(
            giver="Phạm Văn Phúc – Chủ tịch UBND phường",
            receiver="Đỗ Thị Thảo – Văn thư",
            at=_at(6, 10, 45),
            timeliness="Đúng hạn",
            confirmed_at=_at(6, 10, 50),
        ),
    ),
    book_number="01/2026",
    book_serial="1284",
    tracking=TRACKING,
    **BIRTH,
)
VERIFICATION = Qr("https://phutho.example/kiem-tra/0199b3c2-7a10-7d3e-9c41-5b2f6a1d8e77")
DECISION = DecisionLetter(
    head=COMMITTEE,
    number="05/QĐ-UBND",
    issued_on=date(2026, 2, 3),
    kind="Quyết định",
    abstract="Về việc cho phép thay đổi, cải chính hộ tịch",
    authority="Chủ tịch Ủy ban nhân dân phường Việt Trì",
    grounds=(
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Luật Hộ tịch;",
        "Xét hồ sơ mã số H44.100-260202-0007 của bà Nguyễn Thị Lan và đề nghị của công chức tư pháp – hộ tịch.",
    ),
    resolving="Quyết định:",
    articles=(
        Article(
            paragraphs=(
                "Cho phép cải chính phần ghi về năm sinh của người mẹ trong Sổ đăng ký khai sinh số 45, quyển số 01/2019, từ “1991” thành “1990”.",
            )
        ),
        Article(
            paragraphs=(
                "Công chức tư pháp – hộ tịch ghi vào sổ, cấp trích lục cho người yêu cầu trong ngày ký Quyết định này.",
            )
        ),
        Article(
            paragraphs=(
                "Quyết định này có hiệu lực kể từ ngày ký. Công chức tư pháp – hộ tịch và bà Nguyễn Thị Lan chịu trách nhiệm thi hành Quyết định này./.",
            )
        ),
    ),
    recipients=("Như Điều 3", "Sở Tư pháp (để báo cáo)"),
    signer=PHUC,
    verification=VERIFICATION,
)
LETTER = DecisionLetter(
    head=COMMITTEE,
    number="12/UBND-KSTT",
    issued_on=date(2026, 10, 15),
    abstract="trả lời đề nghị xác nhận thông tin hộ tịch",
    addressees=("Bà Nguyễn Thị Lan",),
    paragraphs=(
        "Ủy ban nhân dân phường Việt Trì nhận được hồ sơ mã số H44.100-261005-0012 của Bà đề nghị xác nhận thông tin hộ tịch. Sau khi kiểm tra Sổ đăng ký khai sinh năm 1998, Ủy ban nhân dân phường trả lời như sau:",
        "Thông tin khai sinh của Bà có trong Sổ đăng ký khai sinh số 112, quyển số 02/1998 của xã Trưng Vương (cũ), nội dung phù hợp với giấy tờ Bà đã xuất trình.",
        "Ủy ban nhân dân phường Việt Trì trả lời để Bà được biết./.",
    ),
    recipients=("Như trên", "Sở Tư pháp (để báo cáo)"),
    signer=PHUC,
    verification=VERIFICATION,
)
EXTRACT = Extract(
    head=COMMITTEE,
    number="15/TLKS-UBND",
    issued_on=date(2026, 10, 6),
    kind="Trích lục khai sinh",
    note="(Bản sao)",
    groups=(
        FactGroup(
            facts=(
                Fact(label="Họ, chữ đệm, tên", value="NGUYỄN GIA BẢO", strong=True),
                Fact(
                    label="Ngày, tháng, năm sinh",
                    value="28/9/2026 (ngày hai mươi tám, tháng chín, năm hai nghìn không trăm hai mươi sáu)",
                ),
                Fact(label="Giới tính", value="Nam"),
                Fact(label="Dân tộc", value="Kinh"),
                Fact(label="Quốc tịch", value="Việt Nam"),
                Fact(label="Nơi sinh", value="Bệnh viện đa khoa tỉnh Phú Thọ, phường Việt Trì, tỉnh Phú Thọ"),
                Fact(label="Số định danh cá nhân", value="025226009876"),
            )
        ),
        FactGroup(
            title="Người mẹ",
            facts=(
                Fact(label="Họ, chữ đệm, tên", value="NGUYỄN THỊ LAN"),
                Fact(label="Năm sinh", value="1990"),
                Fact(label="Nơi cư trú", value="Số 12, ngõ 5, phố Gia Cẩm, phường Việt Trì, tỉnh Phú Thọ"),
            ),
        ),
        FactGroup(
            title="Người cha",
            facts=(
                Fact(label="Họ, chữ đệm, tên", value="NGUYỄN ĐỨC MINH"),
                Fact(label="Năm sinh", value="1988"),
                Fact(label="Nơi cư trú", value=None),
            ),
        ),
    ),
    source="Đăng ký tại Ủy ban nhân dân phường Việt Trì, Sổ đăng ký khai sinh số 215, quyển số 01/2026, ngày 06 tháng 10 năm 2026.",
    signer=PHUC,
    verification=VERIFICATION,
)
CERTIFIED_COPY = CertifiedCopy(
    head=COMMITTEE,
    number="1204",
    issued_on=date(2026, 10, 6),
    book="01/2026-SCT/BS",
    original=Original(
        name="Bằng tốt nghiệp đại học",
        pages=2,
        number="QH-2012-0457",
        issuer="Trường Đại học Hùng Vương",
        issued_on=date(2012, 6, 30),
        holder="Nguyễn Thị Lan",
    ),
    place="Ủy ban nhân dân phường Việt Trì",
    copies=3,
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    signer=Signer(title="Phó Chủ tịch", on_behalf="TM. Ủy ban nhân dân\nKT. Chủ tịch", name="Hoàng Thị Vân"),
    verification=VERIFICATION,
)

PAPERS: dict[str, PaperData] = {
    "01-receipt": RECEIPT,
    "02-supplement-request": SUPPLEMENT,
    "03-refusal": REFUSAL,
    "04-apology": APOLOGY,
    "05-stop-notice": STOP,
    "06-control-slip": CONTROL_SLIP,
    "decision": DECISION,
    "letter": LETTER,
    "extract": EXTRACT,
    "certified-copy": CERTIFIED_COPY,
}

# Before the leader signs: no number, no day, marked as a draft.
DRAFT_EXTRACT = replace(EXTRACT, number=None, issued_on=None, verification=None)
PAPERS["extract-draft"] = DRAFT_EXTRACT
