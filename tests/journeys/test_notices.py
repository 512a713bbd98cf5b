"""Messages: what the administrator sees of them, one that was refused and arrives after all, and what a citizen chooses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.counter import begin, receive
from tests.journeys.provinces import Province
from tests.journeys.visitors import DESK, PHONE, Visitor, visiting

LAN = ("025185000001", "Nguyễn Thị Lan")


@pytest.fixture
def quan_at_home(province: Province, browser: Browser) -> Iterator[Visitor]:
    """Anh Quân as the administrator of phường Việt Trì, not of the province."""
    with visiting(province, browser, widths=(DESK, PHONE)) as quan:
        quan.sign_in_as_officer("quan")
        quan.goto("/dang-nhap/vai-tro/")
        quan.page.get_by_role("radio").first.check()
        quan.press("Làm việc trong vai trò này")
        yield quan


def post_office(visitor: Visitor, path: str) -> str:
    """Return an address of the stand-in for every provider."""
    return f"{visitor.province.environment['VANLANG_PUSH_HOSTS']}/_sandbox/{path}"


def misbehave(visitor: Visitor, mode: str) -> None:
    """Have the stand-in's mail server spoil the next letter."""
    order = {"mode": mode, "times": 1, "path": "/smtp"}
    assert visitor.context.request.post(post_office(visitor, "misbehave"), data=order).ok


def newest_token(province: Province) -> str:
    """Return the word in the short address of the newest text message, as its receiver has it on the phone."""
    with psycopg.connect(province.environment["VANLANG_DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT token FROM notifications_message WHERE template = 'dossier_received' ORDER BY told_at DESC LIMIT 1"
        ).fetchone()
    assert row
    return str(row[0])


def reload_until_visible(visitor: Visitor, wanted: Locator) -> None:
    """Look again until the sender has done its part."""
    for _ in range(80):
        if wanted.is_visible():
            return
        visitor.page.reload()
    raise AssertionError(f"still missing: {wanted}")


def test_a_letter_that_was_refused_is_sent_again(
    citizen: Visitor, quan_at_home: Visitor, at_desk: Callable[[str], Visitor]
) -> None:
    misbehave(quan_at_home, "reject")
    hung = at_desk("hung")
    begin(hung, number=LAN[0], name=LAN[1], request="Đăng ký khai sinh cho cháu Trần Bảo Minh")
    code = receive(hung)
    page = quan_at_home.page
    quan_at_home.goto("/thong-bao/quan-tri/")
    failed = page.get_by_role("button", name=re.compile("Gửi lại")).first
    reload_until_visible(quan_at_home, failed)
    quan_at_home.picture("notices-overview")
    failed.click()
    expect(page.get_by_text("Đã đưa tin vào hàng gửi lại.")).to_be_visible()
    reload_until_arrived(quan_at_home, code)
    page.get_by_label(re.compile("Mức chi tin nhắn mỗi ngày của cơ quan")).fill("nhiều")
    quan_at_home.press("Lưu mức chi")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Mức chi")
    quan_at_home.goto("/thong-bao/mau/dossier_received/")
    expect(page.get_by_role("heading", name="Tin nhắn SMS")).to_be_visible()
    quan_at_home.picture("quan-tri-mau-thong-bao", kept=(1280,))


def reload_until_arrived(visitor: Visitor, code: str) -> None:
    """Look again until the stand-in's inbox holds the letter about a dossier."""
    for _ in range(80):
        if code in visitor.context.request.get(post_office(visitor, "inbox?channel=email")).text():
            return
        visitor.page.reload()
    raise AssertionError(f"no letter about {code}")


def test_the_citizen_reads_chooses_and_stops(
    province: Province, citizen: Visitor, passer_by: Visitor
) -> None:
    """After the journey before this one: a message about a dossier received."""
    page = citizen.page
    citizen.goto("/thong-bao/")
    expect(page.get_by_text("Đã tiếp nhận hồ sơ").first).to_be_visible()
    citizen.picture("nguoi-dan-thong-bao", kept=(1280,))
    citizen.press("Cách nhận thông báo")
    duty = page.get_by_role("group", name="Việc cần làm và quyền lợi của tôi")
    for box in duty.get_by_role("checkbox").all():
        box.uncheck()
    citizen.press("Lưu cách nhận")
    expect(page.locator(".govuk-error-summary")).to_contain_text("ít nhất một cách")
    duty.get_by_role("checkbox", name="Thư điện tử").check()
    citizen.press("Lưu cách nhận")
    expect(page.get_by_text("Đã lưu cách nhận thông báo.")).to_be_visible()
    citizen.picture("nguoi-dan-cach-nhan", kept=(390,))
    passer_by.goto(f"/thong-bao/t/{newest_token(province)}/")
    assert "Nguyễn" not in passer_by.page.get_by_role("main").inner_text()
    passer_by.picture("nguoi-dan-tin-ngan", kept=(390,))
    passer_by.press("Ngừng nhận loại tin này")
    passer_by.press("Ngừng nhận")
    expect(passer_by.page.get_by_role("heading", name="Đã ngừng gửi loại tin này")).to_be_visible()
    passer_by.picture("nguoi-dan-da-ngung", kept=(390,))
    assert urlsplit(passer_by.page.url).path.startswith("/thong-bao/ngung/")


def test_the_province_caps_what_a_day_may_cost(at_desk: Callable[[str], Visitor]) -> None:
    quan = at_desk("quan")
    quan.goto("/thong-bao/quan-tri/")
    quan.page.get_by_label(re.compile("của toàn tỉnh")).fill("2000000")
    quan.press("Lưu mức chi của tỉnh")
    expect(quan.page.get_by_text("2.000.000")).to_be_visible()
    quan.picture("quan-tri-muc-chi-tinh", kept=(1280,))
