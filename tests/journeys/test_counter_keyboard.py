"""
Counter intake by keyboard alone: from the empty page to the code, without a pointer; keys are counted.

Seconds are not measured but reckoned, by the keystroke-level model with the operators of the written script
(docs/manual-vi/tiep-nhan-tai-quay.md): K 0.28 s for a key of an average typist, M 1.35 s for one act of thinking,
R for the answers of the system, reckoned 0.5 s each. The script asks for less than a minute.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.provinces import Province
from tests.journeys.visitors import DESK, PHONE, Visitor, visiting
from tests.support.keystrokes import PROMISE, Count

COPY_CERTIFICATION = "2.000815"


class Keyboard(Count):
    """A clerk's hands: types, presses, thinks; what they do is counted."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def think(self, about: str) -> None:
        self.thoughts.append(about)

    def type(self, text: str, *, keys: int | None = None) -> None:
        """Type `text`; `keys` says how many keys that is where diacritics are typed by Telex."""
        self.page.keyboard.type(text)
        self.keys += len(text) if keys is None else keys

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def wait_for(self, address: str) -> None:
        self.page.wait_for_url(address)
        self.answers += 1


@pytest.fixture
def clerk(province: Province, browser: Browser) -> Iterator[Visitor]:
    """Anh Hùng at his desk, without a mouse."""
    with visiting(province, browser, widths=(DESK, PHONE)) as hung:
        hung.sign_in_as_officer("hung")
        yield hung


def open_counter(clerk: Visitor) -> Keyboard:
    clerk.goto("/can-bo/tiep-nhan/")
    expect(clerk.page.locator("#id_q")).to_be_focused()  # the first key goes into the search
    return Keyboard(clerk.page)


def finish(hands: Keyboard, base: str) -> str:
    """Press Enter where the hands are; return the code that the citizen is told."""
    hands.press("Enter")
    hands.wait_for(f"{base}/can-bo/tiep-nhan/da-nhan/**")
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text("Đã tiếp nhận")
    return hands.page.locator(".desk-received__code").inner_text()


def test_a_known_person_in_a_frequent_procedure(clerk: Visitor) -> None:
    base, hands = clerk.province.url, open_counter(clerk)
    hands.think("which procedure")
    hands.type("1")
    hands.press("Enter")
    hands.wait_for(f"{base}/can-bo/tiep-nhan/{COPY_CERTIFICATION}/")
    expect(hands.page.locator("#id_c-personal_id")).to_be_focused()
    hands.think("read the number on the card")
    hands.type("025185000001")
    hands.press("Tab")
    expect(hands.page.locator("#id_c-full_name")).to_have_value("Nguyễn Thị Lan")
    hands.answers += 1
    hands.think("is it this person")
    hands.press("Tab", 4)
    expect(hands.page.locator("#id_all-papers")).to_be_focused()
    hands.think("are the papers all there")
    hands.press("Space")
    hands.think("receive")
    code = finish(hands, base)
    assert code.startswith("H44.100-")
    clerk.picture("can-bo-tiep-nhan-ban-phim")
    report("known person", hands)
    assert hands.keys <= 25
    assert hands.seconds < PROMISE


def test_a_person_who_was_never_here(clerk: Visitor) -> None:
    base, hands = clerk.province.url, open_counter(clerk)
    hands.think("which procedure")
    hands.type("chung thuc ban sao tu ban chinh")
    expect(hands.page.locator("#procedures a").first).to_contain_text("Chứng thực bản sao từ bản chính")
    hands.answers += 1
    hands.press("ArrowDown")
    hands.press("Enter")
    hands.wait_for(f"{base}/can-bo/tiep-nhan/{COPY_CERTIFICATION}/")
    expect(hands.page.locator("#id_c-personal_id")).to_be_focused()
    hands.think("read the number on the card")
    hands.type("025095007777")
    hands.press("Tab")
    hands.think("nobody known: read the name")
    hands.type("Lương Xuân Bách", keys=20)
    hands.press("Tab")
    hands.think("ask for the telephone")
    hands.type("0915123456")
    hands.press("Tab")
    hands.think("read the address")
    hands.type("Tổ 11, Nông Trang", keys=23)
    hands.press("Tab", 2)  # past the folded day of birth
    hands.think("are the papers all there")
    hands.press("Space")
    hands.think("receive")
    finish(hands, base)
    report("new person", hands)
    assert hands.seconds < PROMISE


def test_what_is_wrong_is_told_at_once_and_corrected_by_keyboard(clerk: Visitor) -> None:
    base, hands = clerk.province.url, open_counter(clerk)
    hands.type("1")
    hands.press("Enter")
    hands.wait_for(f"{base}/can-bo/tiep-nhan/{COPY_CERTIFICATION}/")
    expect(hands.page.locator("#id_c-personal_id")).to_be_focused()
    hands.type("12345")
    hands.press("Enter")
    expect(hands.page.get_by_role("alert")).to_contain_text("Còn điều cần sửa")
    wrong = hands.page.get_by_role("alert").get_by_role("link")
    expect(wrong).to_have_count(3)
    clerk.picture("can-bo-tiep-nhan-can-sua")


def report(what: str, hands: Keyboard) -> None:
    """Print the reckoning (`pytest -s`); the manual quotes it."""
    print(  # noqa: T201 - asked for by hand
        f"\n{what}: {hands.keys} keys, {len(hands.thoughts)} thoughts, {hands.answers} answers: {hands.seconds:.1f} s"
    )
