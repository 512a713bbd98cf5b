"""Checking papers as anybody may: the code printed on them, the file itself, and a program of other makers."""

from __future__ import annotations

from launcher.demo import papers
from launcher.demo.acting import Story
from launcher.demo.forms import File
from launcher.demo.pages import Page

FILE_FIELD = "Tệp PDF cần kiểm tra"


def check_receipt(story: Story, receipt: bytes) -> None:
    """Check form 01: it names the dossier, and its printed code leads to the public page."""
    story.report.check(
        "Giấy tiếp nhận (mẫu 01) ghi mã hồ sơ", story.code in papers.text_in(receipt), f"{len(receipt)} byte"
    )
    _follow_code(story, receipt, "Mã QR trên giấy tiếp nhận", "Giấy tiếp nhận này có thật")


def check_outcome(story: Story, signed: bytes) -> None:
    """Check a signed outcome by its printed code, by the file, by a forged file, and by pdfsig."""
    _follow_code(story, signed, "Mã QR trên kết quả", "Kết quả có thật")
    page = _upload(story, "ket-qua.pdf", signed)
    is_valid = "chữ ký và chứng thư của người ký có giá trị" in page.said and "Nguyễn Văn Phúc" in page.text
    story.report.check("Trang xác minh: chữ ký hợp lệ", is_valid, f"“{page.said}”")
    story.report.check(
        "Trang xác minh: đúng tệp đã ban hành", "Đúng là tệp do cơ quan trong tỉnh ban hành" in page.said
    )
    forged = _upload(story, "ket-qua-sua.pdf", papers.with_one_byte_changed(signed))
    story.report.check("Đổi một byte: phát hiện đã bị sửa", "đã bị sửa" in forged.said, f"“{forged.said}”")
    _ask_pdfsig(story, signed)


def _follow_code(story: Story, paper: bytes, what: str, expected: str) -> None:
    addresses = papers.codes_in(paper)
    if not story.report.check(f"{what} đọc được", addresses, ", ".join(addresses)):
        return
    page = story.cast.stranger.open(addresses[0])
    story.report.check(f"{what} mở trang xác minh", expected in page.said, f"“{page.said}”")


def _upload(story: Story, name: str, content: bytes) -> Page:
    stranger = story.cast.stranger
    return stranger.press(stranger.open("/xac-minh/"), "Kiểm tra tệp", {FILE_FIELD: File(name, content)})


def _ask_pdfsig(story: Story, signed: bytes) -> None:
    opinion = papers.ask_pdfsig(signed)
    if opinion is None:
        story.report.note("pdfsig chưa được cài (apt install poppler-utils) nên không hỏi chương trình này")
        return
    story.report.check("pdfsig: Signature is Valid", opinion.is_valid, opinion.signer)
    story.report.check("pdfsig: Total document signed", opinion.covers_all)
