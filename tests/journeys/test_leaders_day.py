"""Ông Phúc's day: a batch leafed through and signed, results put right, promises moved, work moved, leave arranged, what is stuck."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Locator, expect

from launcher.demo.forms import Value
from tests.journeys import quickly
from tests.journeys.quickly import OFFICE, AtDesk, Case
from tests.journeys.visitors import DESK, Visitor
from vanlang.kernel import clock

ONCE = (DESK,)
TOGETHER = "/can-bo/cung-lam/"
STAND_IN = "Nguyễn Hải Yến"
"""A second specialist, appointed by the administrator for the time of these journeys."""


@pytest.fixture
def phuc(at_desk: AtDesk) -> Visitor:
    return at_desk("phuc")


@pytest.fixture(scope="module")
def signed(at_desk: AtDesk) -> Case:
    """The result that the batch below signs, and the journeys after it put right."""
    return quickly.proposed(at_desk, request="Cấp bản sao trích lục khai sinh để làm hộ chiếu")


@pytest.fixture(scope="module")
def yen(at_desk: AtDesk) -> str:
    """A colleague of Chị Mai's; nobody needs to sign in as her."""
    quan = at_desk("quan")
    page = quickly.show(quan, "/can-bo/co-quan/H44.100/")
    if STAND_IN not in page.text:
        told: dict[str, Value] = {
            "Tên đăng nhập": "yen",
            "Họ và tên": STAND_IN,
            "Chức danh": "Công chức Tư pháp",
            "Đơn vị": OFFICE,
            "Chuyên viên": True,
        }
        assert "Đã phân công" in quickly.press(quan, page, "Phân công", told).said
    return STAND_IN


def test_a_batch_is_looked_through_and_signed(at_desk: AtDesk, phuc: Visitor, signed: Case) -> None:
    """Two approved, one returned; what was decided in another window meanwhile stays as it was decided."""
    page = phuc.page
    back, elsewhere = quickly.proposed(at_desk), quickly.proposed(at_desk)
    begin_batch(phuc)
    for case in (signed, elsewhere):
        leaf_of(phuc, case)
        if case is signed:
            phuc.picture("lanh-dao-xem-du-thao", kept=ONCE)
        page.keyboard.press("a")
        expect(page.get_by_role("heading", level=1)).not_to_have_text(case.code)
    leaf_of(phuc, back)
    phuc.press("Trả lại r")
    expect(page.get_by_role("alert")).to_contain_text("Trả lại phải có lý do.")
    phuc.fill("Lý do trả lại", "Ghi thiếu số quyển của sổ gốc.")
    phuc.press("Trả lại r")
    quickly.act(phuc, elsewhere, "Trả lại để xử lý lại", {"Lý do": "Sai tên mẹ."})
    phuc.goto(f"{TOGETHER}duyet/")
    phuc.picture("lanh-dao-luot-duyet", kept=ONCE)
    phuc.press("Phê duyệt và ký số các hồ sơ đã đánh dấu")
    quickly.confirm(phuc, "phuc")
    expect(row_of(phuc, signed)).to_contain_text("Đã phê duyệt và ký số")
    expect(row_of(phuc, back)).to_contain_text("Đã trả lại")
    expect(row_of(phuc, elsewhere)).to_contain_text("Hãy")
    expect(page.get_by_role("button", name="Lượt mới")).to_be_visible()
    phuc.picture("lanh-dao-luot-da-xong", kept=ONCE)


def test_a_result_that_was_wrong_is_put_right_or_taken_back(
    at_desk: AtDesk, phuc: Visitor, signed: Case
) -> None:
    page = phuc.page
    quickly.act(at_desk("thao"), signed, "Phát hành")
    phuc.goto(signed.path)
    phuc.press("Đính chính kết quả")
    phuc.fill("Sai ở đâu", "Ghi nhầm ngày cấp bản sao.")
    choose(phuc, "Giao cho", "Lê Thị Mai")
    phuc.picture("lanh-dao-dinh-chinh", kept=ONCE)
    phuc.press("Đính chính kết quả")
    expect(page.get_by_text("Đang đính chính kết quả đã phát hành")).to_be_visible()
    quickly.act(phuc, signed, "Giữ nguyên kết quả", {"Lý do": "Đối chiếu lại sổ gốc: ngày cấp đúng."})
    phuc.goto(signed.path)
    phuc.press("Thu hồi kết quả")
    phuc.fill("Lý do", "Trích lục cấp theo giấy tờ giả.")
    phuc.press("Thu hồi kết quả")
    expect(page.get_by_role("alert")).to_contain_text("Số, ký hiệu quyết định thu hồi")
    phuc.fill("Số, ký hiệu quyết định thu hồi", "15/QĐ-UBND")
    phuc.fill("Thu hồi từ ngày", f"{clock.today():%d/%m/%Y}")
    phuc.picture("lanh-dao-thu-hoi", kept=ONCE)
    phuc.press("Thu hồi kết quả")
    expect(page.get_by_text(f"Đã thu hồi kết quả hồ sơ {signed.code}")).to_be_visible()


