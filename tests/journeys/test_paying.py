"""
Money, as people meet it: Bà Lan files an extract, sees what it costs, pays by a code that her bank reads; Anh Hùng takes
cash for another dossier into his drawer. The bank is the sandbox's; every page is looked at by axe in both widths.
"""

from __future__ import annotations

import io
import json
import re
import urllib.request
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Province, Visitor
from tests.journeys.test_citizen import file_an_extract

LATER = 90_000
"""Jobs raise demands and take callbacks in; how fast depends on the machine."""


@pytest.fixture(scope="module", autouse=True)
def catalogue(province: Province) -> None:
    province.manage("catalogue", "starter")


def code_on(page: Page) -> str:
    """Read the code of the page as a phone does, from its picture."""
    picture = Image.open(io.BytesIO(page.locator("[role=img]:has(svg)").first.screenshot()))
    found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1
    return str(found[0].text)


def transfer(province: Province, code: str) -> None:
    """Have a payer's bank carry out what the code says."""
    told = urllib.request.Request(  # noqa: S310 - the sandbox of this machine
        f"{province.environment['VANLANG_PAYMENT_URL']}/_sandbox/transfer",
        data=json.dumps({"qr": code}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(told, timeout=20) as answer:  # noqa: S310 - the sandbox of this machine
        assert answer.status == 200


def test_a_citizen_pays_by_a_code(visitor: Visitor, province: Province) -> None:
    page = visitor.page
    file_an_extract(visitor)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("main")).to_contain_text("16.000")
    visitor.picture("pay-review")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nộp hồ sơ")
    page.get_by_role("link", name="Xem hồ sơ này").click()
    mine = page.url
    for _ in range(30):
        if page.get_by_role("link", name="Thanh toán", exact=True).count():
            break
        page.wait_for_timeout(1_000)
        page.goto(mine)
    visitor.picture("pay-dossier")
    page.get_by_role("link", name="Thanh toán", exact=True).click()
    visitor.picture("pay-ways")
    page.get_by_role("button", name="Chuyển khoản bằng mã QR").click()
    expect(page.get_by_role("main")).to_contain_text("Đang chờ tiền đến")
    visitor.picture("pay-code")
    transfer(province, code_on(page))
    expect(page.get_by_role("main")).to_contain_text("Đã nhận đủ tiền", timeout=LATER)
    visitor.picture("pay-done")
    page.goto(mine)
    for _ in range(30):
        if page.get_by_role("link", name="Tải biên lai").count():
            break
        page.wait_for_timeout(1_000)
        page.goto(mine)
    assert visitor.download("Tải biên lai").startswith(b"%PDF-")
    assert b"SignatureValue" in visitor.download("Tệp XML có chữ ký số của cơ quan")


def test_the_counter_takes_cash_into_its_drawer(at_desk: Callable[[str], Visitor]) -> None:
    hung = at_desk("hung")
    page = hung.page
    hung.goto("/can-bo/quay/so-quy/")
    if page.get_by_label("Tiền có sẵn trong ngăn (đồng)").count():
        page.get_by_label("Tiền có sẵn trong ngăn (đồng)").fill("0")
        hung.press("Mở ngăn tiền")
    hung.goto("/can-bo/thanh-toan/")
    hung.picture("pay-unpaid")
    page.get_by_role("main").get_by_role("link", name=re.compile(r"^H44\.100-")).first.click()
    if page.get_by_role("button", name="Lập khoản phải nộp").count():
        hung.picture("pay-count")
        page.get_by_role("main").locator("input[inputmode=numeric]").first.fill("2")
        page.keyboard.press("Enter")
    expect(page.get_by_label("Số tiền nhận (đồng)")).to_be_focused()
    hung.picture("pay-take")
    owed = re.sub(r"\D", "", page.locator(".pay-sum strong").last.inner_text())
    page.get_by_label("Số tiền nhận (đồng)").fill(owed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("lập biên lai")
    hung.picture("pay-taken")
    assert hung.download("In biên lai").startswith(b"%PDF-")
    hung.goto("/can-bo/thanh-toan/bien-lai/")
    hung.picture("pay-receipts")
    hung.goto("/can-bo/quay/so-quy/")
    hung.press("Vào ngăn tiền đang mở")
    expect(page.get_by_role("main")).to_contain_text("Phí, lệ phí H44.100-")
