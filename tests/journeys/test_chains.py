"""One request for a newborn: three legs, one appointment, one page for the family; and what a person decides when a leg is lost."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from launcher.demo.morning.chain import ANSWERS, BIRTH, INSURANCE, INTAKE, RESIDENCE, STOP
from launcher.demo.morning.day import DOSSIER, EVERYTHING
from launcher.demo.pages import Page
from tests.journeys import quickly
from tests.journeys.counter import CODE
from tests.journeys.quickly import OFFICE, AtDesk, Case
from tests.journeys.visitors import DESK, Visitor

ONCE = (DESK,)
ALL_LEGS = "Tiếp nhận cả 3 bước"


def test_one_request_for_a_newborn(at_desk: AtDesk, passer_by: Visitor) -> None:
    """Taken in once; when the birth is registered, residence opens by itself and the errand outside begins."""
    hung = at_desk("hung")
    take_in(hung)
    page, chain = hung.page, hung.page.url.partition("?")[0]
    for leg, state in (
        (BIRTH, "Đang giải quyết"),
        (RESIDENCE, "Chờ bước trước"),
        (INSURANCE, "Chờ bước trước"),
    ):
        expect(leg_of(hung, leg)).to_contain_text(state)
    hung.picture("can-bo-lien-thong-da-nhan", kept=ONCE)
    family = page.get_by_role("link", name="Trang theo dõi của người dân").get_attribute("href")
    decide(at_desk, case_of(hung, BIRTH))
    quickly.until(hung, chain, lambda shown: "Ở cơ quan ngoài hệ thống" in shown.text)
    page.goto(chain)
    expect(leg_of(hung, BIRTH)).to_contain_text("Đã có kết quả")
    expect(leg_of(hung, RESIDENCE)).to_contain_text(CODE)
    answer_from_outside(hung)
    passer_by.goto(str(family))
    expect(passer_by.page.get_by_text("Hẹn trả", exact=False).first).to_be_visible()
    expect(passer_by.page.get_by_text("Trần Gia Bảo")).to_have_count(0)
    passer_by.picture("nguoi-dan-theo-doi-lien-thong", kept=ONCE)


def test_a_leg_that_is_lost_waits_for_a_person(at_desk: AtDesk) -> None:
    """The family withdraws the birth: an officer tries again or ends what stands after it, and says why."""
    hung = at_desk("hung")
    opened = quickly.press(
        hung, quickly.show(hung, INTAKE), ALL_LEGS, {**person_of(), **ANSWERS, **EVERYTHING}
    )
    quickly.act(hung, case_on(opened), "Rút hồ sơ", {"Lý do người nộp nêu": "Nộp ở nơi cư trú mới"})
    chain = opened.url.partition("?")[0]
    quickly.until(hung, chain, lambda shown: shown.has_button(STOP))
    hung.goto("/can-bo/lien-thong/")
    expect(hung.page.get_by_role("row").filter(has_text="Cần quyết định").first).to_be_visible()
    hung.picture("can-bo-lien-thong", kept=ONCE)
    hung.page.goto(chain)
    hung.picture("can-bo-lien-thong-vuong", kept=ONCE)
    residence = leg_of(hung, RESIDENCE)
    residence.get_by_text("Không làm tiếp bước này").click()
    residence.get_by_role("button", name=STOP).click()
    expect(hung.page.get_by_text("Chưa ghi nội dung.")).to_be_visible()
    hung.page.goto(chain)
    residence.get_by_text("Không làm tiếp bước này").click()
    residence.get_by_label("Lý do, người dân đọc được").fill("Gia đình nộp ở nơi cư trú mới.")
    residence.get_by_role("button", name=STOP).click()
    expect(leg_of(hung, RESIDENCE)).to_contain_text("Không làm tiếp")


def take_in(hung: Visitor) -> None:
    """Fill in the one form of the chain; forgotten answers are all told at once."""
    page = hung.page
    hung.goto(INTAKE)
    for label, value in {**person_of(), **ANSWERS}.items():
        fill(hung, label, value)
    hung.press(ALL_LEGS)
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Đủ mọi giấy tờ bắt buộc").check()
    hung.picture("can-bo-lien-thong-tiep-nhan", kept=ONCE)
    hung.press(ALL_LEGS)
    expect(page.get_by_text("Đã tiếp nhận cả chuỗi")).to_be_visible()


def fill(officer: Visitor, label: str, value: object) -> None:
    """Answer one question as its field wants it: a tick, a choice of several, a list, or words."""
    main = officer.page.get_by_role("main")
    group = main.get_by_role("group", name=label, exact=True)
    field = main.get_by_label(label)
    if value is True:
        field.first.check()
    elif group.count():
        group.get_by_role("radio", name=str(value), exact=True).check()
    elif field.first.evaluate("one => one.tagName") == "SELECT":
        field.first.select_option(label=str(value))
    else:
        field.first.fill(str(value))


def person_of() -> dict[str, str]:
    mother = quickly.PEOPLE.new()
    return {
        "Số định danh cá nhân": mother.personal_id, "Họ và tên người yêu cầu": mother.full_name, "Điện thoại": mother.phone,
        "Nơi cư trú": mother.address, "Họ, chữ đệm, tên người mẹ": mother.full_name,
    }  # fmt: skip


def leg_of(hung: Visitor, title: str) -> Locator:
    return hung.page.locator(".chains-leg").filter(
        has=hung.page.get_by_role("heading", name=title, exact=True)
    )


def case_of(hung: Visitor, title: str) -> Case:
    """Return the dossier of a leg that the page shows."""
    link = leg_of(hung, title).get_by_role("link", name=CODE)
    found = DOSSIER.search(str(link.get_attribute("href")))
    assert found
    return Case(found[1], link.inner_text(), quickly.PEOPLE.new())


def case_on(opened: Page) -> Case:
    """Return the dossier of the first leg."""
    found, code = re.search(DOSSIER.pattern, opened.content.decode()), CODE.search(opened.text)
    assert found and code, opened.said
    return Case(found[1], code[0], quickly.PEOPLE.new())


def decide(at_desk: AtDesk, case: Case) -> None:
    """Lead a dossier from the counter to its released result, on paper."""
    hung, mai, phuc, thao = (at_desk(name) for name in ("hung", "mai", "phuc", "thao"))
    quickly.act(hung, case, "Chuyển xử lý", {"Chuyển đến": OFFICE})
    quickly.act(mai, case, "Nhận xử lý")
    editor = quickly.show(mai, f"{case.path}trinh-ket-qua/?mau=on_paper")
    assert "Đã trình" in quickly.press(mai, editor, "Trình lãnh đạo").said
    quickly.act(phuc, case, "Phê duyệt")
    quickly.act(thao, case, "Phát hành")


def answer_from_outside(hung: Visitor) -> None:
    """Write down the errand at the social insurance, which this house does not reach by wire."""
    insurance = leg_of(hung, INSURANCE)
    insurance.get_by_label("Số, ngày văn bản gửi đi hoặc kết quả nhận về").fill("CV 112/UBND ngày 23/11/2026")
    hung.picture("can-bo-lien-thong-dang-chay", kept=ONCE)
    insurance.get_by_role("button", name="Ghi đã gửi").click()
    expect(leg_of(hung, INSURANCE)).to_contain_text("CV 112/UBND")
