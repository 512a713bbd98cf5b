"""A petition from its first word to whether it helped: a citizen without account, two officers, a leader; and one that attacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.provinces import Province
from tests.journeys.visitors import DESK, PHONE, Visitor, visiting

AGENCY = "UBND phường Việt Trì"
SECRET = re.compile(r"[A-Z2-9]{5}-[A-Z2-9]{5}")
CODE = re.compile(r"PA-\d{6}-\d{4}")
ATTACK = "<script>document.title='bị chiếm'</script> \u202egnp.exe =1+1 '; DROP TABLE x;--"


@pytest.fixture
def neighbour(province: Province, browser: Browser) -> Iterator[Visitor]:
    """Somebody else without account: nothing of the first one's session is theirs."""
    with visiting(province, browser, widths=(DESK, PHONE)) as somebody:
        yield somebody


def send(visitor: Visitor, title: str, text: str) -> tuple[str, str]:
    """Send a petition without an account; return its code and its secret."""
    visitor.goto("/phan-anh/gui/")
    visitor.page.get_by_label("Gửi đến cơ quan").select_option(label=AGENCY)
    visitor.fill("Tiêu đề", title)
    visitor.fill("Nội dung", text)
    visitor.page.get_by_label(re.compile("^Số điện thoại")).fill("0987 654 321")
    visitor.press("Gửi phản ánh")
    receipt = visitor.page.get_by_role("main").inner_text()
    code, secret = CODE.search(receipt), SECRET.search(receipt)
    assert code is not None
    assert secret is not None
    return code.group(), secret.group()


def follow(visitor: Visitor, code: str, secret: str) -> None:
    visitor.goto("/phan-anh/theo-doi/")
    visitor.fill("Mã phản ánh", code)
    visitor.fill("Mã bí mật", secret)
    visitor.press("Mở phản ánh")


def open_at(officer: Visitor, code: str) -> None:
    officer.goto(f"/can-bo/phan-anh/?ma={code}")
    officer.page.get_by_role("main").locator("tbody a").first.click()
    officer.page.wait_for_load_state()


def test_from_the_first_word_to_whether_it_helped(
    passer_by: Visitor, neighbour: Visitor, at_desk: Callable[[str], Visitor]
) -> None:
    code, secret = first_words(passer_by)
    mai = at_desk("mai")
    classify_and_ask(mai, code)
    supplement(neighbour, code, secret)
    answer(mai, code)
    approve(at_desk("phuc"), code)
    judge(neighbour, code, secret)
    read_what_is_public(passer_by)
    open_at(mai, code)
    expect(mai.page.get_by_text("Người gửi hài lòng")).to_be_visible()


def first_words(passer_by: Visitor) -> tuple[str, str]:
    """Send nothing at first, then a petition that names its sender; return its code and its secret."""
    passer_by.goto("/phan-anh/")
    passer_by.picture("petitions-public")
    passer_by.press("Gửi phản ánh")
    passer_by.press("Gửi phản ánh")
    expect(passer_by.page.locator(".govuk-error-summary")).to_contain_text("Nội dung")
    passer_by.picture("petition-send-wrong")
    text = "Sáng nay tôi chờ hai tiếng ở quầy số 5. Tôi là Đỗ Văn Thịnh, gọi tôi theo số 0987654321."
    code, secret = send(passer_by, "Chờ lâu ở quầy số 5", text)
    passer_by.picture("petition-sent")
    return code, secret


def classify_and_ask(mai: Visitor, code: str) -> None:
    open_at(mai, code)
    mai.picture("petition-to-classify")
    mai.page.keyboard.press("Alt+4")
    expect(mai.page.get_by_text("Đã phân loại: phản ánh, kiến nghị khác.")).to_be_visible()
    mai.page.keyboard.press("Alt+Enter")
    mai.press("Tiếp nhận")
    mai.press("Yêu cầu bổ sung")
    mai.fill("Cần bổ sung gì", "Ông/Bà đến quầy lúc mấy giờ?")
    mai.picture("petition-ask")
    mai.press("Yêu cầu bổ sung")
    expect(
        mai.page.get_by_text("tạm dừng").or_(mai.page.get_by_text("Chờ người gửi bổ sung")).first
    ).to_be_visible()


