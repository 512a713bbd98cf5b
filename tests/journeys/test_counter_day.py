"""
A day at the counter of phường Việt Trì: piles taken in, a tray carried over, a result by post, the cash drawer locked.

What must fail fails on the way: a wrong line of a sheet, a line sent back without a reason, a mistyped number of a
label, a drawer that does not agree with its book.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.counter import CODE
from tests.journeys.printed import text_of
from tests.journeys.visitors import DESK, Visitor
from vanlang.counter.rules.post import check_digit

AtDesk = Callable[[str], Visitor]
OFFICE = "Văn phòng HĐND và UBND"
EXTRACT = "2.000635"
SIGNED_FOR_BACH = uuid.UUID("5b5e0c0e-4f51-4f0e-8d1f-7f3c1d0a9b11"), "vt-25"
"""The demo's dossier whose result is signed and not released yet."""
BACH = "025095001357"
SHEET = """\
025186004411\tĐinh Thị Hòa\t0912000111\tTổ 3, khu Gia Cẩm
025090006622\tVũ Quang Huy\t0912000222\tTổ 8, khu Tiên Cát
0250900066\tTạ Thị Bích\t0912000333\tTổ 1, khu Nông Trang
025177008833\tCao Văn Sáu\t0912000444\tTổ 9, khu Minh Nông"""
RIGHT_NUMBER = "025190006655"


@pytest.fixture(scope="module")
def received(at_desk: AtDesk) -> list[str]:
    """Four people with one procedure, of whom one is mistyped at first; return their codes."""
    hung = at_desk("hung")
    hung.goto(f"/can-bo/quay/tiep-nhan-nhieu/mot-thu-tuc/?ma={EXTRACT}")
    page = hung.page
    page.get_by_label("Danh sách người nộp").fill(SHEET)
    hung.picture("quay-nhieu-nguoi", kept=(DESK,))
    hung.press("Xem lại danh sách")
    hung.press("Tiếp nhận 4 hồ sơ")
    expect(page.get_by_text("Đã tiếp nhận 3 hồ sơ.")).to_be_visible()
    wrong = page.get_by_role("row").filter(has_text="Tạ Thị Bích")
    expect(wrong).to_contain_text("Số định danh cá nhân chưa đúng.")
    hung.picture("quay-dong-sai", kept=(DESK,))
    wrong.get_by_label("Số định danh").fill(RIGHT_NUMBER)
    wrong.get_by_role("button", name="Lưu dòng").click()
    hung.press("Tiếp nhận tiếp")
    expect(page.get_by_text("Đã tiếp nhận 1 hồ sơ.")).to_be_visible()
    codes = CODE.findall(page.get_by_role("table").inner_text())
    assert len(set(codes)) == 4
    printed = text_of(hung.download("In danh sách chung"))
    assert all(name in printed for name in ("Đinh Thị Hòa", "Tạ Thị Bích", *codes))
    hung.goto("/can-bo/quay/tiep-nhan-nhieu/")
    hung.picture("tiep-nhan-nhieu")
    return codes


def test_one_person_with_several_procedures(at_desk: AtDesk) -> None:
    hung = at_desk("hung")
    hung.goto("/can-bo/quay/tiep-nhan-nhieu/mot-nguoi/")
    page = hung.page
    expect(page.get_by_label("Số định danh cá nhân")).to_be_focused()
    page.keyboard.type("025185000001")
    hung.press("Tra cứu")
    expect(page.get_by_label("Họ và tên")).to_have_value("Nguyễn Thị Lan")
    page.get_by_label(EXTRACT).check()
    page.get_by_label("Mã thủ tục khác").first.fill("2.000908")
    hung.picture("quay-mot-nguoi", kept=(DESK,))
    hung.press("Tiếp nhận tất cả")
    expect(page.get_by_text("Đã tiếp nhận 2 hồ sơ.")).to_be_visible()
    hung.picture("mot-nguoi-da-nhan")
    receipts = text_of(hung.download("In từng giấy tiếp nhận"))
    assert all(code in receipts for code in set(CODE.findall(page.get_by_role("table").inner_text())))


def test_a_tray_is_carried_over_and_one_line_comes_back(at_desk: AtDesk, received: list[str]) -> None:
    hung, mai = at_desk("hung"), at_desk("mai")
    hung.goto("/can-bo/quay/ban-giao/moi/")
    for box in hung.page.get_by_role("checkbox", name="Chọn hồ sơ").all():
        if (box.get_attribute("aria-label") or "").removeprefix("Chọn hồ sơ ") not in received:
            box.uncheck()
    hung.page.get_by_label("Đơn vị nhận").select_option(label=OFFICE)
    hung.picture("quay-lap-ban-giao", kept=(DESK,))
    hung.press("Lập danh sách")
    expect(hung.page.get_by_text("Chờ bên nhận xác nhận.")).to_be_visible()
    hung.picture("ban-giao-da-lap")
    mai.goto("/can-bo/quay/ban-giao/")
    mai.picture("ban-giao")
    mai.page.get_by_role("row").filter(has_text="Chờ bạn nhận").get_by_role("link").first.click()
    page = mai.page
    page.get_by_label("Không nhận dòng 1", exact=True).check()
    mai.press("Xác nhận đã nhận")
    expect(page.get_by_text("Dòng không nhận chưa có lý do.")).to_be_visible()
    expect(page.get_by_label("Không nhận dòng 1", exact=True)).to_be_checked()
    page.get_by_label("Lý do không nhận dòng 1").fill("Thiếu bản chính tờ khai")
    mai.picture("quay-nhan-ban-giao", kept=(DESK,))
    mai.press("Xác nhận đã nhận")
    expect(page.get_by_text("Đã nhận 3 dòng của danh sách.")).to_be_visible()
    mai.picture("ban-giao-da-nhan")
    assert "Thiếu bản chính tờ khai" in text_of(mai.download("In danh sách"))


