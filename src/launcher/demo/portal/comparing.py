"""The portal loses, alters, doubles and invents records: the comparison names exactly those, and what a lost message explains is healed."""

from __future__ import annotations

import re
from datetime import timedelta

from launcher.demo.forms import Value
from launcher.demo.pages import Page
from launcher.demo.portal.day import Exchange

SYSTEM = "national_portal"
COMPARE = f"/can-bo/ho-so-lech/{SYSTEM}/doi-soat/"
CODE = re.compile(r"H44\.\d+-\d{6}-\d{4,}")
SEED = 44
BACK = timedelta(days=60)


def tell(day: Exchange) -> None:
    """Compare, spoil, compare, and compare again."""
    before = _compare(day)
    known = set(CODE.findall(before.text))
    day.report.note(f"Trước khi phá: {len(known)} hồ sơ lệch trong khoảng ngày đối soát")
    spoiled = _spoil(day)
    page = _compare(day)
    named = set(CODE.findall(page.text)) - known
    day.check(
        f"Đối soát gọi đúng tên {len(spoiled)} hồ sơ bị phá, không thừa không thiếu",
        named == set(spoiled),
        f"thiếu {sorted(set(spoiled) - named)}, thừa {sorted(named - set(spoiled))}",
    )
    rows = {code: row["Lệch"] for row in page.rows() for code in CODE.findall(row.get("Mã hồ sơ", ""))}
    for code, (deed, expected) in spoiled.items():
        day.check(
            f"{code} ({deed})", any(word in rows.get(code, "") for word in expected), rows.get(code, "")
        )
    _healed(day, spoiled, known)


def _compare(day: Exchange) -> Page:
    """Ask for a comparison at the page, wait until it is done, and return it."""
    today = day.today()
    days: dict[str, Value] = {
        "Tiếp nhận từ ngày": f"{today - BACK:%d/%m/%Y}",
        "Đến hết ngày": f"{today:%d/%m/%Y}",
    }
    run = day.linh.press(day.linh.open(COMPARE), "Đối soát", days)
    page = day.wait(
        lambda: day.linh.open(run.url),
        lambda page: "hồ sơ đã so" in page.text or "Không đối soát được" in page.text,
    )
    day.check("Chị Linh bấm Đối soát ngay: xong", "hồ sơ đã so" in page.text, page.said or page.heading)
    return page


def _spoil(day: Exchange) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Spoil what was told on this day; return by code what was done, and the words that a comparison may use for it."""
    codes = [one.code for one in day.about]
    done: dict[str, tuple[str, tuple[str, ...]]] = {}
    for deed, some, told, words in (
        ("lose", codes[0:2], {}, ("Bên kia chưa có",)),
        ("alter", codes[2:3], {"way": "state"}, ("Khác trạng thái", "Bên kia chậm trạng thái")),
        ("alter", codes[3:4], {"way": "due"}, ("Khác ngày",)),
        ("alter", codes[4:5], {"way": "agency"}, ("Khác cơ quan",)),
        ("alter", codes[5:6], {"way": "results"}, ("Khác kết quả",)),
        ("double", codes[6:7], {}, ("Bị lặp",)),
    ):
        for one in day.portal.order(deed, codes=some, seed=SEED, **told)["did"]:
            done[str(one["MaHoSo"])] = (f"{deed} {one.get('way', '')}".strip(), words)
    for one in day.portal.order("strange", count=1, seed=SEED)["did"]:
        done[str(one["MaHoSo"])] = ("strange", ("Chỉ bên kia có",))
    day.check("Cổng giả lập tự phá tám hồ sơ theo một hạt giống", len(done) == 8, str(SEED))
    return done


def _healed(day: Exchange, spoiled: dict[str, tuple[str, tuple[str, ...]]], known: set[str]) -> None:
    """What we own and can send again is the same on both sides again; doubles and strangers are a person's."""
    for_people = {code for code, (deed, _) in spoiled.items() if deed in {"double", "strange", "alter state"}}
    ours = {one.code: one for one in day.about}
    for code in spoiled.keys() - for_people:
        held = _mended(day, code)
        day.check(
            f"{code}: đã tự gửi lại bản đúng",
            code in ours and held.get("DonViXuLy") == "H44.100",
            str(held.get("NgayHenTra")),
        )
    page = _compare(day)
    left = set(CODE.findall(page.text)) - known
    day.check("Đối soát lần nữa: chỉ còn việc của người", left <= for_people, ", ".join(sorted(left)))


def _mended(day: Exchange, code: str) -> dict[str, object]:
    """Wait until the portal holds a dossier again, with a due date of this century's third decade."""
    return day.wait(
        lambda: day.portal.find(code),
        lambda said: str(said.get("NgayHenTra", ""))[:4] not in {"", "2031"},
        calling=True,
    )
