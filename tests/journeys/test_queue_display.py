"""
The hall: a visitor takes a number at the door, an officer calls it, the television shows it to everybody.

The journey lays out a service and a window of its own, so that whoever else waits in the hall does not come between.
"""

from __future__ import annotations

import math
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.provinces import Province
from tests.journeys.visitors import DESK, HEIGHTS, PHONE, TELEVISION, Visitor, visiting

AtDesk = Callable[[str], Visitor]
LAYOUT, CONSOLE = "/can-bo/quay/goi-so/bo-tri/", "/can-bo/quay/goi-so/"
SERVICE = "Đất đai, bàn thứ hai"
METRES, SCREEN_HEIGHT = 5, 0.68
"""From how far a number must be read, on a television of 55 inches. Units: metres."""
SHARP_EYE = math.radians(5 / 60)
"""How high a letter stands that normal sight just reads (Snellen)."""


@dataclass(frozen=True)
class Hall:
    """A service with its window, and the two addresses that need no account."""

    service: str
    window: str
    display: str
    kiosk: str


@pytest.fixture(scope="module")
def hall(at_desk: AtDesk) -> Iterator[Hall]:
    hung = at_desk("hung")
    hung.goto(LAYOUT)
    page = hung.page
    taken = {
        name[0] for name in page.get_by_role("table", name="Nhóm việc").locator("th a").all_inner_texts()
    }
    letter = next(one for one in string.ascii_uppercase if one not in taken)
    hung.press("Thêm nhóm việc")
    hung.fill("Chữ cái trên phiếu", letter)
    hung.fill("Tên nhóm việc", SERVICE)
    page.get_by_label("Mã thủ tục thuộc nhóm").fill("1.008004")
    hung.picture("nhom-viec")
    hung.press("Lưu")
    hung.press("Thêm quầy")
    window = page.get_by_label("Số quầy").input_value()
    page.get_by_label(f"{letter} – {SERVICE}").check()
    hung.picture("bo-tri-quay-moi")
    hung.press("Lưu")
    expect(page.get_by_text(f"Đã lưu quầy {window}.")).to_be_visible()
    hung.picture("quay-bo-tri", kept=(DESK,))
    main = page.get_by_role("main")
    addresses = [
        main.get_by_role("link", name=name, exact=True).get_attribute("href") or ""
        for name in ("Màn hình gọi số", "Máy lấy số")
    ]
    yield Hall(SERVICE, window, *addresses)
    hung.goto(CONSOLE)
    hung.press("Rời quầy")


@pytest.fixture(scope="module")
def television(province: Province, browser: Browser, hall: Hall) -> Iterator[Visitor]:
    with visiting(province, browser, width=TELEVISION, widths=(TELEVISION, DESK)) as screen:
        screen.page.goto(hall.display)
        yield screen


@pytest.fixture(scope="module")
def door(province: Province, browser: Browser, hall: Hall) -> Iterator[Visitor]:
    """The kiosk at the door; the same address is opened on a phone."""
    with visiting(province, browser, widths=(DESK, PHONE)) as kiosk:
        kiosk.page.goto(hall.kiosk)
        yield kiosk


def test_numbers_are_taken_called_and_shown(
    at_desk: AtDesk, hall: Hall, door: Visitor, television: Visitor
) -> None:
    plain = take_number(door, hall)
    first = take_number(door, hall, priority="Người cao tuổi")
    hung = sit(at_desk("hung"), hall)
    hung.press("Gọi số tiếp theo")
    called = hung.page.locator(".counter-now__number")
    expect(called).to_have_text(first)  # who has priority goes first
    hung.picture("quay-goi-so", kept=(DESK,))
    shows(television, first, hall.window)
    television.picture("quay-man-hinh", kept=(DESK,))
    is_read_from_afar(television)
    hung.press("Gọi lại")
    expect(hung.page.get_by_text("lần 2")).to_be_visible()
    hung.press("Vắng mặt")
    expect(hung.page.get_by_role("heading", name="Vắng mặt khi gọi")).to_be_visible()
    hung.press("Gọi số tiếp theo")
    expect(called).to_have_text(plain)
    shows(television, plain, hall.window)
    hung.press("Xong")
    hung.page.get_by_role("button", name=f"gọi {first}").click()  # who was absent comes after all
    expect(called).to_have_text(first)
    shows(television, first, hall.window)
    hung.press("Xong, gọi tiếp")
    expect(hung.page.get_by_text("Không còn ai chờ quầy này.")).to_be_visible()


