"""The portal's catalogue comes in: one person proposes, another takes over; what is wrong or incomplete changes nothing."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from launcher.demo.browser import Visitor
from launcher.demo.cast import officer
from launcher.demo.pages import Page, nodes, text_of
from launcher.demo.portal.day import EXTRACT, Exchange

FEED, SECTORS = "/can-bo/cong-quoc-gia/thu-tuc/", "/can-bo/cong-quoc-gia/danh-muc/?danh-muc=sector"
TAKE_CODES = "Ghi mã của Cổng"
READ_NOW, PROPOSE, TAKE = "Lấy danh mục ngay", "Đề nghị nhập các thủ tục đã chọn", "Duyệt, nhập vào danh mục"
NAME = "Thủ tục thử nghiệm do Cổng quốc gia mới công bố"


def tell(day: Exchange) -> None:
    """Read, propose, decide; then a list that comes in part, and a portal that answers nonsense."""
    quan = officer("Anh Quân", "quan", day.cast.hung.base, day.report, role="Kiểm soát thủ tục hành chính")
    new, broken = (f"9.{secrets.randbelow(900_000) + 100_000}" for _ in range(2))
    _publish(day, new, broken)
    page = _read(day, quan)
    day.check(
        "Thủ tục mới ở Cổng được nêu, chưa vào danh mục", new in page.text and not _is_known(day, new), new
    )
    unreadable = quan.open(f"{FEED}?xem=unreadable")
    is_named = broken in unreadable.text and "không hiểu cấp hoặc đối tượng" in unreadable.text.lower()
    day.check("Thủ tục không đọc được: nêu tên, lý do và việc cần làm", is_named, broken)
    changed = quan.open(f"{FEED}{EXTRACT}/")
    day.check("Hai bản cạnh nhau, đúng chỗ khác", "Yêu cầu, điều kiện" in changed.text, changed.heading[:60])
    proposed = quan.press(quan.open(f"{FEED}?xem=new"), PROPOSE, {f"Chọn {new}": True})
    day.check("Anh Quân đề nghị nhập", "Một người khác cần duyệt" in proposed.said, proposed.said)
    own = quan.press(quan.open(FEED), TAKE)
    is_refused = "không tự duyệt" in own.text and not _is_known(day, new)
    day.check("Anh Quân không tự duyệt được đề nghị của mình", is_refused, f"“{own.said}”")
    taken = day.linh.press(day.linh.open(FEED), TAKE)
    day.check(
        "Chị Linh duyệt: thủ tục vào danh mục",
        "Đã nhập 1 thủ tục" in taken.said and _is_known(day, new),
        taken.said,
    )
    again = _read(day, quan)
    day.check("Đọc lại: không hỏi lại điều đã quyết định", new not in _waiting(again), again.heading)
    _in_trouble(day, quan, new)
    day.portal.order("withdraw", procedures=[broken])
    _sectors(day, quan)


def _publish(day: Exchange, new_code: str, broken_code: str) -> None:
    """Let the portal publish one procedure that is new, one that nobody can read, and change one of ours."""
    told = day.portal.call("share", "LayThuTuc", maTTHC=EXTRACT).body["data"]
    sector = {
        "MaLinhVuc": told["LINHVUCTHUCHIEN"][0]["MALINHVUC"],
        "TenLinhVuc": told["LINHVUCTHUCHIEN"][0]["TENLINHVUC"],
    }
    ours = {**told, **sector, "MaTTHC": EXTRACT, "TenTTHC": told["TENTTHC"]}
    new = {
        **ours,
        "MaTTHC": new_code,
        "MATTHC": new_code,
        "TenTTHC": NAME,
        "TENTTHC": NAME,
        "KETQUATHUCHIEN": [],
    }
    broken = {
        **new,
        "MaTTHC": broken_code,
        "MATTHC": broken_code,
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": "Cấp khu vực"}],
    }
    changed = {**ours, "YEUCAU": "Người yêu cầu xuất trình thẻ căn cước."}
    day.portal.order("catalogue", procedures=[new, broken, changed])


def _read(day: Exchange, who: Visitor) -> Page:
    """Have the catalogue read now, and wait until it was."""
    page = who.open(FEED)
    if page.has_button(READ_NOW):
        page = who.press(page, READ_NOW)
    return day.wait(lambda: who.open(FEED), lambda shown: shown.has_button(READ_NOW))


def _is_known(day: Exchange, code: str) -> bool:
    return day.cast.stranger.open(f"/thu-tuc/{code}/").status == 200


def _waiting(page: Page) -> str:
    """Return what waits for an editor: not what was decided lately."""
    return " ".join(text_of(one) for one in nodes(page.tree, "//section[@id='khac-nhau']"))


def _in_trouble(day: Exchange, quan: Visitor, code: str) -> None:
    before = quan.open(FEED).text
    day.portal.misbehave("nonsense", times=3, path="/adapter/share/LayDanhSachTTHC")
    page = _read(day, quan)
    day.check(
        "Cổng trả lời vô nghĩa: nói rõ, không gì thay đổi",
        "chưa trả lời" in page.text and bool(before),
        page.said,
    )
    day.portal.behave()
    day.portal.order("withdraw", procedures=[code])
    page = _read(day, quan)
    shown = quan.open(f"{FEED}?xem=withdrawn")
    day.check(
        "Cổng bỏ một thủ tục: nêu ra, thủ tục ở tỉnh vẫn còn đến khi có người duyệt",
        code in shown.text and _is_known(day, code),
        code,
    )
    quan.press(shown, PROPOSE, {f"Chọn {code}": True})
    early = day.linh.press(day.linh.open(FEED), TAKE)
    day.check(
        "Hết hiệu lực ngay ngày bắt đầu: không được, nói rõ vì sao",
        "không thể hết hiệu lực" in early.text,
        f"“{early.said}”",
    )
    day.linh.press(day.linh.open(FEED), "Trả lại", {"Lý do, khi trả lại": "Để từ ngày mai."})
    again = quan.open(f"{FEED}?xem=withdrawn")
    quan.press(again, PROPOSE, {f"Chọn {code}": True, "Có hiệu lực ở tỉnh từ ngày": _tomorrow(again)})
    ended = day.linh.press(day.linh.open(FEED), TAKE)
    day.check(
        "Hai người đồng ý: thủ tục hết hiệu lực ở tỉnh từ ngày mai",
        "Đã nhập 1 thủ tục" in ended.said,
        ended.said,
    )


def _tomorrow(page: Page) -> str:
    """Return the day after the one that the page proposes: today by the clock of the house."""
    (field,) = nodes(page.tree, "//input[@name='valid_from']")
    day, month, year = (int(part) for part in field.get("value", "").split("/"))
    return f"{date(year, month, day) + timedelta(days=1):%d/%m/%Y}"


def _sectors(day: Exchange, quan: Visitor) -> None:
    """The list of sectors is there, with codes that an editor takes over."""
    listed = day.portal.call("share", "LayDanhMucLinhVuc", trang="1").body
    day.check(
        "Danh mục lĩnh vực ở Cổng không rỗng", int(str(listed.get("tong", 0))) > 0, str(listed.get("tong"))
    )
    page = quan.open(SECTORS)
    if page.has_button(TAKE_CODES):  # not again when the demo is told a second time
        day.check("Lĩnh vực của tỉnh chưa có mã được nêu", "Tỉnh chưa ghi mã" in page.text)
        page = quan.press(page, TAKE_CODES)
        day.check("Ghi mã của Cổng cho lĩnh vực trùng tên", "Đã ghi mã của Cổng cho" in page.said, page.said)
    left = quan.open(SECTORS)
    day.check(
        "Lĩnh vực hai bên cùng mã", "Tỉnh chưa ghi mã" not in left.text and not left.has_button(TAKE_CODES)
    )