def test_a_promise_that_cannot_be_kept(at_desk: AtDesk, phuc: Visitor) -> None:
    """The house drafts the apology, Chị Mai says why, the leader sends it (form 04) and later stops the dossier (form 05)."""
    page, mai, case = phuc.page, at_desk("mai"), quickly.held(at_desk)
    quickly.at_the_hour(phuc, "draft_due_apologies", "watch_dossiers")
    quickly.until(mai, case.path, lambda shown: shown.has_link("Nêu lý do chậm"))
    quickly.act(mai, case, "Nêu lý do chậm", {"Lý do": "Sổ gốc đang được số hóa."})
    phuc.goto("/can-bo/viec-lanh-dao/")
    expect(page.get_by_role("row").filter(has_text=case.code)).to_contain_text("Sổ gốc đang được số hóa.")
    phuc.picture("lanh-dao-du-thao-xin-loi", kept=ONCE)
    page.get_by_role("table", name="Dự thảo xin lỗi").get_by_role("link", name=case.code).click()
    expect(page.get_by_label("Lý do chậm")).to_have_value("Sổ gốc đang được số hóa.")
    phuc.fill("Thêm số ngày làm việc", "2")
    phuc.picture("lanh-dao-hen-lai", kept=ONCE)
    phuc.press("Xin lỗi và hẹn lại")
    expect(page.get_by_text("Đã hẹn lại ngày trả")).to_be_visible()
    assert phuc.download("Mẫu 04").startswith(b"%PDF")
    phuc.press("Dừng xử lý")
    phuc.fill("Lý do", "Người nộp đã được cấp ở nơi khác.")
    phuc.press("Dừng xử lý")
    expect(page.get_by_text("Đã dừng xử lý hồ sơ")).to_be_visible()
    assert phuc.download("Mẫu 05").startswith(b"%PDF")


def test_what_is_stuck_and_why(phuc: Visitor) -> None:
    """Behind each figure stand as many dossiers; where nothing is stuck, the page says when something would be."""
    page = phuc.page
    phuc.goto(f"{TOGETHER}vuong-mac/")
    phuc.picture("lanh-dao-ho-so-vuong", kept=ONCE)
    nothing = page.get_by_role("main").get_by_text("Không có hồ sơ nào vướng.")
    reasons = page.get_by_role("table", name="Hồ sơ vướng").locator("tbody").get_by_role("row")
    expect(nothing.or_(reasons.first)).to_be_visible()
    if reasons.count():
        figure = int(reasons.first.get_by_role("cell").nth(-2).inner_text())
        reasons.first.get_by_role("link").click()
        expect(
            page.get_by_role("table", name="Từng hồ sơ").locator("tbody").get_by_role("row")
        ).to_have_count(figure)


def test_leave_is_arranged(at_desk: AtDesk, phuc: Visitor, yen: str) -> None:
    """A specialist stands in for a specialist; a clerk does not."""
    page = phuc.page
    phuc.goto(f"{TOGETHER}thay-khi-vang/")
    choose(phuc, "Người vắng", "Lê Thị Mai")
    choose(phuc, "Người thay", "Phạm Thu Thảo")
    page.get_by_role("textbox", name="Lý do").fill("Nghỉ phép năm")
    phuc.press("Phân công")
    expect(page.get_by_role("alert")).to_contain_text("vai trò")
    choose(phuc, "Người thay", yen)
    phuc.press("Phân công")
    expect(page.get_by_role("table", name="Đang thay và sắp thay")).to_contain_text(yen)
    phuc.picture("lanh-dao-thay-khi-vang", kept=ONCE)
    phuc.press("Kết thúc")
    expect(page.get_by_text("Đã kết thúc phân công thay")).to_be_visible()