def test_the_day_in_figures(at_desk: AtDesk, hall: Hall) -> None:
    hung = at_desk("hung")
    hung.goto(CONSOLE)
    hung.press("Số liệu trong ngày")
    line = hung.page.get_by_role("row").filter(has_text=hall.service).last
    expect(line.get_by_role("cell").first).to_have_text("2")
    expect(hung.page.get_by_role("img", name="Số lấy và số phục vụ xong theo giờ")).to_be_visible()
    hung.picture("quay-so-lieu", kept=(DESK,))


def test_an_old_address_is_answered_clearly(door: Visitor) -> None:
    door.goto("/can-bo/quay/lay-so/khong-con-dung/")
    expect(door.page.get_by_text("Địa chỉ lấy số này không còn dùng.")).to_be_visible()
    door.picture("dia-chi-cu")


def take_number(door: Visitor, hall: Hall, *, priority: str = "") -> str:
    """Touch the service at the door; return the number that is printed."""
    door.page.goto(hall.kiosk)
    if priority:
        door.page.get_by_role("link", name="lấy số ưu tiên").click()
        door.picture("may-lay-so-uu-tien")
        door.page.get_by_role("link", name=priority).click()
        expect(door.page.get_by_text(f"Lấy số ưu tiên: {priority}")).to_be_visible()
    else:
        door.picture("quay-lay-so", kept=(DESK,))
    door.page.get_by_role("button", name=hall.service).last.click()
    door.page.wait_for_url("**/phieu/**")
    if priority:
        door.picture("quay-phieu", kept=(PHONE,))
    return door.page.locator(".ticket__number").inner_text().removeprefix("Số ").strip()


def sit(hung: Visitor, hall: Hall) -> Visitor:
    hung.goto(CONSOLE)
    if hung.page.get_by_role("button", name="Rời quầy").is_visible():
        hung.press("Rời quầy")
    seat = hung.page.locator(".counter-seat").filter(has_text=f"Quầy {hall.window}")
    hung.picture("chon-quay")
    seat.get_by_role("button", name="Ngồi quầy này").click()
    expect(hung.page.get_by_role("heading", name=f"Quầy {hall.window}")).to_be_visible()
    return hung


def shows(television: Visitor, number: str, window: str) -> None:
    """Wait until the screen in the hall invites a number to a window, by itself."""
    expect(television.page.locator(".tv__number")).to_have_text(number)
    expect(television.page.locator(".tv__window")).to_have_text(window)


def is_read_from_afar(television: Visitor) -> None:
    """Assert four times what a sharp eye needs for who is called, twice for everything else on the screen."""
    for part, times in (
        (".tv__number", 4),
        (".tv__window", 4),
        (".tv__table td", 4),
        (".tv__next", 2),
        (".tv__foot", 2),
    ):
        for text in television.page.locator(part).all():
            metres = figure_height(text) / HEIGHTS[TELEVISION] * SCREEN_HEIGHT
            assert metres > times * SHARP_EYE * METRES, part


def figure_height(text: Locator) -> float:
    """Return how high the figures of a text stand: measured as painted, in CSS pixels."""
    script = """one => {
      const style = getComputedStyle(one), pen = document.createElement("canvas").getContext("2d");
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      return pen.measureText("0").actualBoundingBoxAscent;
    }"""
    return float(text.evaluate(script))
