"""Anh Quân keeps the catalogue, the agencies and the calendar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.visitors import Visitor

BIRTH = "1.001193"


@pytest.fixture
def quan(at_desk: Callable[[str], Visitor]) -> Visitor:
    return at_desk("quan")


def test_an_uncertain_value_is_confirmed(quan: Visitor) -> None:
    quan.goto("/can-bo/")
    quan.picture("quan-tri-ban-lam-viec", kept=(1280,))
    quan.goto("/can-bo/thu-tuc/")
    quan.picture("quan-tri-danh-muc", kept=(1280,))
    quan.page.locator(".desk-todo a").first.click()
    expect(quan.page.get_by_role("heading", level=1)).to_contain_text("Cần xác nhận")
    quan.picture("quan-tri-can-xac-nhan", kept=())
    quan.page.get_by_role("table").get_by_role("link").first.click()
    quan.page.get_by_label("Thời hạn").fill("2")
    quan.picture("quan-tri-xac-nhan", kept=(1280,))
    quan.press("Xác nhận")
    expect(quan.page.get_by_text("Đã trả lời câu hỏi về thủ tục")).to_be_visible()


def test_a_process_changes_from_a_day_on(quan: Visitor) -> None:
    quan.goto(f"/can-bo/thu-tuc/{BIRTH}/")
    quan.picture("quan-tri-thu-tuc", kept=())
    quan.press("Sửa quy trình")
    page = quan.page
    page.get_by_label("Tỷ lệ phần trăm, dòng 1").fill("25")
    page.get_by_label("Áp dụng từ ngày").fill("01/01/2027")
    quan.press("Xem thay đổi")
    expect(page.get_by_role("alert")).to_contain_text("105 %")
    page.get_by_label("Tỷ lệ phần trăm, dòng 2").fill("35")
    quan.press("Xem thay đổi")
    quan.picture("quan-tri-sua-quy-trinh", kept=(1280,))
    quan.press("Ban hành phiên bản mới")
    expect(page.get_by_text("01/01/2027").first).to_be_visible()


def test_agencies_and_days_off(quan: Visitor) -> None:
    quan.goto("/can-bo/co-quan/")
    quan.picture("quan-tri-co-quan", kept=())
    quan.goto("/can-bo/co-quan/H44.100/")
    quan.picture("quan-tri-phuong", kept=(1280,))
    quan.goto("/can-bo/lich/")
    quan.picture("quan-tri-lich", kept=(1280,))
