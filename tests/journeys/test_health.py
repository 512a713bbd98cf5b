"""An administrator opens the page of the installation's health: what to do stands first, and in words."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.visitors import Visitor, check_with_axe

PAGE = "/can-bo/van-hanh/suc-khoe/"


def test_an_administrator_sees_what_to_do(at_desk: Callable[[str], Visitor]) -> None:
    quan = at_desk("quan")
    quan.goto("/can-bo/")
    quan.goto(PAGE)
    page = quan.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Sức khỏe hệ thống")
    urgent = page.get_by_role("table", name="Điều cần làm, nặng nhất trước")
    backup = urgent.get_by_role("row").filter(has_text="Sao lưu").first
    expect(backup).to_contain_text("Nguy hiểm")
    expect(backup).to_contain_text("./vanlang backup key")
    expect(urgent).to_contain_text("dữ liệu và tài khoản trình diễn")
    good = page.get_by_role("table", name="Các mục đang tốt")
    expect(good).to_contain_text("PostgreSQL")
    check_with_axe(page)


def test_who_is_no_administrator_does_not(at_desk: Callable[[str], Visitor]) -> None:
    hung = at_desk("hung")
    hung.goto(PAGE)
    expect(hung.page.get_by_role("heading", level=1)).to_contain_text("không được làm việc này")
