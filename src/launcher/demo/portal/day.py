"""What a day of exchange knows: the house, the outside, and whether both say the same of a dossier."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from launcher.demo.browser import Visitor
from launcher.demo.cast import Cast, officer
from launcher.demo.morning.day import Morning, Taken
from launcher.demo.pages import Page, nodes, text_of
from launcher.demo.portal.outside import Portal, StandIn
from launcher.demo.report import Report
from launcher.settings import Ports, environment

T = TypeVar("T")
PATIENCE_SECONDS, PAUSE_SECONDS = 90, 0.5
CONNECTIONS = "/can-bo/ket-noi/"
CALL_NOW = "Gọi lại ngay"
EXTRACT = "2.000635"
"""Copies of an extract of civil status: taken in and given on one day."""
OFFICE = "Văn phòng HĐND và UBND"
STATES = {
    "1": {"Mới nộp"},
    "2": {"Đã tiếp nhận"},
    "3": {"Từ chối tiếp nhận"},
    "4": {
        "Đã chuyển đơn vị xử lý", "Đang xử lý", "Chờ ý kiến cơ quan khác", "Chờ người nộp thực hiện nghĩa vụ",
        "Đã trình lãnh đạo", "Đã duyệt, chờ ký", "Đã ký, chờ phát hành",
    },
    "5": {"Chờ bổ sung", "Chờ bổ sung trước khi tiếp nhận"},
    "7": {"Người nộp đã rút"},
    "8": {"Dừng giải quyết"},
    "9": {"Đã có kết quả"},
    "10": {"Đã trả kết quả"},
}  # fmt: skip
"""The national state, and what our page says of a dossier in it."""


@dataclass
class Exchange:
    """One day between the province and the portal, told to one report."""

    report: Report
    cast: Cast
    linh: Visitor
    portal: Portal
    platform: StandIn
    morning: Morning
    about: list[Taken] = field(default_factory=list)
    """What was taken in at the counter on this day."""

    def check(self, what: str, holds: object, seen: str = "") -> bool:
        return self.report.check(what, holds, seen)

    def take_in(self) -> Taken:
        """Take in a dossier at the counter."""
        taken = self.morning.take_in(EXTRACT, self.morning.people.new())
        self.about.append(taken)
        return taken

    def hand_over(self, taken: Taken) -> None:
        """Let the counter pass a dossier on: its state moves."""
        hung, at_desk = self.cast.hung, f"/can-bo/ho-so/{taken.dossier_id}/"
        page = hung.click(hung.open(at_desk), "Chuyển xử lý")
        hung.press(page, "Chuyển xử lý", {"Chuyển đến": OFFICE})

    def today(self) -> date:
        """Return the day by the portal's clock: that on which the newest dossier was received."""
        told = str(self.portal.find(self.about[-1].code)["NgayTiepNhan"])
        return date(int(told[:4]), int(told[4:6]), int(told[6:8]))

    # --- both sides -----------------------------------------------------------------------------------

    def ours(self, dossier_id: str) -> str:
        """Return the state as the desk shows it."""
        page = self.cast.hung.open(f"/can-bo/ho-so/{dossier_id}/")
        shown = nodes(page.tree, "//*[@id='main']//*[contains(@class,'vl-status')]")
        return text_of(shown[0]) if shown else page.heading

    def check_same(self, what: str, code: str, dossier_id: str, state: str, *, calling: bool = False) -> None:
        """Check that the portal comes to say `state`, and that our page says the same."""
        theirs = self.wait(
            lambda: self.portal.find(code),
            lambda said: said.get("TrangThaiHoSo") == state,
            calling=calling,
        )
        ours = self.ours(dossier_id)
        is_same = theirs.get("TrangThaiHoSo") == state and ours in STATES[state]
        self.check(
            f"{what}: hai bên cùng trạng thái", is_same, f"Cổng {theirs.get('TrangThaiHoSo')}, tỉnh “{ours}”"
        )

    def steps_of(self, code: str) -> list[tuple[str, ...]]:
        """Return the progress that the portal shows."""
        rows = self.portal.find(code).get("TienDo", [])
        return [
            tuple(str(row[name]) for name in ("ThoiDiemXuLy", "NoiDungXuLy", "TrangThai")) for row in rows
        ]

    # --- waiting, and calling at once --------------------------------------------------------------------

    def wait(self, ask: Callable[[], T], until: Callable[[T], object], *, calling: bool = False) -> T:
        """Ask again until it is so, or patience ends; `calling`: the administrator does not wait for the next try."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            found = ask()
            if until(found) or time.monotonic() > deadline:
                return found
            if calling:
                self.call_now()
            time.sleep(PAUSE_SECONDS)

    def call_now(self) -> None:
        """Have the systems called at once, as an administrator does after an outage."""
        page = self.linh.open(CONNECTIONS)
        if page.has_button(CALL_NOW):
            self.linh.press(page, CALL_NOW)

    def letters(self) -> list[dict[str, str]]:
        """Return what waits for a person, as the page of connections says it."""
        return [row for row in self.linh.open(CONNECTIONS).rows() if "Vì sao" in row]

    def letter_about(self, code: str) -> str:
        """Return why a message about something waits for a person; waits until one does."""
        found = self.wait(self.letters, lambda rows: any(code in row["Tin"] for row in rows))
        return next((row["Vì sao"] for row in found if code in row["Tin"]), "")

    def drop_letter(self, code: str) -> Page:
        """Close a letter without effect, so that it stands in nobody's way."""
        return self.linh.press(self.linh.open(CONNECTIONS), "Bỏ tin", near=code)


def begin(report: Report, everybody: Cast) -> Exchange:
    """Seat the administrator of the province, and find the stand-ins of this house."""
    base = everybody.hung.base
    told = environment(Ports.at(urlsplit(base).port or 80), database_url="")
    portal = Portal(
        told["VANLANG_PORTAL_URL"],
        password=told["VANLANG_PORTAL_PASSWORD"],
        token=told["VANLANG_PORTAL_TOKEN"],
    )
    portal.behave()
    platform = StandIn(told["VANLANG_PAYMENT_URL"])
    platform.behave()
    linh = officer("Chị Linh", "linh", base, report)
    return Exchange(report, everybody, linh, portal, platform, Morning(report, everybody))


def in_order(steps: list[tuple[str, ...]]) -> bool:
    """Say whether steps stand in the order of their instants; those of one second in any."""
    at = [step[0] for step in steps]
    return at == sorted(at)
