"""Two people fill the house by Excel: one proposes, the other looks and decides; what was written can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.visitors import Visitor, visiting
from tests.journeys.workbooks import Line, Upload, filled, lines_of, text_of, workbook_file
from vanlang.kernel import clock

EXTRACT, SHARE = "2.000635", "Tỷ lệ thời gian (%)"
PASSWORD = "bốn từ không liên quan"  # of an officer made here, in a province that is thrown away
NGA: Line = {
    "Tên đăng nhập": "nga.tt", "Họ và tên": "Trần Thị Nga", "Cơ quan": "Xã Yên Trị", "Đơn vị": "Văn phòng HĐND và UBND",
    "Chức danh": "Công chức Văn phòng", "Vai trò": "Chuyên viên xử lý",
}  # fmt: skip
KHOI: Line = {
    "Tên đăng nhập": "khoi.dm", "Họ và tên": "Đinh Mạnh Khôi", "Cơ quan": "H44.247", "Đơn vị": "Phòng Kinh tế",
    "Chức danh": "Công chức Kinh tế", "Vai trò": "Chuyên viên xử lý",
}  # fmt: skip


@pytest.fixture
def quan(at_desk: Callable[[str], Visitor]) -> Visitor:
    """The administrator who proposes."""
    return at_desk("quan")


@pytest.fixture
def linh(at_desk: Callable[[str], Visitor]) -> Visitor:
    """The second person: nobody decides on their own proposal."""
    return at_desk("linh")


def hand_in(visitor: Visitor, kind: str, file: Upload) -> str:
    """Upload a table; return the path of what it would change."""
    visitor.goto(f"/can-bo/cau-hinh/bang/{kind}/")
    visitor.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type] # Playwright's own shape
    visitor.press("Xem trước")
    return urlsplit(visitor.page.url).path


def decide(visitor: Visitor, path: str, *, former_names: bool = False) -> None:
    """Approve an import and wait until the job has written it."""
    visitor.goto(path)
    if former_names:
        visitor.page.get_by_label("Chấp nhận hiểu các tên cũ như trên", exact=False).check()
    visitor.page.get_by_role("button", name=re.compile("Duyệt và ghi")).click()
    expect(visitor.page.locator("#progress")).to_contain_text("Đã ghi", timeout=30_000)


def test_officers_enter_by_excel_and_sign_in_with_their_slip(
    quan: Visitor, linh: Visitor, browser: Browser
) -> None:
    page = quan.page
    rename(quan, "H44.247", "UBND phường Yên Trị", "Phường Yên Trị")
    quan.goto("/can-bo/cau-hinh/")
    quan.picture("quan-tri-cau-hinh", kept=(1280,))
    quan.goto("/can-bo/cau-hinh/bang/can-bo/")
    quan.picture("quan-tri-bang-can-bo", kept=())
    template = quan.download("Tải tệp mẫu")
    hand_in(quan, "can-bo", workbook_file("can-bo.xlsx", b"%PDF-1.7 no workbook"))
    expect(page.get_by_role("alert")).to_contain_text("Hãy lưu lại thành Excel")
    faulty = filled(template, [NGA, KHOI, {**KHOI, "Tên đăng nhập": "ha.vt", "Đơn vị": "Phòng Địa chính"}],
                    merged=[(2, "Tên đăng nhập", "Họ và tên")], name="can-bo-yen-tri.xlsx")  # fmt: skip
    hand_in(quan, "can-bo", faulty)
    expect(page.get_by_role("main")).to_contain_text("A3:B3 gộp ngang nhiều cột")
    expect(page.get_by_role("main")).to_contain_text("Ô D4:")
    expect(page.get_by_role("main")).to_contain_text("“Xã Yên Trị” → Phường Yên Trị (H44.247)")
    quan.picture("quan-tri-nhap-co-loi", kept=(1280,))
    quan.press("Bỏ lần nhập này")
    run = hand_in(quan, "can-bo", filled(template, [NGA, KHOI], name="can-bo-yen-tri.xlsx"))
    expect(page.get_by_role("button", name=re.compile("Duyệt"))).to_have_count(0)
    expect(page.get_by_text("Người đề nghị không tự duyệt")).to_be_visible()
    linh.goto(run)
    linh.picture("quan-tri-duyet-nhap", kept=(1280,))
    decide(linh, run, former_names=True)
    first_sign_in(quan, browser)


def rename(visitor: Visitor, code: str, name: str, short: str) -> None:
    """Rename an agency from today on: yesterday's name is a former one from now on."""
    visitor.goto("/can-bo/co-quan/sap-xep/")
    page = visitor.page
    page.get_by_label("Mã cơ quan hiện nay").fill(code)
    page.get_by_label("Cơ quan từ ngày đó").fill(f"{code} | {name} | {short}")
    page.get_by_label("Quyết định, nghị quyết").fill("Nghị quyết mẫu thử")
    page.get_by_label("Có hiệu lực từ ngày").fill(f"{clock.today():%d/%m/%Y}")
    visitor.picture("quan-tri-sap-xep", kept=(1280,))
    visitor.press("Sắp xếp cơ quan")
    expect(page.get_by_text(short).first).to_be_visible()


