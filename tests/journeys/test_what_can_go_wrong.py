"""Pages one should seldom see: each says what happened and what to do now."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import counter
from tests.journeys.visitors import Visitor

AtDesk = Callable[[str], Visitor]


def test_two_officers_at_once(at_desk: AtDesk) -> None:
    """The counter hands over what the leader assigned a moment ago: the second one is told who was first."""
    hung, phuc = at_desk("hung"), at_desk("phuc")
    counter.begin(
        hung, number="025190001234", name="Hà Thị Nga", request="Đăng ký khai sinh cho cháu Hà Minh Khôi"
    )
    code = counter.receive(hung)
    counter.open_dossier(phuc, code)
    phuc.press("Phân công")
    phuc.page.get_by_label("Giao cho").select_option(index=1)
    phuc.picture("can-bo-phan-cong")
    phuc.press("Phân công")
    expect(phuc.page.get_by_text(f"Đã phân công hồ sơ {code}")).to_be_visible()
    hung.press("Văn phòng HĐND và UBND")
    expect(hung.page.get_by_role("alert")).to_contain_text("Nguyễn Văn Phúc")
    hung.picture("can-bo-hai-nguoi-cung-lam")


@pytest.mark.parametrize(
    ("name", "path"),
    [("can-bo-khong-dung-vai-tro", "/can-bo/tiep-nhan/"), ("can-bo-khong-co-trang", "/can-bo/x/")],
)
def test_a_door_that_is_not_for_this_officer(at_desk: AtDesk, name: str, path: str) -> None:
    mai = at_desk("mai")
    mai.goto(path)
    expect(mai.page.get_by_role("heading", level=1)).to_be_visible()
    mai.picture(name)


def test_an_unknown_code(passer_by: Visitor) -> None:
    passer_by.goto("/thu-tuc/9.999999/")
    expect(passer_by.page.get_by_role("heading", level=1)).to_be_visible()
    passer_by.picture("nguoi-dan-khong-co-thu-tuc")
    passer_by.goto("/xac-minh/khong-co-that/")
    passer_by.picture("nguoi-dan-xac-minh-khong-co")
