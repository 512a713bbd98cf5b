"""What the house says no to, in a sentence: files that cannot be read, acts of the wrong person or at the wrong time."""

from __future__ import annotations

from launcher.demo import papers
from launcher.demo.acting import Story
from launcher.demo.browser import Visitor
from launcher.demo.forms import File
from launcher.demo.pages import Page, nodes, text_of
from launcher.demo.report import Report


def of_uploads(report: Report, lan: Visitor, upload: Page) -> None:
    """Offer two files that no officer could read; both are refused beside their paper."""
    slot = "Chọn tệp cho Giấy chứng sinh"
    for what, file in {
        "Tệp trống bị từ chối": File("trong.pdf", b""),
        "Tệp PDF hỏng bị từ chối": papers.broken_pdf("hong.pdf"),
    }.items():
        answer = lan.press(upload, "Tải lên", {slot: file})
        report.check(what, answer.status == 422 and file.name in answer.said, f"“{answer.said}”")


def of_acts(story: Story) -> None:
    """Try what comes too early and what is not one's own to do; nothing of the dossier changes."""
    cast = story.cast
    before = cast.mai.open(story.at_desk)
    answer = cast.phuc.forge(cast.phuc.open(story.at_desk), f"{story.at_desk}ky-so/")
    story.check_refused("Ông Phúc ký khi chưa duyệt thì bị từ chối", answer, 409)
    at_counter = cast.hung.open(story.at_desk)
    story.report.check("Anh Hùng không có nút Phê duyệt", not _offers(at_counter, "Phê duyệt"))
    answer = cast.hung.forge(at_counter, f"{story.at_desk}phe-duyet/")
    story.check_refused("Anh Hùng gửi lệnh phê duyệt thì bị từ chối", answer, 403)
    after = cast.mai.open(story.at_desk)
    is_unchanged = story.code in before.text and before.text == after.text
    story.report.check("Hồ sơ không đổi sau các lần bị từ chối", is_unchanged)


def of_two_at_once(story: Story, unit: str) -> None:
    """Send the same act from two windows that were opened at the same time: one counts, the other is told."""
    hung = story.cast.hung
    first, second = (hung.click(hung.open(story.at_desk), "Chuyển xử lý") for _ in range(2))
    typed = "Đề nghị xem trước 15 giờ"
    story.check_done(hung, "Chuyển xử lý", hung.press(first, "Chuyển xử lý", {"Chuyển đến": unit}))
    answer = hung.press(second, "Chuyển xử lý", {"Chuyển đến": unit, "Ghi chú": typed})
    story.check_refused("Cửa sổ thứ hai gửi cùng việc đó thì được báo", answer, 409)
    story.report.check("Lời đã gõ ở cửa sổ thứ hai còn nguyên", typed in answer.text)
    done = nodes(
        hung.open(story.at_desk).tree, "//*[@class='vl-timeline__title' or self::h3][.='Chuyển xử lý']"
    )
    story.report.check("Việc chỉ được ghi một lần", len(done) == 1, f"{len(done)} lần")


def of_strangers(story: Story) -> None:
    """Let others than those concerned open the dossier."""
    outside = story.cast.stranger.open(story.at_desk)
    story.report.check(
        "Người lạ mở trang cán bộ thì phải đăng nhập", outside.heading == "Đăng nhập", outside.heading
    )
    other = story.cast.lan.open(story.at_portal)
    story.check_refused("Bà Lan không mở được hồ sơ của người khác", other, 404)


def _offers(page: Page, label: str) -> bool:
    return page.has_button(label) or any(text_of(one) == label for one in nodes(page.tree, "//a"))
