"""
Pages that no other journey has a reason to open: empty lists, forms sent with nothing in them.

Each is looked at by axe at a desk and on a phone, where nothing may be cut off and the values of a stacked row begin in one line.
What is wrong is said beside the field that it is about.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.visitors import HEIGHTS, PHONE, Visitor

SEEN = [
    ("hanh", "/can-bo/thanh-toan/hoan-tien/"),
    ("hanh", "/can-bo/thanh-toan/doi-soat/bu-tru/"),
    ("hung", "/can-bo/phan-anh/cap-lai-ma/"),
    ("hung", "/can-bo/cong-quoc-gia/"),
    ("phuc", "/can-bo/thanh-toan/hoan-tien/"),
    ("phuc", "/can-bo/phan-anh/"),
    ("quan", "/can-bo/ket-noi/"),
    ("quan", "/can-bo/cong-quoc-gia/thu-tuc/"),
    ("quan", "/can-bo/cong-quoc-gia/thu-tuc/?xem=unreadable"),
    ("quan", "/can-bo/cong-quoc-gia/danh-muc/"),
    ("quan", "/can-bo/cong-quoc-gia/dinh-tuyen/"),
    ("thao", "/can-bo/so-ket-qua/"),
]
SENT_WITH_NOTHING = [
    ("hung", "/can-bo/phan-anh/cap-lai-ma/", "Cấp mã mới"),
    ("hung", "/can-bo/phan-anh/ghi-nhan/", "Lưu và in giấy biên nhận"),
    ("quan", "/can-bo/cong-quoc-gia/dinh-tuyen/", "Ghi quy định"),
]
_COLUMNS = """() => [...document.querySelectorAll(".vl-table--stack tbody tr")].map(row =>
  new Set([...row.querySelectorAll("[data-label]")].map(cell => getComputedStyle(cell).gridTemplateColumns)).size)"""
"""How many different lines the values of each stacked row begin in."""


@pytest.mark.parametrize(("who", "path"), SEEN)
def test_a_page_seldom_seen(at_desk: Callable[[str], Visitor], who: str, path: str) -> None:
    officer = at_desk(who)
    officer.goto(path)
    expect(officer.page.get_by_role("heading", level=1)).to_be_visible()
    officer.picture("seldom-seen")
    assert lines_on_a_phone(officer.page) <= {1}


@pytest.mark.parametrize(("who", "path", "button"), SENT_WITH_NOTHING)
def test_what_is_missing_is_said_beside_its_field(
    at_desk: Callable[[str], Visitor], who: str, path: str, button: str
) -> None:
    officer = at_desk(who)
    officer.goto(path)
    officer.page.get_by_role("main").get_by_role("button", name=button).click()
    summary = officer.page.locator(".govuk-error-summary")
    expect(summary).to_be_visible()
    for link in summary.get_by_role("link").all():
        field = str(link.get_attribute("href")).removeprefix("#")
        expect(officer.page.locator(f"[id='{field}-error']")).to_have_count(1)
    officer.picture("seldom-seen-wrong")


def lines_on_a_phone(page: Page) -> set[int]:
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    found = set(page.evaluate(_COLUMNS))
    page.set_viewport_size({"width": 1280, "height": HEIGHTS[1280]})
    return found
