"""Bà Lan at home: she finds a procedure, signs in, files it, and follows it. With and without JavaScript, on a desk and on a phone."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import Province, Visitor

CIVIL_EXTRACT = "2.000635"
AT_THE_COUNTER = "2.000815"


@pytest.fixture(scope="module", autouse=True)
def catalogue(province: Province) -> None:
    province.manage("catalogue", "starter")


def photo() -> dict[str, object]:
    buffer = io.BytesIO()
    Image.new("RGB", (900, 1200), (238, 238, 230)).save(buffer, "JPEG")
    return {"name": "Giấy tờ tùy thân.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("home", "/"), ("search", "/thu-tuc/?q=chung+thuc"), ("procedure", f"/thu-tuc/{CIVIL_EXTRACT}/"),
        ("counter-only", f"/thu-tuc/{AT_THE_COUNTER}/"),
        ("places", f"/thu-tuc/{CIVIL_EXTRACT}/noi-nop/"), ("fields", "/linh-vuc/"), ("track", "/tra-cuu/"),
        ("verify", "/xac-minh/"), ("verify-unknown", "/xac-minh/khong-co-that/"), ("help", "/giup-do/"),
        ("accessibility", "/kha-nang-tiep-can/"), ("privacy", "/quyen-rieng-tu/"),
    ],
)  # fmt: skip
def test_what_everybody_reads_is_readable(visitor: Visitor, name: str, path: str) -> None:
    visitor.goto(path)
    visitor.picture(f"citizen-{name}")


def test_results_follow_what_is_typed(visitor: Visitor) -> None:
    visitor.goto("/thu-tuc/")
    visitor.page.locator("#q").press_sequentially("chung thuc ban sao")
    expect(visitor.page.locator("#found")).to_contain_text("Chứng thực bản sao từ bản chính")
    expect(visitor.page).to_have_url(re.compile(r"\?q=chung(\+|%20)thuc"))


def file_an_extract(visitor: Visitor) -> None:
    """Go from the procedure to a draft that lacks nothing, as a person does."""
    page = visitor.page
    visitor.sign_in_as_citizen("Nguyễn Thị Lan", next_path=f"/thu-tuc/{CIVIL_EXTRACT}/")
    page.get_by_role("link", name="Nộp hồ sơ trực tuyến").click()
    page.get_by_role("main").get_by_role("button").click()  # begin, or begin another one
    page.get_by_label("Nơi nộp hồ sơ", exact=True).select_option(label="Phường Việt Trì")
    page.get_by_label("Số điện thoại", exact=True).fill("0912345678")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_label("Họ, chữ đệm, tên người yêu cầu")).to_have_value("Nguyễn Thị Lan")
    page.get_by_label("Nơi cư trú (xã, phường)").select_option(label="Phường Việt Trì")
    page.get_by_label("Địa chỉ chi tiết").fill("Tổ 5")
    for group in ("relation", "record_kind"):
        page.locator(f"input[name={group}]").first.check()
    page.get_by_label("Họ, chữ đệm, tên người có việc hộ tịch").fill("Trần Gia An")
    page.locator("[name=subject_born_on]").fill("2/11/2020")
    page.get_by_label("Nơi đã đăng ký").fill("UBND phường Việt Trì")
    page.locator("[name=copies]").fill("2")
    page.locator("[name=truthful]").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("input[type=file]").first.set_input_files(photo())  # type: ignore[arg-type] # Playwright's own shape


def test_filing_on_a_desk_and_on_a_phone(visitor: Visitor) -> None:
    page = visitor.page
    file_an_extract(visitor)
    expect(page.locator("#papers")).to_contain_text("Đã có tệp")
    expect(page.locator("#status")).to_have_text("Đã tải lên Giấy tờ tùy thân.jpg.")
    visitor.picture("citizen-papers")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kiểm tra và nộp")
    visitor.picture("citizen-review")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nộp hồ sơ")
    visitor.picture("citizen-filed")
    page.get_by_role("link", name="Xem hồ sơ này").click()
    expect(page).to_have_url(re.compile("/ho-so/"))
    expect(page.locator(".vl-portal-where")).to_contain_text("Hồ sơ đang ở Phường Việt Trì")
    visitor.picture("citizen-dossier")


def test_filing_without_javascript(visitor_without_javascript: Visitor) -> None:
    page = visitor_without_javascript.page
    file_an_extract(visitor_without_javascript)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("main")).to_contain_text("Giấy tờ tùy thân.jpg")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nộp hồ sơ")
