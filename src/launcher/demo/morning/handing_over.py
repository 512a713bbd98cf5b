"""A tray goes to the unit and comes back short by one; a dossier goes on to the unit whose matter it is."""

from __future__ import annotations

from launcher.demo import papers
from launcher.demo.acting import Story
from launcher.demo.forms import Value
from launcher.demo.morning.day import CODE, Morning, Taken, figure
from launcher.demo.pages import Page, nodes, text_of

ON_TRAY = {"1.001193", "2.000635", "2.000884", "1.004837", "2.000908", "1.008004"}
BY_LIST = {"1.013314", "1.001662", "1.011609"}
OFFICE, CULTURE = "Văn phòng HĐND và UBND", "Phòng Văn hóa - Xã hội"
DONE = r"Đã chuyển ([\d.]+)"
REASON = "Thiếu bản chính tờ khai"


def tell(morning: Morning) -> None:
    """Give a tray, take it but for one line, print the list; then hand a dossier over to another unit."""
    _tray(morning)
    _several(morning)
    _other_unit(morning)
    _whole_unit(morning)


def _tray(morning: Morning) -> None:
    hung, mai = morning.hung, morning.cast.mai
    wanted = {one.code for one in morning.taken if one.procedure in ON_TRAY}
    page = hung.open("/can-bo/quay/ban-giao/moi/")
    boxes: dict[str, Value] = {
        str(one.get("aria-label")): bool(wanted & set(CODE.findall(str(one.get("aria-label")))))
        for one in nodes(page.tree, "//input[@name='ho-so']")
    }
    tray = hung.press(page, "Lập danh sách", {**boxes, "Đơn vị nhận": OFFICE})
    lines = tray.rows()
    morning.check("Khay bàn giao có đúng các hồ sơ đã chọn", _codes(tray) == wanted, f"{len(lines)} dòng")
    at_mai = mai.open(tray.url)
    unexplained = mai.press(at_mai, "Xác nhận đã nhận", {"Không nhận dòng 1": True})
    morning.check_refused(
        "Không nhận một dòng mà không ghi lý do", unexplained, 422,
        "Dòng không nhận chưa có lý do. Hãy ghi lý do để bên giao biết cần làm gì.",
    )  # fmt: skip
    taken = mai.press(unexplained, "Xác nhận đã nhận", {"Lý do không nhận dòng 1": REASON})
    told = f"Đã nhận {len(wanted) - 1} dòng của danh sách."
    morning.check(
        "Chị Mai nhận khay, trả lại một dòng có lý do",
        told in taken.said and REASON in taken.text,
        taken.said,
    )
    printed = papers.text_in(papers.expect_pdf(hung.click(hung.open(tray.url), "In danh sách")))
    morning.check("Danh sách bàn giao in ra nêu dòng không nhận", REASON in printed)


def _several(morning: Morning) -> None:
    """Tick dossiers in the list and hand them over with one button."""
    page = morning.hung.open("/can-bo/ho-so/?loc=cho-toi&xep=-den")
    listed = CODE.findall(page.text)
    kept = _household(morning)
    mine = [
        one.code for one in morning.taken
        if one.procedure in BY_LIST and one.code in listed and one != kept
    ]  # fmt: skip
    if not morning.check("Hồ sơ đã nhận nằm ở mục Chờ tôi", mine, f"{len(mine)} hồ sơ"):
        return
    boxes: dict[str, Value] = {f"Chọn hồ sơ {code}": True for code in mine}
    done = morning.hung.press(page, "Chuyển xử lý", {**boxes, "Đơn vị nhận": OFFICE})
    told = f"Đã chuyển xử lý {len(boxes)} hồ sơ"
    morning.check("Chọn nhiều hồ sơ, chuyển một lần", told in done.said, done.said)


def _codes(page: Page) -> set[str]:
    return {found for line in page.rows() for found in CODE.findall(line.get("Mã hồ sơ", ""))}


def _household(morning: Morning) -> Taken:
    """Return the one that goes its own way."""
    return next(one for one in morning.taken if one.procedure == "1.011609")


def _other_unit(morning: Morning) -> None:
    """The dossier of a poor household comes to the office, and goes on to the unit of culture and society."""
    taken = _household(morning)
    story = Story(morning.report, morning.cast, taken.dossier_id, taken.code)
    story.act(morning.hung, "Chuyển xử lý", {"Chuyển đến": OFFICE})
    story.act(
        morning.cast.mai, "Chuyển xử lý", {"Chuyển đến": CULTURE, "Ghi chú": "Không thuộc việc hộ tịch"}
    )
    page = morning.cast.mai.open(story.at_desk)
    history = [text_of(one) for one in nodes(page.tree, "//*[@id='lich-su']//*[.='Chuyển xử lý']")]
    morning.check(
        "Chuyển hồ sơ sang đơn vị khác: lịch sử ghi cả hai lần chuyển",
        len(history) >= 2 and CULTURE in page.text and "Không thuộc việc hộ tịch" in page.text,
    )


def _whole_unit(morning: Morning) -> None:
    """The leader moves all the work of a unit to another one, watches it done, and sends it back."""
    phuc = morning.cast.phuc
    page = phuc.click(phuc.open("/can-bo/cung-lam/ban-giao/"), "Bàn giao mới")
    wanted: dict[str, Value] = {
        "Bàn giao hồ sơ của": f"Cả đơn vị: {CULTURE}", "Khay nhận": OFFICE, "Lý do": "Đơn vị nghỉ tập huấn một buổi",
    }  # fmt: skip
    seen = phuc.press(page, "Xem trước", wanted)
    moving = figure(seen, r"([\d.]+) hồ sơ từ")
    morning.check("Xem trước bàn giao cả đơn vị", moving >= 1, f"{moving} hồ sơ")
    there = _finished(morning, phuc.press(seen, "Chuyển ngay"))
    done = figure(there, DONE)
    morning.check("Bàn giao cả đơn vị xong, đúng số đã xem trước", done == moving, f"{done} hồ sơ")
    back = _finished(morning, phuc.press(there, "Chuyển ngược lại", {"Lý do": "Hết buổi tập huấn"}))
    morning.check("Chuyển ngược lại đủ số ấy", figure(back, DONE) == done, f"{figure(back, DONE)} hồ sơ")


def _finished(morning: Morning, transfer: Page) -> Page:
    """Look at a transfer until the worker is through."""
    phuc = morning.cast.phuc
    return morning.wait(lambda: phuc.open(transfer.url), lambda page: "Xong lúc" in page.text)