def test_all_work_of_somebody_moves_and_comes_back(at_desk: AtDesk, phuc: Visitor, yen: str) -> None:
    """First what would happen, then the move, its history, and the way back; nobody chosen is no order."""
    page, case = phuc.page, quickly.received(at_desk("hung"))
    quickly.act(phuc, case, "Phân công", {"Giao cho": yen})
    phuc.goto(f"{TOGETHER}ban-giao/moi/")
    phuc.press("Xem trước")
    expect(page.get_by_role("alert")).to_contain_text("Bàn giao hồ sơ của")
    choose(phuc, "Bàn giao hồ sơ của", "Lê Thị Mai")
    phuc.fill("Lý do", "Chuyển công tác")
    phuc.press("Xem trước")
    expect(page.get_by_text("chưa có người nhận đích danh")).to_be_visible()
    choose(phuc, "Bàn giao hồ sơ của", yen)
    choose(phuc, "Người nhận việc đang xử lý", "Lê Thị Mai")
    phuc.press("Xem lại")
    expect(page.get_by_text(f"hồ sơ từ {yen}")).to_be_visible()
    phuc.picture("lanh-dao-ban-giao-xem-truoc", kept=ONCE)
    phuc.press("Chuyển ngay")
    expect(page.get_by_text("Xong lúc")).to_be_visible()
    expect(page.get_by_text(case.code)).to_be_visible()
    phuc.picture("lanh-dao-ban-giao", kept=ONCE)
    phuc.fill("Lý do", "Ở lại đơn vị cũ")
    phuc.press("Chuyển ngược lại")
    expect(page.get_by_text("Xong lúc")).to_be_visible()
    expect(page.get_by_text(case.code)).to_be_visible()
    phuc.goto(f"{TOGETHER}ban-giao/")
    expect(page.get_by_role("row").filter(has_text=yen).filter(has_text="Đã xong").nth(1)).to_be_visible()
    phuc.goto(case.path)
    expect(page.get_by_text("Chuyển công tác")).to_be_visible()
    expect(page.locator(".desk-head__status")).to_contain_text(yen)


def test_a_decision_moves_competence_and_is_taken_back(at_desk: AtDesk) -> None:
    quan, page = at_desk("quan"), at_desk("quan").page
    first = clock.today() + dt.timedelta(days=60)
    quan.goto("/can-bo/tham-quyen/")
    quan.press("Ghi quyết định")
    expect(page.get_by_role("alert")).to_contain_text("Số, ký hiệu quyết định")
    number = f"{quickly.PEOPLE.new().personal_id[-6:]}/QĐ-UBND"
    quan.fill("Số, ký hiệu quyết định", number)
    quan.fill("Ngày ký", f"{clock.today():%d/%m/%Y}")
    page.get_by_role("radio", name="Cấp xã").check()
    page.get_by_label("Mã thủ tục").last.fill("1.001662")
    quan.fill("Có hiệu lực từ ngày", f"{first:%d/%m/%Y}")
    quan.press("Ghi quyết định")
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_be_visible()
    quan.picture("lanh-dao-chuyen-tham-quyen", kept=ONCE)
    row.get_by_role("link", name="Thu hồi").click()
    quan.fill("Số, ký hiệu quyết định thu hồi", "99/QĐ-UBND")
    quan.fill("Thu hồi từ ngày", f"{first:%d/%m/%Y}")
    quan.press(f"Thu hồi quyết định {number}")
    expect(page.get_by_text(f"Đã ghi thu hồi quyết định {number}")).to_be_visible()


def begin_batch(phuc: Visitor) -> None:
    """Open a batch with all that lies before the leader; one that was left open takes in what is new."""
    phuc.goto(f"{TOGETHER}duyet/")
    start, more = (
        phuc.page.get_by_role("button", name=name)
        for name in ("Bắt đầu lượt duyệt", "Lấy thêm hồ sơ mới trình")
    )
    if start.is_visible():
        phuc.picture("lanh-dao-bat-dau-luot", kept=ONCE)
    start.or_(more).click()
    expect(phuc.page.get_by_role("navigation", name="Lật hồ sơ")).to_be_visible()


def leaf_of(phuc: Visitor, case: Case) -> None:
    """Leaf to one proposal of the batch by its code."""
    phuc.goto(f"{TOGETHER}duyet/")
    row_of(phuc, case).get_by_role("link").click()
    expect(phuc.page.get_by_role("img", name="Dự thảo kết quả")).to_be_visible()


def row_of(phuc: Visitor, case: Case) -> Locator:
    return phuc.page.get_by_role("row").filter(has_text=case.code)


def choose(officer: Visitor, label: str, name: str) -> None:
    """Choose whose line in a list begins with a name."""
    field = officer.page.get_by_role("main").get_by_role("combobox", name=label)
    words = field.locator("option").filter(has_text=re.compile(f"^{name}")).first.inner_text()
    field.select_option(label=words)
