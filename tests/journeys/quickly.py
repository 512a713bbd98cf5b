"""
What happened before a journey begins: the same sessions, pages and forms, without a screen.

A journey shows what it is about in a browser. The dossiers that it needs for that are taken in, held and proposed here
by the officers themselves, request by request, as they would in a browser that runs no script.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from launcher.demo.forms import Value, fill
from launcher.demo.morning.day import DOSSIER, EVERYTHING, first_choice, typed
from launcher.demo.morning.people import People, Person
from launcher.demo.pages import Page
from tests.journeys.counter import CODE
from tests.journeys.visitors import Visitor

AtDesk = Callable[[str], Visitor]
BIRTH, EXTRACT = "1.001193", "2.000635"
OFFICE = "Văn phòng HĐND và UBND"
PEOPLE = People()
PATIENCE_SECONDS, PAUSE_MS = 30, 200
_PERIODS = (0, 1, -1)
_DONE = re.compile("^(Đã|Bạn đã) ")


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier that a journey needs."""

    id: str
    code: str
    person: Person

    @property
    def path(self) -> str:
        return f"/can-bo/ho-so/{self.id}/"


def show(officer: Visitor, path: str) -> Page:
    """Open an address as this officer."""
    return _page(officer, path)


def press(
    officer: Visitor, page: Page, button: str, values: Mapping[str, Value] | None = None, *, near: str = ""
) -> Page:
    """Fill in a form of the page, each field by its label, and press a button."""
    sending = fill(page, button, values or {}, near=near)
    if sending.body is None:
        return _page(officer, sending.url)
    answer = officer.context.request.post(
        sending.url, data=sending.body, headers={"Content-Type": sending.content_type, "Referer": page.url}
    )
    return Page(answer.url, answer.status, answer.headers["content-type"].partition(";")[0], answer.body())


def act(officer: Visitor, case: Case, label: str, values: Mapping[str, Value] | None = None) -> Page:
    """Do an act of the dossier's page; the desk must say that it is done."""
    page = show(officer, case.path)
    if not page.has_button(label):
        page = show(officer, page.link(label))
    answer = press(officer, page, label, values)
    assert answer.status == 200, f"{label}: {answer.said}"
    assert _DONE.match(answer.said), f"{label}: {answer.said}"
    return answer


def received(hung: Visitor, procedure: str = EXTRACT, *, request: str = "") -> Case:
    """Take a dossier in at the counter, every paper there, for somebody who was never here."""
    person = PEOPLE.new()
    page = show(hung, f"/can-bo/tiep-nhan/{procedure}/")
    if not page.has_button("Tiếp nhận"):
        page = show(hung, page.link(first_choice(page)))
    values = {**typed(person), **EVERYTHING, **({"Nội dung đề nghị": request} if request else {})}
    answer = press(hung, page, "Tiếp nhận", values)
    found, code = DOSSIER.search(answer.url), CODE.search(answer.text)
    assert found and code, answer.said
    return Case(found[1], code[0], person)


def held(at_desk: AtDesk, procedure: str = EXTRACT, *, request: str = "") -> Case:
    """Take a dossier in and let Chị Mai hold it."""
    case = received(at_desk("hung"), procedure, request=request)
    act(at_desk("hung"), case, "Chuyển xử lý", {"Chuyển đến": OFFICE})
    act(at_desk("mai"), case, "Nhận xử lý")
    return case


def proposed(at_desk: AtDesk, *, request: str = "") -> Case:
    """Let Chị Mai lay an extract before the leader, as the editor suggests it."""
    case, mai = held(at_desk, request=request), at_desk("mai")
    answer = press(mai, show(mai, f"{case.path}trinh-ket-qua/"), "Trình lãnh đạo")
    assert _DONE.match(answer.said), answer.said
    return case


def in_role(officer: Visitor, place: str) -> None:
    """Let somebody of several appointments work in another of them from now on."""
    page = show(officer, "/dang-nhap/vai-tro/")
    words = next(one for one in page.choices("Vai trò") if place in one)
    press(officer, page, "Làm việc trong vai trò này", {"Vai trò": words})


def confirm(leader: Visitor, username: str) -> None:
    """Type the authenticator's code where the page asks for it again: the last one was a while ago."""
    code = leader.page.get_by_label("Mã xác thực")
    for step in _PERIODS:
        if code.is_visible():
            code.fill(leader.province.totp(username, step=step))
            leader.press("Xác nhận")


def at_the_hour(officer: Visitor, *jobs: str) -> None:
    """Let the worker do now what it does each hour."""
    defer = "; ".join(f"jobs.{job}.defer(timestamp=0)" for job in jobs)
    officer.province.manage("shell", "-v", "0", "-c", f"from vanlang.dossiers import jobs; {defer}")


def until(officer: Visitor, path: str, shows: Callable[[Page], object]) -> Page:
    """Open an address again until it shows what a worker does behind it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        page = show(officer, path)
        if shows(page):
            return page
        assert time.monotonic() < deadline, f"{path}: {page.text}"
        officer.page.wait_for_timeout(PAUSE_MS)


def _page(officer: Visitor, path: str) -> Page:
    answer = officer.context.request.get(urljoin(officer.province.url, path))
    return Page(answer.url, answer.status, answer.headers["content-type"].partition(";")[0], answer.body())
