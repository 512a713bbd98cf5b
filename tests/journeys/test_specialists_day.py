"""Chị Mai's day: a list of her own, colleagues asked and named, what is missing asked once more, a letter from Word, form 07."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from launcher.demo.forms import File
from tests.journeys import quickly
from tests.journeys.quickly import BIRTH, AtDesk, Case
from tests.journeys.visitors import DESK, Visitor
from vanlang.documents.tests.letters import LETTER, MARKED, exported, template, text_of_docx
from vanlang.kernel import clock

ONCE = (DESK,)
TOGETHER = "/can-bo/cung-lam/"
DEPARTMENT = "Sở Nông nghiệp và Môi trường"


@pytest.fixture
def mai(at_desk: AtDesk) -> Visitor:
    return at_desk("mai")


@pytest.fixture(scope="module")
def birth(at_desk: AtDesk) -> Case:
    """A birth that Chị Mai holds: looked at, talked about, asked about."""
    return quickly.held(at_desk, BIRTH, request="Đăng ký khai sinh cho cháu Hà Bảo Châu")


def test_a_list_of_ones_own(mai: Visitor, birth: Case) -> None:
    """Columns, their order and a filter stand in the address; a name keeps them."""
    page = mai.page
    mai.goto("/can-bo/ho-so/?loc=cho-toi&thu-tuc=" + BIRTH)
    page.get_by_text("Cột, danh sách đã lưu").click()
    columns = page.get_by_role("form", name="Chọn và sắp cột")
    columns.get_by_label("Kênh nộp").select_option("2")
    columns.get_by_label("Người nộp").select_option(index=0)
    columns.get_by_role("button", name="Áp dụng").click()
    expect(page.get_by_role("columnheader", name="Kênh nộp")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Người nộp")).to_have_count(0)
    expect(page.get_by_role("link", name=birth.code)).to_be_visible()
    page.get_by_text("Cột, danh sách đã lưu").click()
    mai.fill("Tên danh sách", "Khai sinh chờ tôi")
    mai.picture("can-bo-danh-sach-rieng", kept=ONCE)
    mai.press("Lưu danh sách")
    mai.goto("/can-bo/ho-so/")
    page.get_by_role("navigation", name="Danh sách đã lưu").get_by_role(
        "link", name="Khai sinh chờ tôi"
    ).click()
    expect(page.get_by_role("columnheader", name="Kênh nộp")).to_be_visible()
    expect(page.get_by_role("link", name=birth.code)).to_be_visible()
    mai.goto("/can-bo/ho-so/?q=khong-co-ho-so-nay")
    expect(page.get_by_text("Bỏ bớt điều kiện lọc")).to_be_visible()


def test_a_colleague_is_named_and_told(at_desk: AtDesk, mai: Visitor, birth: Case) -> None:
    """Two letters after @ find Cô Thảo; the note stands in her list until she is done, the star in Mai's digest."""
    page, thao = mai.page, at_desk("thao")
    mai.goto(birth.path)
    mai.press("Theo dõi")
    expect(page.get_by_role("button", name="Đang theo dõi")).to_be_visible()
    note = page.get_by_label("Viết ghi chú")
    note.press_sequentially("Nhờ @Th")
    page.get_by_role("list", name="Đồng nghiệp khớp tên").get_by_role("button", name="Phạm Thu Thảo").click()
    note.press_sequentially("giữ số khai sinh cho hồ sơ này.")
    mai.press("Lưu ghi chú")
    expect(page.locator(".tw-named")).to_have_text("@Phạm Thu Thảo")
    mai.picture("can-bo-ghi-chu", kept=ONCE)
    thao.goto(f"{TOGETHER}nhac-toi-toi/")
    mention = thao.page.get_by_role("listitem").filter(has_text=birth.code)
    expect(mention).to_contain_text("giữ số khai sinh")
    thao.picture("can-bo-nhac-toi-toi", kept=ONCE)
    mention.get_by_role("button", name="Đã xong").click()
    expect(mention).to_have_count(0)
    mai.goto("/can-bo/ho-so/?loc=theo-doi")
    expect(page.get_by_role("link", name=birth.code)).to_be_visible()
    mai.goto(f"{TOGETHER}ban-tin/")
    expect(page.get_by_role("heading", name="Bản tin hôm nay")).to_be_visible()
    mai.picture("can-bo-ban-tin", kept=ONCE)


