"""
Papers at the counter: a card read by a reader, copies certified and returned, pages scanned, labels printed.

Everything a machine of the counter does comes in as it does there: a reader types, a scanner's file is uploaded, a
printed page is opened and read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.journeys import counter
from tests.journeys.counter import open_dossier
from tests.journeys.printed import page_count, text_of
from tests.journeys.provinces import Province
from tests.journeys.scans import birth_paper
from tests.journeys.visitors import DESK, PHONE, Visitor, visiting

AtDesk = Callable[[str], Visitor]
EXTRACT, CERTIFYING = "2.000635", "/can-bo/chung-thuc/"
CARD = "025192004477||Hoàng Thị Thắm|08031992|Nữ|Tổ 4, khu Nông Trang, phường Việt Trì|19052023"
LAN = "025185000001"
PRINTER, ANOTHER = "Máy in nhãn quầy 1", "Máy in nhãn quầy 2"


@pytest.fixture(scope="module")
def scanned_into(at_desk: AtDesk) -> str:
    """A birth registration taken in at the counter; its code."""
    hung = at_desk("hung")
    counter.begin(hung, number="025190001234", name="Hà Thị Nga", request="Khai sinh cho cháu Hà Minh Châu")
    return counter.receive(hung)


@pytest.fixture(scope="module")
def administrator(province: Province, browser: Browser) -> Iterator[Visitor]:
    """Anh Quân in his role at the commune: the printers of the counter are set there."""
    with visiting(province, browser, widths=(DESK, PHONE)) as quan:
        quan.sign_in_as_officer("quan")
        quan.goto("/dang-nhap/vai-tro/")
        quan.page.get_by_role("radio").first.check()
        quan.press("Làm việc trong vai trò này")
        yield quan


def test_a_card_fills_the_page_and_a_cut_one_says_why(at_desk: AtDesk) -> None:
    hung = at_desk("hung")
    hung.goto(f"/can-bo/tiep-nhan/{EXTRACT}/")
    page = hung.page
    number, name = page.locator("#id_c-personal_id"), page.get_by_label("Họ và tên người đến nộp")
    expect(number).to_be_focused()
    page.get_by_label("Nội dung đề nghị").fill("Hai bản sao trích lục khai sinh")
    number.focus()
    page.keyboard.type(CARD.partition("|Nữ")[0])  # the card was taken away too early
    page.keyboard.press("Enter")
    expect(page.locator("#desk-scan-trouble")).to_contain_text("thiếu giới tính, nơi thường trú, ngày cấp.")
    expect(name).to_have_value("")
    expect(page.get_by_label("Nội dung đề nghị")).to_have_value("Hai bản sao trích lục khai sinh")
    hung.picture("quay-the-doc-chua-tron", kept=(DESK,))
    number.fill("")
    number.focus()
    page.keyboard.type(CARD)
    page.keyboard.press("Enter")
    expect(name).to_have_value("Hoàng Thị Thắm")
    expect(number).to_have_value("025192004477")
    expect(page.locator("#person")).to_contain_text("Đã đọc thẻ của Hoàng Thị Thắm")
    hung.picture("quay-the-can-cuoc", kept=(DESK,))


def test_copies_are_certified_and_returned_with_what_else_lies_here(at_desk: AtDesk) -> None:
    hung, mai, phuc, thao = (at_desk(name) for name in ("hung", "mai", "phuc", "thao"))
    visit = take_originals(hung)
    code = enter_in_the_book(mai, visit)
    open_dossier(phuc, code)
    for _ in ("ask", "confirm"):
        phuc.press("Phê duyệt")
    open_dossier(thao, code)
    for _ in ("ask", "confirm"):
        thao.press("Phát hành")
    expect(thao.page.get_by_text(f"Đã phát hành kết quả hồ sơ {code}")).to_be_visible()
    hung.goto("/can-bo/quay/tra-nhieu/?q=123")
    expect(hung.page.get_by_text("Số định danh cá nhân chưa đúng.")).to_be_visible()
    hung.picture("tra-nhieu-sai-so")
    hung.goto("/can-bo/quay/tra-nhieu/")
    hung.page.keyboard.type(LAN)
    hung.page.keyboard.press("Enter")
    results = hung.page.get_by_role("table", name="Kết quả chờ trả").locator("tbody tr")
    expect(results.filter(has_text=code)).to_be_visible()
    hung.picture("quay-tra-nhieu", kept=(DESK,))
    count = results.count()
    hung.press("Trả tại quầy")
    expect(hung.page.get_by_text(f"Đã trả {count} kết quả.")).to_be_visible()


def take_originals(hung: Visitor) -> str:
    """Take in three originals of Bà Lan, the first without its pages at first; return the address of the visit."""
    hung.goto(CERTIFYING)
    hung.picture("chung-thuc")
    hung.press("Nhận bản chính")
    page = hung.page
    expect(page.get_by_label("Số định danh cá nhân")).to_be_focused()
    page.keyboard.type(LAN)
    hung.press("Tra cứu")
    expect(page.get_by_label("Người yêu cầu chứng thực")).to_have_value("Nguyễn Thị Lan")
    rows = page.locator(".cert-row:not(.cert-row--head)")
    papers = (
        ("Bằng tốt nghiệp đại học", "1", "3"),
        ("Học bạ", "2", "2"),
        ("Giấy khen đã bị tẩy xóa", "1", "1"),
    )
    for row, (name, pages, copies) in zip(rows.all(), papers, strict=False):
        row.get_by_label("Tên giấy tờ").fill(name)
        row.get_by_label("Số trang").fill(pages)
        row.get_by_label("Bản sao").fill(copies)
    expect(
        page.get_by_label("Tệp PDF quét của dòng 1")
    ).to_be_hidden()  # asked for of an electronic copy only
    rows.first.get_by_label("Số trang").fill("")
    hung.press("Nhận tất cả")
    expect(page.get_by_role("alert")).to_contain_text("Dòng 1")
    hung.picture("quay-chung-thuc-thieu", kept=(DESK,))
    rows.first.get_by_label("Số trang").fill("1")
    hung.press("Nhận tất cả")
    expect(page.get_by_text("Đã nhận 6 bản sao từ 3 bản chính.")).to_be_visible()
    hung.picture("chung-thuc-da-nhan")
    return page.url


def enter_in_the_book(mai: Visitor, visit: str) -> str:
    """Strike one original out, enter the others, print their words and the book; return the dossier's code."""
    page = mai.page
    page.goto(visit)
    page.get_by_role("row").filter(has_text="tẩy xóa").get_by_role("link", name="Hủy").click()
    page.get_by_label("Lý do hủy").fill("Bản chính bị tẩy xóa, không đủ điều kiện chứng thực")
    mai.picture("chung-thuc-huy")
    mai.press("Hủy, có ghi lý do")
    expect(page.get_by_text("Đã hủy, có ghi ngày và lý do.")).to_be_visible()
    mai.picture("chung-thuc-da-huy")
    mai.press("Vào sổ 2 bản chính")
    expect(page.get_by_text("Đã vào sổ 2 bản chính và trình ký.")).to_be_visible()
    mai.picture("quay-chung-thuc-da-vao-so", kept=(DESK,))
    code = counter.code_in(mai)
    stamps = mai.context.request.get(f"{visit}loi-chung.pdf?goc=bottom_right").body()
    assert page_count(stamps) == 5  # a page for each copy that is certified
    assert "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH" in text_of(stamps)
    mai.goto(f"{CERTIFYING}so/")
    mai.picture("quay-so-chung-thuc", kept=(DESK,))
    book = text_of(mai.download("In sổ"))
    assert "Bằng tốt nghiệp đại học" in book
    return code


