"""The components in a real browser: nothing cut off, axe content, focus and keys as promised, and without JavaScript too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


@pytest.mark.parametrize("where", ["", "can-bo/", "phan/", "loi/404/"])
def test_every_component_is_accessible_on_a_desk_and_on_a_phone(visitor: Visitor, where: str) -> None:
    visitor.goto(f"/_gallery/{where}")
    visitor.picture(f"gallery-{where.strip('/').replace('/', '-') or 'citizen'}")


def test_after_a_swap_the_reader_is_led_to_what_is_wrong(visitor: Visitor) -> None:
    visitor.goto("/_gallery/phan/")
    visitor.page.get_by_role("button", name="Gửi").click()
    expect(visitor.page.locator("#sample .vl-notice")).to_be_focused()
    expect(visitor.page.locator("#status")).to_have_text("Chưa gửi được.")
    expect(visitor.page).to_have_title(re.compile("^Thay một phần trang"))


def test_the_same_form_works_without_javascript(visitor_without_javascript: Visitor) -> None:
    visitor = visitor_without_javascript
    visitor.goto("/_gallery/phan/")
    visitor.page.get_by_role("button", name="Gửi").click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("Chưa gửi được.")
    visitor.page.get_by_label("Một từ").fill("xin chào")
    visitor.page.get_by_role("button", name="Gửi").click()
    expect(visitor.page.get_by_role("alert")).to_have_count(0)


def test_keys_press_what_they_name(visitor: Visitor) -> None:
    visitor.goto("/_gallery/can-bo/")
    visitor.page.locator("h1").click()
    visitor.page.keyboard.press("/")
    expect(visitor.page.get_by_role("searchbox").first).to_be_focused()
    visitor.page.keyboard.press("Alt+KeyN")
    expect(visitor.page).to_have_url(re.compile("#nut$"))


def test_the_number_of_characters_left_is_said_in_vietnamese(visitor: Visitor) -> None:
    visitor.goto("/_gallery/")
    visitor.page.get_by_label("Nội dung đề nghị").fill("Xin cấp bản sao")
    expect(visitor.page.locator(".govuk-character-count__status:visible")).to_have_text("Còn 485 ký tự")
