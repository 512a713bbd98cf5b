"""What the national store already holds is not handed in again: offered, fetched, verified; what is not genuine is refused."""

from __future__ import annotations

import base64
import secrets
import urllib.request

from launcher.demo.browser import Visitor
from launcher.demo.cast import CITIZEN, sign_in_as_citizen
from launcher.demo.morning.day import CODE, DOSSIER, NUMBER
from launcher.demo.pages import Page, PageError
from launcher.demo.portal.day import Exchange
from launcher.demo.portal.filing import LAN

RESIDENCE, MARRIAGE = "1.004222", "KQ.G15.000032"
CASE = "Vào chỗ ở hợp pháp không thuộc quyền sở hữu của mình"
STORE, FILES = "/adapter/share/GetDanhSachKetQua", "/tep/"
ISSUER = "UBND phường Hồng Hà, thành phố Hà Nội"


def tell(day: Exchange) -> None:
    """Reuse a result from home and at the counter; every way in which it can go wrong ends in a sentence."""
    signed = _signed(day)
    number = f"{secrets.randbelow(90_000) + 10_000}/GCN-KH"
    _hold(day, signed, number)
    _from_home(day, number)
    _at_the_counter(day, number)


def _signed(day: Exchange) -> bytes:
    """Return a result that a leader signed: the one that Bà Lan got in the first chapter, as the portal fetches it."""
    found = day.portal.call("share", "GetDanhSachKetQua", SoDinhDanhChuSoHuu=LAN).body
    files = [one["DanhSachTepDinhKem"][0]["DuongDan"] for one in found["DanhSachGiayToKetQua"]]
    ours = next((one for one in files if "/ket-qua/" in one), None)
    if ours is None:
        raise PageError("Kho kết quả ở Cổng chưa có kết quả nào của Bà Lan")
    request = urllib.request.Request(ours, headers={"Authorization": f"Bearer {day.portal.token}"})  # noqa: S310 - an address of the demo
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
        content: bytes = answer.read()
    return content


def _hold(day: Exchange, content: bytes, number: str) -> None:
    day.portal.order(
        "result", person=LAN, kind=MARRIAGE, number=number, title="Giấy chứng nhận kết hôn", issuer=ISSUER,
        name="giay-chung-nhan-ket-hon.pdf", content_base64=base64.b64encode(content).decode(),
    )  # fmt: skip


def _from_home(day: Exchange, number: str) -> None:
    lan = day.cast.lan
    papers = _to_the_papers(day, lan)
    day.check("Trang giấy tờ có mục Kho dữ liệu quốc gia", papers.has_button("Hỏi kho dữ liệu quốc gia"))
    day.portal.misbehave("nonsense", path=STORE)
    silent = lan.press(papers, "Hỏi kho dữ liệu quốc gia")
    is_said = "Kho dữ liệu quốc gia chưa trả lời." in silent.text
    day.check("Kho trả lời vô nghĩa: nói rõ, vẫn nộp giấy được như thường", is_said)
    offered = lan.press(silent, "Hỏi lại kho")
    day.check(
        "Hỏi lại: giấy Nhà nước đã có được mời dùng, không phải nộp lại", number in offered.text, number
    )
    for what, mode, says in (
        ("Tệp trong kho bị sửa sau khi ký", "altered_file", "đã bị sửa sau khi ký"),
        ("Kho để mất tệp", "lost_file", "không còn tệp"),
    ):
        day.portal.misbehave(mode, path=FILES)
        offered = lan.press(offered, "Thử lại" if offered.has_button("Thử lại") else "Dùng giấy này")
        day.check(f"{what}: không nhận, nói rõ vì sao", says in offered.text, f"“{offered.said}”")
    day.portal.behave()
    used = lan.press(offered, "Thử lại")
    is_used = "Lấy từ kho dữ liệu quốc gia" in used.text and number in used.text
    day.check("Tệp đúng, chữ ký hợp lệ: giấy vào hồ sơ, ghi rõ lấy từ kho quốc gia", is_used, number)


def _to_the_papers(day: Exchange, lan: Visitor) -> Page:
    """Begin a dossier of residence and go on to its papers; the form is written later."""
    page = lan.open(f"/nop/moi/{RESIDENCE}/")
    if page.heading == "Đăng nhập":
        page = sign_in_as_citizen(lan, page)
    place = lan.press(page, "Bắt đầu" if page.has_button("Bắt đầu") else "Soạn hồ sơ mới")
    lan.press(
        place, "Tiếp tục",
        {"Trường hợp": CASE, "Nơi nộp hồ sơ": "Phường Việt Trì", "Số điện thoại": "0900000001"},
    )  # fmt: skip
    return lan.open(place.url.replace("/noi-nop/", "/giay-to/"))


def _at_the_counter(day: Exchange, number: str) -> None:
    hung = day.cast.hung
    page = hung.open(f"/can-bo/tiep-nhan/{RESIDENCE}/")
    page = hung.open(page.link(CASE))
    nobody = hung.press(page, "Hỏi kho dữ liệu quốc gia")
    day.check("Chưa có số định danh thì không hỏi kho", nobody.status == 409, f"“{nobody.said}”")
    person = {NUMBER: LAN, "Họ và tên người đến nộp": CITIZEN, "Điện thoại": "0900000001"}
    asked = hung.press(nobody, "Hỏi kho dữ liệu quốc gia", person)
    tick = f"Người nộp đồng ý dùng Giấy chứng nhận kết hôn số ••••{number[4:]}"
    day.check(
        "Anh Hùng thấy giấy ấy, số được che khi chưa đồng ý", tick in asked.text and number not in asked.text
    )
    agreed = {"Đủ mọi giấy tờ bắt buộc": True, tick: True}
    day.portal.misbehave("altered_file", path=FILES)
    refused = hung.press(asked, "Tiếp nhận", agreed)
    if refused.has_button("Vẫn tiếp nhận"):
        refused = hung.press(refused, "Vẫn tiếp nhận")
    day.check(
        "Tệp bị sửa: không tiếp nhận, trang giữ nguyên",
        "đã bị sửa sau khi ký" in refused.text,
        f"“{refused.said}”",
    )
    day.portal.behave()
    received = hung.press(refused, "Tiếp nhận" if refused.has_button("Tiếp nhận") else "Vẫn tiếp nhận")
    if received.has_button("Vẫn tiếp nhận"):
        received = hung.press(received, "Vẫn tiếp nhận")
    found, code = DOSSIER.search(received.url), CODE.search(received.text)
    if "da-nhan" not in received.url or found is None or code is None:
        raise PageError(f"Không tiếp nhận được ({received.status}): {received.said}")
    shown = hung.open(f"/can-bo/ho-so/{found[1]}/")
    day.check(
        "Hồ sơ ghi giấy lấy từ kho dữ liệu quốc gia", "lấy từ kho dữ liệu quốc gia" in shown.text, code[0]
    )
    held = day.wait(lambda: day.portal.held(code[0]), lambda said: said.get("TaiLieuNop"), calling=True)
    flags = [(one.get("DuocLayTuKhoDMQG"), one.get("DuocTaiSuDung")) for one in held.get("TaiLieuNop", [])]
    day.check(
        "Cổng được báo: lấy từ kho, dùng lại một kết quả, chỉ cho giấy ấy",
        flags.count(("1", "2")) == 1,
        str(flags),
    )
    false = [one for one in flags if one not in {("1", "2"), ("0", "0")}]
    day.check("Giấy khác không được khai là dùng lại", not false, str(false))
