"""Bà Lan registers the birth of her child, at a desk and on her phone, and follows the dossier without an account."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.scans import birth_paper
from tests.journeys.visitors import Visitor

PAPER = "Giấy chứng sinh"


def test_a_citizen_finds_reads_files_and_follows(visitor: Visitor) -> None:
    find_and_read(visitor)
    visitor.press("Nộp hồ sơ trực tuyến")
    visitor.picture("nguoi-dan-dang-nhap")
    visitor.sign_in_here_as_citizen("Nguyễn Thị Lan")
    visitor.picture("nguoi-dan-bat-dau")
    visitor.press("Bắt đầu")
    choose_place(visitor)
    fill_form(visitor)
    hand_in_papers(visitor)
    submit(visitor)


def find_and_read(visitor: Visitor) -> None:
    visitor.goto("/")
    visitor.picture("nguoi-dan-trang-chu")
    visitor.page.get_by_role("searchbox").fill("dang ky khai sinh")
    visitor.page.get_by_role("button", name="Tìm").click()
    expect(visitor.page.locator("#found h2").first).to_contain_text("“dang ky khai sinh”")
    visitor.picture("nguoi-dan-tim-thu-tuc")
    visitor.page.get_by_role("main").get_by_role("link", name="Thủ tục đăng ký khai sinh", exact=True).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("khai sinh")
    visitor.picture("nguoi-dan-thu-tuc")


def choose_place(visitor: Visitor) -> None:
    visitor.page.get_by_label("Nơi nộp hồ sơ").select_option(label="Phường Việt Trì")
    visitor.fill("Số điện thoại", "0912 345 678")
    visitor.picture("nguoi-dan-noi-nop")
    visitor.press("Tiếp tục")


def fill_form(visitor: Visitor) -> None:
    """What is known stands there already; what is forgotten is told beside its question."""
    page = visitor.page
    expect(page.get_by_label("Họ, chữ đệm, tên người yêu cầu")).to_have_value("Nguyễn Thị Lan")
    page.get_by_label("Nơi cư trú (xã, phường)").select_option(label="Phường Việt Trì")
    page.get_by_label("Địa chỉ chi tiết").fill("Tổ 5")
    page.get_by_label("Họ, chữ đệm, tên của trẻ").fill("Trần Gia An")
    page.get_by_role("radio", name="Mẹ").check()
    page.get_by_role("radio", name="Nam", exact=True).check()
    page.get_by_label("Ngày sinh").fill("31/6/2026")
    page.get_by_label("Dân tộc").fill("Kinh")
    page.get_by_label("Quốc tịch").fill("Việt Nam")
    page.get_by_label("Nơi sinh").fill("Bệnh viện Sản Nhi tỉnh Phú Thọ")
    page.get_by_label("Họ, chữ đệm, tên người mẹ").fill("Nguyễn Thị Lan")
    page.get_by_label("Số bản sao Giấy khai sinh đề nghị cấp").fill("2")
    visitor.press("Tiếp tục")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("Ngày sinh")).to_have_value("31/6/2026")
    visitor.picture("nguoi-dan-to-khai-con-thieu")
    page.get_by_label("Ngày sinh").fill("02/07/2026")
    page.get_by_label("Quê quán").fill("phường Việt Trì, tỉnh Phú Thọ")
    page.get_by_label("Tôi cam đoan").check()
    visitor.picture("nguoi-dan-to-khai")
    visitor.press("Tiếp tục")


def hand_in_papers(visitor: Visitor) -> None:
    """A file that is not what it says is refused with the reason; the right one is kept at once."""
    page = visitor.page
    expect(page.get_by_role("heading", name="Tải giấy tờ lên")).to_be_visible()
    slot = page.locator(".vl-portal-slot").filter(has_text=PAPER).first
    slot.locator("input[type=file]").set_input_files(
        {"name": "giay-chung-sinh.jpg", "mimeType": "image/jpeg", "buffer": b"MZ not a picture"}
    )
    expect(page.get_by_role("alert")).to_contain_text("“giay-chung-sinh.jpg”")
    visitor.picture("nguoi-dan-giay-to-bi-tu-choi")
    slot = page.locator(".vl-portal-slot").filter(has_text=PAPER).first
    slot.locator("input[type=file]").set_input_files(
        {
            "name": "giay-chung-sinh.jpg",
            "mimeType": "image/jpeg",
            "buffer": birth_paper(mother="Nguyễn Thị Lan", child="Trần Gia An"),
        }
    )
    expect(slot.get_by_text("Đã có tệp")).to_be_visible()
    visitor.picture("nguoi-dan-giay-to")
    visitor.press("Tiếp tục")


def submit(visitor: Visitor) -> None:
    expect(visitor.page.get_by_role("heading", name="Kiểm tra và nộp")).to_be_visible()
    visitor.picture("nguoi-dan-kiem-tra")
    visitor.press("Nộp hồ sơ")
    expect(visitor.page.get_by_role("heading", name="Đã nộp hồ sơ")).to_be_visible()
    visitor.picture("nguoi-dan-da-nop")
    visitor.press("Xem hồ sơ này")
    visitor.picture("nguoi-dan-ho-so")
    visitor.goto("/ho-so/")
    visitor.picture("nguoi-dan-ho-so-cua-toi")