def test_decided_ones_like_it_are_a_press_away(mai: Visitor, birth: Case) -> None:
    mai.goto(birth.path)
    mai.press("Hồ sơ tương tự đã giải quyết")
    expect(mai.page.locator(".tw-alike__one").first).to_contain_text("Giấy khai sinh")
    mai.picture("can-bo-ho-so-tuong-tu", kept=ONCE)


def test_an_opinion_is_asked_of_another_agency_and_answered(
    at_desk: AtDesk, mai: Visitor, birth: Case
) -> None:
    """The clock stops while the department has it; its specialist answers on his own page, and it goes on."""
    page, son = mai.page, at_desk("son")
    mai.goto(f"{birth.path}lay-y-kien/")
    page.get_by_label("Cơ quan được hỏi").select_option(label=DEPARTMENT)
    mai.fill(
        "Nội dung cần ý kiến", "Đề nghị xác nhận nơi cư trú của người mẹ tại trang trại thuộc Sở quản lý."
    )
    mai.fill("Thời hạn cho ý kiến, ngày làm việc", "3")
    mai.picture("can-bo-lay-y-kien", kept=ONCE)
    mai.press("Lấy ý kiến cơ quan khác")
    expect(page.get_by_text("Đã gửi lấy ý kiến")).to_be_visible()
    expect(page.locator(".desk-due")).to_contain_text("tạm dừng")
    son.goto(birth.path)
    son.press("Cho ý kiến")
    son.fill("Ý kiến", "Người mẹ cư trú tại trang trại từ ngày 01/3/2026.")
    son.picture("can-bo-cho-y-kien", kept=ONCE)
    son.press("Cho ý kiến")
    expect(son.page.get_by_text("Đã gửi ý kiến")).to_be_visible()
    mai.goto(birth.path)
    expect(page.get_by_role("table", name="Ý kiến đã hỏi")).to_contain_text("từ ngày 01/3/2026")
    expect(page.locator(".desk-due")).not_to_contain_text("tạm dừng")
    mai.picture("can-bo-da-co-y-kien", kept=ONCE)


def test_asking_once_more_needs_a_ground_and_the_leader(at_desk: AtDesk, mai: Visitor) -> None:
    page, phuc, case = mai.page, at_desk("phuc"), quickly.held(at_desk)
    quickly.act(
        mai,
        case,
        "Yêu cầu bổ sung",
        {"Giấy tờ khác, thứ 1": "Căn cước", "Lý do cần giấy tờ khác, thứ 1": "Bản chụp mờ"},
    )
    quickly.act(at_desk("hung"), case, "Nộp bổ sung", {"Đã nhận bản giấy": True})
    mai.goto(case.path)
    mai.press("Trình yêu cầu bổ sung lần nữa")
    row = page.locator(".desk-ask__row").first
    row.get_by_role("checkbox").check()
    row.get_by_role("textbox").fill("Tờ khai ghi tên đệm khác với căn cước vừa nộp")
    mai.press("Trình yêu cầu bổ sung lần nữa")
    expect(page.get_by_role("alert")).to_contain_text("Vì sao không yêu cầu ngay từ lần trước")
    expect(row.get_by_role("textbox")).to_have_value("Tờ khai ghi tên đệm khác với căn cước vừa nộp")
    mai.goto(f"{case.path}trinh-bo-sung/")
    row.get_by_role("checkbox").check()
    row.get_by_role("textbox").fill("Tờ khai ghi tên đệm khác với căn cước vừa nộp")
    page.get_by_role("radio", name="Nội dung bổ sung lần trước làm phát sinh yêu cầu mới").check()
    mai.fill("Giải thích", "Căn cước nộp bổ sung cho thấy tên đệm khác tờ khai.")
    mai.picture("can-bo-bo-sung-lan-nua", kept=ONCE)
    mai.press("Trình yêu cầu bổ sung lần nữa")
    expect(page.get_by_text("Đã trình lãnh đạo yêu cầu bổ sung lần nữa")).to_be_visible()
    phuc.goto("/can-bo/viec-lanh-dao/")
    expect(phuc.page.get_by_role("table", name="Yêu cầu bổ sung lần nữa")).to_contain_text(case.code)
    phuc.page.get_by_role("link", name=case.code).click()
    phuc.press("Đồng ý yêu cầu bổ sung lần nữa")
    phuc.picture("lanh-dao-bo-sung-lan-nua", kept=ONCE)
    phuc.press("Đồng ý yêu cầu bổ sung lần nữa")
    expect(phuc.page.get_by_text("Đã đồng ý; phiếu yêu cầu bổ sung (mẫu 02)")).to_be_visible()


