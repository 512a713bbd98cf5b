"""What a morning knows: its people, what was taken in, and how a dossier is taken in at the counter."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from launcher.demo.browser import Visitor
from launcher.demo.cast import Cast
from launcher.demo.forms import Value
from launcher.demo.morning.people import People, Person
from launcher.demo.pages import Page, PageError, nodes, text_of
from launcher.demo.report import Report

CODE = re.compile(r"H44\.\d+-\d{6}-\d{4,}")
DOSSIER = re.compile(r"/can-bo/(?:ho-so|tiep-nhan/da-nhan)/([0-9a-f-]{36})/")
PATIENCE_SECONDS, PAUSE_SECONDS = 60, 0.5
PROCEDURES = (
    "1.001193", "2.000635", "2.000815", "2.000884", "1.004837", "2.000908", "1.008004", "1.013314", "1.011609",
    "1.001662",
)  # fmt: skip
"""The ten of the morning: civil status, certification, agriculture, housing, poor relief, water."""
NUMBER = "Quét thẻ căn cước, hoặc gõ số định danh"
"""The field that takes what a reader types as well as a number."""
EVERYTHING: Mapping[str, Value] = {"Đủ mọi giấy tờ bắt buộc": True}


@dataclass(frozen=True, slots=True)
class Taken:
    """A dossier that was taken in this morning."""

    dossier_id: str
    code: str
    procedure: str
    person: Person


@dataclass
class Morning:
    """One morning, told to one report."""

    report: Report
    cast: Cast
    people: People = field(default_factory=People)
    taken: list[Taken] = field(default_factory=list)
    """Of the sixty, in the order in which they got their codes."""
    besides: list[str] = field(default_factory=list)
    """Codes of what was taken in beside the sixty: the chain's legs, certified copies, what came online."""

    by_post: Taken | None = None
    """The one of the sixty whose result is wanted by post."""

    @property
    def hung(self) -> Visitor:
        return self.cast.hung

    def check(self, what: str, holds: object, seen: str = "") -> bool:
        return self.report.check(what, holds, seen)

    def check_refused(self, what: str, answer: Page, status: int, sentence: str) -> None:
        """Check that the server said no: with this status, and in this sentence."""
        is_said = sentence in answer.said or sentence in answer.text
        seen = sentence if is_said else answer.said or answer.heading
        self.check(what, answer.status == status and is_said, f"{answer.status}, “{seen}”")

    def take_in(
        self, procedure: str, person: Person, values: Mapping[str, Value] | None = None, *, query: str = ""
    ) -> Taken:
        """Take in a dossier whose papers are all there; the pages of doubles are read and confirmed."""
        page = self.intake_page(procedure, query)
        return self.received(
            self.press_receive(page, {**typed(person), **EVERYTHING, **(values or {})}), procedure, person
        )

    def intake_page(self, procedure: str, query: str = "") -> Page:
        """Open the page of a procedure, of its first case where it has several."""
        page = self.hung.open(f"/can-bo/tiep-nhan/{procedure}/{query}")
        if not page.has_button("Tiếp nhận"):
            page = self.hung.open(page.link(first_choice(page)))
        return page

    def press_receive(self, page: Page, values: Mapping[str, Value]) -> Page:
        answer = self.hung.press(page, "Tiếp nhận", values)
        if answer.status == 422 and answer.has_button("Vẫn tiếp nhận"):
            answer = self.hung.press(answer, "Vẫn tiếp nhận")
        return answer

    def received(self, answer: Page, procedure: str, person: Person) -> Taken:
        """Write down what the page of a received dossier says."""
        found, code = DOSSIER.search(answer.url), CODE.search(answer.text)
        if "da-nhan" not in answer.url or found is None or code is None:
            raise PageError(f"{procedure} không tiếp nhận được ({answer.status}): {answer.said}")
        taken = Taken(found[1], code[0], procedure, person)
        self.taken.append(taken)
        return taken

    def wait(self, ask: Callable[[], Page], until: Callable[[Page], object]) -> Page:
        """Ask a page again until it shows what a worker does behind it, or patience ends; return it as it is then."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            page = ask()
            if until(page) or time.monotonic() > deadline:
                return page
            time.sleep(PAUSE_SECONDS)


def typed(person: Person) -> dict[str, Value]:
    """Return the fields of a person at the counter."""
    return {
        NUMBER: person.personal_id,
        "Họ và tên người đến nộp": person.full_name,
        "Điện thoại": person.phone,
        "Nơi cư trú": person.address,
    }


def first_choice(page: Page) -> str:
    """Return the words of the first case of a procedure that has several."""
    for one in nodes(page.tree, "//*[@data-desk-choices]//a"):
        return text_of(one)
    raise PageError(f"“{page.heading}” ({page.url}) không nhận hồ sơ. {page.said}")


def figure(page: Page, pattern: str) -> int:
    """Return the number that a sentence of the page tells; `pattern` holds it in its group."""
    found = re.search(pattern, page.text)
    if found is None:
        raise PageError(f"“{page.heading}” ({page.url}) không ghi “{pattern}”")
    return int(found[1].replace(".", ""))