def test_a_result_goes_home_by_post(at_desk: AtDesk) -> None:
    hung, thao = at_desk("hung"), at_desk("thao")
    thao.goto(f"/can-bo/ho-so/{uuid.uuid5(*SIGNED_FOR_BACH)}/")
    for _ in ("ask", "confirm"):
        thao.press("Phát hành")
    hung.goto(f"/can-bo/quay/tra-nhieu/?q={BACH}")
    hung.press("Gửi bưu chính")
    expect(hung.page.get_by_text("Đã chuyển 1 kết quả sang danh sách chờ gửi bưu chính.")).to_be_visible()
    hung.goto("/can-bo/quay/buu-gui/")
    hung.picture("buu-gui")
    hung.page.get_by_role("row").filter(has_text="Sẵn sàng gửi").get_by_role("link").first.click()
    page, number = hung.page, tracking_number()
    mistyped = number[:9] + str((int(number[9]) + 1) % 10) + number[10:]
    expect(page.get_by_label("Số hiệu bưu gửi")).to_be_focused()
    page.keyboard.type(mistyped)
    hung.press("Ghi đã gửi")
    expect(page.get_by_text("một chữ số bị gõ nhầm").first).to_be_visible()
    expect(page.get_by_label("Số hiệu bưu gửi")).to_have_value(mistyped)
    hung.picture("quay-so-hieu-sai", kept=(DESK,))
    page.get_by_label("Số hiệu bưu gửi").fill(number)
    hung.press("Ghi đã gửi")
    expect(page.get_by_text(f"Đã ghi gửi {number}.")).to_be_visible()
    assert number in text_of(hung.download("In bảng kê gửi hôm nay"))
    hung.press("Đang chuyển")
    hung.press(number)
    hung.picture("buu-gui-dang-chuyen")
    hung.press("Đã phát đến người nhận")
    expect(page.get_by_text("Đã xong bưu gửi với 1 hồ sơ.")).to_be_visible()


def test_an_envelope_comes_in(at_desk: AtDesk) -> None:
    hung, number = at_desk("hung"), tracking_number()
    hung.goto("/can-bo/quay/buu-gui/")
    hung.press("Ghi bưu gửi đến")
    expect(hung.page.get_by_label("Số hiệu bưu gửi")).to_be_focused()
    hung.page.keyboard.type(number.lower())
    hung.fill("Người gửi", "Vi Thị Dung")
    hung.picture("buu-gui-den")
    hung.press("Ghi bưu gửi")
    expect(hung.page.get_by_role("heading", name=number)).to_be_visible()
    hung.picture("buu-gui-da-den")
    hung.press("Tiếp nhận hồ sơ trong phong bì")
    expect(hung.page).to_have_url(re.compile(r"kenh=postal"))


def test_the_drawer_is_counted_locked_and_handed_over(at_desk: AtDesk, received: list[str]) -> None:
    hung = at_desk("hung")
    page = hung.page
    hung.goto("/can-bo/quay/so-quy/")
    page.keyboard.type("200000")
    hung.press("Mở ngăn tiền")
    expect(page.locator("#id_ho-so")).to_be_focused()
    page.keyboard.type(received[0])
    page.keyboard.press("Enter")
    expect(page.get_by_label("Thu khoản gì")).not_to_have_value("")
    expect(page.get_by_label("Số tiền (đồng)")).to_be_focused()
    fee = int(page.get_by_label("Số tiền (đồng)").input_value())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi dòng 1.")).to_be_visible()
    hung.fill("Thu khoản gì", "Ghi nhầm")
    hung.fill("Số tiền (đồng)", "50000")
    hung.press("Ghi thu")
    page.get_by_role("row").filter(has_text="Ghi nhầm").get_by_role("button").click()
    expect(page.get_by_text("Đã ghi bút toán đối ứng cho dòng 2.")).to_be_visible()
    expect(page.get_by_text("Đã đối ứng")).to_be_visible()
    hung.picture("quay-ngan-tien", kept=(DESK,))
    page.get_by_label("200.000 đồng").fill("1")
    hung.press("Khóa ngăn tiền")
    expect(page.get_by_text("Hãy đếm lại, hoặc ghi rõ lý do chênh lệch.")).to_be_visible()
    expect(page.get_by_label("200.000 đồng")).to_have_value("1")
    hung.picture("quay-chenh-lech", kept=(DESK,))
    page.get_by_label("Lý do chênh lệch").fill("Người nộp nợ phí, hẹn trả buổi chiều")
    hung.press("Khóa ngăn tiền")
    expect(page.get_by_role("button", name="Ghi thu")).to_have_count(0)
    expect(page.get_by_text(re.compile(rf"chênh lệch\s+-{fee_text(fee)} đồng"))).to_be_visible()
    hung.fill("Họ tên thủ quỹ", "Đào Thị Quỹ")
    hung.press("Ghi đã giao")
    hung.picture("ngan-tien-da-giao")
    sheet = text_of(hung.download("In bảng kê"))
    assert "Đào Thị Quỹ" in sheet
    assert fee_text(fee) in sheet
    hung.goto("/can-bo/quay/so-quy/")
    hung.picture("so-quy")


def tracking_number() -> str:
    """Return a number of a postal item that nobody used before, with its check digit."""
    serial = f"{uuid.uuid4().int % 10**8:08d}"
    return f"RR{serial}{check_digit(serial)}VN"


def fee_text(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
