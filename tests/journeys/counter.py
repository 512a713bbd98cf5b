"""The counter as a journey's first step: an officer takes papers in for somebody."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.visitors import Visitor

BIRTH = "1.001193"
CODE = re.compile(r"H44\.100-\d{6}-\d{4}")


def begin(officer: Visitor, *, number: str, name: str, request: str) -> None:
    """Open the counter for a birth registration and let the number of the card fill in the person."""
    officer.goto(f"/can-bo/tiep-nhan/{BIRTH}/")
    page = officer.page
    page.locator("#id_c-personal_id").fill(number)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Họ và tên người đến nộp")).to_have_value(name)
    page.get_by_label("Nội dung đề nghị").fill(request)


def receive(officer: Visitor) -> str:
    """Receive what was begun, with every paper that must be there; return its code."""
    officer.page.get_by_label("Đủ mọi giấy tờ bắt buộc").check()
    go_on(officer, "Tiếp nhận", again="Vẫn tiếp nhận", to="Đã tiếp nhận hồ sơ")
    return code_in(officer)


def go_on(officer: Visitor, button: str, *, to: str, again: str = "") -> None:
    """Press a button of the intake; where the page warns of what is there already, read it and press `again`."""
    officer.press(button)
    reached = officer.page.get_by_role("heading", name=to)
    warning = officer.page.get_by_text("Có thể đã có")
    expect(reached.or_(warning).first).to_be_visible()
    if warning.is_visible():
        officer.press(again or button)
    expect(reached).to_be_visible()


def code_in(officer: Visitor) -> str:
    """Return the code that the page tells."""
    found = CODE.search(officer.page.get_by_role("main").inner_text())
    assert found
    return found[0]


def open_dossier(officer: Visitor, code: str) -> None:
    """Find a dossier as officers do: its code in the search box of every page."""
    officer.goto("/can-bo/")
    officer.page.get_by_role("banner").get_by_role("searchbox").fill(code)
    officer.page.keyboard.press("Enter")
    expect(officer.page).to_have_title(re.compile(code))