def first_sign_in(quan: Visitor, browser: Browser) -> None:
    """A slip is printed; whoever holds it sets the password, once, and signs in."""
    quan.goto("/can-bo/cau-hinh/tai-khoan/?co-quan=H44.247")
    quan.picture("quan-tri-tai-khoan", kept=(1280,))
    form = quan.page.locator("form[action$='/phieu/']")
    sent = {one.get_attribute("name") or "": one.input_value() for one in form.locator("input").all()}
    slip = quan.context.request.post(f"{quan.province.url}/can-bo/cau-hinh/tai-khoan/phieu/", form=sent)
    said = re.sub(r"\s+", "", text_of(slip.body()))
    links = re.findall(r"/dang-nhap/kich-hoat/[\w-]+/", said)
    assert "khoi.dm" in said and len(links) == 2, said
    with visiting(quan.province, browser, widths=(1280, 390)) as newcomer:
        newcomer.goto(links[0])
        page = newcomer.page
        page.get_by_label("Mật khẩu mới", exact=True).fill("12345678")
        page.get_by_label("Nhập lại", exact=False).fill("12345678")
        newcomer.press("Đặt mật khẩu")
        expect(page.get_by_role("alert").first).to_be_visible()
        newcomer.picture("quan-tri-kich-hoat", kept=(390,))
        page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
        page.get_by_label("Nhập lại", exact=False).fill(PASSWORD)
        newcomer.press("Đặt mật khẩu")
        expect(page.get_by_text("Đã đặt mật khẩu")).to_be_visible()
        page.get_by_label("Tên đăng nhập").fill("khoi.dm")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url(f"{quan.province.url}/can-bo/**")
        newcomer.goto(links[0])
        expect(page.get_by_role("main")).to_contain_text("đã được dùng")


def test_a_process_is_tried_with_made_up_dossiers_before_it_is_published(
    quan: Visitor, linh: Visitor
) -> None:
    page = quan.page
    quan.goto("/can-bo/cau-hinh/bang/quy-trinh/")
    export = quan.download("Xuất dữ liệu hiện tại")
    steps = [line for line in lines_of(export) if line["Mã thủ tục"] == EXTRACT]
    longest = max(steps, key=lambda line: _number(line[SHARE]))
    steps[0][SHARE], longest[SHARE] = _number(steps[0][SHARE]) + 5, _number(longest[SHARE]) - 5
    run = hand_in(quan, "quy-trinh", filled(export, steps, name="quy-trinh-trich-luc.xlsx"))
    expect(page.get_by_role("main")).to_contain_text("Hồ sơ đang giải quyết giữ phiên bản")
    quan.picture("quan-tri-nhap-quy-trinh", kept=(1280,))
    quan.press("mô phỏng")
    expect(page.get_by_text("Đang thử quy trình mà lần nhập đề nghị")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Đã trả kết quả 100"))).to_be_visible()
    quan.picture("quan-tri-mo-phong", kept=())
    quan.goto(run)
    quan.press("hồ sơ đang giải quyết")
    page.get_by_role("link", name=re.compile("hồ sơ đang giải quyết")).first.click()
    expect(page.get_by_role("heading", name="Danh sách")).to_be_visible()
    quan.picture("quan-tri-ho-so-theo-phien-ban", kept=(1280,))
    decide(linh, run)
    linh.picture("quan-tri-da-ghi", kept=())
    linh.page.get_by_text("Hoàn tác lần nhập này").click()
    linh.press("Hoàn tác")
    expect(linh.page.locator("#progress")).to_contain_text("Đã hoàn tác", timeout=30_000)


def test_what_each_department_still_lacks(quan: Visitor) -> None:
    page = quan.page
    quan.goto("/can-bo/cau-hinh/do-phu/")
    page.get_by_role("link", name="Sở Tư pháp").click()
    expect(page.get_by_role("heading", name="Thủ tục còn thiếu")).to_be_visible()
    quan.picture("quan-tri-do-phu", kept=())
    assert quan.download("Xuất Excel").startswith(b"PK")
    quan.goto("/can-bo/chuc-nang/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("31 chức năng")
    quan.picture("functions")


def _number(cell: object) -> int:
    return int(float(str(cell or 0)))