def test_pages_are_scanned_put_in_order_and_filed(at_desk: AtDesk, scanned_into: str) -> None:
    hung = at_desk("hung")
    open_dossier(hung, scanned_into)
    hung.press("Quét giấy tờ")
    page = hung.page
    hung.picture("quet-chua-co-trang")
    paper = birth_paper(mother="Hà Thị Nga", child="Hà Minh Châu")
    page.get_by_label("Ảnh hoặc PDF từ máy quét").set_input_files(
        [
            scan("to-khai.png", upright(paper)),
            scan("trang-trang.png", blank_page()),
            scan("giay-chung-sinh.png", sideways(paper)),
        ]
    )
    hung.press("Tải lên")
    expect(page.get_by_text("Đã kiểm tra 3 trang.")).to_be_visible()
    warnings = page.locator("#checks").get_by_role("listitem")
    expect(warnings).to_have_count(1)
    expect(warnings).to_contain_text("Trang 2: Có thể là trang trắng")
    pages = page.locator("[data-scan-page]")
    before = pages.nth(2).locator("img").get_attribute("src")
    page.get_by_role("button", name="Xoay trang 3").click()
    expect(pages.nth(2).locator("img")).not_to_have_attribute("src", before or "")
    hung.picture("quay-quet", kept=(DESK,))
    hung.press("Xóa các trang trắng")
    expect(pages).to_have_count(2)
    page.get_by_role("button", name="Đưa trang 2 lên").click()
    expect(pages.first.locator("img")).to_have_attribute("alt", "Trang 1 của giay-chung-sinh.png")
    begins = page.get_by_label("Giấy tờ của trang")
    begins.nth(0).select_option(index=1)
    begins.nth(1).select_option(index=2)  # a second paper begins here: the scan is split
    hung.press("Lưu vào hồ sơ")
    expect(page.get_by_text("Đã lưu vào hồ sơ:")).to_be_visible()


