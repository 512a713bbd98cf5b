"""Bà Lan pays online: what is owed is counted, the platform tells what came, and nothing but the right sum counts."""

from __future__ import annotations

import uuid

from launcher.demo.acting import Story
from launcher.demo.forms import Value
from launcher.demo.pages import Page, PageError
from launcher.demo.portal.day import Exchange
from launcher.demo.portal.outside import post

DOOR = "ket-noi/thanh-toan/"
WAY, TO_PLATFORM, PAY = "Nền tảng thanh toán quốc gia", "Sang trang thanh toán quốc gia", "Thanh toán"
COPIES, EACH = 2, 8_000
OWED = COPIES * EACH
ACCOUNT: dict[str, Value] = {
    "Tên ngân hàng": "Ngân hàng Công Thương",
    "Mã ngân hàng (6 chữ số)": "970415",
    "Số tài khoản": "118000123456",
    "Chủ tài khoản": "UBND PHUONG VIET TRI",
    "Mẫu số": "01BLP",
    "Ký hiệu": "AA26E",
}
RAISE = "Lập khoản phải nộp"
COUNT = "Phí cấp bản sao trích lục: số bản sao"


def pay(day: Exchange, code: str, story: Story) -> None:
    """Count what is owed, pay it at the platform, and hear of it twice."""
    _account(day)
    money = _count(day, story)
    _owed_there(day, code, "0")
    page = _attempt(day, story)
    day.platform.misbehave("duplicate_callback")
    _wrong_seals(day, page)
    paid = _at_platform(day, page)
    arrived = day.wait(
        lambda: day.cast.lan.open(paid.url), lambda page: "Đã nhận đủ tiền" in page.text, calling=True
    )
    day.check(
        "Bà Lan thanh toán trực tuyến: tiền đã đến",
        "Đã nhận đủ tiền" in arrived.text,
        arrived.title(2) or arrived.heading,
    )
    _owed_there(day, code, "1")
    booked = day.cast.hung.open(money)
    once = booked.text.count("Đã nhận") <= 1 and "Đã nộp" in booked.text
    day.check("Gọi lại hai lần vẫn ghi một khoản", once, "Đã nộp" if once else booked.text[:200])


def pay_another_sum(day: Exchange, story: Story) -> None:
    """The platform tells of another sum than was asked: nothing is paid by it, and a person clears it up."""
    money = _count(day, story)
    day.platform.misbehave("other_amount", path="/callback")
    page = _at_platform(day, _attempt(day, story))
    told = "khác số phải nộp"
    seen = day.wait(lambda: day.cast.lan.open(page.url), lambda page: told in page.text, calling=True)
    day.check("Nền tảng báo số tiền khác: không tính là đã nộp", told in seen.text, seen.said or seen.heading)
    owed = day.cast.hung.open(money)
    day.check("Khoản phải nộp vẫn nguyên", "Chưa nộp" in owed.text, f"{OWED} đồng")
    kept = day.cast.hung.open("/can-bo/thanh-toan/")
    day.check("Tiền ấy chờ người làm rõ", "tiền chưa rõ của hồ sơ nào" in kept.text, kept.heading)


def _count(day: Exchange, story: Story) -> str:
    """Say how many copies are wanted, where the form did not; return the address of the dossier's money."""
    hung, money = day.cast.hung, f"/can-bo/thanh-toan/ho-so/{story.dossier_id}/"
    page = hung.open(money)
    if page.has_button(RAISE):
        page = hung.press(page, RAISE, {COUNT: str(COPIES)})
    day.check("Khoản phải nộp theo số bản sao", "16.000" in page.text, page.said or f"{OWED} đồng")
    return money


def _account(day: Exchange) -> None:
    """Ông Phúc says into which account the ward's fees go."""
    phuc = day.cast.phuc
    saved = phuc.press(phuc.open("/can-bo/thanh-toan/tai-khoan/"), "Lưu", ACCOUNT)
    day.check(
        "Ông Phúc khai tài khoản thu của phường", saved.status == 200 and "Đã lưu" in saved.said, saved.said
    )


def _attempt(day: Exchange, story: Story) -> Page:
    """Begin to pay by the platform; return the page when it leads there."""
    lan = day.cast.lan
    begun = lan.press(lan.open(f"/ho-so/{story.dossier_id}/thanh-toan/"), WAY)
    page = day.wait(lambda: lan.open(begun.url), lambda page: page.has_link(TO_PLATFORM), calling=True)
    if not page.has_link(TO_PLATFORM):
        raise PageError(f"Không có đường sang trang thanh toán: {page.text[:200]}")
    return page


def _at_platform(day: Exchange, page: Page) -> Page:
    """Go to the platform, press the button there, and come back."""
    lan = day.cast.lan
    return lan.press(lan.click(page, TO_PLATFORM), PAY)


def _wrong_seals(day: Exchange, page: Page) -> None:
    """Somebody who knows an address but not the secret."""
    message = {
        "LoaiBanTin": "CONFIRM", "PhienBan": "1.0.6", "MaDoiTac": "VANLANG", "MaThamChieu": page.url.rstrip("/").rsplit("/", 1)[-1],
        "SoTien": str(OWED), "MaLoi": "00", "MaGiaoDich": f"GD{uuid.uuid4().hex[:12]}", "ThoiGianGD": "20261124080000",
        "MaXacThuc": "0" * 64,
    }  # fmt: skip
    answer = post(f"{day.cast.hung.base}{DOOR}", message)
    day.check(
        "Báo đã trả tiền với dấu xác thực sai",
        (answer.status, answer.code) == (400, "97"),
        f"{answer.status}, mã {answer.code}",
    )
    again = day.cast.lan.open(page.url)
    day.check("Dấu sai thì không ghi gì", "Đã nhận đủ tiền" not in again.text)


def _owed_there(day: Exchange, code: str, flag: str) -> None:
    """Check that the portal learns of the fee, and whether it was paid online."""
    held = day.wait(
        lambda: day.portal.held(code), lambda held: held.get("DuocThanhToanTrucTuyen") == flag, calling=True
    )
    fees = held.get("DanhSachLePhi", [])
    total = sum(int(str(one.get("Gia", "0"))) for one in fees)
    seen = f"{total} đồng, DuocThanhToanTrucTuyen {held.get('DuocThanhToanTrucTuyen')}"
    day.check("Cổng biết khoản phí", total == OWED and held.get("DuocThanhToanTrucTuyen") == flag, seen)
