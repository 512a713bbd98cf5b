"""Bà Lan files at the national portal: her dossier lives here, and both sides say the same of it at every step."""

from __future__ import annotations

import json
import re

from launcher.demo import acting, papers
from launcher.demo.acting import Story
from launcher.demo.cast import CITIZEN, sign_in_as_citizen
from launcher.demo.forms import File
from launcher.demo.pages import Page, PageError
from launcher.demo.portal import paying
from launcher.demo.portal.day import EXTRACT, OFFICE, Exchange, in_order

LAN = "025185000001"
AGENCY = "H44.100"
NEW = "/can-bo/ho-so/?loc=moi-nop"
DOSSIER = re.compile(r"/can-bo/ho-so/([0-9a-f-]{36})/")
DECLARATION = "Tờ khai cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh"
AUTHORITY = "Văn bản ủy quyền được chứng thực"
COPIES = 2
ANSWERS = {
    "applicant_name": CITIZEN,
    "applicant_personal_id": LAN,
    "relation": "self",
    "record_kind": "birth",
    "subject_name": CITIZEN,
    "copies": str(COPIES),
}


def tell(day: Exchange) -> None:
    """File, receive, ask for more, answer at the portal, decide, return, rate."""
    code, story = file_one(day, "Bà Lan nộp tại Cổng quốc gia")
    _receive(day, code, story)
    paying.pay(day, code, story)
    _supplement(day, code, story)
    _decide(day, code, story)
    _after(day, code, story)


def record_of(**changed: object) -> dict[str, object]:
    """Return what Bà Lan files."""
    return {
        "MaTTHC": EXTRACT,
        "TenTTHC": "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
        "ChuHoSo": CITIZEN,
        "MaDoiTuong": "DVCQG-LAN",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": LAN}],
        "SoDienThoai": "0900000001",
        "TrichYeuHoSo": "Cấp bản sao Giấy khai sinh",
        "MaDonViTiepNhan": AGENCY,
        "ThongTinKhac": json.dumps(ANSWERS, ensure_ascii=False),
        **changed,
    }


def paper(name: str, line: str) -> tuple[File, str]:
    """Return a file that is named after the paper it is, and the portal's code for it."""
    return papers.pdf(f"{name}.pdf", line), ""


def file_one(day: Exchange, what: str) -> tuple[str, Story]:
    """File a dossier at the portal; return its code there, and its story here."""
    before = set(listed(day.cast.hung.open(NEW)))
    code = day.portal.file(record_of(), [paper(DECLARATION, "To khai")])
    page = day.wait(lambda: day.cast.hung.open(NEW), lambda page: set(listed(page)) - before, calling=True)
    new = [one for one in listed(page) if one not in before]
    day.check(f"{what}; Anh Hùng thấy ở mục Mới nộp", len(set(new)) == 1, code)
    if not new:
        raise PageError(f"Hồ sơ {code} không vào: {day.letters()[:2]}")
    story = Story(day.report, day.cast, new[0])
    day.check_same("Mới nộp", code, story.dossier_id, "1")
    return code, story


def listed(page: Page) -> list[str]:
    """Return which dossiers a list shows."""
    return DOSSIER.findall(page.content.decode())


def _receive(day: Exchange, code: str, story: Story) -> None:
    hung = day.cast.hung
    page = hung.open(story.at_desk)
    named = [name for name in (CITIZEN, DECLARATION) if name not in page.text]
    day.check("Tên người nộp, giấy tờ và tờ khai ở Cổng có đủ trong hồ sơ", not named, ", ".join(named))
    story.act(hung, "Tiếp nhận")
    day.check_same("Đã tiếp nhận", code, story.dossier_id, "2")
    held = day.portal.held(code)
    page = hung.open(story.at_desk)
    ours = str(held.get("SoBienNhan", ""))
    day.check("Cổng biết số biên nhận của tỉnh", ours.startswith(f"{AGENCY}-") and ours in page.text, ours)
    day.check(
        "Hạn trả ở Cổng là hạn trả ở tỉnh", _date(held, "NgayHenTra") in page.text, _date(held, "NgayHenTra")
    )
    day.check("Cổng được biết hồ sơ nộp tại Cổng", held.get("NoiNopHoSo") == "1", str(held.get("NoiNopHoSo")))
    lan = day.cast.lan
    mine = lan.open("/ho-so/")
    if mine.heading == "Đăng nhập":
        mine = sign_in_as_citizen(lan, mine)
    day.check(
        "Bà Lan đăng nhập ở tỉnh cũng thấy hồ sơ đã nộp tại Cổng", story.dossier_id in mine.content.decode()
    )


