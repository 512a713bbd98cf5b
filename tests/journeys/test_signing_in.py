"""Officers at the door: a wrong password, a second factor, one of several roles."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.visitors import Visitor


def knock(passer_by: Visitor, username: str, password: str) -> None:
    passer_by.goto("/dang-nhap/?next=/can-bo/")
    passer_by.fill("Tên đăng nhập", username)
    passer_by.fill("Mật khẩu", password)
    passer_by.press("Đăng nhập")


def test_a_wrong_password_says_what_to_do(passer_by: Visitor) -> None:
    knock(passer_by, "thao", "khong-phai-mat-khau")
    expect(passer_by.page.locator(".vl-notice")).to_be_visible()
    passer_by.picture("can-bo-sai-mat-khau")


def test_a_leader_is_asked_for_a_code(passer_by: Visitor) -> None:
    knock(passer_by, "long", passer_by.province.password)
    expect(passer_by.page.get_by_label("Mã xác thực")).to_be_visible()
    passer_by.picture("can-bo-ma-xac-thuc")


def test_who_has_several_roles_chooses_one(passer_by: Visitor) -> None:
    knock(passer_by, "hoa", passer_by.province.password)
    expect(passer_by.page.get_by_role("radio")).to_have_count(2)
    passer_by.picture("can-bo-chon-vai-tro")
    passer_by.page.get_by_role("radio").first.check()
    passer_by.press("Làm việc trong vai trò này")
    expect(passer_by.page.get_by_role("heading", level=1)).to_contain_text("Bàn làm việc")
