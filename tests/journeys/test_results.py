"""What comes after a result: the register that knows it, what a citizen may use it for, and what they say of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.visitors import Visitor

BIRTH = "1.001193"
MARRIED = "kết hôn lưu động"
ORIGINAL = {
    "child_name": "Phạm Khánh Vy", "child_born_on": "02/07/2026", "child_ethnicity": "Kinh", "child_nationality": "Việt Nam",
    "birth_place": "Bệnh viện Sản Nhi tỉnh Phú Thọ", "home_town": "Phường Việt Trì, tỉnh Phú Thọ", "reason": "Theo bản chính Giấy khai sinh",
}  # fmt: skip


@pytest.fixture
def thao(at_desk: Callable[[str], Visitor]) -> Visitor:
    return at_desk("thao")


def test_a_register_is_searched_completed_and_taken_away(thao: Visitor) -> None:
    page = thao.page
    thao.goto("/can-bo/so-ket-qua/")
    thao.picture("can-bo-so-ket-qua", kept=(1280,))
    thao.press("Sổ đăng ký khai sinh")
    page.get_by_role("row").filter(has_text="Thiếu dữ liệu").first.get_by_role("link").click()
    expect(page.get_by_text("Dữ liệu còn thiếu")).to_be_visible()
    thao.picture("can-bo-mot-ket-qua", kept=(1280,))
    thao.press("Bổ sung từ bản gốc")
    page.locator("[name=child_born_on]").fill("31/02/2026")
    thao.press("Lưu vào sổ")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    for name, fact in ORIGINAL.items():
        page.locator(f"input[name={name}]").fill(fact)
    page.locator("select[name=child_gender]").select_option(label="Nữ")
    thao.picture("can-bo-bo-sung-so", kept=(1280,))
    thao.press("Lưu vào sổ")
    expect(page.get_by_text("Đã bổ sung dữ liệu vào kết quả số")).to_be_visible()
    thao.goto("/can-bo/so-ket-qua/birth/xuat/")
    thao.press("Xuất tệp")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    thao.picture("can-bo-xuat-so", kept=(1280,))


def test_a_representative_leaves_and_the_head_sees_how_often_nothing_was_shown(
    at_desk: Callable[[str], Visitor],
) -> None:
    hung, phuc = at_desk("hung"), at_desk("phuc")
    page = hung.page
    hung.goto("/can-bo/nguoi-dai-dien/")
    page.get_by_label("Loại").select_option(label="Tổ chức khác")
    page.get_by_label(re.compile("^Mã số doanh nghiệp")).fill("05/QĐ-UBND")
    hung.press("Tìm")
    expect(page.get_by_role("row", name=re.compile("Đỗ Văn Thịnh"))).to_be_visible()
    hung.picture("can-bo-nguoi-dai-dien", kept=(1280,))
    page.get_by_role("link", name=re.compile("Chấm dứt đại diện")).click()
    hung.press("Chấm dứt đại diện")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    hung.fill("Căn cứ", "Biên bản bầu Ban Chấp hành mới")
    hung.press("Chấm dứt đại diện")
    expect(page.get_by_text("Đỗ Văn Thịnh thôi đại diện từ ngày")).to_be_visible()
    expect(page.get_by_text("Hôm nay không có ai đại diện")).to_be_visible()
    phuc.goto("/can-bo/nop-thay/")
    expect(phuc.page.get_by_role("table", name="Nộp thay theo tháng")).to_be_visible()
    phuc.picture("lanh-dao-nop-thay", kept=(1280,))


def test_a_mandate_is_read_agreed_to_and_ended(citizen: Visitor) -> None:
    page = citizen.page
    citizen.goto("/uy-quyen/")
    citizen.fill("Họ, chữ đệm và tên người được ủy quyền", "Trần Văn Sơn")
    page.get_by_label(re.compile("^Số định danh")).fill("123")
    citizen.press("Xem lại trước khi đồng ý")
    expect(page.locator(".govuk-error-summary")).to_contain_text("đủ 12 chữ số")
    page.get_by_label(re.compile("^Số định danh")).fill("025085000456")
    citizen.press("Xem lại trước khi đồng ý")
    expect(page.get_by_role("heading", name="Xác nhận ủy quyền")).to_be_visible()
    citizen.picture("nguoi-dan-uy-quyen-doc-lai", kept=(390,))
    citizen.press("Đồng ý ủy quyền")
    expect(page.get_by_text("Đã ủy quyền cho Trần Văn Sơn.")).to_be_visible()
    citizen.picture("nguoi-dan-uy-quyen", kept=(1280,))
    page.get_by_role("link", name=re.compile("Chấm dứt ủy quyền")).first.click()
    citizen.press("Chấm dứt ủy quyền")
    expect(page.get_by_text("Đã chấm dứt ủy quyền cho Trần Văn Sơn.")).to_be_visible()
    citizen.goto("/dung-ten/")
    expect(page.get_by_text("Chưa ghi nhận đại diện")).to_be_visible()
    citizen.picture("nguoi-dan-dung-ten", kept=(390,))


def test_what_the_house_knows_is_not_asked_again(citizen: Visitor) -> None:
    """Bà Lan's marriage is in the register: the birth registration of her child takes both names from there."""
    page = citizen.page
    citizen.goto(f"/thu-tuc/{BIRTH}/")
    citizen.press("Nộp hồ sơ trực tuyến")
    page.get_by_role("main").get_by_role("button").first.click()  # begin, or begin another one
    page.get_by_label("Nơi nộp hồ sơ").select_option(label="Phường Việt Trì")
    citizen.fill("Số điện thoại", "0912 345 678")
    citizen.press("Tiếp tục")
    page.get_by_role("button", name=re.compile("Dùng bản này")).click()
    expect(page.get_by_label("Họ, chữ đệm, tên người cha")).to_have_value("Trần Quốc Việt")
    citizen.picture("nguoi-dan-dung-lai", kept=(1280,))
    page.get_by_role("button", name=re.compile("Không dùng nữa")).click()
    expect(page.get_by_role("button", name=re.compile("Dùng bản này"))).to_be_visible()
    citizen.goto(re.sub("to-khai/.*$", "xoa/", urlsplit(page.url).path))
    page.get_by_role("main").get_by_role("button", name=re.compile("^Xóa")).click()
    expect(page).to_have_url(re.compile("/ho-so/"))


def test_a_dossier_is_rated_once_it_is_over(citizen: Visitor, passer_by: Visitor) -> None:
    page = citizen.page
    citizen.goto("/ho-so/")
    page.get_by_role("main").get_by_role("link", name=re.compile(MARRIED)).first.click()
    citizen.picture("nguoi-dan-ho-so-xong", kept=(1280,))
    citizen.press("Đánh giá")
    citizen.press("Gửi đánh giá")
    expect(page.locator(".govuk-error-message").first).to_be_visible()
    page.get_by_role("radio", name=re.compile("^5")).first.check()
    page.get_by_label("Điều muốn nói thêm").fill("Cán bộ đến tận nhà văn hóa, rất tiện.")
    citizen.picture("nguoi-dan-danh-gia", kept=(390,))
    citizen.press("Gửi đánh giá")
    expect(page.get_by_text("Đã ghi nhận đánh giá.")).to_be_visible()
    passer_by.goto("/xac-minh/ma/")
    passer_by.page.get_by_role("main").get_by_role("textbox").fill("VL1.khong-co-that")
    passer_by.press("Kiểm tra mã")
    expect(passer_by.page.get_by_role("alert").first).to_contain_text("mã")
    passer_by.picture("nguoi-dan-ma-xac-minh", kept=(390,))
