"""What must be refused, each in its sentence: what the portal sends that cannot be so, and what it refuses of ours."""

from __future__ import annotations

import uuid

from launcher.demo.portal import filing, paying
from launcher.demo.portal.day import Exchange
from launcher.demo.portal.outside import Reply, post
from launcher.demo.portal.trouble import SYNC

DOOR = "ket-noi/cong-quoc-gia/"
MINISTRY, STRANGER = "bo-tu-phap", "sai"


def tell(day: Exchange) -> None:
    """Try everything that must not work."""
    _at_the_door(day)
    _cannot_be_taken_in(day)
    _refused_there(day)
    _two_systems(day)
    _doubled_and_overtaken(day)


def _at_the_door(day: Exchange) -> None:
    """Messages that are none are refused before they are kept."""
    message = str(uuid.uuid4())
    data: dict[str, object] = {"MaHoSo": f"DVCQG-{message[:8]}", "MucDo": "1"}
    told: dict[str, object] = {"id": message, "service": "DanhGiaHoSo", "madonvi": "DVCQG", "data": data}
    for what, answer, status, code in (
        ("Tin với mã truy cập sai", _push(day, told, STRANGER), 401, "-1"),
        ("Tin không đọc được", _push(day, b"{"), 400, "7"),
        ("Tin của dịch vụ lạ", _push(day, {**told, "service": "XoaHoSo"}), 400, "7"),
        ("Tin không có mã hồ sơ", _push(day, {**told, "data": {"MucDo": "1"}}), 400, "7"),
        ("Tin đúng thì được giữ", _push(day, told), 200, "0"),
        ("Cùng tin lần nữa", _push(day, told), 200, "3"),
        ("Cùng số hiệu, nội dung khác", _push(day, {**told, "data": {**data, "MucDo": "3"}}), 409, "4"),
    ):
        seen = f"{answer.status}, mã {answer.code}"
        day.check(what, (answer.status, answer.code) == (status, code), seen)
    _check_letter(day, "Đánh giá một hồ sơ không ai có", str(data["MaHoSo"]), "Tỉnh không có hồ sơ mang mã")


def _push(day: Exchange, told: object, token: str = "") -> Reply:
    headers = {"Authorization": f"Bearer {token or day.portal.token}"}
    return post(f"{day.cast.hung.base}{DOOR}", told, headers)


def _cannot_be_taken_in(day: Exchange) -> None:
    """Filings that no counter could take: kept, laid before a person, and nobody's dossier."""
    for what, changed, says in (
        ("Nộp một thủ tục không có", {"MaTTHC": "9.999999"}, "không có thủ tục mã 9.999999"),
        ("Nộp đến một cơ quan không có", {"MaDonViTiepNhan": "H99.999"}, "không có cơ quan mã “H99.999”"),
        ("Nộp mà không có số định danh", {"DinhDanhCHS": []}, "không cho biết đủ họ tên và số định danh"),
    ):
        code = day.portal.file(filing.record_of(**changed), [])
        _check_letter(day, what, code, says)
    code, story = filing.file_one(day, "Bà Lan nộp thêm một hồ sơ")
    story.act(day.cast.hung, "Tiếp nhận")
    paying.pay_another_sum(day, story)
    day.portal.push(
        "NopHoSo", **{**day.portal.held(code), "MaHoSo": code, "TrichYeuHoSo": "Nội dung khác hẳn"}
    )
    _check_letter(
        day, "Cổng gửi lại hồ sơ ấy với nội dung khác", code, "nay Cổng quốc gia gửi lại với nội dung khác"
    )


def _check_letter(day: Exchange, what: str, about: str, says: str) -> None:
    """Check that a message waits for a person with its reason, and put it away."""
    why = day.letter_about(about)
    if day.check(f"{what}: chờ người xử lý, nói rõ vì sao", says in why, f"“{why}”") and why:
        day.drop_letter(about)