def test_a_letter_from_the_agencys_word_template(at_desk: AtDesk, mai: Visitor) -> None:
    """Filled in by the house, finished in Word, brought back; a file without its places is not taken."""
    page, case, quan = mai.page, quickly.held(at_desk), at_desk("quan")
    quickly.in_role(quan, "Việt Trì")
    new = quickly.show(quan, f"/can-bo/thu-tuc/{quickly.EXTRACT}/mau-word/")
    file = File("mau.docx", template(*LETTER))
    assert (
        "Đã lưu mẫu"
        in quickly.press(quan, new, "Tải mẫu lên", {"Tên mẫu": "Giấy xác nhận", "Tệp mẫu": file}).said
    )
    quickly.in_role(quan, "Kiểm soát thủ tục")
    mai.goto(f"{case.path}trinh-ket-qua/")
    mai.press("Soạn bằng Word")
    assert case.person.full_name in text_of_docx(mai.download("Giấy xác nhận"))
    page.get_by_label("Tên kết quả").fill("Giấy xác nhận")
    page.get_by_label("Sổ lấy số").fill("GXN")
    letter = page.get_by_label("Văn bản đã hoàn chỉnh")
    letter.set_input_files(
        {"name": "thu.pdf", "mimeType": "application/pdf", "buffer": exported("Không còn chỗ giữ")}
    )
    mai.press("Trình lãnh đạo")
    expect(page.get_by_role("alert")).to_contain_text("[[SO]]")
    expect(page.get_by_label("Tên kết quả")).to_have_value("Giấy xác nhận")
    letter.set_input_files({"name": "thu.pdf", "mimeType": "application/pdf", "buffer": exported(*MARKED)})
    mai.picture("can-bo-soan-bang-word", kept=ONCE)
    mai.press("Trình lãnh đạo")
    expect(page.get_by_text(f"Đã trình kết quả hồ sơ {case.code}")).to_be_visible()


def test_the_register_is_looked_at_and_taken_out(mai: Visitor, birth: Case) -> None:
    """Form 07 of a period; whoever takes it out says what for."""
    page = mai.page
    mai.goto("/can-bo/so-theo-doi/")
    page.get_by_label("Mã thủ tục").fill(BIRTH)
    mai.press("Xem sổ")
    expect(page.get_by_role("table")).to_contain_text(birth.code)
    page.get_by_text("Xuất sổ: bảng Excel, bản in").click()
    mai.press("Tải bảng Excel, đủ cột")
    expect(page.get_by_role("alert")).to_contain_text("Mục đích xuất sổ")
    mai.goto(
        f"/can-bo/so-theo-doi/?from_on={clock.today():01/%m/%Y}&last_on={clock.today():%d/%m/%Y}&part=all&role=nhan&procedure={BIRTH}"
    )
    page.get_by_text("Xuất sổ: bảng Excel, bản in").click()
    page.get_by_label("Mục đích xuất sổ").fill("Báo cáo tháng của phường")
    mai.picture("can-bo-so-theo-doi", kept=ONCE)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải bảng Excel, đủ cột").click()
    assert re.search(r"\.xlsx$", taken.value.suggested_filename)
    mai.goto(
        "/can-bo/so-theo-doi/?from_on=01/11/2026&last_on=01/10/2026&part=all&role=nhan&procedure={BIRTH}"
    )
    expect(page.get_by_role("alert")).to_contain_text("Ngày cuối sớm hơn ngày đầu")
