"""Petitions at the portal: one is answered here and read there; one attacks, and is words like any other."""

from __future__ import annotations

import secrets

from launcher.demo.browser import Visitor
from launcher.demo.forms import Value
from launcher.demo.pages import Page, PageError, nodes, text_of
from launcher.demo.portal.day import Exchange

INBOX = "/can-bo/phan-anh/"
ATTACK = "<script>document.title='bị chiếm'</script> =HYPERLINK(1) '; DROP TABLE petitions_petition;--"
KIND = "Phản ánh, kiến nghị khác"
ANSWER = "Phường đã bố trí thêm một quầy vào buổi sáng."


def tell(day: Exchange) -> None:
    """Answer one, and look at the one that attacks."""
    _answered(day)
    _attack(day)
    _nowhere(day)


def _answered(day: Exchange) -> None:
    mai, phuc = day.cast.mai, day.cast.phuc
    code, title = _say(day, "Chờ lâu ở quầy số 5", "Sáng nay tôi chờ hai tiếng ở quầy số 5.")
    page = _arrived(day, title)
    day.check("Phản ánh gửi ở Cổng đến phường", title in page.text, code)
    page = mai.press(page, KIND)
    page = _act(mai, page, "Tiếp nhận")
    page = _act(
        mai, page, "Viết trả lời", {"Trả lời người gửi": ANSWER, "Trả lời": ANSWER}, button="Trình lãnh đạo"
    )
    day.check("Chị Mai trả lời, trình lãnh đạo", "Đã trình lãnh đạo" in page.said, page.said)
    decided = phuc.press(phuc.open(page.url), "Phê duyệt và công khai")
    day.check("Ông Phúc phê duyệt và công khai", "Đã phê duyệt" in decided.said, decided.said)
    held = day.wait(lambda: _held(day, code), lambda held: held.get("TraLoi"), calling=True)
    answer = held.get("TraLoi") or {}
    told = answer.get("NoiDungTraLoi", "") if isinstance(answer, dict) else ""
    day.check("Cổng có câu trả lời", ANSWER in str(told), str(told))
    pushed = day.portal.push("DanhGiaPhanAnh", MaPAKN=code, HaiLong="1")
    day.portal.pushed(str(pushed["id"]))
    judged = day.wait(
        lambda: mai.open(page.url), lambda page: "Người gửi hài lòng" in page.text, calling=True
    )
    day.check("Người gửi hài lòng ở Cổng: phường biết", "Người gửi hài lòng" in judged.text)


def _attack(day: Exchange) -> None:
    """What somebody writes is shown letter by letter and does nothing, to whoever looks."""
    code, title = _say(day, ATTACK, f"{ATTACK} chờ lâu")
    page = _arrived(day, title)
    raw = page.content.decode()
    is_words = "<script>document.title" in page.text and "<script>document" not in raw
    day.check("Phản ánh mang mã tấn công hiện thành chữ, không chạy", is_words, code)
    day.check("Bảng dữ liệu còn nguyên sau lời tấn công", day.cast.mai.open(INBOX).status == 200)


def _nowhere(day: Exchange) -> None:
    sent = day.portal.push(
        "PhanAnh", TieuDe="Gửi nhầm", NoiDung="Nội dung", HoTen="Lê Văn An", MaDonVi="H99.999"
    )
    code = str(sent["MaPAKN"])
    why = day.letter_about(code)
    if day.check("Phản ánh gửi đến cơ quan không có: chờ người xử lý", "H99.999" in why, f"“{why}”"):
        day.drop_letter(code)


def _say(day: Exchange, title: str, text: str) -> tuple[str, str]:
    """Let somebody say something at the portal; return its code there, and its title, which nobody else's is."""
    own = f"{title} ({secrets.token_hex(3)})"
    sent = day.portal.push(
        "PhanAnh", TieuDe=own, NoiDung=text, HoTen="Đỗ Văn Thịnh", SoDienThoai="0987654321", MaDonVi="H44.100"
    )
    return str(sent["MaPAKN"]), own


def _arrived(day: Exchange, title: str) -> Page:
    """Wait until a petition is in the inbox, and open it."""
    mai = day.cast.mai
    inbox = day.wait(lambda: mai.open(INBOX), lambda page: title in page.text, calling=True)
    if title not in inbox.text:
        raise PageError(f"Phản ánh “{title}” không đến: {day.letters()[:2]}")
    return mai.click(inbox, title)


def _act(
    who: Visitor, page: Page, act: str, values: dict[str, Value] | None = None, *, button: str = ""
) -> Page:
    """Follow the link of an act beside a petition, fill in its page, press its button."""
    links = nodes(page.tree, "//*[contains(@class,'pet-acts')]//a")
    found = [str(one.get("href")) for one in links if text_of(one).startswith(act)]
    if not found:
        raise PageError(f"“{page.heading}” không có việc “{act}”. {page.said}")
    return who.press(who.open(found[0]), button or act, values)


def _held(day: Exchange, code: str) -> dict[str, object]:
    return dict(day.portal.look("petitions")["items"].get(code, {}))
