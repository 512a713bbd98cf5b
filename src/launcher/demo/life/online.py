"""The first story: Bà Lan registers a birth from home."""

from __future__ import annotations

from urllib.parse import urlsplit

from launcher.demo import acting, papers
from launcher.demo.acting import Story
from launcher.demo.cast import CITIZEN, Cast, sign_in_as_citizen
from launcher.demo.forms import File, Value
from launcher.demo.life import proofs, refusals
from launcher.demo.pages import Page, nodes, text_of
from launcher.demo.report import Report

TITLE = "Hồ sơ nộp trực tuyến: Bà Lan đăng ký khai sinh cho con"
PROCEDURE = "Thủ tục đăng ký khai sinh"
COMMUNE = "Phường Việt Trì"
BIRTH_NOTE = "Giấy chứng sinh"
BIRTH_PLACE = "Nơi sinh"

PLACE: dict[str, Value] = {"Nơi nộp hồ sơ": COMMUNE, "Số điện thoại": "0900000001"}
ANSWERS: dict[str, Value] = {
    "Nơi cư trú (xã, phường)": COMMUNE,
    "Quan hệ với người được khai sinh": "Mẹ",
    "Họ, chữ đệm, tên của trẻ": "Hà Gia An",
    "Giới tính": "Nam",
    "Ngày sinh": "02/11/2026",
    "Dân tộc": "Kinh",
    BIRTH_PLACE: "Bệnh viện",
    "Quê quán": "Phường Việt Trì, tỉnh Phú Thọ",
    "Họ, chữ đệm, tên người mẹ": CITIZEN,
    "Số bản sao Giấy khai sinh đề nghị cấp": "1",
    "Tôi cam đoan": True,
}


def tell(report: Report, cast: Cast) -> None:
    """Tell the whole life of a dossier that is filed online."""
    with report.chapter(TITLE):
        story = Story(report, cast, _file(report, cast))
        _receive(story)
        _supplement(story)
        acting.propose(story, {})
        refusals.of_acts(story)
        _finish(story)


def _file(report: Report, cast: Cast) -> str:
    lan = cast.lan
    found = lan.press(lan.open("/"), "Tìm", {"Nhập việc cần làm": "dang ky khai sinh"})
    report.check("Tìm không dấu “dang ky khai sinh”", PROCEDURE in found.text, found.title(2))
    procedure = lan.click(found, PROCEDURE)
    report.check("Thủ tục sẵn sàng nhận hồ sơ", "Nộp hồ sơ trực tuyến" in procedure.text, procedure.heading)
    begun = sign_in_as_citizen(lan, lan.click(procedure, "Nộp hồ sơ trực tuyến"))
    head = " ".join(text_of(one) for one in nodes(begun.tree, "//header"))
    report.check("Bà Lan đăng nhập bằng tài khoản định danh", CITIZEN in head, head)
    place = lan.press(begun, "Bắt đầu" if begun.has_button("Bắt đầu") else "Soạn hồ sơ mới")
    form = lan.press(place, "Tiếp tục", PLACE)
    upload = lan.press(form, "Tiếp tục", ANSWERS)
    report.check("Điền tờ khai điện tử", upload.url.endswith("/giay-to/"), upload.said or upload.heading)
    refusals.of_uploads(report, lan, upload)
    review = lan.press(upload, "Tiếp tục", papers_for(upload))
    report.check("Giấy tờ đã tải lên đủ", review.has_button("Nộp hồ sơ"), review.said or review.heading)
    filed = lan.press(review, "Nộp hồ sơ")
    report.check("Bà Lan nộp hồ sơ", filed.heading == "Đã nộp hồ sơ", filed.said or filed.heading)
    return urlsplit(filed.link("Xem hồ sơ này")).path.strip("/").rpartition("/")[2]


def papers_for(upload: Page) -> dict[str, File]:
    """Return a file for every paper that the page asks for."""
    asked = nodes(upload.tree, "//section[.//*[normalize-space()='Cần nộp']]//h2")
    return {
        f"Chọn tệp cho {text_of(one)}": papers.pdf(f"giay-to-{number}.pdf", f"Giay to {number}")
        for number, one in enumerate(asked, start=1)
    }


def _receive(story: Story) -> None:
    hung, lan = story.cast.hung, story.cast.lan
    new = hung.open("/can-bo/ho-so/?loc=moi-nop")
    story.report.check("Anh Hùng thấy hồ sơ ở mục Mới nộp", story.dossier_id in new.content.decode())
    story.act(hung, "Tiếp nhận")
    page = hung.open(story.at_desk)
    story.code = text_of(nodes(page.tree, "//*[@class='vl-code']")[0])
    story.report.check("Hồ sơ có mã", story.code.startswith("H44.100-"), story.code)
    story.check_due(page, "Vì sao là ngày này")
    proofs.check_receipt(story, papers.expect_pdf(lan.click(lan.open(story.at_portal), "Tải giấy tiếp nhận")))
    story.act(hung, "Chuyển xử lý", {"Chuyển đến": "Văn phòng HĐND và UBND"})


def _supplement(story: Story) -> None:
    """Ask for a paper and a field in one request, and answer both at once."""
    mai, lan = story.cast.mai, story.cast.lan
    story.act(mai, "Nhận xử lý")
    asked: dict[str, Value] = {
        f"{BIRTH_NOTE}, hoặc": True,
        f"Thiếu hoặc sai ở đâu: {BIRTH_NOTE}, hoặc": "Bản quét mờ, không đọc được ngày sinh.",
        BIRTH_PLACE: True,
        f"Thiếu hoặc sai ở đâu: {BIRTH_PLACE}": "Ghi đủ tên bệnh viện và địa chỉ.",
    }
    story.act(mai, "Yêu cầu bổ sung", asked)
    page = lan.open(story.at_portal)
    told = page.listed("Cơ quan yêu cầu bổ sung")
    story.report.check("Bà Lan thấy mọi nội dung cần bổ sung trong một lần", len(told) == 2)
    story.report.lines("Cơ quan hỏi:", told)
    form = lan.click(page, "Bổ sung ngay")
    answer = lan.press(form, "Gửi bổ sung", {
        BIRTH_PLACE: "Bệnh viện Sản Nhi tỉnh Phú Thọ, phường Việt Trì",
        f"Chọn tệp cho {BIRTH_NOTE}": papers.pdf("giay-chung-sinh-ro.pdf", "Giay chung sinh, ban ro"),
    })  # fmt: skip
    story.report.check("Bà Lan bổ sung", answer.said.startswith("Đã gửi"), answer.said)
    story.check_due(mai.open(story.at_desk), "Vì sao là ngày này")


def _finish(story: Story) -> None:
    lan = story.cast.lan
    signed = acting.decide_and_deliver(story, CITIZEN)
    mine = lan.open(story.at_portal)
    story.report.check("Bà Lan thấy hồ sơ đã trả kết quả", "Đã trả kết quả" in mine.text, mine.heading)
    got = papers.expect_pdf(lan.click(mine, "Tải kết quả"))
    story.report.check("Bà Lan tải đúng tệp đã ký", got == signed, f"{len(got)} byte")
    proofs.check_outcome(story, got)