def supplement(neighbour: Visitor, code: str, secret: str) -> None:
    follow(neighbour, code, "AAAAA-AAAAA")
    expect(neighbour.page.locator(".govuk-error-summary")).to_contain_text("không đúng")
    follow(neighbour, code, secret)
    neighbour.picture("petition-supplement")
    neighbour.page.get_by_label(re.compile("^Nội dung bổ sung")).fill("Tôi đến lúc 8 giờ.")
    neighbour.press("Gửi bổ sung")
    expect(neighbour.page.get_by_text("Đã gửi bổ sung.")).to_be_visible()


def answer(mai: Visitor, code: str) -> None:
    """Draft an answer whose public version names the sender; what names anybody is marked and taken out."""
    open_at(mai, code)
    mai.press("Viết trả lời")
    mai.page.get_by_label(re.compile("^Trả lời người gửi")).fill(
        "Phường đã bố trí thêm một quầy vào buổi sáng."
    )
    public_answer = "Trả lời ông Thịnh, 0987.654.321: đã bố trí thêm một quầy."
    mai.page.get_by_label(re.compile(r"^Trả lời( \(|$)")).fill(public_answer)
    mai.press("Xem bản công khai")
    expect(mai.page.locator("mark").first).to_be_visible()
    mai.picture("petition-draft")
    mai.press("Bỏ dữ liệu cá nhân")
    public = mai.page.get_by_role("region", name="Bản công khai sẽ hiện như sau")
    expect(public).not_to_contain_text("654")
    mai.page.get_by_label("Trình lãnh đạo").select_option(index=0)
    mai.page.get_by_role("button", name="Trình lãnh đạo").click()
    expect(mai.page.get_by_text("Đã trình lãnh đạo.")).to_be_visible()


def approve(phuc: Visitor, code: str) -> None:
    open_at(phuc, code)
    phuc.picture("petition-to-decide")
    phuc.page.keyboard.press("Alt+Enter")
    expect(phuc.page.get_by_text("Đã phê duyệt và công khai")).to_be_visible()


def judge(neighbour: Visitor, code: str, secret: str) -> None:
    follow(neighbour, code, secret)
    neighbour.page.get_by_label("Hài lòng", exact=True).check()
    neighbour.picture("petition-answered")
    neighbour.press("Gửi ý kiến")
    expect(neighbour.page.get_by_text("Đã ghi nhận.")).to_be_visible()


def read_what_is_public(passer_by: Visitor) -> None:
    passer_by.goto("/phan-anh/?q=quay so 5")
    passer_by.page.get_by_role("main").locator("#found a").first.click()
    body = passer_by.page.get_by_role("main").inner_text()
    assert "đã bố trí thêm một quầy" in body
    assert "Thịnh" not in body
    assert "654" not in body
    passer_by.picture("petition-published")


def test_an_attack_is_text_wherever_it_is_shown(
    passer_by: Visitor, at_desk: Callable[[str], Visitor]
) -> None:
    code, secret = send(passer_by, f"Về {ATTACK}", f"{ATTACK} chờ lâu")
    follow(passer_by, code, secret)
    expect(passer_by.page.get_by_role("main")).to_contain_text("<script>document.title")
    passer_by.picture("petition-attack")
    mai = at_desk("mai")
    open_at(mai, code)
    expect(mai.page.get_by_role("main")).to_contain_text("[U+202E]")
    assert "bị chiếm" not in mai.page.title()
    mai.picture("petition-attack-desk")


def test_taken_down_at_the_counter_and_printed(at_desk: Callable[[str], Visitor]) -> None:
    hung = at_desk("hung")
    hung.goto("/can-bo/phan-anh/")
    hung.picture("petitions-inbox")
    hung.page.keyboard.press("Alt+n")
    hung.page.wait_for_url("**/ghi-nhan/")
    hung.page.keyboard.type("Thiếu ghế ở khu vực chờ")
    hung.page.get_by_label("Nội dung, theo lời người dân").fill("Bà cụ nói: không có ghế cho người già.")
    hung.picture("petition-take-down")
    hung.page.keyboard.press("Alt+Enter")
    expect(hung.page.get_by_role("heading", name="Giấy biên nhận phản ánh, kiến nghị")).to_be_visible()
    assert SECRET.search(hung.page.get_by_role("main").inner_text())
    hung.picture("petition-receipt")


def test_figures_have_a_picture_and_a_table(at_desk: Callable[[str], Visitor]) -> None:
    phuc = at_desk("phuc")
    phuc.goto("/can-bo/phan-anh/so-lieu/")
    expect(phuc.page.get_by_role("table")).to_contain_text("Việt Trì")
    phuc.picture("petitions-figures")
    assert phuc.download("Xuất Excel")[:2] == b"PK"
