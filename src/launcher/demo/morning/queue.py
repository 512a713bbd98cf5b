"""Numbers from the kiosk, called at a window; whoever is called has a dossier."""

from __future__ import annotations

import re

from launcher.demo.browser import Visitor
from launcher.demo.morning.day import PROCEDURES, Morning, figure
from launcher.demo.pages import Page

CONSOLE = "/can-bo/quay/goi-so/"
TICKETS = 6
SERVED = r"Đã phục vụ hôm nay: ([\d.]+)"
_CALLED = re.compile(r"luot=([0-9a-f-]{36})")


def tell(morning: Morning) -> None:
    """Take numbers at the door, sit down, call, take in, and send the last one on."""
    numbers = [_take_number(morning, service) for service in ("A Hộ tịch", "B Chứng thực") * (TICKETS // 2)]
    morning.check("Máy lấy số in sáu số, mỗi số một lần", len(set(numbers)) == TICKETS, ", ".join(numbers))
    console = _sit(morning.hung)
    before, at_window = figure(console, SERVED), console.has_button("Xong, gọi tiếp")
    for procedure in PROCEDURES[:TICKETS]:
        _serve(morning, procedure)
    _finish(morning, before, called=TICKETS + at_window)


def _take_number(morning: Morning, service: str) -> str:
    layout = morning.hung.open("/can-bo/quay/goi-so/bo-tri/")
    visitor = morning.cast.stranger
    ticket = visitor.press(visitor.open(layout.link("Máy lấy số")), service)
    return ticket.heading.removeprefix("Số").strip()


def _sit(hung: Visitor) -> Page:
    console = hung.open(CONSOLE)
    if console.has_button("Ngồi quầy này"):
        console = hung.press(console, "Ngồi quầy này")
    return console


def _serve(morning: Morning, procedure: str) -> None:
    """Call the next number and take in what its visitor brings."""
    hung = morning.hung
    console = hung.open(CONSOLE)
    button = "Xong, gọi tiếp" if console.has_button("Xong, gọi tiếp") else "Gọi số tiếp theo"
    console = hung.press(console, button)
    visit = _CALLED.search(console.link("Tìm thủ tục khác"))
    morning.take_in(procedure, morning.people.new(), query=f"?luot={visit[1]}" if visit else "")


def _finish(morning: Morning, before: int, *, called: int) -> None:
    hung, written = morning.hung, "đã tiếp nhận 1 hồ sơ"
    console = morning.wait(lambda: hung.open(CONSOLE), lambda page: written in page.text)
    morning.check("Số đang phục vụ ghi hồ sơ vừa nhận", written in console.text)
    again = hung.press(console, "Gọi lại")
    morning.check("Gọi lại ghi lần gọi thứ hai", "lần 2" in again.text)
    done = hung.press(again, "Xong")
    served = figure(done, SERVED) - before
    morning.check("Số lượt đã phục vụ tăng đúng số lượt đã gọi", served == called, f"thêm {served}")