def test_labels_are_set_up_tried_and_printed(
    at_desk: AtDesk, administrator: Visitor, scanned_into: str
) -> None:
    hung, quan = at_desk("hung"), administrator
    set_up_printing(quan)
    hung.goto("/can-bo/in/")
    line = hung.page.get_by_role("row").filter(has_text=PRINTER).first
    line.get_by_role("button", name="Dùng ở bàn này").click()
    expect(hung.page.get_by_text("Đang dùng").first).to_be_visible()
    hung.picture("quay-may-in", kept=(DESK,))
    assert PRINTER in text_of(hung.download("In trang căn chỉnh"))
    open_dossier(hung, scanned_into)
    hung.press("In nhãn, phiếu nhiệt")
    hung.picture("quay-in-nhan", kept=(DESK,))
    label = text_of(hung.download("In"))
    assert scanned_into in label
    assert "Hà Thị Nga" in label


def set_up_printing(quan: Visitor) -> None:
    """Add a printer with its offset; try a template that lacks its code, and look at one that has it."""
    page = quan.page
    quan.goto("/can-bo/in/")
    quan.picture("may-in-quan-tri")
    quan.press("Thêm máy in")
    quan.fill("Tên máy in", PRINTER)
    page.get_by_label("Lệch sang phải").fill("1,5")
    quan.picture("may-in-moi")
    quan.press("Lưu máy in")
    quan.press("Thêm máy in")
    quan.fill("Tên máy in", ANOTHER)
    quan.press("Lưu máy in")
    quan.press("Nhãn hồ sơ 50 × 30 mm (cuộn)")
    text = page.get_by_label("Nội dung mẫu")
    good = text.input_value()
    text.fill("Chỉ có chữ")
    quan.press("Lưu mẫu")
    expect(page.get_by_text("Mẫu thiếu trường bắt buộc")).to_be_visible()
    expect(text).to_have_value("Chỉ có chữ")
    text.fill(good)
    quan.press("Xem thử")
    preview = page.get_by_role("img", name="Mẫu in với dữ liệu mẫu")
    expect(preview).to_be_visible()
    assert preview.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    quan.picture("mau-nhan")


def scan(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def blank_page() -> bytes:
    return png(Image.new("RGB", (827, 1169), "#fdfcf8"))


def sideways(page: bytes) -> bytes:
    """Return the page as it lies on the glass when somebody turned it."""
    return png(Image.open(io.BytesIO(page)).rotate(90, expand=True))


def upright(page: bytes) -> bytes:
    return png(Image.open(io.BytesIO(page)))


def png(page: Image.Image) -> bytes:
    """Return a page as a scanner gives it at 200 dpi."""
    answer = io.BytesIO()
    page.convert("L").resize((page.width * 2, page.height * 2)).save(answer, "PNG", dpi=(200, 200))
    return answer.getvalue()