def _refused_there(day: Exchange) -> None:
    """The portal refuses a dossier of ours; mended, it goes."""
    for code, says in (
        ("5", "Cổng quốc gia không có mã thủ tục này."),
        ("6", "Cổng quốc gia không có mã cơ quan này."),
        ("7", "Cổng quốc gia báo một trường thiếu hoặc sai kiểu."),
    ):
        day.portal.misbehave(f"code:{code}", path=SYNC)
        taken = day.take_in()
        why = day.letter_about(taken.dossier_id)
        day.check(f"Cổng trả mã {code}: chờ người xử lý, nói rõ vì sao", says in why, f"“{why}”")
        day.linh.press(day.linh.open("/can-bo/ket-noi/"), "Thử lại", near=taken.dossier_id)
        day.check_same(f"Sửa xong, bấm Thử lại (mã {code})", taken.code, taken.dossier_id, "2")


def _two_systems(day: Exchange) -> None:
    """A ministry's system claims a dossier of ours at the portal first: nothing is overwritten, a person is asked."""
    day.portal.misbehave("error_500", times=1_000_000, path="/adapter/integration")
    taken = day.take_in()
    day.portal.behave()
    claim = {
        **filing.record_of(),
        "MaHoSo": taken.code,
        "DonViXuLy": "H44.100",
        "LoaiDoiTuong": "1",
        "KenhThucHien": "2",
    }
    claim |= {"NgayNopHoSo": "20261123080000", "NgayTiepNhan": "20261123080000", "TrangThaiHoSo": "9"}
    answer = day.portal.call("integration", "DongBoHoSoMC", system=MINISTRY, isUpdating="False", data=[claim])
    day.check("Hệ thống của bộ nhận hồ sơ ấy tại Cổng trước", answer.code == "0", taken.code)
    day.wait(day.letters, lambda rows: any(taken.dossier_id in row["Tin"] for row in rows), calling=True)
    why = day.letter_about(taken.dossier_id)
    day.check(
        "Hai hệ thống cùng nhận một hồ sơ: chờ người xử lý", "do hệ thống khác quản lý" in why, f"“{why}”"
    )
    held = day.portal.find(taken.code)
    kept = held.get("NguonCapNhat") == MINISTRY and held.get("TrangThaiHoSo") == "9"
    day.check(
        "Không bên nào ghi đè bên nào",
        kept and day.ours(taken.dossier_id) == "Đã tiếp nhận",
        str(held.get("NguonCapNhat")),
    )
    day.drop_letter(taken.dossier_id)
    day.portal.order("lose", codes=[taken.code])
    day.about.remove(taken)


def _doubled_and_overtaken(day: Exchange) -> None:
    """Pushes that come twice, or in the wrong order."""
    day.portal.misbehave("duplicate_push")
    filing.file_one(day, "Tin nộp đến hai lần: chỉ một hồ sơ")
    day.portal.misbehave("reorder_push")
    before = set(filing.listed(day.cast.hung.open(filing.NEW)))
    late = day.portal.file(filing.record_of(), [])
    pushed = day.portal.push("RutHoSo", MaHoSo=late, LyDo="Nộp nhầm.")
    day.check("Tin rút đến trước tin nộp", day.portal.pushed(str(pushed["id"])).get("state") == "taken", late)
    why = day.letter_about(late)
    day.check(
        "Tin đến sai thứ tự: chờ người, không mất",
        "Tỉnh không có hồ sơ mang mã" in why or not why,
        f"“{why}”",
    )
    if why:
        day.wait(
            lambda: day.cast.hung.open(filing.NEW),
            lambda page: set(filing.listed(page)) - before,
            calling=True,
        )
        day.linh.press(day.linh.open("/can-bo/ket-noi/"), "Thử lại", near=late)
    held = day.wait(
        lambda: day.portal.find(late), lambda said: said.get("TrangThaiHoSo") == "7", calling=True
    )
    day.check(
        "Thử lại: hồ sơ đến muộn được rút, Cổng cũng biết",
        held.get("TrangThaiHoSo") == "7",
        str(held.get("TrangThaiHoSo")),
    )
