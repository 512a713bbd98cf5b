"""
A day at phường Việt Trì: received at the counter, worked on, signed, released, delivered; and then checked by anybody.

The day is lived once for the whole module: what anybody can check afterwards is its outcome.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

from tests.journeys import counter
from tests.journeys.counter import open_dossier
from tests.journeys.scans import birth_paper
from tests.journeys.visitors import Visitor

AtDesk = Callable[[str], Visitor]
FACTS = """Họ, chữ đệm, tên: HÀ GIA AN
Ngày sinh: 02/07/2026
Giới tính: Nam
Nơi sinh: Bệnh viện Sản Nhi tỉnh Phú Thọ

Cha, mẹ
Người mẹ: HÀ THỊ NGA"""


@dataclass(frozen=True)
class Delivered:
    """What the day left behind."""

    code: str
    receipt: bytes
    outcome: bytes


@pytest.fixture(scope="module")
def delivered(at_desk: AtDesk) -> Delivered:
    hung, mai, phuc, thao = (at_desk(name) for name in ("hung", "mai", "phuc", "thao"))
    code = receive(hung)
    receipt = hung.download("In giấy tiếp nhận")
    hung.press("Văn phòng HĐND và UBND")
    propose(mai, code)
    approve_and_sign(phuc, code)
    release(thao, code)
    return Delivered(code, receipt, deliver(hung, code))


def receive(hung: Visitor) -> str:
    """Take the dossier in at the counter; return its code."""
    hung.goto("/can-bo/")
    hung.picture("can-bo-ban-lam-viec")
    hung.press("Tiếp nhận hồ sơ")
    hung.picture("can-bo-tiep-nhan-chon-thu-tuc")
    counter.begin(
        hung, number="025190001234", name="Hà Thị Nga", request="Đăng ký khai sinh cho cháu Hà Gia An"
    )
    hung.page.locator("input[type=file]").nth(1).set_input_files(
        {
            "name": "giay-chung-sinh.pdf",
            "mimeType": "application/pdf",
            "buffer": birth_paper(mother="Hà Thị Nga", child="Hà Gia An", kind="PDF"),
        }
    )
    hung.page.get_by_label("Đủ mọi giấy tờ bắt buộc").check()
    hung.picture("can-bo-tiep-nhan")
    code = counter.receive(hung)
    hung.picture("can-bo-da-tiep-nhan")
    return code


def propose(mai: Visitor, code: str) -> None:
    mai.goto("/can-bo/ho-so/?loc=don-vi")
    mai.picture("can-bo-danh-sach-ho-so")
    open_dossier(mai, code)
    mai.picture("can-bo-ho-so")
    mai.press("Nhận xử lý")
    mai.press("Trình kết quả")
    mai.press("Trích lục, chứng nhận")
    page = mai.page
    preview = page.get_by_role("img", name="Bản xem trước, trang 1")
    before = preview.get_attribute("src")
    page.get_by_label("Tên kết quả").fill("Giấy khai sinh")
    page.get_by_label("Sổ lấy số").fill("GKS")
    page.get_by_label("Nội dung").first.fill(FACTS)
    page.get_by_label("Người ký").select_option(index=1)
    expect(preview).not_to_have_attribute("src", before or "")
    mai.picture("can-bo-trinh-ket-qua")
    mai.press("Trình lãnh đạo")
    expect(page.get_by_text(f"Đã trình kết quả hồ sơ {code}")).to_be_visible()


def approve_and_sign(phuc: Visitor, code: str) -> None:
    phuc.goto("/can-bo/ho-so/")
    phuc.picture("can-bo-cho-lanh-dao")
    open_dossier(phuc, code)
    phuc.press("Phê duyệt")
    phuc.picture("can-bo-phe-duyet")
    phuc.press("Phê duyệt")
    phuc.press("Ký số")
    phuc.picture("can-bo-ky-so")
    phuc.press("Ký số")
    expect(phuc.page.get_by_text(f"Đã ký số kết quả hồ sơ {code}")).to_be_visible()


def release(thao: Visitor, code: str) -> None:
    open_dossier(thao, code)
    thao.press("Phát hành")
    expect(thao.page.get_by_text("Hợp lệ").first).to_be_visible()
    thao.picture("can-bo-phat-hanh")
    thao.press("Phát hành")
    expect(thao.page.get_by_text(f"Đã phát hành kết quả hồ sơ {code}")).to_be_visible()


def deliver(hung: Visitor, code: str) -> bytes:
    open_dossier(hung, code)
    outcome = hung.download("Mở tệp PDF")
    hung.press("Trả kết quả")
    hung.picture("can-bo-tra-ket-qua")
    hung.press("Trả kết quả")
    expect(hung.page.get_by_text(f"Đã trả kết quả hồ sơ {code}")).to_be_visible()
    hung.picture("can-bo-da-tra")
    return outcome


def test_the_papers_of_the_day_carry_their_codes(delivered: Delivered) -> None:
    assert delivered.receipt.startswith(b"%PDF")
    assert delivered.outcome.startswith(b"%PDF")
    assert "/xac-minh/" in qr_of(delivered.outcome)


def test_anybody_checks_an_outcome_by_its_code(delivered: Delivered, passer_by: Visitor) -> None:
    passer_by.page.goto(qr_of(delivered.outcome))
    expect(passer_by.page.get_by_text("Kết quả có thật")).to_be_visible()
    passer_by.picture("nguoi-dan-xac-minh-ma")
    passer_by.page.goto(qr_of(delivered.receipt))
    expect(passer_by.page.get_by_role("main").get_by_text(delivered.code)).to_be_visible()


def test_anybody_checks_the_file_itself(delivered: Delivered, passer_by: Visitor) -> None:
    check(passer_by, "ket-qua.pdf", delivered.outcome)
    expect(passer_by.page.get_by_text("Đúng là tệp do cơ quan trong tỉnh ban hành")).to_be_visible()
    passer_by.picture("nguoi-dan-xac-minh-hop-le")
    check(passer_by, "ket-qua-da-sua.pdf", altered(delivered.outcome))
    expect(passer_by.page.get_by_text("Đúng là tệp do cơ quan trong tỉnh ban hành")).to_have_count(0)
    expect(passer_by.page.locator(".vl-notice").first).to_contain_text("đã bị sửa")
    passer_by.picture("nguoi-dan-xac-minh-bi-sua")


def test_somebody_without_an_account_follows_the_dossier(delivered: Delivered, passer_by: Visitor) -> None:
    passer_by.goto("/tra-cuu/")
    passer_by.fill("Mã hồ sơ", delivered.code)
    passer_by.fill("4 số cuối của số định danh cá nhân hoặc số điện thoại", "0000")
    passer_by.press("Xem tình trạng")
    expect(passer_by.page.get_by_role("alert")).to_be_visible()
    passer_by.picture("nguoi-dan-tra-cuu-khong-thay")
    passer_by.fill("4 số cuối của số định danh cá nhân hoặc số điện thoại", "4321")
    passer_by.press("Xem tình trạng")
    expect(passer_by.page.get_by_text("Hà Thị Nga")).to_have_count(0)
    expect(passer_by.page.get_by_role("main").get_by_text(delivered.code)).to_be_visible()
    passer_by.picture("nguoi-dan-tra-cuu")


def check(passer_by: Visitor, name: str, content: bytes) -> None:
    passer_by.goto("/xac-minh/")
    passer_by.page.get_by_label("Tệp PDF cần kiểm tra").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    passer_by.press("Kiểm tra tệp")


def altered(pdf: bytes) -> bytes:
    """Return the document with one letter of its signed part changed."""
    at = pdf.index(b"/Title") + len(b"/Title (")
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def qr_of(pdf: bytes) -> str:
    """Return the address that a phone reads from the first page."""
    picture = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].render(scale=3).to_pil()
    return next(found.text for found in zxingcpp.read_barcodes(picture) if found.text.startswith("http"))
