"""Something is missing: the counter asks for it once, Bà Lan answers from home, the counter receives."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys import counter
from tests.journeys.scans import birth_paper
from tests.journeys.visitors import Visitor

REASON = "Bản chụp mờ, không đọc được ngày sinh"


def test_what_is_missing_is_asked_for_once_and_answered_online(
    at_desk: Callable[[str], Visitor], citizen: Visitor
) -> None:
    hung = at_desk("hung")
    address = ask(hung)
    answer(citizen)
    hung.page.goto(address)
    expect(hung.page.get_by_text("Đã bổ sung").first).to_be_visible()
    hung.picture("can-bo-da-bo-sung")
    hung.press("Tiếp nhận")
    expect(hung.page.get_by_text("Đã tiếp nhận hồ sơ").first).to_be_visible()
    assert counter.code_in(hung)


def ask(hung: Visitor) -> str:
    """Take in what is there, and ask for what is not; return the address of the dossier."""
    counter.begin(
        hung, number="025185000001", name="Nguyễn Thị Lan", request="Đăng ký khai sinh cho cháu Trần Gia An"
    )
    counter.go_on(hung, "Thiếu giấy tờ, lập phiếu bổ sung", to="Yêu cầu bổ sung")
    row = hung.page.locator(".desk-ask__row").filter(has_text="Giấy chứng sinh")
    row.get_by_role("checkbox").check()
    row.get_by_role("textbox").fill(REASON)
    hung.picture("can-bo-yeu-cau-bo-sung")
    hung.press("Yêu cầu bổ sung")
    expect(hung.page.get_by_text("Đã yêu cầu bổ sung")).to_be_visible()
    return hung.page.url


def answer(lan: Visitor) -> None:
    """Find the request at the top of one's dossiers, and answer it with a better picture."""
    lan.goto("/ho-so/")
    lan.picture("nguoi-dan-ho-so-cho-bo-sung")
    lan.page.get_by_role("main").get_by_role("link").filter(has_text="khai sinh").first.click()
    expect(lan.page.get_by_text(REASON)).to_be_visible()
    lan.picture("nguoi-dan-duoc-yeu-cau-bo-sung")
    lan.press("Bổ sung ngay")
    lan.press("Gửi bổ sung")
    expect(lan.page.get_by_role("alert")).to_be_visible()
    lan.page.goto(lan.page.url)
    lan.page.locator("input[type=file]").set_input_files(
        {
            "name": "giay-chung-sinh-ro.jpg",
            "mimeType": "image/jpeg",
            "buffer": birth_paper(mother="Nguyễn Thị Lan", child="Trần Gia An"),
        }
    )
    lan.picture("nguoi-dan-bo-sung")
    lan.press("Gửi bổ sung")
    expect(lan.page.get_by_role("heading", level=1)).to_contain_text("khai sinh")
    lan.picture("nguoi-dan-da-bo-sung")
