"""The second story: Bà Nga has a copy certified at the counter."""

from __future__ import annotations

from launcher.demo import acting, papers
from launcher.demo.acting import Story
from launcher.demo.cast import Cast
from launcher.demo.life import proofs, refusals
from launcher.demo.pages import Page, nodes, text_of
from launcher.demo.report import Report

TITLE = "Hồ sơ nộp tại quầy: Bà Nga chứng thực bản sao"
NAME, PHONE = "Hà Thị Nga", "0987654321"
PERSON = {
    "Quét thẻ căn cước, hoặc gõ số định danh": "025190012999",
    "Họ và tên người đến nộp": NAME,
    "Điện thoại": PHONE,
    "Nơi cư trú": "Tổ 7, phường Việt Trì",
}
ORIGINAL = {
    "Tên bản chính": "Bằng tốt nghiệp đại học",
    "Số trang bản chính": "1",
    "Số bản chứng thực": "2",
}
UNIT = "Văn phòng HĐND và UBND"
FACT_FIELD = "4 số cuối"


def tell(report: Report, cast: Cast) -> None:
    """Tell the whole life of a dossier that is received at a counter."""
    with report.chapter(TITLE):
        story = _receive(report, cast)
        refusals.of_two_at_once(story, UNIT)
        refusals.of_strangers(story)
        story.act(cast.mai, "Nhận xử lý")
        acting.propose(story, ORIGINAL)
        proofs.check_outcome(story, acting.decide_and_deliver(story, NAME))
        _track(story)


def _receive(report: Report, cast: Cast) -> Story:
    hung = cast.hung
    page = hung.press(
        hung.open("/can-bo/tiep-nhan/"), "Chọn", {"Mã, tên thủ tục": "chung thuc ban sao tu ban chinh"}
    )
    if not page.has_button("Tiếp nhận"):
        page = hung.click(page, "Chứng thực bản sao từ bản chính")
    report.check("Anh Hùng tìm thủ tục không dấu", page.has_button("Tiếp nhận"), page.heading[:60])
    lacking = hung.press(page, "Tiếp nhận", PERSON)
    report.check("Chưa có bản chính thì chưa tiếp nhận", lacking.status == 422, f"“{lacking.said}”")
    received = hung.press(lacking, "Tiếp nhận", {"Đủ mọi giấy tờ bắt buộc": True})
    if received.has_button("Vẫn tiếp nhận"):  # the demo was told before on this installation
        received = hung.press(received, "Vẫn tiếp nhận")
    code = next((text_of(one) for one in nodes(received.tree, "//*[@class='vl-code']")), "")
    report.check("Anh Hùng tiếp nhận", "da-nhan" in received.url, received.said)
    story = Story(report, cast, received.url.strip("/").rpartition("/")[2], code)
    story.check_due(received, "Vì sao hẹn ngày này")
    proofs.check_receipt(story, papers.expect_pdf(hung.click(received, "In giấy tiếp nhận")))
    return story


def _track(story: Story) -> None:
    """Follow the dossier without an account; whoever does not know the second fact learns nothing."""
    seen = _ask(story, story.code, PHONE[-4:])
    is_masked = "Đã trả kết quả" in seen.text and NAME not in seen.text
    story.report.check("Tra cứu bằng mã và 4 số cuối, tên được che", is_masked, seen.after("Người nộp"))
    wrong, unknown = _ask(story, story.code, "0000"), _ask(story, "H44.100-200101-0001", PHONE[-4:])
    story.check_refused("Sai 4 số cuối thì không xem được", wrong, 404)
    is_same = (wrong.status, wrong.said) == (unknown.status, unknown.said)
    story.report.check("Mã không có nhận đúng câu trả lời đó", is_same)


def _ask(story: Story, code: str, fact: str) -> Page:
    stranger = story.cast.stranger
    return stranger.press(stranger.open("/tra-cuu/"), "Xem tình trạng", {"Mã hồ sơ": code, FACT_FIELD: fact})
