"""
Money over the wire, as people meet it: Bà Lan pays on the national platform's own page and is led back; Cô Hạnh compares a
day with the platform's statement, explains what does not fit and closes it. The platform is the sandbox's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Province, Visitor
from tests.journeys.test_citizen import file_an_extract
from vanlang.kernel import clock

LATER = 90_000
"""Jobs begin payments and take callbacks in; how fast depends on the machine."""
START = "/can-bo/thanh-toan/doi-soat/"


@pytest.fixture(scope="module", autouse=True)
def catalogue(province: Province) -> None:
    province.manage("catalogue", "starter")


def test_a_citizen_pays_on_the_platforms_page(
    visitor: Visitor, province: Province, at_desk: Callable[[str], Visitor]
) -> None:
    page = visitor.page
    file_an_extract(visitor)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.get_by_role("link", name="Xem hồ sơ này").click()
    mine = page.url
    count_copies(at_desk("hung"), mine.rstrip("/").rsplit("/", 1)[1])
    for _ in range(60):
        if page.get_by_role("link", name="Thanh toán", exact=True).count():
            break
        page.wait_for_timeout(1_000)
        page.goto(mine)
    page.get_by_role("link", name="Thanh toán", exact=True).click()
    page.get_by_role("button", name="thanh toán quốc gia").click()
    to_platform = page.get_by_role("link", name="Sang trang thanh toán quốc gia")
    expect(to_platform).to_be_visible(timeout=LATER)
    visitor.picture("pay-to-platform")
    to_platform.click()
    expect(page.get_by_role("heading", name="Thanh toán thử nghiệm")).to_be_visible()
    visitor.picture("pay-on-platform")
    page.get_by_role("button", name="Thanh toán", exact=True).click()
    page.wait_for_url(f"{province.url}/**")
    expect(page.get_by_role("main")).to_contain_text("Đã nhận đủ tiền", timeout=LATER)
    visitor.picture("pay-came-back")


def test_an_accountant_explains_and_closes_a_day(at_desk: Callable[[str], Visitor]) -> None:
    hanh = at_desk("hanh")
    page, main = hanh.page, hanh.page.get_by_role("main")
    on = clock.today() - dt.timedelta(days=1)
    hanh.goto(START)
    hanh.picture("books-month")
    hanh.goto(f"{START}nen-tang/{on}/")
    hanh.picture("books-day-without-statement")
    page.get_by_text("Nộp tệp sao kê của ngân hàng", exact=True).click()
    rows = ["Mã giao dịch;Ngày giao dịch;Số tiền;Loại;Mã tham chiếu", f"GDHN1;{on:%d/%m/%Y};năm nghìn;Thu;"]
    hand_in(hanh, rows)
    expect(main).to_contain_text("Ô cần sửa")
    hanh.picture("books-bad-cell")
    rows[1:] = [f"GDHN1;{on:%d/%m/%Y};16.000;Thu;KHONG RO", f"GDHN2;{on:%d/%m/%Y};9.000;Thu;NHAM DON VI"]
    hand_in(hanh, rows)
    expect(main).to_contain_text("Còn 2 chênh lệch chưa rõ")
    hanh.picture("books-day-differs")
    first = page.get_by_role("article").filter(has_text="GDHN1")
    first.get_by_role("button", name="Ghi nhận vào sổ").click()
    expect(main).to_contain_text("Còn 1 chênh lệch chưa rõ")
    second = page.get_by_role("article").filter(has_text="GDHN2")
    second.get_by_label("Vì sao hai bên khác nhau").fill("Nền tảng ghi nhầm đơn vị, đã có văn bản xác nhận")
    second.get_by_role("button", name="Giải trình").click()
    hanh.picture("books-day-explained")
    hanh.press("Khóa sổ ngày")
    expect(main).to_contain_text("Đã khóa sổ")
    hanh.picture("books-day-closed")
    assert hanh.download("Xuất Excel").startswith(b"PK")
    hanh.goto(f"{START}so/")
    expect(main).to_contain_text("Sổ cân")
    hanh.picture("books-journal")
    hanh.goto(f"{START}cho-lam-ro/")
    expect(main).to_contain_text("GDHN1")
    hanh.picture("books-suspense")


def hand_in(hanh: Visitor, rows: list[str]) -> None:
    content = "\n".join(rows).encode("utf-8-sig")
    file = {"name": "sao-ke.csv", "mimeType": "text/csv", "buffer": content}
    hanh.page.get_by_label("Tệp sao kê").set_input_files(file)
    hanh.press("Đọc và so với sổ")


def count_copies(hung: Visitor, dossier_id: str) -> None:
    """Answer the question how many copies there are, where it is asked: the fee is for each."""
    page = hung.page
    for _ in range(30):
        hung.goto(f"/can-bo/thanh-toan/ho-so/{dossier_id}/")
        asked = page.get_by_role("button", name="Lập khoản phải nộp")
        if asked.count():
            page.get_by_role("main").locator("input[inputmode=numeric]").first.fill("2")
            asked.click()
            return
        if page.get_by_label("Số tiền nhận (đồng)").count():
            return
        page.wait_for_timeout(1_000)