def _supplement(day: Exchange, code: str, story: Story) -> None:
    hung, mai = day.cast.hung, day.cast.mai
    story.act(hung, "Chuyển xử lý", {"Chuyển đến": OFFICE})
    story.act(mai, "Nhận xử lý")
    day.check_same("Đang xử lý", code, story.dossier_id, "4")
    what = DECLARATION
    story.act(mai, "Yêu cầu bổ sung", {what: True, f"Thiếu hoặc sai ở đâu: {what}": "Tờ khai thiếu chữ ký."})
    day.check_same("Yêu cầu bổ sung", code, story.dossier_id, "5")
    asked = day.portal.held(code).get("DanhSachHoSoBoSung", [{}])
    day.check(
        "Cổng có nội dung cần bổ sung", "thiếu chữ ký" in str(asked), str(asked[0].get("NoiDungBoSung", ""))
    )
    signed = papers.pdf(f"{DECLARATION}.pdf", "To khai da ky")
    pushed = day.portal.push("BoSungHoSo", [signed], MaHoSo=code, NoiDung="Đã ký tờ khai.")
    day.check_same("Bà Lan bổ sung tại Cổng", code, story.dossier_id, "4")
    day.check("Tin bổ sung được tỉnh nhận", day.portal.pushed(str(pushed["id"])).get("state") == "taken")


def _decide(day: Exchange, code: str, story: Story) -> None:
    acting.propose(story, {})
    acting.decide(story)
    day.check_same("Đã có kết quả", code, story.dossier_id, "9")
    held = day.portal.held(code)
    results = held.get("DanhSachGiayToKetQua", [])
    day.check("Cổng có kết quả với địa chỉ tải", len(results) == 1 and results[0].get("DuongDanTepTinKetQua"))
    story.act(day.cast.hung, "Trả kết quả", {"Người nhận": CITIZEN})
    day.check_same("Đã trả kết quả", code, story.dossier_id, "10")
    steps = day.steps_of(code)
    page = day.cast.hung.open(story.at_desk)
    missing = [what for _, what, _ in steps if what.partition(" (")[0] not in page.text]
    is_told = len(steps) == len(set(steps)) >= 10 and in_order(steps)
    day.check("Tiến độ ở Cổng là các bước ở tỉnh, đúng thứ tự", is_told and not missing, f"{len(steps)} bước")


def _after(day: Exchange, code: str, story: Story) -> None:
    """The result can be found for reuse; the citizen says at the portal how it was."""
    found = day.portal.call("share", "GetDanhSachKetQua", SoDinhDanhChuSoHuu=LAN).body
    numbers = {str(one["SoKyHieu"]) for one in found.get("DanhSachGiayToKetQua", [])}
    ours = {number for _, number in day.portal.find(code).get("KetQua", [])}
    day.check("Kho kết quả ở Cổng có kết quả của Bà Lan", ours and ours <= numbers, ", ".join(sorted(ours)))
    pushed = day.portal.push("DanhGiaHoSo", MaHoSo=code, MucDo="1", NoiDung="Nhanh, rõ ràng.")
    day.check(
        "Đánh giá tại Cổng được tỉnh nhận", day.portal.pushed(str(pushed["id"])).get("state") == "taken"
    )


def _date(held: dict[str, object], name: str) -> str:
    told = str(held.get(name, ""))
    return f"{told[6:8]}/{told[4:6]}/{told[:4]}" if len(told) == 14 else "không có"
